"""A block of a text as people see it: without escapes, overwritten cells gone, in UTF-8.

Line breaks stay, so that the lines of both can be counted against each other.
"""

from __future__ import annotations

import re

from webify.readers.terminal import Terminal
from webify.text.source import Encoding

_ESCAPE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]"
    rb"|[\]PX^_][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\)"
    rb"|[()*+].|[ -/]*[0-Z\\^-~])"
)
_OVERWRITES = re.compile(rb"\r(?!\n)|\x08|\x1b\[(?:\d*[CDGP]|[12]K)")


def cleaned(encoding: Encoding, data: bytes) -> bytes:
    """Return the block as it is seen; the same object where nothing has to be done."""
    data = encoding.utf8(data)
    escapes = b"\x1b" in data
    returns = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
    turns = returns or b"\x08" in data
    if not escapes and not turns:
        return data
    if turns or _OVERWRITES.search(data):
        data = b"\n".join(map(_written, data.split(b"\n")))
    return _ESCAPE.sub(b"", data)


def _written(line: bytes) -> bytes:
    """Return what is left of a line in which something was overwritten."""
    if not _OVERWRITES.search(line + b"\n"):
        return line
    found = Terminal().feed(line + b"\n")
    return "".join(each.text for each in found).encode(errors="replace")
