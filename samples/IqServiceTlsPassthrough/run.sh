#!/bin/sh
# Two agents with the same certificate, the load balancer's FQDN; the proxy passes TLS through. The primary is stopped and started again
# meanwhile. Usage: run.sh [SECONDS] [RPCS_PER_SECOND]. Needs openssl. Exit 0: no request failed, none was executed twice.
set -eu
seconds=${1:-15} rate=${2:-50}
cd "$(dirname "$0")"
. ../scenario.sh
build

# The FQDN that clients use. Real agents: import the same certificate with its key on both, IQService.exe -m iqservice.corp.example
make_authority
issue iqservice iqservice.corp.example

start_primary() { start_agent primary 6061 --certificate "$work/iqservice.pem" --key "$work/iqservice.key"; }
start_primary
primary=$agent
start_agent secondary 6062 --certificate "$work/iqservice.pem" --key "$work/iqservice.key"
start_proxy haproxynet.json

dotnet "$proxy" doctor --config "$work/haproxynet.json" || true
dotnet "$pair" client --target 127.0.0.1:6060 --tls-name iqservice.corp.example --ca "$work/ca.pem" --rate "$rate" --duration "${seconds}s" \
  --ledgers "$work/primary.ledger" "$work/secondary.ledger" &
run_with_outage $! "$primary" start_primary
grep -m1 'sni=' "$work/proxy.log"
