"""Read what a cobra program answers to `__complete`: its commands or options, a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.manuals.facts import CommandFact, OptionFact, Page

SOURCE = "completion script"
LONGEST = 1_000_000
MOST_LINES = 5000
_DIRECTIVE = re.compile(r":\d{1,4}")
_COMMAND = re.compile(r"[A-Za-z0-9][\w.:+-]{0,60}")
_OPTION = re.compile(r"--?[A-Za-z0-9][\w.:-]{0,60}=?")


def read_complete(text: str, path: tuple[str, ...] = ()) -> Page | None:
    """Return the page of one command, or None where this is no such answer.

    An option of two spellings comes as two lines that say the same.  Whether it takes a value is
    not told, save where an "=" stands behind it.
    """
    lines = text[:LONGEST].splitlines()[:MOST_LINES]
    ends = [place for place, line in enumerate(lines) if _DIRECTIVE.fullmatch(line)]
    if not ends:
        return None
    pairs = [line.partition("\t")[::2] for line in lines[: ends[0]]]
    options = _options([(word, help_) for word, help_ in pairs if _OPTION.fullmatch(word)])
    commands = tuple(
        CommandFact(word, help=help_.strip()) for word, help_ in pairs if _COMMAND.fullmatch(word)
    )
    return Page(SOURCE, path, options=options, commands=commands, family="cobra")


def _options(pairs: Sequence[tuple[str, str]]) -> tuple[OptionFact, ...]:
    found: list[OptionFact] = []
    for word, help_ in pairs:
        name = word.rstrip("=")
        last = found[-1] if found else None
        twin = last and help_ and last.help == help_ and len(last.spellings) == 1
        if last and twin and (len(name) == 2) != (len(last.spellings[0]) == 2):
            both = sorted((*last.spellings, name), key=len)
            found[-1] = OptionFact(tuple(both), value=last.value, help=help_)
        else:
            found.append(OptionFact((name,), value="yes" if word.endswith("=") else "", help=help_))
    return tuple(found)
