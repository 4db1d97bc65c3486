"""How fast rows of each shape come into the table store, and the memory that takes.

    python -m benchmarks.readers [ROWS]

Each shape is read in a process of its own, from bytes that are there at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from webify.readers import Reading
from webify.rows.writer import Writer

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("id", "code", "name", "amount", "share", "date", "state", "note")
WIDTHS = (8, 9, 12, 10, 6, 10, 8, 10)
PIECE = 1 << 16


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield rows as an office has them: figures, codes, words, dates."""
    for at in range(count):
        name = ("bolt", "nut", "screw", "valve")[at % 4]
        state = ("ok", "failed", "open")[at % 3]
        date = f"2026-{at % 12 + 1:02}-{at % 28 + 1:02}"
        yield (
            *(str(at), f"LV-{at % 5000:04}", f"{name} {at % 97}", f"{at * 37:,}"),
            *(f"{at % 100}%", date, state, f"note {at % 1000}"),
        )


def aligned(row: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, WIDTHS, strict=True))


def boxed(row: tuple[str, ...]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, WIDTHS, strict=True))
    return "| " + " | ".join(cells) + " |"


def box(count: int) -> Iterator[str]:
    rule = "+" + "+".join("-" * (width + 2) for width in WIDTHS) + "+"
    yield from (rule, boxed(NAMES), rule)
    yield from map(boxed, rows(count))
    yield rule


def listing(count: int) -> Iterator[str]:
    yield aligned(NAMES)
    yield from map(aligned, rows(count))


def comma(count: int) -> Iterator[str]:
    yield ",".join(NAMES)
    for row in rows(count):
        yield ",".join(f'"{cell}"' if "," in cell else cell for cell in row)


def json_lines(count: int) -> Iterator[str]:
    return (json.dumps(dict(zip(NAMES, row, strict=True))) for row in rows(count))


def json_array(count: int) -> Iterator[str]:
    yield json.dumps([dict(zip(NAMES, row, strict=True)) for row in rows(count)], indent=2)


def text(count: int) -> Iterator[str]:
    return (
        f"2026-11-22 09:00:00,123 INFO app: row {at} was read, all is well" for at in range(count)
    )


SHAPES: dict[str, Callable[[int], Iterator[str]]] = {
    "aligned columns": listing,
    "box": box,
    "CSV with quotes": comma,
    "JSON lines": json_lines,
    "JSON array": json_array,
    "a log (text)": text,
}


def read(path: Path, folder: Path) -> dict[str, float]:
    """Read a file as the supervisor does, and say what that took."""
    process = psutil.Process()
    before = process.memory_info().rss
    reading = Reading(Writer(folder / "rows.db"))
    began, worked = time.perf_counter(), time.process_time()
    most = 0
    with path.open("rb") as log:
        while piece := log.read(PIECE):
            reading.feed(piece)
            most = max(most, process.memory_info().rss)
    reading.finish()
    took, work = time.perf_counter() - began, time.process_time() - worked
    return {"rows": reading.rows, "took": took, "work": work, "all": most, "more": most - before}


def main() -> None:
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'shape':<17}{'rows':>9}{'seconds':>9}{'CPU s':>7}{'lines/s CPU':>13}{'MB':>6}")
    for name, shape in SHAPES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "out.log"
            with path.open("w", encoding="utf-8") as log:
                log.writelines(f"{line}\n" for line in shape(count))
            argv = [sys.executable, "-m", "benchmarks.readers", "--read", str(path), folder]
            done = subprocess.run(argv, cwd=ROOT, stdout=subprocess.PIPE, check=True)
            found = json.loads(done.stdout)
        print(
            f"{name:<17}{found['rows']:>9,}{found['took']:>9.2f}{found['work']:>7.2f}"
            f"{count / found['work']:>13,.0f}{found['all'] / 1e6:>6.0f}"
        )


if __name__ == "__main__":
    main()
