"""plac: the parameters of a function as the arguments of an argparse parser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Optional, Sequence

from webify.adapters import argparse_
from webify.adapters.catching import Catch, claims
from webify.model.command import Command, Parameter

NAME = "plac"
SYNTAX = argparse_.SYNTAX

_NO_PAIR = r"(?![a-zA-Z_]\w*=).*"  # plac reads name=value as a named argument, anything else not


def take(module: Any, catch: Catch) -> None:
    """Claim each parser of plac."""
    claims(module.ArgumentParser, catch, NAME)


def describe(parser: Any) -> Command:
    """Say what the function, or each command of the object, accepts."""
    return argparse_.describe(parser, _way())


def version(parser: Any) -> str:
    """Return the version that the parser tells, or ""."""
    return argparse_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    return argparse_.read(parser, argv, _way())


def _way() -> argparse_.Way:
    return argparse_.Way(SYNTAX, _amended)


def _amended(parser: Any, action: Any, parameter: Parameter) -> Optional[Parameter]:
    function = getattr(parser, "argspec", None)
    if function is None or action.option_strings or not function.varkw:
        return parameter
    pairs = "Each as name=value."
    if action.dest == function.varargs:
        return replace(parameter, help=f"{parameter.help}\n{pairs[:-1]}: a named argument.".strip())
    if action.dest != function.varkw:
        return parameter
    if function.varargs:
        return None  # the parser gives all words to the others, and plac takes the pairs out
    return replace(parameter, misread=_NO_PAIR, help=f"{parameter.help}\n{pairs}".strip())
