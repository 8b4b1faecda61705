#!/usr/bin/env bash
# Builds every package in one go: .deb, .rpm, container image, Windows zip and MSI, checksums and bill of materials.
#
#   packaging/build.sh [--output FOLDER] [--version V] [--executable FILE] [--only "deb rpm image windows"]
#
# --executable takes a Linux executable that was published before, in the native one's place. What a part needs and this
# machine lacks is said, and the part is left out; with --only, it is a fault. docs/install.md lists the tools.
# Two runs on one commit give the same bytes (SOURCE_DATE_EPOCH: the commit's time unless it is set).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
output=$root/artifacts
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' "$root/Directory.Build.props")
executable='' only=''
while [ $# -gt 0 ]; do
    case $1 in
        --output) output=$2 ;;
        --version) version=$2 ;;
        --executable) executable=$(realpath "$2") ;;
        --only) only=$2 ;;
        *) echo "packaging/build.sh: $1 is not an option; --output, --version, --executable, --only" >&2; exit 1 ;;
    esac
    shift 2
done
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
export root output version SOURCE_DATE_EPOCH
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C TZ=UTC
umask 022
mkdir -p "$output"
output=$(cd "$output" && pwd)
work=$(mktemp -d)
export work
trap 'rm -rf "$work"' EXIT

# Whether a part is wanted, and can be made here.
wanted() {
    local part=$1 tool
    shift
    if [ -n "$only" ] && [[ " $only " != *" $part "* ]]; then return 1; fi
    for tool; do
        if ! command -v "$tool" >/dev/null; then
            echo "== $part: left out, for there is no $tool here"
            [ -z "$only" ] || exit 1
            return 1
        fi
    done
    echo "== $part"
}

publish() { "$root/packaging/parts/publish.sh" "$@"; }

if [ -z "$executable" ]; then
    echo "== native executable: this takes some minutes"
    publish linux-x64 "$work/native" -p:PublishAot=true -p:StripSymbols=true
    executable=$work/native/haproxynet
fi
export executable
"$root/packaging/parts/stage.sh" "$work/stage"
if wanted deb dpkg-deb; then "$root/packaging/deb/build.sh"; fi
if wanted rpm rpmbuild; then "$root/packaging/rpm/build.sh"; fi
if wanted image jq; then "$root/packaging/oci/build.sh"; fi
if wanted windows python3; then
    publish win-x64 "$work/windows" --self-contained -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true
    "$root/packaging/windows/build.sh"
fi
if wanted sbom python3; then "$root/packaging/parts/sbom.sh"; fi
(cd "$output" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | sort | xargs sha256sum >SHA256SUMS)
cat "$output/SHA256SUMS"
