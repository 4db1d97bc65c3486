"""Values as the argument list of a tool: the only place where anything is spelled."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from webify.errors import ValuesRefused
from webify.faces import sentences
from webify.faces.chain import REST, levels, moved, open_options, parameters
from webify.faces.handing import Handed, handed_masked, is_masked_input
from webify.faces.line import Line
from webify.faces.options import Place
from webify.faces.values import MASK, masked
from webify.model.command import Command, Parameter, Values

NOTHING = Handed()


def spell(
    chain: Sequence[Command],
    values: Values,
    files: Path | None = None,
    handed: Handed = NOTHING,
) -> list[str]:
    """Return the arguments that give these values to the tool, root command first.

    files: the folder that uploaded files and files to write lie in.  handed: what goes to the
    tool otherwise, and is left out.  Raises ValuesRefused where the tool's parser cannot take a
    value, or would take it for something else.
    """
    words: list[str] = []
    values = moved(chain, values)
    faults = _homeless(chain, values)
    passed_on = _passed_on(values)
    owned = levels(chain)
    behind: tuple[str, ...] = ()
    for depth in reversed(range(len(chain))):
        command = chain[depth]
        place = Place(command, tuple(chain[:depth]))
        leading = [each for each in owned[depth] if each.address in command.leading]
        own = [each for each in owned[depth] if each not in leading]
        passing = passed_on if depth + 1 == len(chain) else ()
        apart = [each for each in own if each.address in handed.addresses]
        faults.update(_refusals(place, apart, values))
        own = [each for each in own if each not in apart]
        line = Line(place, own, values, files, behind, passing)
        instead = [word for each in apart for word in handed.words.get(each.address, ())]
        words = [*instead, *line.words(), *_divider(command, behind), *behind]
        faults.update(line.faults)
        behind = (command.name, *words)
        if leading:
            lead = Line(_before(chain[: depth + 1]), leading, values, files, behind)
            behind = (*lead.words(), *behind)
            faults.update(lead.faults)
    if faults:
        raise ValuesRefused(faults)
    return words


def _before(chain: Sequence[Command]) -> Place:
    """Return the place before the last command's name: the names beside it are reserved there."""
    command = chain[-1]
    reserved = chain[-2].syntax.reserved if len(chain) > 1 else ()
    syntax = replace(command.syntax, reserved=reserved)
    return Place(replace(command, syntax=syntax, ways=()), tuple(chain[:-1]))


def _passed_on(values: Values) -> tuple[str, ...]:
    rest = values.get(REST)
    return tuple(map(str, rest)) if isinstance(rest, list) else ()


def _refusals(place: Place, apart: Sequence[Parameter], values: Values) -> dict[str, str]:
    """Return what a framework would not take as an argument, nor from its variable."""
    judged = [each for each in apart if not each.sent_by]
    if not judged:  # a line of no answers would itself be judged, as a call of the tool
        return {}
    line = Line(place, judged, values, None)
    line.words()
    return line.faults


def _divider(command: Command, behind: Sequence[str]) -> list[str]:
    return [command.syntax.divider] if behind and command.syntax.divider else []


def _homeless(chain: Sequence[Command], values: Values) -> dict[str, str]:
    """Return what is wrong with values that no command of the chain would keep."""
    kept = {each.address for each in parameters(chain)}
    kept |= {REST} if open_options(chain) else set()
    lost = {address for command in chain for address in command.overwrites}
    return {
        address: sentences.overwritten(chain[-1].name)
        if address in lost
        else sentences.unknown_field(address)
        for address in values
        if address not in kept
    }


def command_line(name: str, chain: Sequence[Command], values: Values) -> tuple[str, ...]:
    """Return the whole command for people, as a shell has it, with dots for secrets."""
    apart = handed_masked(chain, values)
    words = spell(chain, masked(chain, values), handed=apart)
    return apart.shown((name, *words))


def shown(words: Sequence[str]) -> str:
    """Return the words as one line for people, quoted as a POSIX shell wants them."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if is_masked_input(word):
        return word
    plain = word.replace(MASK, "x")
    return word if shlex.quote(plain) == plain else shlex.quote(word)
