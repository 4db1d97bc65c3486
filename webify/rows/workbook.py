"""A view of a table as a workbook for a spreadsheet, written by a process of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webify.errors import TableUnknown
from webify.model.block import FIGURES, Column, Table
from webify.model.plain import from_plain, to_plain
from webify.rows.batches import Columns, batches
from webify.rows.export import unique_names, value_of
from webify.rows.filters import Filter
from webify.rows.kinds import reader_of
from webify.rows.source import opened
from webify.rows.view import View

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576  # of one sheet, with its head
MOST_COLUMNS = 16_384
LONGEST = 32_767  # characters of one cell
_EXACT = 10**15  # figures above lose digits in a spreadsheet
_PIECE = 1 << 18
_PREFIX = "xlsx-"  # of the folder beside the rows in which a workbook is written
_LEFT = 86_400.0  # seconds after which nobody can be at such a folder any more
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BOOT = (
    "import sys; sys.path[:0] = sys.argv[1:3]; "
    "from webify.rows.workbook import main; main(*sys.argv[3:])"
)
_FORMATS: Mapping[str, str] = {
    "integer": "#,##0",
    "percent": "0.0##%",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm:ss",
}


def xlsx_pieces(path: Path, table: Table, view: View) -> Iterator[bytes]:
    """Yield the file in pieces: all rows that the view finds, in its order, typed.

    It is written beside the rows first and goes away with the last piece.  Raises TableUnknown.
    """
    with opened(path, table):
        pass  # a table that is not there is told before anything is sent
    return _pieces(path, table, view)


def _forget(folder: Path) -> None:
    """Take away what a server that was killed has left behind."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT:
                shutil.rmtree(left, ignore_errors=True)


def _pieces(path: Path, table: Table, view: View) -> Iterator[bytes]:
    _forget(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=_PREFIX) as folder:
        file = Path(folder) / "table.xlsx"
        order = Path(folder) / "order.json"
        order.write_text(json.dumps([to_plain(table), asdict(view)]), encoding="utf-8")
        _written(path, order, file)
        with file.open("rb") as book:
            while piece := book.read(_PIECE):
                yield piece


def _written(path: Path, order: Path, file: Path) -> None:
    """Have the file written; raises TableUnknown where that cannot be done."""
    package = Path(__file__).resolve().parent.parent.parent
    spec = find_spec("xlsxwriter")
    library = Path(spec.origin).parent.parent if spec and spec.origin else package
    words = [str(package), str(library), str(path.absolute()), str(order), str(file)]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _BOOT, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it was ended"]
        raise TableUnknown(f"The workbook could not be written: {lines[-1]}")


def main(path: str, order: str, file: str) -> None:
    """Write the workbook, in a process of its own."""
    plain, said = json.loads(Path(order).read_text(encoding="utf-8"))
    filters = tuple(
        Filter(**{**each, "values": tuple(each["values"])}) for each in said.pop("filters")
    )
    view = View(**said, filters=filters)
    write_workbook(Path(path), from_plain(Table, plain), view, Path(file))


def write_workbook(path: Path, table: Table, view: View, file: Path) -> None:
    """Write the file; a few rows at a time are in memory."""
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "tmpdir": str(file.parent),
    }
    with Workbook(str(file), options) as book:
        Book(book, table).fill(batches(path, table, view))


class Book:
    """A workbook that is being filled; what one sheet cannot hold goes on in the next."""

    def __init__(self, book: Any, table: Table) -> None:
        """Fill this workbook with rows of this table."""
        self._book = book
        self._columns = table.columns[:MOST_COLUMNS]
        self._reads = [reader_of(column) for column in self._columns]
        self._formats = {name: book.add_format({"num_format": _FORMATS[name]}) for name in _FORMATS}
        self._bold = book.add_format({"bold": True})
        self._sheet: Worksheet = self._new()
        self._row = 1

    def fill(self, rows: Iterator[Columns]) -> None:
        """Write all rows."""
        for columns in rows:
            for row in zip(*columns[:MOST_COLUMNS], strict=True):
                if self._row == MOST_ROWS:
                    self._close()
                    self._sheet, self._row = self._new(), 1
                for at, (cell, column) in enumerate(zip(row, self._columns, strict=True)):
                    if cell:
                        self._cell(at, cell, column)
                self._row += 1
        self._close()

    def _new(self) -> Any:
        sheet = self._book.add_worksheet()
        for at, name in enumerate(unique_names(self._columns)):
            wide = 14 if self._columns[at].type in FIGURES else 20
            sheet.set_column(at, at, max(wide, min(len(name) + 3, 40)))
            sheet.write_string(0, at, clean(name), self._bold)
        sheet.freeze_panes(1, 0)
        return sheet

    def _close(self) -> None:
        if self._columns:
            self._sheet.autofilter(0, 0, self._row - 1, len(self._columns) - 1)

    def _cell(self, at: int, cell: str, column: Column) -> None:
        """Write a cell with its type; what is only text is never taken for anything else."""
        sheet, row = self._sheet, self._row
        if column.type not in (*FIGURES, "yes/no", "date"):
            sheet.write_string(row, at, clean(cell))
            return
        value = value_of(cell, column, self._reads[at])
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, (int, float)) and abs(value) < _EXACT:
            percent = column.type == "percent"
            form = self._formats.get(column.type)
            sheet.write_number(row, at, value / 100 if percent else value, form)
        elif column.type == "date" and (moment := _moment(value)):
            form = self._formats["moment" if "T" in str(value) else "date"]
            sheet.write_datetime(row, at, moment, form)
        elif value is not None:
            sheet.write_string(row, at, clean(cell))


def _moment(value: object) -> datetime | None:
    """Return a date that spreadsheets know: they begin with 1900."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.year >= 1900 and found.tzinfo is None else None


def clean(text: str) -> str:
    """Return a text that XML can hold and a spreadsheet too."""
    return _CONTROL.sub("\ufffd", text)[:LONGEST]
