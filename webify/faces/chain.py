"""The parameters that count when a command is called by the commands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webify.model.command import Command, Constraint, Kind, Parameter, Value

# Actions of parsers whose default is added to, not replaced.
_ADDING = frozenset({"append", "extend", "append_const"})

# Names that Windows keeps for devices.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)

REST = ":rest"


@dataclass(frozen=True)
class Chooser:
    """An exclusive group that people answer with radio buttons, posted under `name`."""

    name: str
    level: int
    constraint: Constraint
    members: tuple[Parameter, ...]


def levels(chain: Sequence[Command]) -> list[tuple[Parameter, ...]]:
    """Return the parameters of each command of the chain, each address once, at its own command."""
    seen: set[str] = set()
    found = []
    for command in chain:
        own = [each for each in command.parameters if each.address not in seen]
        seen.update(each.address for each in own)
        found.append(tuple(own))
    return found


def parameters(chain: Sequence[Command]) -> Iterator[Parameter]:
    """Yield all parameters of the chain, parents first."""
    for level in levels(chain):
        yield from level


def open_options(chain: Sequence[Command]) -> bool:
    """Say whether the innermost command takes arguments that are not declared."""
    return chain[-1].open_options


def choosers(chain: Sequence[Command]) -> list[Chooser]:
    """Return the exclusive groups that are asked as one question.

    A group is asked so where at least two of its members can be, and none is asked already.
    """
    found: list[Chooser] = []
    taken: set[str] = set()
    for level, (command, own) in enumerate(zip(chain, levels(chain), strict=True)):
        offered = {each.address: each for each in own if offers(each)}
        for index, constraint in enumerate(command.constraints):
            members = tuple(offered[each] for each in constraint.members if each in offered)
            if constraint.kind != "exclusive" or len(members) < 2:
                continue
            if taken.isdisjoint(constraint.members):
                taken.update(constraint.members)
                name = _name(chain, level, index)
                found.append(Chooser(name, level, constraint, members))
    return found


def offers(parameter: Parameter) -> bool:
    """Say whether a form asks for it."""
    return not parameter.hidden and not always_on(parameter)


def always_on(parameter: Parameter) -> bool:
    """Say whether it is a flag that is on by default and cannot be turned off."""
    return (
        parameter.kind is Kind.FLAG
        and parameter.default.value is True
        and not parameter.negations
        and not parameter.prompt
    )


def adds(parameter: Parameter) -> bool:
    """Say whether what is given is added to the default instead of replacing it."""
    return parameter.action in _ADDING


def grid(parameter: Parameter) -> bool:
    """Say whether its answer is a list of uses, each a list of values."""
    return parameter.repeat and parameter.several


def must(parameter: Parameter) -> bool:
    """Say whether it has to be answered: declared so, or the tool would stop and ask."""
    if parameter.default.source == "env":
        return False
    if parameter.prompt and parameter.kind is Kind.FLAG:
        return not parameter.negations
    asks = bool(parameter.prompt) and parameter.default.value is None
    return parameter.required or asks


def at_default(parameter: Parameter, value: Value) -> bool:
    """Say whether an answer is what the tool takes anyway when nothing is given."""
    default = parameter.default
    if default.source != "value" or parameter.env or parameter.secret or adds(parameter):
        return False
    if parameter.kind is Kind.COUNT or default.value is None:
        return False
    return value == default.value and type(value) is type(default.value)


def saved_name(parameter: Parameter) -> str:
    """Return the name of the file that a tool is told to write for this parameter."""
    default = parameter.default.value
    suffix = ""
    if isinstance(default, str):
        name = default.replace("\\", "/").rpartition("/")[2]
        stem, dot, last = name.rpartition(".")
        suffix = f".{last}" if stem and dot and last.isalnum() and len(last) <= 8 else ""
    safe = re.sub(r"[^A-Za-z0-9_]+", "-", parameter.address).strip("-") or "output"
    if _RESERVED.fullmatch(safe):
        safe += "-file"
    return f"{safe}{suffix or '.txt'}"


def _name(chain: Sequence[Command], level: int, index: int) -> str:
    words = ".".join(command.name for command in chain[1 : level + 1])
    return f":choose.{words}.{index}" if words else f":choose.{index}"
