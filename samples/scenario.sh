# What the samples' run.sh have in common; not run by itself. Expects $seconds and $rate, and leaves in $work what it made.
# Set PAIR_DLL and PROXY_DLL to built .dll files to spare the builds.
samples=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
children=

finish() {
  for child in $children; do kill "$child" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

build() {
  pair=${PAIR_DLL:-$samples/IqServicePair/bin/Release/net10.0/IqServicePair.dll}
  proxy=${PROXY_DLL:-$samples/../src/HaProxyNet.Server/bin/Release/net10.0/HaProxyNet.Server.dll}
  [ -n "${PAIR_DLL:-}" ] || dotnet build -c Release -v q --nologo "$samples/IqServicePair"
  [ -n "${PROXY_DLL:-}" ] || dotnet build -c Release -v q --nologo "$samples/../src/HaProxyNet.Server"
}

wait_for() { # FILE TEXT
  for _ in $(seq 200); do
    grep -q "$2" "$1" 2>/dev/null && return
    sleep 0.1
  done
  echo "nobody wrote '$2' to $1 within 20 s:" >&2
  cat "$1" >&2
  exit 2
}

start_agent() { # NAME PORT [MORE OPTIONS...]; leaves the process id in $agent
  name=$1 port=$2
  shift 2
  dotnet "$pair" agent --name "$name" --listen "127.0.0.1:$port" --ledger "$work/$name.ledger" "$@" >"$work/$name.log" 2>&1 &
  agent=$!
  children="$children $agent"
  wait_for "$work/$name.log" 'listening='
}

start_proxy() { # CONFIGURATION: it is copied next to the certificates, where its relative paths lead
  cp "$1" "$work/haproxynet.json"
  dotnet "$proxy" check --config "$work/haproxynet.json" || exit 2
  dotnet "$proxy" run --config "$work/haproxynet.json" >"$work/proxy.log" 2>&1 &
  children="$children $!"
  wait_for "$work/proxy.log" ' accepts on '
}

# The primary is stopped for a third of the time, while a client is at work; the exit status is the client's.
run_with_outage() { # CLIENT_PID PRIMARY_PID RESTART_COMMAND...
  client=$1 primary=$2
  shift 2
  sleep "$((seconds / 3))"
  kill "$primary"
  wait "$primary" || true
  sleep "$((seconds / 3))"
  "$@"
  wait "$client"
}

# Throw-away certificates: an authority of our own, and what it issues. Real ones come from your PKI.
make_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 60 -subj "/CN=Throw-away CA" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
}

issue() { # FILE NAME...: FILE.pem and FILE.key, for these DNS names
  file=$1
  shift
  names=
  for name in "$@"; do names="$names,DNS:$name"; done
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$work/$file.key" -out "$work/$file.csr" 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=%s\n' "${names#,}" "${usage:-serverAuth}" >"$work/$file.ext"
  openssl x509 -req -in "$work/$file.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 60 -extfile "$work/$file.ext" \
    -out "$work/$file.pem" 2>/dev/null
  cat "$work/ca.pem" >>"$work/$file.pem"
}
