"""What single cells can be, and what they are ordered by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from webify.model.block import Column
from webify.rows.keys import BLANKS, Key, natural, naturals, number_of, padded, unit_of
from webify.rows.moments import LONGEST as LONGEST_DATE
from webify.rows.moments import date_key, day_first_key, month_first_key, time_key
from webify.rows.units import LONGEST, SECONDS, SIGNS, SIZES, duration_of, size_of
from webify.rows.words import status_rank, yes_or_no

DECIMAL_COMMA, DAY_FIRST, MONTH_FIRST = "decimal comma", "day first", "month first"

# The bits of what one cell can be read as.
(BLANK, INTEGER, NUMBER, COMMA, PERCENT, PERCENT_COMMA, SIZE, DURATION) = (1 << i for i in range(8))
(DATE, DAY, MONTH, TIME, YES_NO, STATUS, URL, PATH, CODE, PADDED) = (1 << i for i in range(8, 18))
BITS = 18

_URL = re.compile(r"(?:https?|ftps?|s3|ssh|git|file)://\S+|mailto:\S+|www\.\S+\.\S+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PATH = re.compile(
    r"(?:[A-Za-z]:)?[\\/]\S.*|(?:~|\.{1,2})[\\/].*|[\w.@+-]+(?:/[\w.@+-]+)+/?", re.ASCII
)
_CODE = re.compile(r"(?=\D*\d)[A-Za-z0-9][\w.:#+-]{1,63}", re.ASCII)
_BEGINS_FIGURE = frozenset("0123456789+-−.$€£¥")
_REMEMBERED = 8_192  # cells whose value need not be read again
_MOST = 300  # characters of a cell that is more than text


def kinds_of(cell: str) -> int:
    """Return the bits of all that a cell can be read as, 0 for text alone."""
    text = cell.strip()
    if text in BLANKS:
        return BLANK
    if len(text) > _MOST:
        return INTEGER | NUMBER if len(text) < 1_000 and number_of(text) is not None else 0
    found = 0
    if text[0] in _BEGINS_FIGURE:
        found = _figure(text)
        found |= _later(text) if found < COMMA else 0
    elif len(text) <= LONGEST_DATE:
        found = _word(text)
    if not found & ~PADDED:
        found |= _name(text)
    return found | (CODE if found & PADDED else 0)


def _figure(text: str) -> int:
    if padded(text):
        return PADDED
    found = 0
    number, comma = number_of(text), number_of(text, comma=True)
    if number is not None and text[-1] != "%":
        found |= NUMBER | SIZE * (text[0] not in SIGNS)
        found |= INTEGER if isinstance(number, int) and not unit_of(text) else 0
    elif number is not None:
        found |= PERCENT
    if comma is not None:
        found |= PERCENT_COMMA if text[-1] == "%" else COMMA
    return found | (DURATION | PERCENT if text == "0" else 0)


def _later(text: str) -> int:
    """Return what a cell can be that begins with a figure and is no plain one."""
    found = 0
    if len(text) > LONGEST:
        return found
    if size_of(text) is not None:
        found |= SIZE
    if duration_of(text) is not None:
        found |= DURATION
    if len(text) <= LONGEST_DATE:
        for bit, read in _DATES:
            found |= bit if read(text) is not None else 0
    return found


def _word(text: str) -> int:
    """Return what a cell can be that begins with a letter."""
    if yes_or_no(text) is not None:
        return YES_NO
    if status_rank(text) is not None:
        return STATUS
    if not any(map(str.isdigit, text)):
        return 0
    if number_of(text) is not None:  # EUR 12
        return NUMBER
    return DATE if date_key(text) is not None else 0


def _name(text: str) -> int:
    if _URL.fullmatch(text) or _MAIL.fullmatch(text):
        return URL
    if _PATH.fullmatch(text):
        return PATH
    return CODE if _CODE.fullmatch(text) else 0


_DATES: tuple[tuple[int, Callable[[str], str | None]], ...] = (
    (DATE, date_key),
    (DAY, day_first_key),
    (MONTH, month_first_key),
    (TIME, time_key),
)
_FORMS: Mapping[str, Callable[[str], str | None]] = {
    DAY_FIRST: day_first_key,
    MONTH_FIRST: month_first_key,
}
TEXTS = frozenset(("text", "code", "path", "url"))

Reader = Callable[[str], Key | None]


def reader_of(column: Column) -> Reader:
    """Return what reads a stripped cell of a column; None where the cell is not of its type."""
    comma = column.form == DECIMAL_COMMA
    simple: Mapping[str, Reader] = {
        "time": time_key,
        "yes/no": yes_or_no,
        "status": status_rank,
        "date": _FORMS.get(column.form, date_key),
        "integer": lambda text: number_of(text, comma=comma),
        "number": lambda text: number_of(text, comma=comma),
        "percent": lambda text: number_of(text, comma=comma),
        "size": lambda text: _sized(text, column.unit),
        "duration": lambda text: _lasting(text, column.unit),
    }
    read = simple.get(column.type)
    return lru_cache(maxsize=_REMEMBERED)(read) if read else natural


def _sized(text: str, unit: str) -> float | None:
    number = number_of(text)
    if number is not None:
        return float(number * SIZES.get(unit.lower(), 1))
    found = size_of(text)
    return found[0] if found else None


def _lasting(text: str, unit: str) -> float | None:
    number = number_of(text)
    if number is not None:
        return number * SECONDS.get(unit, SECONDS.get(unit.lower(), 1.0))
    return duration_of(text)


def is_empty(cell: str, column: Column) -> bool:
    """Say whether a cell says nothing: blank, or a word for nothing where figures are wanted."""
    text = cell.strip()
    return not text or (column.type not in TEXTS and text in BLANKS)


_NOT_PLAIN = re.compile(r"[^-0-9.\x1f]")
# Figures with commas between them, or with %; the repetition keeps no way back.
_GROUPED = re.compile(r"(?:-?(?:\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+ ?%?\x1f)++", re.ASCII)


def values(cells: Sequence[str], column: Column, read: Reader | None = None) -> list[Key | None]:
    """Return what many cells are ordered by, None for each that is not of the column's type."""
    if column.type in TEXTS and cells and (texts := naturals(cells)) is not None:
        return [key or None for key in texts]
    found = _plain(cells, column)
    if found is not None:
        return found
    read = read or reader_of(column)
    known = {cell: read(cell.strip()) for cell in set(cells)}
    if column.type in TEXTS:
        known = {cell: key or None for cell, key in known.items()}
    return list(map(known.__getitem__, cells))


def _plain(cells: Sequence[str], column: Column) -> list[Key | None] | None:
    """Return the values of plain figures, quickly; None where there is anything else."""
    if column.type not in ("integer", "number", "percent") or column.form:
        return None
    text = "\x1f".join(cells)
    if len(text) > 20 * len(cells):
        return None
    if _NOT_PLAIN.search(text):
        if not _GROUPED.fullmatch(text + "\x1f"):
            return None
        text = text.replace(",", "").replace("%", "")
    try:
        return list(map(float if "." in text else int, text.split("\x1f")))
    except ValueError:
        return None


def plain_figures(cells: Sequence[str]) -> list[str] | None:
    """Return figures without the commas between their digits; None where any is not plain."""
    text = "\x1f".join(cells)
    if not _GROUPED.fullmatch(text + "\x1f"):
        return None
    return text.replace(",", "").split("\x1f")
