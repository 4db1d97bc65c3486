"""What is otherwise in a tool's form than it was when the tool was described before."""

from __future__ import annotations

from collections.abc import Iterator

from webify.faces.report import spelled
from webify.model.command import Command, Parameter
from webify.model.report import Change

_MOST = 200  # changes that are told of one tool
_LISTED = 5  # choices that are named


def changes(old: Command, new: Command) -> tuple[Change, ...]:
    """Return what was added, dropped or altered, in the order of the commands."""
    found = []
    for change in _changes(old, new, ()):
        found.append(change)
        if len(found) == _MOST:
            break
    return tuple(found)


def _changes(old: Command, new: Command, path: tuple[str, ...]) -> Iterator[Change]:
    yield from _of_parameters(old, new, path)
    before = {each.name: each for each in old.commands}
    after = {each.name: each for each in new.commands}
    for kind, some, others in (("added", after, before), ("dropped", before, after)):
        for name in some:
            if name not in others:
                yield Change(kind, path, name)
    for name, command in after.items():
        if name in before and not (before[name].lazy or command.lazy):
            yield from _changes(before[name], command, (*path, name))


def _of_parameters(old: Command, new: Command, path: tuple[str, ...]) -> Iterator[Change]:
    before = {each.address: each for each in old.parameters if not each.hidden}
    after = {each.address: each for each in new.parameters if not each.hidden}
    for address, parameter in after.items():
        if address not in before:
            yield Change("added", path, spelled(parameter))
        elif told := ", ".join(_altered(before[address], parameter)):
            yield Change("altered", path, spelled(parameter), told)
    for address, parameter in before.items():
        if address not in after:
            yield Change("dropped", path, spelled(parameter))


def _altered(old: Parameter, new: Parameter) -> Iterator[str]:
    if old.kind is not new.kind:
        yield f"{new.kind.value} instead of {old.kind.value}"
    if old.required != new.required:
        yield "now required" if new.required else "no longer required"
    if old.default != new.default and not (old.secret or new.secret):
        yield f"default {_shown(new)} instead of {_shown(old)}"
    yield from _choices(old, new)
    if (old.least, old.most, old.repeat) != (new.least, new.most, new.repeat):
        yield "another number of values"
    if old.bounds != new.bounds:
        yield "other bounds"
    gone = [each for each in old.spellings if each not in new.spellings]
    more = [each for each in new.spellings if each not in old.spellings]
    if gone:
        yield f"no longer spelled {' or '.join(gone)}"
    if more:
        yield f"now also spelled {' or '.join(more)}"


def _choices(old: Parameter, new: Parameter) -> Iterator[str]:
    before = [each.value for each in old.choices]
    after = [each.value for each in new.choices]
    more = [each for each in after if each not in set(before)]
    gone = [each for each in before if each not in set(after)]
    if more:
        yield f"more choices: {_named(more)}"
    if gone:
        yield f"fewer choices: {_named(gone)}"


def _named(values: list[str]) -> str:
    shown = ", ".join(values[:_LISTED])
    return f"{shown} and {len(values) - _LISTED} more" if len(values) > _LISTED else shown


def _shown(parameter: Parameter) -> str:
    default = parameter.default
    if default.source == "none":
        return "none"
    value = default.text if default.value is None else default.value
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text[:60] + "…" if len(text) > 60 else text or "none"
