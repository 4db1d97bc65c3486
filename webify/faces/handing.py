"""How a secret reaches its tool: by the environment or standard input, else as an argument.

Everybody on a computer can read the arguments of its programs, so an argument comes last.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from webify.errors import ValuesRefused
from webify.faces import sentences
from webify.faces.chain import levels, moved
from webify.faces.kinds import Refused
from webify.faces.texts import uses
from webify.faces.values import MASK, masked
from webify.model.command import Command, Kind, Parameter, Value, Values

ARGUMENT = "argument"
STDIN = "stdin"
ENV = "env:"
HERE = "<<< "  # how a shell writes that a text is the standard input


@dataclass(frozen=True)
class Handed:
    """The secrets of one call that are no arguments.

    addresses   the parameters that are left out of the argument list
    env         what the tool's environment holds besides
    lines       what it gets on standard input, first of all
    words       by address: what stands in the argument list instead
    """

    addresses: frozenset[str] = frozenset()
    env: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def stdin(self) -> str:
        """Return what standard input begins with."""
        return "".join(f"{line}\n" for line in self.lines)

    def shown(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return a command line for people with what is no argument, as a shell has it."""
        before = [f"{name}={value}" for name, value in self.env.items()]
        behind = [HERE + _text(self.lines)] if self.lines else []
        return (*before, *words, *behind)


def _text(lines: Sequence[str]) -> str:
    several = "\\n".join(lines)
    return several if len(lines) == 1 else f"$'{several}'"


def way(parameter: Parameter, chain: Sequence[Command] = ()) -> str:
    """Return how a parameter goes to its tool: "argument", "env:NAME", "stdin" or "stdin:WORDS".

    The site may say; else a secret goes by the variable that the framework itself reads.
    """
    if not parameter.secret or not _single(parameter):
        return ARGUMENT
    if parameter.sent_by:
        return parameter.sent_by
    return ENV + parameter.env[0] if _read_by_framework(parameter, chain) else ARGUMENT


def settled(chain: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands with every secret saying how it goes to the tool."""
    return tuple(
        replace(
            each,
            parameters=tuple(
                replace(one, sent_by=way(one, chain)) if one.secret else one
                for one in each.parameters
            ),
        )
        for each in chain
    )


def fits(parameter: Parameter) -> bool:
    """Say whether the site may choose how it goes to its tool."""
    return parameter.secret and _single(parameter)


def _single(parameter: Parameter) -> bool:
    """Say whether it is one text."""
    return (
        not (parameter.bare or parameter.several or parameter.repeat or parameter.items)
        and parameter.kind not in (Kind.FILE_IN, Kind.FILE_OUT, Kind.SWITCH)
        and not parameter.written
    )


def _read_by_framework(parameter: Parameter, chain: Sequence[Command]) -> bool:
    """Say whether the framework reads it from its variable, just as it reads its argument.

    It may not where other arguments are told by their place beside it, or where a rule counts
    what was given.  What only a help text says of a variable is left to the site.
    """
    ruled = any(parameter.address in rule.members for each in chain for rule in each.constraints)
    told = "env" in parameter.sources
    plain = parameter.least == 1 and not parameter.misread and parameter.kind is Kind.TEXT
    return bool(parameter.env) and plain and not (parameter.positional or ruled or told)


def handed(chain: Sequence[Command], values: Values) -> Handed:
    """Return what goes to the tool otherwise than as an argument.  Raises ValuesRefused."""
    values = moved(chain, values)
    env: dict[str, str] = {}
    lines: list[str] = []
    words: dict[str, tuple[str, ...]] = {}
    addresses, faults = set(), {}
    for parameter in (each for level in levels(chain) for each in level):
        how, value = way(parameter, chain), values.get(parameter.address)
        if how == ARGUMENT or not isinstance(value, str) or not value:
            continue
        try:
            text = _passed(parameter, value, how)
        except Refused:
            faults[parameter.address] = sentences.secret_wrong(parameter)
            continue
        addresses.add(parameter.address)
        if how.startswith(ENV):
            env[how.removeprefix(ENV)] = text
        else:
            lines.append(text)
            words[parameter.address] = tuple(shlex.split(how.partition(":")[2]))
    if faults:
        raise ValuesRefused(faults)
    return Handed(frozenset(addresses), env, tuple(lines), words)


def _passed(parameter: Parameter, value: Value, how: str) -> str:
    text = uses(parameter, value, None)[0][0]
    if not how.startswith(ENV) and ("\n" in text or "\r" in text):
        raise Refused(sentences.secret_wrong(parameter))
    return text


def handed_masked(chain: Sequence[Command], values: Values) -> Handed:
    """Return the same with dots for the secrets."""
    return handed(chain, masked(chain, values))


def told(how: str) -> str:
    """Return a sentence on how a secret goes to its tool."""
    if how.startswith(ENV):
        return f"It goes to the tool by {how.removeprefix(ENV)} in its environment."
    if how.startswith(STDIN):
        return "It goes to the tool by its standard input."
    return "It goes to the tool as an argument, which others on the server can read meanwhile."


def is_masked_input(word: str) -> bool:
    """Say whether a word of a shown command is what stands for standard input."""
    rest = word.removeprefix(HERE)
    return rest != word and not rest.replace(MASK, "").strip("$'\\n")
