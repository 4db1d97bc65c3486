"""What the page of a run shows, from the files of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from webify.model.block import TEXT, Block
from webify.model.run import Run, State
from webify.runs.folder import RunFolder
from webify.web.sheet import Sheet


@pytest.mark.parametrize(("end", "settled"), [(7, ["one"]), (8, ["one", "two"]), (3, [])])
def test_growing_text_and_what_follows_it_meet_between_two_lines(
    tmp_path: Path, end: int, settled: list[str]
) -> None:
    (tmp_path / "out.log").write_bytes(b"one\ntwo\n")
    blocks = (Block(TEXT, 0, end),)  # as the readers knew it, maybe in the middle of a line
    run = Run("a", "tool", "Tool", state=State.RUNNING)
    sheet = Sheet(run, None, RunFolder(tmp_path), MultiDict(), blocks, (8, 0), None)
    lines = [line for piece in sheet.pieces for line in (piece.text.head if piece.text else ())]
    assert [str(line) for line in lines] == settled
    assert [*map(str, lines), *map(str, sheet.live.head)] == ["one", "two"]
