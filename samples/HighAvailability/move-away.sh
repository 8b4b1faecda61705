#!/bin/sh
# Moves the virtual address to the other node without cutting a request. Run it on the node that has the address.
# Usage: move-away.sh [SECONDS]: how long requests that are under way may take to end (default: 30), and how long the other node may take.
#
# New connections are not answered for a moment: their SYNs are dropped, and clients send them again after 1 s, 3 s, 7 s. What is open ends
# meanwhile. Then the address moves, and the repeated SYNs reach the other node. "echo 0 >/etc/keepalived/moved-away" undoes it.
set -eu
patience=${1:-30} address=10.20.0.5 port=5050

# What the kernel has, not what the proxy counts: a connection that the proxy has not accepted yet would be cut as well.
open_connections() {
  ss -Htn state connected exclude time-wait "src $address and sport = :$port" | wc -l
}

# The other node says by ARP that it has the address now. Clients hear that at the same time; until then, their SYNs come here.
nft -f - <<RULES
table inet move_away {
  chain in {
    type filter hook input priority 0;
    ip daddr $address tcp dport $port tcp flags & (syn | ack) == syn drop
  }
}
table arp move_away {
  counter taken { }
  chain in {
    type filter hook input priority 0;
    arp saddr ip $address counter name taken
  }
}
RULES
trap 'nft delete table inet move_away; nft delete table arp move_away' EXIT

is_taken() {
  ! nft list counter arp move_away taken | grep -q 'packets 0 '
}

end=$(($(date +%s) + patience))
while [ "$(open_connections)" != 0 ] && [ "$(date +%s)" -lt "$end" ]; do sleep 0.05; done

echo 1 >/etc/keepalived/moved-away
end=$(($(date +%s) + patience))
until is_taken; do
  if [ "$(date +%s)" -ge "$end" ]; then
    echo "move-away.sh: no other node has taken $address within $patience s. Look at keepalived there; \"echo 0 >/etc/keepalived/moved-away\" takes it back." >&2
    exit 1
  fi
  sleep 0.05
done
