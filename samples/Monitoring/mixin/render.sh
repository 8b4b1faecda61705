#!/usr/bin/env bash
# Renders the mixin: the rules and the boards that are committed next to it. Usage: render.sh [FOLDER]
set -euo pipefail
mixin=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$(dirname "$mixin")}
mkdir -p "$out/dashboards"
jsonnet -J "$mixin" -S -e "std.manifestYamlDoc((import 'mixin.libsonnet').prometheusAlerts, quote_keys=false)" >"$out/rules.yaml"
jsonnet -J "$mixin" -m "$out/dashboards" -e "(import 'mixin.libsonnet').grafanaDashboards" >/dev/null
