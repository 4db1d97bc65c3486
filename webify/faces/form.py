"""A command as a form: what people fill in to run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from webify.faces.fields import Fault, Field, Form, Option, Section
from webify.model.command import Tool

__all__ = ["Fault", "Field", "Form", "Option", "Section", "build"]


def build(
    tool: Tool,
    path: Sequence[str],
    raw: Mapping[str, Sequence[str]] | None = None,
    faults: Mapping[str, str] | None = None,
    *,
    upload_bytes: int = 20_000_000,
) -> Form:
    """Return the form of the command at this path, filled with raw answers or defaults."""
    del tool, path, raw, faults, upload_bytes
    return Form()
