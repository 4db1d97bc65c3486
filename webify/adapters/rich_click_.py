"""rich-click: click, under another name, with headings for its options."""

from __future__ import annotations

from typing import Any, Dict, Sequence

from webify.adapters import click_, click_hooks
from webify.adapters.catching import Catch
from webify.adapters.rich_markup import plain_command
from webify.model.command import Command

NAME = "rich-click"
SYNTAX = click_.SYNTAX


def take(module: Any, catch: Catch) -> None:
    """Claim the commands of this copy of rich-click: click's own hooks tell of them too."""
    for name in ("RichCommand", "RichGroup"):
        if hasattr(module, name):
            click_hooks.claim(getattr(module, name), catch, NAME)


def describe(parser: Any) -> Command:
    """Say what a command of rich-click accepts."""
    made = click_.describe(parser)
    config = getattr(parser, "help_config", None) or getattr(parser.command, "help_config", None)
    marked = getattr(config, "text_markup", None) == "rich"
    return plain_command(made) if marked or getattr(config, "use_rich_markup", None) else made


def version(parser: Any) -> str:
    """Return the version that the tool tells of itself, or ""."""
    return click_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what rich-click makes of these arguments, by address; no command is called."""
    return click_.read(parser, argv)
