"""The types that a word of a row can have: a figure, a date, an address, a path, or any word."""

from __future__ import annotations

import re

FIGURE, DATE, HEX, ADDRESS, PATH, NOTHING, WORD = tuple("ndhip-w")
HARD = frozenset((FIGURE, DATE, HEX, ADDRESS, PATH))  # what prose seldom has, line after line

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?"
_LONG_DATE = (
    rf"(?:{_DAY},? )?(?:\d{{1,2}} )?{_MONTH}(?:  ?\d{{1,2}},?)?(?:  ?(?:{_CLOCK}|\d{{4}})){{1,2}}"
)
# Words; a date that is written with blanks is one.
WORDS = re.compile(rf"(?<!\S){_LONG_DATE}(?!\S)|\S+")
_TYPES = (
    (NOTHING, r"-{1,3}|N/A|n/a|\*|\.|none|null|NULL"),
    (
        FIGURE,
        r"[-+~<>(]{0,2}[$€£¥]?\d{1,30}(?:[.,]\d{1,30}){0,10}(?:[eE][-+]?\d{1,3})?"
        r"(?:%|[kKMGTPE]?i?[Bb]?(?:ps|/s)?|[munµ]?s|Hz|[dhm])\)?",
    ),
    (
        DATE,
        rf"\d{{4}}[-/.]\d\d[-/.]\d\d(?:T\S{{1,30}})?|\d\d[-/.]\d\d[-/.]\d{{4}}|{_CLOCK}"
        rf"|\d{{1,4}}-\d\d:\d\d(?::\d\d)?|{_LONG_DATE}|(?:\d{{1,4}}[wdhms]){{2,5}}",
    ),
    (
        ADDRESS,
        r"\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\S{1,40})?|[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}"
        r"|[0-9a-fA-F]{4}(?:[.-][0-9a-fA-F]{4}){2}"
        r"|(?=[^:]{0,6}:[^:]{0,6}:)[0-9a-fA-F]{0,4}(?::{1,2}[0-9a-fA-F]{0,4}){2,8}(?:/\d{1,3})?",
    ),
    (HEX, r"0x[0-9a-fA-F]{1,40}|(?=[a-f]{0,40}\d)[0-9a-f]{7,128}|(?=[A-F]{0,40}\d)[0-9A-F]{8,128}"),
    (PATH, r"\.{0,2}/\S{0,4000}|[A-Z]:\\\S{0,4000}|UUID=\S{1,80}"),
)
_TYPE = re.compile("|".join(f"(?P<{'_' if name == '-' else name}>{part})" for name, part in _TYPES))


def split_words(text: str) -> list[str]:
    """Return the words of a line."""
    return WORDS.findall(text)


def type_of(word: str) -> str:
    """Return the type of a word."""
    found = _TYPE.fullmatch(word)
    if found is None:
        return WORD
    return NOTHING if found.lastgroup == "_" else str(found.lastgroup)
