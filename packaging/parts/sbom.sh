#!/usr/bin/env bash
# The bill of materials of what was built; where the executable was given, of what would be.
set -euo pipefail
find_assets() { find "$work" -name project.assets.json -path '*HaProxyNet.Server*' | sort | head -1; }
if [ -z "$(find_assets)" ]; then
    dotnet restore "$root/src/HaProxyNet.Server" --artifacts-path "$work/dotnet-restore" -v quiet
fi
python3 "$root/packaging/parts/sbom.py" "$(find_assets)" "$version" "$output/haproxynet-$version.cdx.json"
