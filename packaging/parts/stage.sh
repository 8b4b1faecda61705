#!/usr/bin/env bash
# Lays the files of the Linux packages out as they are installed.
set -euo pipefail
stage=$1
put() { install -D -m "$1" "$2" "$stage/$3"; }

put 755 "$executable" usr/bin/haproxynet
put 644 "$root/packaging/systemd/haproxynet.service" usr/lib/systemd/system/haproxynet.service
put 644 "$root/packaging/systemd/sysusers.conf" usr/lib/sysusers.d/haproxynet.conf
put 755 "$root/packaging/parts/after-upgrade.sh" usr/lib/haproxynet/after-upgrade
put 644 "$root/packaging/completions/haproxynet.bash" usr/share/bash-completion/completions/haproxynet
put 644 "$root/packaging/completions/_haproxynet" usr/share/zsh/vendor-completions/_haproxynet
put 644 "$root/packaging/completions/haproxynet.fish" usr/share/fish/vendor_completions.d/haproxynet.fish
put 644 "$root/packaging/completions/haproxynet.ps1" usr/share/haproxynet/haproxynet.ps1
put 644 "$root/packaging/systemd/haproxynet-low-ports.conf" usr/share/doc/haproxynet/examples/haproxynet-low-ports.conf
for page in "$root"/docs/*.md "$root/README.md"; do
    put 644 "$page" "usr/share/doc/haproxynet/$(basename "$page")"
done

# What the executable says of itself.
"$executable" schema >"$work/haproxynet.schema.json"
"$executable" man --date "$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)" | gzip -9n >"$work/haproxynet.1.gz"
(cd "$work" && rm -f haproxynet.json && "$executable" init --defaults >/dev/null)
put 644 "$work/haproxynet.schema.json" usr/share/haproxynet/haproxynet.schema.json
put 644 "$work/haproxynet.1.gz" usr/share/man/man1/haproxynet.1.gz
put 640 "$work/haproxynet.json" etc/haproxynet/haproxynet.json
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
