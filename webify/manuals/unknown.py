"""Mark, in what a script makes, the places that only running a program would fill."""

from __future__ import annotations

# Stands in place of what is not known.
UNKNOWN = "\ue000"
LONGEST = 20_000


def known(text: str) -> bool:
    """Say whether nothing of this text depends on running a program."""
    return UNKNOWN not in text


def globbed(pattern: str, text: str) -> bool:
    """Say whether a text matches a pattern of *, and ? as itself or any letter."""
    at = held = 0
    star, mark = -1, 0
    while held < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, mark = at, held
            at += 1
        elif at < len(pattern) and pattern[at] in {text[held], "?"}:
            at += 1
            held += 1
        elif star >= 0 and mark < LONGEST:
            mark += 1
            at, held = star + 1, mark
        else:
            return False
    return not pattern[at:].strip("*")
