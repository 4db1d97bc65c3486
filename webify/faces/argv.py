"""Values as the argument list of a tool: the only place where anything is spelled."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from webify.errors import ValuesRefused
from webify.faces import sentences
from webify.faces.chain import REST, levels, moved, open_options, parameters
from webify.faces.line import Line
from webify.faces.options import Place
from webify.faces.values import MASK, masked
from webify.model.command import Command, Values


def spell(chain: Sequence[Command], values: Values, files: Path | None = None) -> list[str]:
    """Return the arguments that give these values to the tool, root command first.

    files: the folder that uploaded files and files to write lie in.  Raises ValuesRefused where
    the tool's parser cannot take a value, or would take it for something else.
    """
    words: list[str] = []
    values = moved(chain, values)
    faults = _homeless(chain, values)
    rest = values.get(REST)
    passed_on = tuple(map(str, rest)) if isinstance(rest, list) else ()
    owned = levels(chain)
    behind: tuple[str, ...] = ()
    for depth in reversed(range(len(chain))):
        command = chain[depth]
        place = Place(command, tuple(chain[:depth]))
        leading = [each for each in owned[depth] if each.address in command.leading]
        own = [each for each in owned[depth] if each not in leading]
        passing = passed_on if depth + 1 == len(chain) else ()
        line = Line(place, own, values, files, behind, passing)
        words = [*line.words(), *_divider(command, behind), *behind]
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


def spell_masked(chain: Sequence[Command], values: Values, files: Path | None = None) -> list[str]:
    """Return the same arguments with dots for secrets."""
    return spell(chain, masked(chain, values), files)


def shown(words: Sequence[str]) -> str:
    """Return the words as one line for people, quoted as a POSIX shell wants them."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    plain = word.replace(MASK, "x")
    return word if shlex.quote(plain) == plain else shlex.quote(word)
