"""The words of a command in an address: each as it is, or, where that would lead away, escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What a browser or the server would take for something else: a slash, a control character, the
# sign of an escape itself, and half a character, as a broken name may have it.
_MARKED = re.compile(r"[/\\~\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED = re.compile(r"(?:~[0-9a-f]{2}){1,4000}")
_EMPTY = "~"


def address_of(path: Sequence[str]) -> str:
    """Return the words of a command as one part of an address."""
    return "/".join(_escaped(word) for word in path)


def path_of(address: str) -> tuple[str, ...]:
    """Return the words of a command from such a part; one that nobody made is taken as it is."""
    return tuple(_word(part) for part in address.split("/")) if address else ()


def _escaped(word: str) -> str:
    if word in ("", ".", ".."):
        return word.replace(".", "~2e") or _EMPTY
    return _MARKED.sub(lambda found: _hex(found[0]), word)


def _hex(letter: str) -> str:
    return "".join(f"~{byte:02x}" for byte in letter.encode("utf-8", "surrogatepass"))


def _word(part: str) -> str:
    return "" if part == _EMPTY else _ESCAPED.sub(lambda found: _letters(found[0]), part)


def _letters(escapes: str) -> str:
    raw = bytes(int(each, 16) for each in escapes.split("~")[1:])
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return escapes


FILTERS = {"address": address_of}
