"""What lies on disk while others go on writing: files come and go meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def kept(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each file of a folder that is there, at any depth, and what is in it."""
    for place, _, names in os.walk(folder):
        for path in (Path(place) / name for name in names):
            with suppress(FileNotFoundError):
                if path.is_file():
                    yield path, path.read_bytes()
