"""The types that a word of a row can have: a figure, a date, an address, a path, or any word."""

from __future__ import annotations

import re
from functools import lru_cache

FIGURE, DATE, HEX, ADDRESS, PATH, NOTHING, WORD = tuple("ndhip-w")
HARD = frozenset((FIGURE, DATE, HEX, ADDRESS, PATH))  # what prose seldom has, line after line

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?"
_LONG_DATE = (
    rf"(?:{_DAY},? )?(?:\d{{1,2}} )?{_MONTH}(?:  ?\d{{1,2}},?)?(?:  ?(?:{_CLOCK}|\d{{4}})){{1,2}}"
    r"(?: [AP]M)?(?: [A-Z]{3,4})?"
)
# Words; a date that is written with blanks is one.
WORDS = re.compile(rf"(?<!\S){_LONG_DATE}(?!\S)|\S+")
_UNIT = r"(?:%|[kKMGTPE]?i?[Bb]?(?:ps|/s)?|[munµ]?s|Hz|[dhm])"
_FIGURE = (
    rf"[-+~<>(]{{0,2}}[$€£¥]?\d{{1,30}}(?:[.,]\d{{1,30}}){{0,10}}(?:[eE][-+]?\d{{1,3}})?{_UNIT}\)?"
)
_DATES = (
    r"\d{4}[-/.]\d\d[-/.]\d\d(?:T\S{1,30})?",
    r"\d\d[-/.]\d\d[-/.]\d{4}",
    r"\d{1,4}-\d\d:\d\d(?::\d\d)?",
    r"(?:\d{1,4}[wdhms]){2,5}",
    _CLOCK,
    _LONG_DATE,
)
_ADDRESSES = (
    r"\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\S{1,40})?",
    r"[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}",
    r"[0-9a-fA-F]{4}(?:[.-][0-9a-fA-F]{4}){2}",
    r"(?=[^:]{0,6}:[^:]{0,6}:)[0-9a-fA-F]{0,4}(?::{1,2}[0-9a-fA-F]{0,4}){2,8}(?:/\d{1,3})?",
)
_HEXES = (
    r"0x[0-9a-fA-F]{1,40}",
    r"(?=[a-f]{0,40}\d)[0-9a-f]{7,128}",
    r"(?=[A-F]{0,40}\d)[0-9A-F]{8,128}",
)
_TYPES = (
    ("_", (r"-{1,3}", "N/A", "n/a", r"\*", r"\.", "none", "null", "NULL")),
    (FIGURE, (_FIGURE,)),
    (DATE, _DATES),
    (ADDRESS, _ADDRESSES),
    (HEX, _HEXES),
    (PATH, (r"\.{0,2}/(?![*/])\S{0,4000}", r"[A-Z]:\\\S{0,4000}", r"UUID=\S{1,80}")),
)
_TYPE = re.compile("|".join(f"(?P<{name}>{'|'.join(parts)})" for name, parts in _TYPES))


def split_words(text: str) -> list[str]:
    """Return the words of a line."""
    return WORDS.findall(text)


@lru_cache(maxsize=1024)  # words come again, line after line
def type_of(word: str) -> str:
    """Return the type of a word."""
    found = _TYPE.fullmatch(word)
    if found is None:
        return WORD
    return NOTHING if found.lastgroup == "_" else str(found.lastgroup)
