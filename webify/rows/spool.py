"""Many lines put in another order through a file, a bounded part of them in memory."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from webify.rows.packing import pack, unpack

HELD = 2_000_000  # characters that wait to be written, and of lines that are put in order at once
MOST = 16_384  # lines that are put in order at once
SOME = 500  # lines that are handed on at once


def put_in_order(
    pieces: Iterable[Sequence[str]], rows: Sequence[int], total: int, long: float, folder: Path
) -> Iterator[list[str]]:
    """Yield lines in the order of `rows`.

    pieces   the lines of these rows as they come: by rising numbers
    total    what the numbers stay below
    long     characters of a line, about: it tells how many are put in order at once

    The order is cut into stretches.  Each line goes to its stretch in a file; a stretch is then
    read as a whole, so that no line costs a look of its own.
    """
    size = max(1, min(MOST, int(HELD / max(long, 1))))
    stretches = [rows[at : at + size] for at in range(0, len(rows), size)]
    with tempfile.TemporaryFile(dir=folder) as file:
        spool = _Spool(file, len(stretches))
        spool.fill(pieces, _places(stretches, total))
        for at, stretch in enumerate(stretches):
            lines = spool.lines(at)
            ordered = [""] * len(lines)
            rising = sorted(range(len(stretch)), key=stretch.__getitem__)
            for place, line in zip(rising, lines, strict=True):
                ordered[place] = line
            for first in range(0, len(ordered), SOME):
                yield ordered[first : first + SOME]


def _places(stretches: Sequence[Sequence[int]], total: int) -> Iterator[int]:
    """Yield the stretch of each row that is wanted, by rising numbers of the rows."""
    places = array("H" if len(stretches) < 1 << 16 else "I", [0]) * total
    for at, stretch in enumerate(stretches, start=1):
        for row in stretch:
            places[row] = at
    return (place - 1 for place in places if place)


class _Spool:
    """Lines in a file, gathered under the stretch that they belong to."""

    def __init__(self, file: IO[bytes], count: int) -> None:
        self._file = file
        self._waiting: list[list[str]] = [[] for _ in range(count)]
        self._written: list[list[tuple[int, int]]] = [[] for _ in range(count)]

    def fill(self, pieces: Iterable[Sequence[str]], places: Iterator[int]) -> None:
        """Take all lines, each with its place."""
        held = 0
        for lines in pieces:
            for line, place in zip(lines, islice(places, len(lines)), strict=True):
                self._waiting[place].append(line)
            held += sum(map(len, lines))
            if held > HELD:
                self._write()
                held = 0
        self._write()

    def lines(self, at: int) -> list[str]:
        """Return the lines of one stretch, as they came."""
        found: list[str] = []
        for place, size in self._written[at]:
            self._file.seek(place)
            found += unpack(self._file.read(size).decode("utf-8", "surrogatepass"))
        return found

    def _write(self) -> None:
        place = self._file.tell()
        for waiting, written in zip(self._waiting, self._written, strict=True):
            if waiting:
                data = pack(waiting).encode("utf-8", "surrogatepass")
                waiting.clear()
                self._file.write(data)
                written.append((place, len(data)))
                place += len(data)
