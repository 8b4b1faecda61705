#!/usr/bin/env bash
# The Windows zip, and an MSI where wixl is. Built here, and run nowhere by this project: docs/windows.md.
set -euo pipefail
tree=$work/zip/haproxynet-$version
mkdir -p "$tree"
cp "$work/windows/haproxynet.exe" "$tree/"
cp "$work/haproxynet.json" "$work/haproxynet.schema.json" "$root/LICENSE" "$root/docs/windows.md" "$root/packaging/completions/haproxynet.ps1" "$tree/"
# The times of the files are in the packages.
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
python3 "$root/packaging/windows/zip.py" "$work/zip" "$output/haproxynet-$version-win-x64.zip"
if command -v wixl >/dev/null; then
    identity() { python3 -c 'import sys, uuid; print(str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:haproxynet:" + sys.argv[1])).upper())' "$1"; }
    sed "s|@VERSION@|$version|; s|@PRODUCT@|$(identity "product $version")|; s|@UPGRADE@|$(identity upgrade)|; s|@EXECUTABLE@|$(identity executable)|; s|@FOLDER@|haproxynet-$version|" \
        "$root/packaging/windows/haproxynet.wxs" >"$work/haproxynet.wxs"
    # It looks for files from where it runs.
    cd "$work/zip"
    wixl -a x64 -o "$output/haproxynet-$version-x64.msi" "$work/haproxynet.wxs"
    python3 "$root/packaging/windows/msi.py" "$output/haproxynet-$version-x64.msi"
else
    echo "   msi: left out, for there is no wixl here"
fi
