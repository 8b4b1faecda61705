"""Makes an MSI the same for the same content: wixl writes the time, and a package code at random, into its summary.

The code is made from the content, for Windows Installer takes two packages with one code for the same package.
"""
import hashlib
import os
import re
import struct
import sys
import uuid

# Properties of the summary stream (MS-OLEPS): the package code as text of 39 bytes, then two times of 1601 in 100 ns.
SUMMARY = re.compile(rb"\x1e\0\0\0\x27\0\0\0\{[0-9A-F-]{36}\}\0\0(\x40\0\0\0.{8}){2}", re.DOTALL)
SECONDS_FROM_1601_TO_1970 = 11_644_473_600


def main(path: str) -> None:
    with open(path, "rb") as file:
        content = bytearray(file.read())
    found = list(SUMMARY.finditer(content))
    if len(found) != 1:
        sys.exit(f"packaging/windows/msi.py: {path} has {len(found)} summaries where one is due; wixl writes another form now")
    start, end = found[0].span()
    moment = struct.pack("<Q", (int(os.environ["SOURCE_DATE_EPOCH"]) + SECONDS_FROM_1601_TO_1970) * 10_000_000)
    content[start + 8 : start + 46] = b"{" + b"0" * 36 + b"}"
    content[start + 52 : start + 60] = content[start + 64 : end] = moment
    code = uuid.uuid5(uuid.NAMESPACE_URL, "urn:haproxynet:package " + hashlib.sha256(content).hexdigest())
    content[start + 8 : start + 46] = f"{{{code}}}".upper().encode()
    with open(path, "wb") as file:
        file.write(content)


main(sys.argv[1])
