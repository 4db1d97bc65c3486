"""typer: click, under another name; the newer ones carry a copy of click that has no types."""

from __future__ import annotations

from typing import Any, Dict, Sequence

from webify.adapters import click_, click_hooks
from webify.adapters.catching import Catch
from webify.adapters.rich_markup import plain_command
from webify.model.command import Command

NAME = "typer"
SYNTAX = click_.SYNTAX


def take(module: Any, catch: Catch) -> None:
    """Claim the commands of this copy of typer: click's own hooks tell of them too."""
    for name in ("TyperCommand", "TyperGroup"):
        if hasattr(module, name):
            click_hooks.claim(getattr(module, name), catch, NAME)


def describe(parser: Any) -> Command:
    """Say what a command of typer accepts."""
    made = click_.describe(parser)
    command = getattr(parser, "command", parser)
    marked = getattr(command, "rich_markup_mode", None) == "rich"
    return plain_command(made) if marked else made


def version(parser: Any) -> str:
    """Return the version that the tool tells of itself, or ""."""
    return click_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what typer makes of these arguments, by address; no command is called."""
    return click_.read(parser, argv)
