"""Say whether a command that a site's module made is one throughout: each field of its own type."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from webify.model.command import Choice, Command
from webify.model.plain import UNIONS

DEEPEST = 30  # commands below each other
LONGEST = 80  # characters of a wrong value that are quoted


def trouble(command: Command) -> str:
    """Return which field holds what it cannot hold, "" where none does."""
    return next(_wrong_in(command, 0), "") or next(_doubtful(command, ()), "")


def choice_trouble(choice: Choice) -> str:
    """Return the same of one choice."""
    return next(_wrong(choice, Choice, "a choice"), "")


def _wrong_in(command: Command, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        yield "its commands hold themselves"
        return
    for name, kind in _kinds(Command).items():
        value = getattr(command, name)
        if name != "commands":
            yield from _wrong(value, kind, name)
        elif not isinstance(value, tuple) or not all(isinstance(each, Command) for each in value):
            yield f"commands is {_shown(value)}"
        else:
            for below in value:
                yield from _wrong_in(below, depth + 1)


def _doubtful(command: Command, above: tuple[str, ...]) -> Iterator[str]:
    """Yield which addresses cannot be told apart, or are none."""
    seen = set(above)
    for each in command.parameters:
        if not each.address or each.address.startswith(":"):
            yield f"the address {_shown(each.address)} is none"
        if each.address in seen and not each.inherited:
            yield f"two fields have the address {_shown(each.address)}"
        seen.add(each.address)
        if not all((*each.spellings, *each.negations, "x")):
            yield f"{each.address} has an empty spelling"
    for below in command.commands:
        yield from _doubtful(below, tuple(seen))


@cache
def _kinds(cls: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {each.name: hints[each.name] for each in fields(cls)}


def _wrong(value: Any, kind: Any, where: str) -> Iterator[str]:
    """Yield what does not fit, such as "label is 5"."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in UNIONS:
        if not any(next(_wrong(value, each, where), "") == "" for each in inner):
            yield f"{where} is {_shown(value)}"
    elif origin in (tuple, list):
        yield from _wrong_row(value, origin, inner, where)
    elif origin is dict:
        whole = isinstance(value, dict) and all(
            isinstance(each, str) for pair in value.items() for each in pair
        )
        if not whole:
            yield f"{where} is {_shown(value)}"
    elif not _is_one(value, kind):
        yield f"{where} is {_shown(value)}"
    elif is_dataclass(kind):
        nouns: Any = kind
        for name, each in _kinds(nouns).items():
            yield from _wrong(getattr(value, name), each, name)


def _wrong_row(value: Any, origin: Any, inner: tuple[Any, ...], where: str) -> Iterator[str]:
    """Yield what does not fit in a tuple or a list."""
    if not isinstance(value, origin):
        yield f"{where} is {_shown(value)}"
        return
    fixed = origin is tuple and inner[-1] is not Ellipsis
    if fixed and len(value) != len(inner):
        yield f"{where} is {_shown(value)}"
        return
    for index, each in enumerate(value):
        yield from _wrong(each, inner[index] if fixed else inner[0], where)


def _is_one(value: Any, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def _shown(value: Any) -> str:
    try:
        return f"{value!r}"[:LONGEST]
    except BaseException:  # noqa: BLE001 - a hostile repr
        return f"a {type(value).__name__}"
