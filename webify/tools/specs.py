"""Documents in which authors write down the whole command line of a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from webify.manuals.facts import Page
from webify.manuals.opencli import read_opencli
from webify.manuals.usage_spec import read_usage_spec
from webify.tools.writings import Writings, read_spec

Pages = Mapping[tuple[str, ...], Page]


def spec_pages(writings: Writings, folders: Sequence[Path]) -> Pages:
    """Return what the first document says that can be read, or {}."""
    for path in writings.specs(folders):
        found = spec_in(read_spec(path))
        if found:
            return found
    return {}


def spec_in(text: str) -> Pages:
    """Return the pages of an OpenCLI document or a usage spec, or {}."""
    return read_opencli(text) or read_usage_spec(text)
