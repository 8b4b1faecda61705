#!/bin/sh
# Each agent has a certificate of its own; the proxy ends TLS on the FQDN's certificate and is the agents' TLS client. The primary is
# stopped and started again meanwhile. Usage: run.sh [SECONDS] [RPCS_PER_SECOND]. Needs openssl. Exit 0: no request failed, none was
# executed twice.
set -eu
seconds=${1:-15} rate=${2:-50}
cd "$(dirname "$0")"
. ../scenario.sh
build

make_authority
issue vip iqservice.corp.example
issue iqs1 iqs1.corp.example
issue iqs2 iqs2.corp.example

start_primary() { start_agent primary 6161 --certificate "$work/iqs1.pem" --key "$work/iqs1.key"; }
start_primary
primary=$agent
start_agent secondary 6162 --certificate "$work/iqs2.pem" --key "$work/iqs2.key"
start_proxy haproxynet.json

dotnet "$proxy" doctor --config "$work/haproxynet.json" || true
dotnet "$pair" client --target 127.0.0.1:6160 --tls-name iqservice.corp.example --ca "$work/ca.pem" --rate "$rate" --duration "${seconds}s" \
  --ledgers "$work/primary.ledger" "$work/secondary.ledger" &
run_with_outage $! "$primary" start_primary
grep -m1 'tls_version=' "$work/proxy.log"
