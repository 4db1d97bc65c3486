"""Compare what was read of a writing with what is written down beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from webify.manuals.facts import Page


def shown(pages: Mapping[tuple[str, ...], Page]) -> dict[str, Any]:
    """Return pages as plain data, without what a writing does not tell."""
    return {" ".join(path) or ".": _plain(page) for path, page in pages.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        told = {each.name: getattr(value, each.name) for each in fields(value)}
        return {
            name: _plain(each) for name, each in told.items() if each not in ("", (), None, False)
        }
    return value


def compared(found: Any, path: Path, golden: bool) -> None:
    """Hold what was found against a file, or rewrite the file."""
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if golden:
        path.write_text(text, encoding="utf-8")
    assert json.loads(path.read_text("utf-8")) == json.loads(text)
