#!/usr/bin/env bash
# The Debian package, from the staged files.
set -euo pipefail
tree=$work/deb
cp -a "$work/stage" "$tree"
doc=$tree/usr/share/doc/haproxynet
mkdir -p "$tree/DEBIAN" "$tree/usr/share/lintian/overrides"
architecture=$(dpkg --print-architecture)
date=$(date -u -R -d "@$SOURCE_DATE_EPOCH")
maintainer='The HaProxyNet authors <haproxynet@example.org>'

sed "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@MAINTAINER@|$maintainer|; s|@SIZE@|$(du -sk --apparent-size "$work/stage" | cut -f1)|" \
    "$root/packaging/deb/control" >"$tree/DEBIAN/control"
echo /etc/haproxynet/haproxynet.json >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do
    install -m 755 "$root/packaging/deb/$script" "$tree/DEBIAN/$script"
done
install -m 644 "$root/packaging/deb/lintian-overrides" "$tree/usr/share/lintian/overrides/haproxynet"
{
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: HaProxyNet\n\nFiles: *\nCopyright: %s The HaProxyNet authors\nLicense: Expat\n' \
        "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y)"
    sed '1,/^Copyright/d' "$root/LICENSE" | sed '1{/^$/d}; s/^$/./; s/^/ /'
} >"$doc/copyright"
printf 'haproxynet (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md of the sources.\n\n -- %s  %s\n' "$version" "$maintainer" "$date" | gzip -9n >"$doc/changelog.gz"
(cd "$tree" && find usr -type f -printf '%P\n' | sort | sed 's|^|usr/|' | xargs md5sum >DEBIAN/md5sums)
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$tree" "$output/haproxynet_${version}_$architecture.deb" >/dev/null
