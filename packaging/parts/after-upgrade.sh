#!/bin/sh
# Called by the packages when the new executable is in its place. A running proxy is replaced only when the new version accepts
# its configuration; one that is stopped stays stopped.
set -eu
config=/etc/haproxynet/haproxynet.json
say() { echo "haproxynet: $*" >&2; }

[ -d /run/systemd/system ] || exit 0
systemctl daemon-reload || true
systemctl is-active --quiet haproxynet.service || exit 0

if ! faults=$(haproxynet check --no-bind --config "$config" 2>&1); then
    say "this version refuses $config; the old process goes on with what it has:"
    echo "$faults" >&2
    say "correct the file, then 'systemctl restart haproxynet'."
    exit 0
fi

if haproxynet --help | grep -q '^ *upgrade '; then
    haproxynet upgrade --config "$config" ||
        say "the old process could not hand over, and goes on; 'systemctl restart haproxynet' replaces it when it suits."
else
    systemctl restart haproxynet.service || say "it does not start; 'systemctl status haproxynet' says why."
fi
