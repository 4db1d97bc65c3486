"""Each text in tests/outputs gives the blocks of the JSON file beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.readers.reading import plain, read

OUTPUTS = sorted((Path(__file__).parent.parent / "outputs").glob("*.txt"))


def test_there_are_outputs():
    assert OUTPUTS, "tests/outputs holds no text"


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_output_gives_the_blocks_beside_it(path, golden):
    data = path.read_bytes()
    blocks = plain(*read([data]), data)
    beside = path.with_suffix(".json")
    if golden:
        text = json.dumps(blocks, indent=1, ensure_ascii=False)
        beside.write_text(text + "\n", encoding="utf-8")
    assert blocks == json.loads(beside.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_any_split_of_the_bytes_gives_the_same_blocks(path):
    data = path.read_bytes()
    whole = plain(*read([data]), data)
    for size in (1, 2, 3, 7, 64):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert plain(*read(pieces), data) == whole, size


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_what_must_stay_text_has_no_table(path):
    if path.stem.startswith("text-"):
        kinds = {block.kind for block in read([path.read_bytes()])[0].blocks}
        assert kinds == {"text"}
