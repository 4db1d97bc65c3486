"""Which version of webify this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str:
    """Return the version that pip installed, "" in a bare checkout."""
    try:
        return version("webify")
    except PackageNotFoundError:
        return ""
