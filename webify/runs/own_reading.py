"""Read an output as a module of the site says, once all of it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from webify.model.block import PAIRS, TABLE, TEXT, Block
from webify.readers import Reading
from webify.readers.panel import Fault
from webify.readers.terminal import Line, Terminal
from webify.readers.wide import MARK, MARKS, WideTerminal
from webify.rows.writer import Writer
from webify.site_adapters.loading import AdapterFailed, fault, load, shown

MOST_BYTES = 20_000_000  # of output that are handed to read(); longer ones are read as any other
MOST_BLOCKS = 1_000
MOST_COLUMNS = 16_384


class OwnReading:
    """Text while the tool goes on; in the end what read(lines) makes of it.

    Where read() returns None the output is read as any other; where it fails it stays text.
    """

    def __init__(self, module: Path, writer: Writer, ordinary: Callable[[], Reading]) -> None:
        """Take the file of the module; ordinary() opens the other way to read."""
        self._module = module
        self._writer = writer
        self._open = ordinary
        self._ordinary: Reading | None = None
        self._data = bytearray()
        self._size = 0
        self._made: tuple[Block, ...] | None = None

    @property
    def faults(self) -> Sequence[Fault]:
        """Return why readers were switched off."""
        return () if self._ordinary is None else self._ordinary.faults

    @property
    def blocks(self) -> Sequence[Block]:
        """Return the output so far."""
        if self._ordinary is not None:
            return self._ordinary.blocks
        if self._made is not None:
            return self._made
        return (Block(TEXT, 0, self._size),) if self._data.strip() else ()

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        self._size += len(data)
        if self._ordinary is not None:
            self._ordinary.feed(data)
            return
        self._data += data
        if len(self._data) > MOST_BYTES:
            self._go_on_as_any_other()

    def tick(self, quiet_seconds: float) -> None:
        """Hear that nothing has come for so long."""
        if self._ordinary is not None:
            self._ordinary.tick(quiet_seconds)

    def finish(self) -> None:
        """Hand the whole output to the module.  Raises AdapterFailed."""
        if self._ordinary is None:
            lines = self._lines()
            items = self._ask([line.text for line in lines])
            if items is None:
                self._go_on_as_any_other()
            else:
                self._made = tuple(self._blocks_of(items, lines))
                self._writer.close()
        if self._ordinary is not None:
            self._ordinary.finish()

    def _go_on_as_any_other(self) -> None:
        self._ordinary = self._open()
        self._ordinary.feed(bytes(self._data))
        self._data.clear()

    def _lines(self) -> list[Line]:
        data, wide = bytes(self._data), MARKS.get(bytes(self._data[:MARK]))
        if wide:
            data = data[MARK:]
        terminal = WideTerminal(wide) if wide else Terminal()
        return [*terminal.feed(data), *terminal.finish()]

    def _ask(self, texts: list[str]) -> list[Any] | None:
        try:
            items = load(self._module).read(texts)
            return None if items is None else list(items)
        except AdapterFailed:
            raise
        except (Exception, SystemExit) as error:
            raise AdapterFailed(fault(self._module, error)) from error

    def _blocks_of(self, items: list[Any], lines: Sequence[Line]) -> Iterator[Block]:
        for item in items[:MOST_BLOCKS]:
            known = isinstance(item, dict) and {"columns", "pairs", "text"} & item.keys()
            if not known:
                raise AdapterFailed(
                    f"{shown(self._module)}: read() returns dicts with “columns” and “rows”, with "
                    f"“pairs” or with “text”, not {item!r:.80}"
                )
            try:
                yield self._block(item, lines)
            except (TypeError, ValueError, KeyError) as error:
                told = f"{type(error).__name__}: {error}"
                raise AdapterFailed(f"{shown(self._module)}: {item!r:.80}: {told}") from error

    def _block(self, item: dict[str, Any], lines: Sequence[Line]) -> Block:
        if "text" in item:
            first, last = item["text"]
            part = lines[first:last] or lines[:1]
            return Block(TEXT, part[0].start, part[-1].end)
        title = str(item.get("title", ""))
        if "pairs" in item:
            pairs = tuple((str(name), str(value)) for name, value in item["pairs"])
            return Block(PAIRS, 0, self._size, title, pairs=pairs)
        columns = [str(name) for name in item["columns"]][:MOST_COLUMNS]
        number = self._writer.create(columns)
        rows = [["" if cell is None else str(cell) for cell in row] for row in item["rows"]]
        self._writer.add(number, rows)
        return Block(TABLE, 0, self._size, title, table=self._writer.table(number))
