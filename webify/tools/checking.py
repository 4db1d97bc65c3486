"""Ask the parser of a tool what it makes of arguments, without the tool doing its work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from webify.model.command import Command
from webify.model.plain import from_plain
from webify.tools.finding import Found
from webify.tools.probing import Answer, probe


@dataclass(frozen=True)
class Refusal:
    """Why a parser does not take its arguments: in its own words.

    about   the spelling, the name or the address of the parameter that it names, or ""
    """

    sentence: str
    about: str = ""


@dataclass(frozen=True)
class Heard:
    """What a parser made of one argument list: values by address, or its refusal."""

    values: Mapping[str, Any]
    refusal: Refusal | None = None


def asked(
    found: Found,
    argv: Sequence[str],
    seconds: float,
    path: Sequence[str] = (),
    cwd: Path | None = None,
    hide: Sequence[str] = (),
) -> Refusal | None:
    """Return why the tool's own parser would not take these arguments.

    path    the commands that are called, as in the arguments
    cwd     where the tool would run, so that the files that it names are found
    hide    secrets among the arguments and in the environment

    None where the parser takes them, and where no parser can be asked.
    """
    there = replace(found, cwd=str(cwd)) if cwd else found
    heard = _heard_at(there, [argv], seconds, tuple(path), hide)
    return heard[0].refusal if heard else None


def heard_of(
    found: Found, calls: Sequence[tuple[tuple[str, ...], Sequence[str]]], seconds: float
) -> list[Heard | None]:
    """Return what the tool's own parsers make of each call: the path of its command, and its words.

    None where no parser can be asked.  A command that the tool chooses by hand has a parser of
    its own, which is asked in a process of its own.
    """
    answer = probe(found, seconds, read=[argv for _, argv in calls])
    root = from_plain(Command, answer.command) if answer.command is not None else None
    heard: list[Heard | None] = [None] * len(calls)
    by_hand: dict[tuple[str, ...], list[int]] = {}
    for index, (path, _) in enumerate(calls):
        if root is not None and answer.heard:
            heard[index] = _heard(answer.heard[index], "")
        if path and (root is None or root.along(path) is None):
            by_hand.setdefault(path, []).append(index)
    for path, places in by_hand.items():
        told = _heard_at(found, [calls[index][1] for index in places], seconds, path)
        for index, each in zip(places, told or (), strict=bool(told)):
            heard[index] = _both(heard[index], each)
    return heard


def _both(above: Heard | None, below: Heard) -> Heard:
    """Return what the tool's first parser and that of a command chosen by hand heard together."""
    return replace(below, values={**above.values, **below.values} if above else below.values)


def _heard_at(
    found: Found,
    argvs: Sequence[Sequence[str]],
    seconds: float,
    path: tuple[str, ...],
    hide: Sequence[str] = (),
) -> list[Heard] | None:
    """Return what the parser that comes to this path makes of argument lists that call it.

    Where the tool chose the first words by hand, that parser gets what stands behind them.
    """
    cuts = range(len(path) + 1)
    read = [behind(argv, path[:cut]) for cut in cuts for argv in argvs]
    answer = probe(found, seconds, None, path, read, hide)
    if answer.command is None or len(answer.heard) != len(read):
        return None
    cut = _cut(answer, path)
    prefix = "".join(f"{word}." for word in path[:cut])
    told = answer.heard[cut * len(argvs) : (cut + 1) * len(argvs)]
    return [_heard(each, prefix) for each in told]


def behind(argv: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return what stands behind these words in an argument list."""
    rest = list(argv)
    for word in words:
        rest = rest[rest.index(word) + 1 :] if word in rest else rest
    return rest


def _cut(answer: Answer, path: Sequence[str]) -> int:
    """Return how many words of the path were chosen by hand, before this parser came."""
    command = from_plain(Command, answer.command or {})
    for cut in range(len(path)):
        if command.along(tuple(path[cut:])) is not None:
            return cut
    return len(path)


def _heard(told: Mapping[str, Any], prefix: str) -> Heard:
    if "refused" in told:
        about = str(told.get("about") or "")
        spelled = not about or about.startswith("-")
        return Heard({}, Refusal(str(told["refused"]), about if spelled else prefix + about))
    values = told.get("values") or {}
    return Heard({prefix + address: value for address, value in values.items()})
