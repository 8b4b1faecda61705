#!/bin/sh
# Moves the virtual address to the other node without cutting a request. Run it on the node that has the address.
# Usage: move-away.sh [SECONDS]: how long requests that are under way may take to end (default: 30).
#
# New connections are not answered for a moment: their SYNs are dropped, and clients send them again after 1 s, 3 s, 7 s. What is open ends
# meanwhile. Then the address moves, and the repeated SYNs reach the other node. "echo 0 >/etc/keepalived/moved-away" undoes it.
set -eu
patience=${1:-30} address=10.20.0.5 port=5050

open_connections() {
  curl -sf http://127.0.0.1:9090/metrics | awk '/^haproxynet_connections_active/ { sum += $NF } END { print sum + 0 }'
}

nft -f - <<RULES
table inet move_away {
  chain in {
    type filter hook input priority 0;
    ip daddr $address tcp dport $port tcp flags & (syn | ack) == syn drop
  }
}
RULES
trap 'nft delete table inet move_away' EXIT

end=$(($(date +%s) + patience))
while [ "$(open_connections)" != 0 ] && [ "$(date +%s)" -lt "$end" ]; do sleep 0.05; done

echo 1 >/etc/keepalived/moved-away
while ip -o address show dev eth0 | grep -q "inet $address/"; do sleep 0.05; done
