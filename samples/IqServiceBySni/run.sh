#!/bin/sh
# One address and port, two pairs of agents: the server name that a client asks for decides. One pair's primary is stopped and started
# again meanwhile. Usage: run.sh [SECONDS] [RPCS_PER_SECOND]. Needs openssl. Exit 0: no request failed, none was executed twice.
set -eu
seconds=${1:-15} rate=${2:-50}
cd "$(dirname "$0")"
. ../scenario.sh
build

make_authority
issue corp iqservice.corp.example
issue dmz iqs.dmz.example

start_corp_primary() { start_agent corp1 6261 --certificate "$work/corp.pem" --key "$work/corp.key"; }
start_corp_primary
primary=$agent
start_agent corp2 6262 --certificate "$work/corp.pem" --key "$work/corp.key"
start_agent dmz1 6263 --certificate "$work/dmz.pem" --key "$work/dmz.key"
start_agent dmz2 6264 --certificate "$work/dmz.pem" --key "$work/dmz.key"
start_proxy haproxynet.json

dotnet "$pair" client --target 127.0.0.1:6260 --tls-name iqs.dmz.example --ca "$work/ca.pem" --rate "$rate" --duration "${seconds}s" \
  --ledgers "$work/dmz1.ledger" "$work/dmz2.ledger" >"$work/dmz-client.log" &
dmz=$!
dotnet "$pair" client --target 127.0.0.1:6260 --tls-name iqservice.corp.example --ca "$work/ca.pem" --rate "$rate" --duration "${seconds}s" \
  --ledgers "$work/corp1.ledger" "$work/corp2.ledger" &
run_with_outage $! "$primary" start_corp_primary
wait "$dmz"
grep 'rpcs=' "$work/dmz-client.log"
