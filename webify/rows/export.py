"""A view of a table as a CSV file that a spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from webify.model.block import FIGURES, Column, Table
from webify.rows.keys import number_of
from webify.rows.page import View, walk

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = "=+-@\t\r"
_LINES = 500  # lines in one piece of the file


def csv_lines(path: Path, table: Table, view: View) -> Iterator[str]:
    """Yield the file in pieces: all rows that the view finds, in its order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    writer.writerow([guarded(column.name) for column in table.columns])
    for count, row in enumerate(walk(path, table, view), start=1):
        pairs = zip(row, table.columns, strict=True)
        writer.writerow([_cell(cell, column) for cell, column in pairs])
        if count % _LINES == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cell(cell: str, column: Column) -> str:
    """Return a cell as a spreadsheet should read it: figures plain, nothing as a formula."""
    if column.type in FIGURES:
        number = number_of(cell)
        if number is not None:
            return _plain(cell, column)
    return guarded(cell)


def _plain(cell: str, column: Column) -> str:
    """Return a figure without commas between its digits and without a currency."""
    figure = cell.replace(",", "").replace("−", "-").strip()
    if column.unit and column.unit != "%":
        figure = figure.replace(column.unit, "").replace(" ", "")
    return figure


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    if cell[:1] and cell[0] in _FORMULA and number_of(cell) is None:
        return "'" + cell
    return cell
