#!/usr/bin/env python3
"""A zip whose bytes depend on nothing but the files and SOURCE_DATE_EPOCH.

usage: zip.py FOLDER OUTPUT
"""
import os
import pathlib
import sys
import time
import zipfile

folder, output = map(pathlib.Path, sys.argv[1:])
moment = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), 315532800))[:6]
with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), moment)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, file.read_bytes())
