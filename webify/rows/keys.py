"""Sort keys: how the words of a cell are ordered.

A key is a number where the cell is one, text in natural order otherwise, and None for an empty
cell.  SQLite orders None before numbers before text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Key = int | float | str | None

_SIGNS = "$€£¥"
_CODES = "EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY"
_NUMBER = re.compile(
    rf"(?P<minus>[-+−])?(?P<sign>[{_SIGNS}]|(?:{_CODES})(?= ))?\s?(?P<late>[-−])?"
    r"(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<power>[eE][-+]\d{1,3})?"
    rf"(?:\s?(?P<unit>%|[{_SIGNS}]|\b(?:{_CODES})))?",
    re.ASCII,
)
_DIGITS = re.compile(r"\d+", re.ASCII)
_PADDED = re.compile(r"[-+]?0\d", re.ASCII)
# A whole column of figures, one a line; the repetition keeps no way back.
_FIGURES = re.compile(
    r"(?:-?(?:\d{1,3}(?:,\d{3})++|0|[1-9]\d{0,17}+)(?:\.\d{1,17}+)?%?\n)++", re.ASCII
)
_MOST_DIGITS = 18
_LONGEST = 200  # characters of a cell that its place depends on
_MOST_INTEGER = 2**63 - 1
BLANKS = frozenset(
    {"", "-", "--", "—", "–", "n/a", "N/A", "NULL", "null", "None", "none", "nan", "NaN"}
)


def sort_keys(cells: Sequence[str]) -> tuple[list[Key], int, set[str]]:
    """Return the keys of some cells of one column, how many are numbers, and their units."""
    text = "\n".join(cells) + "\n"
    if _FIGURES.fullmatch(text):
        return _plain_keys(text), len(cells), {"%"} if "%" in text else set()
    known = {cell: sort_key(cell) for cell in set(cells)}
    numbers = {
        cell
        for cell, key in known.items()
        if isinstance(key, (int, float)) and not _PADDED.match(cell)
    }
    units = {unit_of(cell) for cell in numbers} - {""}
    count = sum(map(numbers.__contains__, cells)) if numbers else 0
    return list(map(known.__getitem__, cells)), count, units


def sort_key(cell: str) -> Key:
    """Return the key of one cell."""
    text = cell[:_LONGEST].strip()
    if not text:
        return None
    number = number_of(text)
    return natural(text) if number is None else number


def number_of(text: str) -> int | float | None:
    """Return the number that a cell says: 1,200 and -3.5 and 12 % and €40; else None."""
    found = _NUMBER.fullmatch(text)
    if found is None or (found["sign"] and found["unit"]) or (found["minus"] and found["late"]):
        return None
    figure = found["figure"].replace(",", "")
    minus = (found["minus"] or found["late"] or "+") in "-−"
    if found["power"] or not figure.isdigit():
        value = float(figure + (found["power"] or ""))
        return -value if minus else value
    whole = -int(figure) if minus else int(figure)
    return whole if -_MOST_INTEGER <= whole <= _MOST_INTEGER else float(whole)


def unit_of(text: str) -> str:
    """Return the unit that a number is written with, or ""."""
    found = _NUMBER.fullmatch(text.strip())
    return "" if found is None else (found["unit"] or found["sign"] or "")


def natural(text: str) -> str:
    """Return a text that sorts as people do: no case, no accents, figures by their size."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in parts if not unicodedata.combining(each))
    return _DIGITS.sub(_sized, text.casefold())


def _sized(digits: re.Match[str]) -> str:
    """Return a figure behind its length, so that a longer one comes later."""
    figure = digits.group().lstrip("0") or "0"
    nines, rest = divmod(len(figure), 9)
    return "9" * nines + str(rest) + figure


def _plain_keys(text: str) -> list[Key]:
    """Return the keys of a column of plain figures, one a line; quick, for long columns."""
    figures = text.replace(",", "").replace("%", "").split("\n")[:-1]
    if "." not in text:
        whole = list(map(int, figures))
        if min(whole) >= -_MOST_INTEGER and max(whole) <= _MOST_INTEGER:
            return [*whole]
    return [int(each) if _short(each) else float(each) for each in figures]


def _short(figure: str) -> bool:
    return "." not in figure and len(figure) < _MOST_DIGITS
