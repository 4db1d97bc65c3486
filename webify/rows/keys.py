"""Figures and text of single cells, as they are ordered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from webify.rows.units import CODES, SIGNS

Key = int | float | str

_NUMBER = re.compile(
    rf"(?P<minus>[-+−])?(?P<sign>[{SIGNS}]|(?:{CODES})(?= ))?\s?(?P<late>[-−])?"
    r"(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<power>[eE][-+]\d{1,3})?"
    rf"(?:\s?(?P<unit>%|[{SIGNS}]|\b(?:{CODES})))?",
    re.ASCII,
)
_COMMA = re.compile(
    rf"(?P<minus>[-+−])?(?P<sign>[{SIGNS}]|(?:{CODES})(?= ))?\s?(?P<late>[-−])?"
    r"(?P<figure>(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)"
    rf"(?:\s?(?P<unit>%|[{SIGNS}]|\b(?:{CODES})))?",
    re.ASCII,
)
_DIGITS = re.compile(r"\d+", re.ASCII)
_BETWEEN = "\x1f"
_SPACED = re.compile(r"[\t\n\r\f\v]|(?:\A|\x1f) | (?:\x1f|\Z)")
MOST_DIGITS = 1_000  # of one figure; Python itself reads a few thousand
LONGEST = 200  # characters of a text that its place depends on
BLANKS = frozenset(
    {"", "-", "--", "—", "–", "n/a", "N/A", "NULL", "null", "None", "none", "nan", "NaN", "…", "·"}
)


def number_of(text: str, *, comma: bool = False) -> int | float | None:
    """Return the number that a cell says: 1,200 and -3.5 and 12 % and €40; else None.

    comma   decimals stand behind a comma: 1.200,50
    """
    return None if len(text) > MOST_DIGITS else _value(_found(text, comma=comma), comma=comma)


def unit_of(text: str, *, comma: bool = False) -> str:
    """Return the unit that a number is written with, or ""."""
    found = _found(text.strip(), comma=comma)
    return "" if found is None else (found["unit"] or found["sign"] or "")


def padded(text: str) -> bool:
    """Say whether a figure has leading zeros, as codes do."""
    figure = text.lstrip("+-")
    return len(figure) > 1 and figure[0] == "0" and figure.isascii() and figure.isdigit()


def natural(text: str) -> str:
    """Return a text that sorts as people do: no case, no accents, figures by their size."""
    text = text[:LONGEST]
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in parts if not unicodedata.combining(each))
    return _DIGITS.sub(_sized, text.casefold())


def naturals(cells: Sequence[str]) -> list[str] | None:
    """Return natural() of many stripped cells at once; None where they are not simple enough."""
    text = _BETWEEN.join(cells)
    if not text.isascii() or _SPACED.search(text) or len(max(cells, key=len)) > LONGEST:
        return None
    found = _DIGITS.sub(_sized, text.casefold()).split(_BETWEEN)
    return found if len(found) == len(cells) else None


def _found(text: str, *, comma: bool) -> re.Match[str] | None:
    found = (_COMMA if comma else _NUMBER).fullmatch(text)
    if found is None or (found["sign"] and found["unit"]) or (found["minus"] and found["late"]):
        return None
    return found


def _value(found: re.Match[str] | None, *, comma: bool) -> int | float | None:
    if found is None:
        return None
    figure = found["figure"].replace("." if comma else ",", "").replace(",", ".")
    minus = (found["minus"] or found["late"] or "+") in "-−"
    power = "" if comma else found["power"] or ""
    number: int | float = int(figure) if figure.isdigit() and not power else float(figure + power)
    return -number if minus else number


def _sized(digits: re.Match[str]) -> str:
    """Return a figure behind its length, so that a longer one comes later."""
    figure = digits.group().lstrip("0") or "0"
    if len(figure) < 9:
        return f"{len(figure)}{figure}"
    nines, rest = divmod(len(figure), 9)
    return "9" * nines + str(rest) + figure
