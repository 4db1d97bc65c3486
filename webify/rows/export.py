"""A view of a table as a file: CSV that a spreadsheet opens as it is meant, and JSON."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from json.encoder import encode_basestring_ascii
from pathlib import Path

from webify.model.block import FIGURES, Column, Table
from webify.rows.batches import batches
from webify.rows.keys import Key, number_of
from webify.rows.kinds import DECIMAL_COMMA, Reader, is_empty, plain_figures, reader_of, values
from webify.rows.view import View

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = "=+-@\t\r"
_RISKY = re.compile(r"(?:\A|\x1f)[=+\-@\t\r]")
_COUNTED = ("integer", "number", "percent")
_PIECE = 1 << 16  # characters of a piece of the file

Change = Callable[[Sequence[str]], Sequence[str]]


def csv_lines(path: Path, table: Table, view: View) -> Iterator[str]:
    """Yield the file in pieces: all rows that the view finds, in its order.

    Figures are plain, dates are ISO text, and nothing is taken for a formula.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    writer.writerow([guarded(column.name) for column in table.columns])
    changes = [_change(column) for column in table.columns]
    for columns in batches(path, table, view):
        cells = [change(some) for change, some in zip(changes, columns, strict=True)]
        writer.writerows(zip(*cells, strict=True))
        if text.tell() > _PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def json_lines(path: Path, table: Table, view: View) -> Iterator[str]:
    """Yield the file as a JSON array of objects, figures as numbers, in pieces."""
    names = list(unique_names(table.columns))
    heads = [json.dumps(name) + ": " for name in names]
    typed = [_typed(column) for column in table.columns]
    mark = "[\n"
    for columns in batches(path, table, view):
        cells = [
            [head + value for value in change(some)]
            for head, change, some in zip(heads, typed, columns, strict=True)
        ]
        lines = [f"{{{', '.join(row)}}}" for row in zip(*cells, strict=True)]
        if lines:
            yield mark + ",\n".join(lines)
            mark = ",\n"
    yield "[]\n" if mark == "[\n" else "\n]\n"


def unique_names(columns: Sequence[Column]) -> Iterator[str]:
    """Yield a name for each column, each another one."""
    used: set[str] = set()
    for at, column in enumerate(columns, start=1):
        name = own = column.name or f"column {at}"
        count = 2
        while name in used:
            name, count = f"{own} {count}", count + 1
        used.add(name)
        yield name


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    if cell[:1] and cell[0] in _FORMULA and number_of(cell) is None:
        return "'" + cell
    return cell


def value_of(cell: str, column: Column, read: Reader) -> Key | bool | None:
    """Return a cell as a program wants it: a number, true or false, ISO text, the text, or None.

    read   what reader_of() has for the column
    """
    if is_empty(cell, column):
        return None
    key = read(cell.strip())
    if column.type == "yes/no" and key is not None:
        return bool(key)
    if column.type == "date" and isinstance(key, str):
        return iso(key) or cell
    if column.type not in FIGURES or key is None:
        return cell
    if isinstance(key, float):
        return _whole(key) if math.isfinite(key) else cell
    return key


def iso(key: str) -> str:
    """Return the key of a date as ISO text in seconds; "" where the year is not known."""
    if key.startswith("9999"):
        return ""
    return key.removesuffix(".000000") if "T" in key else key


def _whole(number: float) -> Key:
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _change(column: Column) -> Change:
    """Return what makes cells of a column fit for a spreadsheet."""
    if column.type in _COUNTED:
        return lambda cells: _figures(cells, column)
    if column.type == "date":
        read = reader_of(column)
        return lambda cells: _known(cells, lambda cell: iso(str(read(cell.strip()) or "")))
    return _guarded


def _figures(cells: Sequence[str], column: Column) -> Sequence[str]:
    figures = None if column.form else plain_figures(cells)
    return figures or _known(cells, lambda cell: _plain(cell, column))


def _known(cells: Sequence[str], change: Callable[[str], str]) -> Sequence[str]:
    known = {cell: change(cell) or guarded(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))


def _guarded(cells: Sequence[str]) -> Sequence[str]:
    if _RISKY.search("\x1f".join(cells)) is None:
        return cells
    return [guarded(cell) for cell in cells]


def _plain(cell: str, column: Column) -> str:
    """Return a figure without commas between its digits and without a currency; "" for none."""
    comma = column.form == DECIMAL_COMMA
    if number_of(cell.strip(), comma=comma) is None:
        return ""
    figure = cell.replace("." if comma else ",", "").replace(",", ".").replace("−", "-").strip()
    if column.unit and column.unit != "%":
        figure = figure.replace(column.unit, "").replace(" ", "")
    return figure


def _typed(column: Column) -> Change:
    """Return what writes cells of a column as JSON."""
    if column.type not in (*FIGURES, "yes/no", "date"):
        return lambda cells: [*map(encode_basestring_ascii, cells)]

    read = reader_of(column)

    def change(cells: Sequence[str]) -> Sequence[str]:
        if column.type in _COUNTED and not column.form and plain_figures(cells):
            keys = values(cells, column, read)
            if all(isinstance(key, int) or _short(key) for key in keys):
                return list(map(repr, keys))
        known = {cell: json.dumps(value_of(cell, column, read)) for cell in set(cells)}
        return list(map(known.__getitem__, cells))

    return change


def _short(key: Key | None) -> bool:
    return isinstance(key, float) and math.isfinite(key) and not key.is_integer()
