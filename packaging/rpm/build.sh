#!/usr/bin/env bash
# The rpm package, from the staged files.
set -euo pipefail
top=$work/rpm
mkdir -p "$top"
cp -a "$work/stage" "$top/stage"
# Where zsh and fish look on those systems.
mkdir -p "$top/stage/usr/share/zsh/site-functions"
mv "$top/stage/usr/share/zsh/vendor-completions/_haproxynet" "$top/stage/usr/share/zsh/site-functions/_haproxynet"
rmdir "$top/stage/usr/share/zsh/vendor-completions"
install -m 644 "$root/LICENSE" "$top/stage/usr/share/doc/haproxynet/LICENSE"
find "$top/stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
rpmbuild -bb --quiet --define "_topdir $top" --define "stage $top/stage" --define "proxy_version $version" --define "_buildhost build.localdomain" \
    --define "use_source_date_epoch_as_buildtime 1" --define "clamp_mtime_to_source_date_epoch 1" --define "_binary_payload w9.xzdio" \
    --define "changelog_date $(date -u -d "@$SOURCE_DATE_EPOCH" '+%a %b %d %Y')" \
    --define "_build_id_links none" "$root/packaging/rpm/haproxynet.spec"
find "$top/RPMS" -name '*.rpm' -exec cp {} "$output/" \;
