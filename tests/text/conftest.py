"""A text on disk, its line numbers, and what is found in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from webify.text.index import LineIndex
from webify.text.needle import Needle, Words
from webify.text.search import Found, search
from webify.text.source import Text, open_text

Open = Callable[[bytes], Text]
Find = Callable[..., Found]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Return how bytes become a text on disk."""

    def write(data: bytes) -> Text:
        path = tmp_path / "out.log"
        path.write_bytes(data)
        return open_text(path)

    return write


@pytest.fixture
def find(opened: Open, tmp_path: Path) -> Find:
    """Return how something is looked for in bytes."""

    def look(data: bytes, words: str | Needle, *, case: bool = False, most: int = 1000) -> Found:
        text = opened(data)
        needle = Words(words, match_case=case) if isinstance(words, str) else words
        return search(text, LineIndex(text, tmp_path / "out.lines"), needle, 0, most, 60)

    return look
