"""argh: functions as the sub-commands of an argparse parser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Sequence

from webify.adapters import argparse_
from webify.adapters.catching import Catch
from webify.model.command import Command, Parameter

NAME = "argh"
SYNTAX = argparse_.SYNTAX

_NO_HELP = "%(default)s"  # what argh writes where the author wrote nothing


def take(module: Any, catch: Catch) -> None:
    """Claim each parser that argh adds functions to."""
    for name in ("set_default_command", "add_commands"):
        setattr(module, name, _claiming(getattr(module, name), catch))


def describe(parser: Any) -> Command:
    """Say what the functions accept."""
    return argparse_.describe(parser, _way())


def version(parser: Any) -> str:
    """Return the version that the parser tells, or ""."""
    return argparse_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    return argparse_.read(parser, argv, _way())


def _way() -> argparse_.Way:
    return argparse_.Way(SYNTAX, _amended)


def _amended(parser: Any, action: Any, parameter: Parameter) -> Parameter:
    del parser
    return replace(parameter, help="") if action.help == _NO_HELP else parameter


def _claiming(original: Any, catch: Catch) -> Any:
    def call(parser: Any, *args: Any, **kwargs: Any) -> Any:
        catch.claim(NAME, parser)
        return original(parser, *args, **kwargs)

    return call
