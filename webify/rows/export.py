"""A view of a table as a file: CSV that a spreadsheet opens as it is meant, and JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from json.encoder import encode_basestring_ascii
from pathlib import Path

from webify.model.block import FIGURES, Column, Table
from webify.rows.batches import Columns, written
from webify.rows.keys import Key, number_of
from webify.rows.kinds import DECIMAL_COMMA, Reader, is_empty, plain_figures, reader_of, values
from webify.rows.packing import BETWEEN
from webify.rows.view import View

BYTE_ORDER_MARK = "\ufeff"
_END = "\r\n"
_SPECIAL = ',"\r\n'  # a cell with one of them is quoted
_FORMULA = "=+-@\t\r"
_RISKY = tuple(BETWEEN + mark for mark in _FORMULA)
_COUNTED = ("integer", "number", "percent")
_PLAIN = f"0123456789.{BETWEEN}"  # nothing to change where cells are made of these alone
_DAYS = re.compile(rf"\d{{4}}-\d\d-\d\d(?:{BETWEEN}\d{{4}}-\d\d-\d\d)*+", re.ASCII)

Change = Callable[[Sequence[str]], Sequence[str]]


def csv_lines(path: Path, table: Table, view: View) -> Iterator[str]:
    """Yield the file in pieces: all rows that the view finds, in its order.

    Figures are plain, dates are ISO text, and nothing is taken for a formula.
    """
    changes = [_change(column) for column in table.columns]

    def write(columns: Columns) -> list[str]:
        cells = [_quoted(change(some)) for change, some in zip(changes, columns, strict=True)]
        lines = list(map(",".join, zip(*cells, strict=True)))
        return lines if len(cells) > 1 else [line or '""' for line in lines]

    yield BYTE_ORDER_MARK + ",".join(_quoted([guarded(each.name) for each in table.columns])) + _END
    for lines in written(path, table, view, write):
        lines.append("")
        yield _END.join(lines)


def json_lines(path: Path, table: Table, view: View) -> Iterator[str]:
    """Yield the file as a JSON array of objects, figures as numbers, in pieces."""
    heads = [json.dumps(name).replace("%", "%%") for name in unique_names(table.columns)]
    line = f"{{{', '.join(f'{head}: %s' for head in heads)}}}"
    typed = [_typed(column) for column in table.columns]

    def write(columns: Columns) -> list[str]:
        cells = [change(some) for change, some in zip(typed, columns, strict=True)]
        return [line % row for row in zip(*cells, strict=True)]

    mark = "[\n"
    for lines in written(path, table, view, write):
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


def _figure(key: Key | None) -> str:
    """Return a finite number as JSON spells it, "" for anything else."""
    if isinstance(key, float):
        return repr(_whole(key)) if math.isfinite(key) else ""
    return repr(key) if isinstance(key, int) else ""


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    """Return cells as they stand in a line of CSV."""
    text = BETWEEN.join(cells)
    if not any(mark in text for mark in _SPECIAL):
        return cells
    known = {cell: _quote(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))


def _quote(cell: str) -> str:
    if any(mark in cell for mark in _SPECIAL):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _change(column: Column) -> Change:
    """Return what makes cells of a column fit for a spreadsheet."""
    if column.type in _COUNTED:
        return lambda cells: _figures(cells, column)
    if column.type == "date":
        read = reader_of(column)
        known = partial(_known, change=lambda cell: iso(str(read(cell.strip()) or "")))
        if column.form:
            return known
        return lambda cells: cells if _DAYS.fullmatch(BETWEEN.join(cells)) else known(cells)
    return _guarded


def _figures(cells: Sequence[str], column: Column) -> Sequence[str]:
    if not column.form and not BETWEEN.join(cells).strip(_PLAIN):
        return cells
    figures = None if column.form else plain_figures(cells)
    return figures or _known(cells, lambda cell: _plain(cell, column))


def _known(cells: Sequence[str], change: Callable[[str], str]) -> Sequence[str]:
    known = {cell: change(cell) or guarded(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))


def _guarded(cells: Sequence[str]) -> Sequence[str]:
    text = BETWEEN + BETWEEN.join(cells)
    if not any(mark in text for mark in _RISKY):
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
        return _spelled

    read = reader_of(column)

    def change(cells: Sequence[str]) -> Sequence[str]:
        if column.type in _COUNTED and not column.form and plain_figures(cells):
            figures = list(map(_figure, values(cells, column, read)))
            if all(figures):
                return figures
        known = {cell: json.dumps(value_of(cell, column, read)) for cell in set(cells)}
        return list(map(known.__getitem__, cells))

    return change


def _spelled(cells: Sequence[str]) -> Sequence[str]:
    """Return texts as JSON spells them; where no cell holds what could deceive, all at once."""
    text = BETWEEN.join(cells)
    if "\\" not in text:
        found = encode_basestring_ascii(text).replace("\\u001f", f'"{BETWEEN}"').split(BETWEEN)
        if len(found) == len(cells):
            return found
    return [*map(encode_basestring_ascii, cells)]
