"""Which flag makes a command only try, without changing anything."""

from __future__ import annotations

from collections.abc import Iterable

from webify.model.command import Command, Kind, Parameter

TRIES_ONLY = ("dry-run", "dryrun", "simulate", "what-if", "whatif", "pretend", "no-act")


def dry_run(chain: Iterable[Command]) -> str:
    """Return the address of the first flag that makes the command only try, or ""."""
    for command in chain:
        for parameter in command.parameters:
            if parameter.kind in (Kind.FLAG, Kind.SWITCH) and _tries(parameter):
                return parameter.address
    return ""


def _tries(parameter: Parameter) -> bool:
    names = (word.lstrip("-/+").replace("_", "-").lower() for word in parameter.spellings)
    return any(name in TRIES_ONLY for name in names)
