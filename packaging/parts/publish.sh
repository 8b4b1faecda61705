#!/usr/bin/env bash
# Publishes the proxy for a platform, so that the same commit gives the same bytes wherever it is built.
set -euo pipefail
runtime=$1 target=$2
shift 2
dotnet publish "$root/src/HaProxyNet.Server" --nologo -v quiet -c Release -r "$runtime" -o "$target" --artifacts-path "$work/dotnet-$runtime" \
    -p:Version="$version" -p:DebugType=none -p:ContinuousIntegrationBuild=true -p:Deterministic=true "-p:PathMap=$root=/haproxynet%2c$work=/build" "$@"
