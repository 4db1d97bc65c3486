"""What fish's `string` does with texts, as far as it can be done without its expressions."""

from __future__ import annotations

import re
from collections.abc import Callable

from webify.manuals.unknown import UNKNOWN, globbed, known

ANCHORED = re.compile(r"\A\^?(?:[\w /:=@,%-]|\\[.$^*+?|(){}\[\]/-])*\$?\Z")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "\\": "\\", "a": "\a", "'": "'", '"': '"'}

Ending = tuple[bool | None, list[str]]


def unescaped(text: str) -> str:
    """Return a text with its backslash escapes taken as letters."""
    pieces, at = [], 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ESCAPED:
            pieces.append(ESCAPED[text[at + 1]])
            at += 2
        else:
            pieces.append(text[at])
            at += 1
    return "".join(pieces)


def string(words: list[str], given: list[str] | None) -> Ending:
    """Do what `string` is told; given are the lines piped into it, or None."""
    action, words = (words[0], words[1:]) if words else ("", [])
    flags: list[str] = []
    while words and words[0].startswith("-") and len(words[0]) > 1:
        flag = words.pop(0)
        if flag == "--":
            break
        flags.append(flag)
        if flag in {"-m", "-s", "-l", "-c", "-n", "-e"} and action in {"sub", "trim", "repeat"}:
            flags.append(words.pop(0) if words else "")
    run = STRINGS.get(action)
    texts = {"match": 1, "replace": 2, "split": 1, "join": 1, "escape": 0, "collect": 0}
    head = words[: texts.get(action, 0)]
    rest = words[texts.get(action, 0) :] if given is None else given
    if run is None or not all(known(word) for word in [*head, *rest]):
        return None, [UNKNOWN]
    return run(flags, head, rest)


def _match(flags: list[str], head: list[str], texts: list[str]) -> Ending:
    letters = "".join(flag.lstrip("-")[:1] if flag[:2] == "--" else flag[1:] for flag in flags)
    pattern = head[0] if head else ""
    if "r" in letters:
        # Any other expression could take for ever on a hostile text.
        if not ANCHORED.match(pattern):
            return None, [UNKNOWN]
        expression = re.compile(pattern, re.IGNORECASE if "i" in letters else 0)
        hits = [text for text in texts if bool(expression.search(text)) != ("v" in letters)]
    else:
        hits = [text for text in texts if globbed(pattern, text) != ("v" in letters)]
    return bool(hits), [] if "q" in letters else hits


def _replace(flags: list[str], head: list[str], texts: list[str]) -> Ending:
    if len(head) < 2 or any("r" in flag for flag in flags):
        return None, [UNKNOWN]
    count = -1 if "-a" in flags or "--all" in flags else 1
    found = [text.replace(head[0], head[1], count) if head[0] else text for text in texts]
    return found != texts, found


def _split(_flags: list[str], head: list[str], texts: list[str]) -> Ending:
    separator = head[0] if head else "\n"
    found = [piece for text in texts for piece in (text.split(separator) if separator else text)]
    return len(found) > len(texts), found


def _join(_flags: list[str], head: list[str], texts: list[str]) -> Ending:
    return len(texts) > 1, ["".join(head[:1]).join(texts)]


def _same(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, texts


def _lower(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, [text.lower() for text in texts]


def _upper(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, [text.upper() for text in texts]


def _trim(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, [text.strip() for text in texts]


def _length(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return any(texts), [str(len(text)) for text in texts]


STRINGS: dict[str, Callable[[list[str], list[str], list[str]], Ending]] = {
    "match": _match,
    "replace": _replace,
    "split": _split,
    "join": _join,
    "escape": _same,
    "collect": _same,
    "lower": _lower,
    "upper": _upper,
    "trim": _trim,
    "length": _length,
}
