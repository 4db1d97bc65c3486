"""decli: an argparse parser that is declared as a dictionary."""

from __future__ import annotations

from typing import Any, Dict, Sequence

from webify.adapters import argparse_
from webify.adapters.catching import Catch
from webify.model.command import Command

NAME = "decli"
SYNTAX = argparse_.SYNTAX


def take(module: Any, catch: Catch) -> None:
    """Claim each parser that decli makes."""
    original = module.cli

    def cli(*args: Any, **kwargs: Any) -> Any:
        parser = original(*args, **kwargs)
        catch.claim(NAME, parser)
        return parser

    module.cli = cli


def describe(parser: Any) -> Command:
    """Say what the dictionary declares."""
    return argparse_.describe(parser)


def version(parser: Any) -> str:
    """Return the version that the parser tells, or ""."""
    return argparse_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    return argparse_.read(parser, argv)
