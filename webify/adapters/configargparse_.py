"""ConfigArgParse: an argparse parser that also reads environment variables and files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Sequence, Tuple

from webify.adapters import argparse_
from webify.adapters.catching import Catch, claims
from webify.model.command import Command, Kind, Parameter

NAME = "ConfigArgParse"
SYNTAX = argparse_.SYNTAX

UNLESS = "Required, unless a configuration file or the environment says it."


def take(module: Any, catch: Catch) -> None:
    """Claim each parser of ConfigArgParse."""
    claims(module.ArgumentParser, catch, NAME)


def describe(parser: Any) -> Command:
    """Say what the parser and all its sub-parsers accept."""
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
    parameter = replace(parameter, env=_env(parser, action))
    if getattr(action, "is_config_file_arg", False):
        return replace(parameter, kind=Kind.FILE_IN, custom="")
    if getattr(action, "is_write_out_config_file_arg", False):
        return replace(parameter, kind=Kind.FILE_OUT, custom="")
    elsewhere = bool(parameter.spellings) and _elsewhere(parser, parameter)
    return relaxed(parameter) if elsewhere else parameter


def _elsewhere(parser: Any, parameter: Parameter) -> bool:
    """Say whether its value may come from a file or the environment."""
    files = getattr(parser, "_default_config_files", ())
    option = any(getattr(each, "is_config_file_arg", False) for each in parser._actions)
    return bool(files or option or parameter.env)


def relaxed(parameter: Parameter) -> Parameter:
    """Return a required parameter as one that may be told elsewhere."""
    if not parameter.required:
        return parameter
    return replace(parameter, required=False, help=f"{parameter.help}\n{UNLESS}".strip())


def _env(parser: Any, action: Any) -> Tuple[str, ...]:
    """Return the variable that an option is read from, as ConfigArgParse names it."""
    if getattr(action, "env_var", None):
        return (str(action.env_var),)
    prefix = getattr(parser, "_auto_env_var_prefix", None)
    special = ("is_config_file_arg", "is_write_out_config_file_arg")
    if prefix is None or any(getattr(action, each, None) for each in special):
        return ()
    keys = parser.get_possible_config_keys(action)
    if not keys or any(each in action.option_strings for each in ("-h", "--help")):
        return ()
    name = str(keys[0]).strip(parser.prefix_chars).replace("-", "_")
    return ((prefix + name).upper(),)
