"""Write what webify knows of a tool in the neutral form that oracles are written in."""

from __future__ import annotations

from typing import Any

from webify.model.command import Command, Kind, Parameter


def candidate(name: str, framework: str, command: Command) -> dict[str, Any]:
    """Return a tool as cli-model/1."""
    return {
        "schema": "cli-model/1",
        "tool": name,
        "framework": framework,
        "commands": [_command(path, each) for path, each in command.walk()],
    }


def _command(path: tuple[str, ...], command: Command) -> dict[str, Any]:
    return {
        "path": list(path),
        "aliases": list(command.aliases),
        "hidden": command.hidden,
        "help": command.help,
        "options": [_option(each) for each in command.parameters if not each.positional],
        "positionals": [_positional(each) for each in command.parameters if each.positional],
    }


def _option(parameter: Parameter) -> dict[str, Any]:
    return {
        "names": list(parameter.spellings),
        "negations": list(parameter.negations),
        "takes_value": _takes_value(parameter),
        "choices": _choices(parameter),
        "multiple": parameter.repeat or parameter.several or parameter.kind is Kind.COUNT,
        "required": parameter.required,
        "hidden": parameter.hidden,
        "help": parameter.help,
    }


def _positional(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.metavar or parameter.name,
        "required": parameter.required,
        "multiple": parameter.repeat or parameter.several,
        "choices": _choices(parameter),
    }


def _takes_value(parameter: Parameter) -> bool | str:
    if parameter.bare:
        return False
    return "optional" if parameter.least == 0 and parameter.most == 1 else True


def _choices(parameter: Parameter) -> list[str] | None:
    known = parameter.choices or parameter.suggestions
    return [choice.value for choice in known] or None
