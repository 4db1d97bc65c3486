"""Try whether values reach a tool as they are: spelled, and read back by its own parser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default, offers
from webify.faces.echo import came_back
from webify.faces.samples import FILE, FOLDER, filled, samples
from webify.model.command import Command, Parameter, Value, Values
from webify.tools.checking import Heard, heard_of
from webify.tools.finding import Found

ASIDE = ("help", "version")  # actions that end a tool before it reads on


class Outcome(Enum):
    """What became of one value."""

    SAME = "came back equal"
    REFUSED = "refused beforehand"
    DECLINED = "refused by the tool"
    TAKEN = "taken as objects of the tool's own"
    UNASKED = "not asked"
    DIFFERS = "differ"


@dataclass(frozen=True)
class Trial:
    """One value of one parameter.

    path    the command that it was given to
    argv    its spelling; empty where it was refused beforehand
    detail  the sentence of a refusal, or what came back in its place
    """

    path: tuple[str, ...]
    parameter: Parameter
    value: Value
    argv: tuple[str, ...] = ()
    outcome: Outcome = Outcome.DIFFERS
    detail: str = ""


@dataclass(frozen=True)
class _Asked:
    """One value before it was tried, with the values that have to be given besides."""

    trial: Trial
    called: tuple[str, ...]
    values: Values


def tried(found: Found, root: Command, seconds: float) -> list[Trial] | None:
    """Return what became of sample values of all parameters; None where no parser can be asked."""
    asked = list(_all(root))
    ready = [each for each in asked if each.trial.outcome is not Outcome.REFUSED]
    with tempfile.TemporaryDirectory(prefix="webify-check-") as scratch:
        _lay_out(Path(scratch))
        there = found if found.cwd else replace(found, cwd=scratch)
        heard = heard_of(there, [(each.called, each.trial.argv) for each in ready], seconds)
    if ready and not any(heard):
        return None
    trials = [each.trial for each in asked if each.trial.outcome is Outcome.REFUSED]
    return trials + [_judged(each, told) for each, told in zip(ready, heard, strict=True)]


def _lay_out(folder: Path) -> None:
    (folder / FILE).write_text("sample\n", encoding="utf-8")
    (folder / FOLDER).mkdir()


def _all(root: Command) -> Iterator[_Asked]:
    for path, command in root.walk():
        if not command.lazy and not command.error:
            called = _called(path, command)
            yield from _asked(path, called, command, root.along(called) or (root,))


def _called(path: tuple[str, ...], command: Command) -> tuple[str, ...]:
    """Return the path to a command that can be called: a command that needs another gets one."""
    while command.needs_command and command.commands:
        command = command.commands[0]
        path = (*path, command.name)
    return path


def _asked(
    path: tuple[str, ...], called: tuple[str, ...], command: Command, chain: Sequence[Command]
) -> Iterator[_Asked]:
    for parameter in command.parameters:
        if not offers(parameter) or parameter.inherited or parameter.action in ASIDE:
            continue
        for value in samples(parameter):
            values = filled(chain, parameter, value)
            trial = Trial(path, parameter, value)
            try:
                trial = replace(trial, argv=tuple(spell(chain, values)))
            except ValuesRefused as refused:
                fault = refused.fields.get(parameter.address, "")
                detail = fault or " ".join(refused.fields.values())
                trial = replace(trial, outcome=Outcome.REFUSED, detail=detail)
            yield _Asked(trial, called, values)


def _judged(asked: _Asked, heard: Heard | None) -> Trial:
    trial = asked.trial
    if heard is None:
        return replace(trial, outcome=Outcome.UNASKED)
    if heard.refusal is not None:
        return replace(trial, outcome=Outcome.DECLINED, detail=heard.refusal.sentence)
    back = heard.values.get(trial.parameter.address)
    if back is None and at_default(trial.parameter, trial.value):
        return replace(trial, outcome=Outcome.SAME)  # nothing is spelled for a default
    same = came_back(trial.parameter, trial.value, back)
    if back is None and any(_moved_to(trial, *each) for each in heard.values.items()):
        same = True
    if same is None:
        return replace(trial, outcome=Outcome.TAKEN)
    if same:
        return replace(trial, outcome=Outcome.SAME)
    return replace(trial, detail="nothing" if back is None else repr(back))


def _moved_to(trial: Trial, address: str, back: Any) -> bool:
    """Say whether the value came back at a command below that reads the same option."""
    below = address.rpartition(".")[2] == trial.parameter.name
    return below and came_back(trial.parameter, trial.value, back) is True
