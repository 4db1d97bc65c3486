"""The parameters that count when a command is called by the commands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webify.faces.kinds import iso
from webify.model.command import Command, Constraint, Kind, Parameter, Value, Values

# Actions of parsers whose default is added to, not replaced.
_ADDING = frozenset({"append", "extend", "append_const"})

# Names that Windows keeps for devices.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)

REST = ":rest"


@dataclass(frozen=True)
class Chooser:
    """An exclusive group that people answer with radio buttons, posted under `name`.

    standing  flags of the group that are on when no other member is chosen
    """

    name: str
    level: int
    constraint: Constraint
    members: tuple[Parameter, ...]
    standing: tuple[Parameter, ...] = ()


def levels(chain: Sequence[Command]) -> list[tuple[Parameter, ...]]:
    """Return the parameters of each command of the chain, each address once, at its own command.

    Those whose values a command below overwrites are left out, save where they must be given,
    and those that stand alone, where a command below is called.
    """
    lost = {address for command in chain for address in command.overwrites}
    seen: set[str] = set()
    found = []
    for depth, command in enumerate(chain, 1):
        stand = [
            each
            for each in command.parameters
            if (each.required or each.address not in lost)
            and not (each.alone and depth < len(chain))
        ]
        own = [each for each in stand if each.address not in seen]
        seen.update(each.address for each in own)
        found.append(tuple(own))
    return found


def parameters(chain: Sequence[Command]) -> Iterator[Parameter]:
    """Yield all parameters of the chain, parents first."""
    for level in levels(chain):
        yield from level


def moved(chain: Sequence[Command], values: Values) -> dict[str, Value]:
    """Return the values, with those that a command below overwrites at that command's own name.

    A value that has no such place stays where it is, and its address is in no level.
    """
    kept = {each.address: each for each in parameters(chain)}
    known = [each for command in chain for each in command.parameters]
    lost = {each.address: each for each in known if not each.alone}
    found = dict(values)
    for address, value in values.items():
        if address in kept or address not in lost:
            continue
        same = [each for each in kept.values() if _alike(each, lost[address])]
        if same and values.get(same[-1].address, value) == value:
            found[same[-1].address] = found.pop(address)
    return found


def _alike(one: Parameter, other: Parameter) -> bool:
    def shape(each: Parameter) -> tuple[object, ...]:
        return each.name, each.kind, each.least, each.most, each.repeat, each.choices

    return shape(one) == shape(other)


def open_options(chain: Sequence[Command]) -> bool:
    """Say whether the innermost command takes arguments that are not declared."""
    return chain[-1].open_options


def choosers(chain: Sequence[Command]) -> list[Chooser]:
    """Return the exclusive groups that are asked as one question.

    A group is asked so where there are at least two answers, and no member is asked already.
    """
    found: list[Chooser] = []
    taken: set[str] = set()
    for level, (command, own) in enumerate(zip(chain, levels(chain), strict=True)):
        known = {each.address: each for each in own if not each.hidden}
        for index, constraint in enumerate(command.constraints):
            every = [known[each] for each in constraint.members if each in known]
            members = tuple(each for each in every if offers(each))
            standing = tuple(each for each in every if not offers(each))
            if constraint.kind != "exclusive" or not members or len(every) < 2:
                continue
            if taken.isdisjoint(constraint.members):
                taken.update(constraint.members)
                name = _name(chain, level, index)
                found.append(Chooser(name, level, constraint, members, standing))
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
    return value == default_answer(parameter) and type(value) is type(default.value)


def default_answer(parameter: Parameter) -> Value | None:
    """Return the default as an answer would say it: dates not in the tool's format but in ISO's."""
    value = parameter.default.value
    if not parameter.formats or value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return iso(value, parameter)
    return [
        iso(each, parameter) if isinstance(each, str) else [iso(text, parameter) for text in each]
        for each in value
    ]  # type: ignore[return-value] # all of them texts, or all of them lists


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
