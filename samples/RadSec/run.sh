#!/bin/sh
# Two FreeRADIUS servers behind one RadSec port with mutual TLS, radsecproxy as the client. The primary is killed, stopped (SIGSTOP), or its packets are
# dropped (hole; needs root and nftables), and it comes back. Usage: run.sh [kill|stop|hole] [REQUESTS_PER_SECOND]; it takes a minute and a half, because radsecproxy dials again at once only when its last
# connection has lasted for 30 s. Needs freeradius, freeradius-utils, radsecproxy, openssl.
# Exit 0: every request was answered, by both servers, but for those under way in the moment of the fault (at most a second's worth; as a rule none), and no
# server has an error in its log.
set -eu
fault=${1:-stop} rate=${2:-20} healthy=32 broken=36 after=15
seconds=$((healthy + broken + after))
cd "$(dirname "$0")"
. ../scenario.sh
proxy=${PROXY_DLL:-$samples/../src/HaProxyNet.Server/bin/Release/net10.0/HaProxyNet.Server.dll}
[ -n "${PROXY_DLL:-}" ] || dotnet build -c Release -v q --nologo "$samples/../src/HaProxyNet.Server"
PATH=$PATH:/usr/sbin

make_authority
issue radius radius.corp.example
usage=clientAuth issue client switch.corp.example
usage=clientAuth issue probe haproxynet.corp.example

start_radius() { # NAME PORT
  sed -e "s|NAME|$1|g; s|PORT|$2|; s|FOLDER|$work|g" radiusd.conf >"$work/$1.conf"
  freeradius -f -l stdout -d "$work" -n "$1" >>"$work/$1.log" 2>&1 &
  server=$!
  children="$children $server"
  wait_for "$work/$1.log" 'Ready to process requests'
}

start_radius secondary 20832
start_radius primary 20831
primary=$server
start_proxy haproxynet.json
sed "s|FOLDER|$work|g" radsecproxy.conf >"$work/radsecproxy.conf"
radsecproxy -f -c "$work/radsecproxy.conf" >"$work/radsecproxy.out" 2>&1 &
children="$children $!"

# As many requests as fit into the time; a request is repeated each second, as switches do, and lost after half a minute.
number=0 count=$((seconds * rate))
while [ "$number" -lt "$count" ]; do
  number=$((number + 1))
  printf 'User-Name = "user%s"\nUser-Password = "secret"\n\n' "$number"
done >"$work/requests"
radclient -x -f "$work/requests" -p "$rate" -n "$rate" -t 1 -r 30 -s 127.0.0.1:20833 auth testing123 >"$work/client.log" 2>&1 &
client=$!

sleep "$healthy"
echo "fault at $(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)"
case $fault in
  kill)
    kill -9 "$primary"
    wait "$primary" 2>/dev/null || true
    ;;
  stop) kill -STOP "$primary" ;;
  hole)
    trap 'nft delete table ip haproxynet_radsec 2>/dev/null || true; finish' EXIT
    nft -f - <<'END'
table ip haproxynet_radsec {
  chain input { type filter hook input priority 0; tcp dport 20831 drop; }
}
END
    ;;
esac

sleep "$broken"
case $fault in
  kill)
    mv "$work/primary.log" "$work/primary-before.log"
    start_radius primary 20831
    ;;
  stop) kill -CONT "$primary" ;;
  hole) nft delete table ip haproxynet_radsec ;;
esac

wait "$client" || true
answered() { grep -c "Reply-Message = \"$1\"" "$work/client.log" || true; }
lost=$((count - $(answered primary) - $(answered secondary)))
errors=$(cat "$work"/primary*.log "$work/secondary.log" | grep -c 'ERROR' || true)
echo "fault=$fault requests=$count primary=$(answered primary) secondary=$(answered secondary) lost=$lost errors=$errors"
grep -E 'is down|is up|Failover|Failback' "$work/proxy.log" || true
[ "$lost" -le "$rate" ] && [ "$errors" = 0 ] && [ "$(answered secondary)" != 0 ]
