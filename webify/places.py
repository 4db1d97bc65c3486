"""Where the files that come with webify lie: in an installed wheel, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Return the folder of the Jinja2 pages."""
    return _inside_or_beside("templates")


def static() -> Path:
    """Return the folder of the style sheets, scripts and icons."""
    return PACKAGE / "static"


def legacy_tools() -> Path:
    """Return the folder of the command-line tools that come with webify."""
    return _inside_or_beside("legacy_tools")


def _inside_or_beside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
