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
) -> Refusal | None:
    """Return why the tool's own parser would not take these arguments.

    path    the commands that are called, as in the arguments
    cwd     where the tool would run, so that the files that it names are found

    None where the parser takes them, and where no parser can be asked.
    """
    heard = heard_of(replace(found, cwd=str(cwd)) if cwd else found, [argv], seconds, path)
    return heard[0].refusal if heard else None


def heard_of(
    found: Found, argvs: Sequence[Sequence[str]], seconds: float, path: Sequence[str] = ()
) -> list[Heard] | None:
    """Return what the parser makes of each argument list; None where it cannot be asked.

    All lists call the command of this path.  A command that the tool chooses by hand has a
    parser of its own, which gets what stands behind the words that choose it.
    """
    cuts = range(len(path) + 1)
    read = [behind(argv, path[:cut]) for cut in cuts for argv in argvs]
    answer = probe(found, seconds, None, path, read)
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
