#!/usr/bin/env bash
# A container image without an engine: an OCI layout, which 'podman load', 'skopeo copy oci-archive:' and 'docker load' read alike.
# One layer: the executable, the C library and OpenSSL of this machine, its certificate authorities, and a user. No shell, no package manager.
set -euo pipefail
user=10001
tree=$work/oci
image=$work/oci-layout
mkdir -p "$tree" "$image/blobs/sha256"
put() { install -D -m "$1" "$2" "$tree/$3"; }

put 755 "$executable" usr/bin/haproxynet
# What it links to, and what it loads: OpenSSL.
openssl=$(ldconfig -p | sed -n 's/.* => \(.*lib\(ssl\|crypto\)\.so\.3\)$/\1/p' | sort -u)
libraries=$(for file in "$executable" $openssl; do echo "$file"; ldd "$file" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p; s/^\t\(\/[^ ]*\) .*/\1/p'; done | sort -u | grep -v "^$executable\$")
for library in $libraries; do
    put 755 "$(realpath "$library")" "${library#/}"
done
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    put 644 /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/ca-certificates.crt
fi
mkdir -p "$tree/proc" "$tree/sys" "$tree/dev" "$tree/etc/haproxynet" "$tree/run/haproxynet" "$tree/var/lib/haproxynet" "$tree/tmp"
printf 'root:x:0:0::/:/sbin/nologin\nhaproxynet:x:%s:%s::/var/lib/haproxynet:/sbin/nologin\n' $user $user >"$tree/etc/passwd"
printf 'root:x:0:\nhaproxynet:x:%s:\n' $user >"$tree/etc/group"
echo 'hosts: files dns' >"$tree/etc/nsswitch.conf"
chmod 644 "$tree"/etc/{passwd,group,nsswitch.conf}
chmod 1777 "$tree/tmp"

pack() { tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --format=ustar --numeric-owner -C "$1" "${@:2}"; }
pack "$tree" --owner=0 --group=0 --exclude=./run/haproxynet --exclude=./var/lib/haproxynet -cf "$work/layer.tar" .
pack "$tree" --owner=$user --group=$user -rf "$work/layer.tar" ./run/haproxynet ./var/lib/haproxynet

blob() {
    local digest
    digest=$(sha256sum "$1" | cut -d' ' -f1)
    cp "$1" "$image/blobs/sha256/$digest"
    echo "$digest"
}
gzip -9nc "$work/layer.tar" >"$work/layer.tar.gz"
layer=$(blob "$work/layer.tar.gz")
machine=$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)

jq -nc --arg created "$created" --arg machine "$machine" --arg user "$user:$user" --arg diff "sha256:$(sha256sum "$work/layer.tar" | cut -d' ' -f1)" --arg version "$version" '{
  created: $created, architecture: $machine, os: "linux",
  config: {
    User: $user, Entrypoint: ["/usr/bin/haproxynet"], Cmd: ["run", "--config", "/etc/haproxynet/haproxynet.json"], WorkingDir: "/var/lib/haproxynet",
    Env: ["PATH=/usr/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
    ExposedPorts: { "5050/tcp": {}, "6060/tcp": {}, "9090/tcp": {} }, StopSignal: "SIGTERM",
    Healthcheck: { Test: ["CMD", "/usr/bin/haproxynet", "ready", "--config", "/etc/haproxynet/haproxynet.json"], Interval: 10000000000, Timeout: 10000000000, Retries: 3 },
    Labels: { "org.opencontainers.image.title": "haproxynet", "org.opencontainers.image.version": $version, "org.opencontainers.image.licenses": "MIT" }
  },
  rootfs: { type: "layers", diff_ids: [$diff] }, history: [{ created: $created, created_by: "packaging/build.sh" }]
}' >"$work/config.json"
config=$(blob "$work/config.json")
size() { stat -c %s "$image/blobs/sha256/$1"; }
jq -nc --arg config "sha256:$config" --argjson configSize "$(size "$config")" --arg layer "sha256:$layer" --argjson layerSize "$(size "$layer")" '{
  schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: $config, size: $configSize },
  layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: $layer, size: $layerSize }]
}' >"$work/manifest-oci.json"
manifest=$(blob "$work/manifest-oci.json")
jq -nc --arg digest "sha256:$manifest" --argjson size "$(size "$manifest")" --arg name "haproxynet:$version" '{
  schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json",
  manifests: [{ mediaType: "application/vnd.oci.image.manifest.v1+json", digest: $digest, size: $size,
    annotations: { "org.opencontainers.image.ref.name": ($name | split(":")[1]), "io.containerd.image.name": $name } }]
}' >"$image/index.json"
echo '{"imageLayoutVersion":"1.0.0"}' >"$image/oci-layout"
# What 'docker load' reads of the same blobs.
jq -nc --arg config "blobs/sha256/$config" --arg layer "blobs/sha256/$layer" --arg name "haproxynet:$version" \
    '[{ Config: $config, RepoTags: [$name], Layers: [$layer] }]' >"$image/manifest.json"
pack "$image" --owner=0 --group=0 -cf "$output/haproxynet-$version-oci-$machine.tar" .
echo "   image: $(size "$layer") bytes to pull, $(stat -c %s "$work/layer.tar") unpacked"
