"""An output read with a writer that keeps rows in memory."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.read_text import Memory
from webify.model.plain import to_plain
from webify.readers import Reading


def read(pieces: Iterable[bytes], *told: str) -> tuple[Reading, Memory]:
    """Read an output that comes in these pieces, to its end; `told` is all that is given up."""
    memory = Memory()
    reading = Reading(memory)
    for piece in pieces:
        reading.feed(piece)
    reading.finish()
    assert [fault.trace or fault.said for fault in reading.faults] == list(told)
    return reading, memory


def plain(reading: Reading, memory: Memory, data: bytes) -> list[dict[str, object]]:
    """Return the blocks as data for JSON, with their words."""
    found = []
    for block in reading.blocks:
        each = to_plain(block)
        each.pop("table", None)
        if block.table is not None:
            each["columns"], each["rows"] = memory.tables[block.table.number]
        if block.kind == "text":
            each["text"] = data[block.start : block.end].decode("utf-8", "replace")
        found.append(each)
    return found
