#!/bin/sh
# Two agents, the proxy in front of them and a client, each a process of its own. Halfway through, the primary is stopped and
# started again. Usage: run.sh [SECONDS] [RPCS_PER_SECOND]
# The exit status is the client's: 0 when no request failed and none was executed twice.
set -eu
cd "$(dirname "$0")"
seconds=${1:-20}
rate=${2:-200}
work=$(mktemp -d)
children=

finish() {
  for child in $children; do kill "$child" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

wait_for() { # FILE TEXT
  for _ in $(seq 100); do
    grep -q "$2" "$1" 2>/dev/null && return
    sleep 0.1
  done
  echo "nobody wrote '$2' to $1 within 10 s:" >&2
  cat "$1" >&2
  exit 2
}

start_agent() { # NAME PORT
  dotnet "$pair" agent --name "$1" --listen "127.0.0.1:$2" --ledger "$work/$1.ledger" >"$work/$1.log" 2>&1 &
  agent=$!
  children="$children $agent"
  wait_for "$work/$1.log" 'listening='
}

dotnet build -c Release -v q --nologo
dotnet build -c Release -v q --nologo ../../src/HaProxyNet.Server
pair=bin/Release/net10.0/IqServicePair.dll

start_agent primary 15051
primary=$agent
start_agent secondary 15052

dotnet ../../src/HaProxyNet.Server/bin/Release/net10.0/HaProxyNet.Server.dll run --config haproxynet.json >"$work/proxy.log" 2>&1 &
children="$children $!"
for _ in $(seq 100); do
  curl -fs http://127.0.0.1:9090/readyz >/dev/null 2>&1 && break
  sleep 0.1
done

dotnet "$pair" client --target 127.0.0.1:5050 --rate "$rate" --duration "${seconds}s" \
  --ledgers "$work/primary.ledger" "$work/secondary.ledger" &
client=$!

sleep "$((seconds / 3))"
kill "$primary"
wait "$primary" || true
cat "$work/primary.log"
sleep "$((seconds / 3))"
start_agent primary 15051

status=0
wait "$client" || status=$?
exit "$status"
