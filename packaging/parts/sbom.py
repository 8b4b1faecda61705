#!/usr/bin/env python3
"""The bill of materials, CycloneDX 1.5: every NuGet package that was restored for the executable, with its hash.

usage: sbom.py PROJECT-ASSETS.JSON VERSION OUTPUT
"""
import base64
import datetime
import json
import os
import sys


def component(key, library):
    name, version = key.split("/")
    purl = f"pkg:nuget/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [{"alg": "SHA-512", "content": base64.b64decode(library["sha512"]).hex()}],
    }


def main(assets, version, output):
    with open(assets, encoding="utf-8") as file:
        libraries = json.load(file)["libraries"]
    time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "haproxynet",
                "name": "haproxynet",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [component(key, library) for key, library in sorted(libraries.items()) if library["type"] == "package"],
    }
    with open(output, "w", encoding="utf-8") as file:
        json.dump(bill, file, indent=2)
        file.write("\n")


main(*sys.argv[1:])
