"""Read a completion script of fish: options, their values and sub-commands to any depth.

A condition of `complete -n` is asked the way fish asks it: with the words that a person has typed
so far.  An entry belongs to the command where it begins to be offered.
"""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from webify.manuals.facts import NO, OPTIONAL, YES, CommandFact, OptionFact, Page
from webify.manuals.fish_entries import Entry, read_entry
from webify.manuals.fish_run import Library, Shell, Status
from webify.manuals.unknown import known
from webify.model.command import Choice

SOURCE = "fish completion"
LONGEST = 6_000_000
MOST_COMMANDS = 1_500
DEEPEST = 5
MOST_WRAPS = 3
MOST_CHOICES = 500
MOST_ALIASES = 4  # more names without a word about them are as many options, told in one go
COMMAND = re.compile(r"\A[A-Za-z0-9@_][\w.:+@/-]{0,60}\Z")
WORDS = re.compile(r"[\w.:+@-]{1,60}")

Path = tuple[str, ...]


def nothing(_kind: str, _name: str) -> str:
    """Be a library without any file."""
    return ""


@dataclass
class _Script:
    """The entries of one program, and what has been asked of their conditions."""

    shell: Shell
    program: str
    entries: list[Entry]
    asked: dict[tuple[str, Path], Status] = field(default_factory=dict)
    held: dict[tuple[tuple[str, ...], Path], Status] = field(default_factory=dict)
    offered: dict[str, tuple[Choice, ...]] = field(default_factory=dict)

    @cached_property
    def conditions(self) -> list[tuple[str, ...]]:
        """Return the conditions under which entries are offered, each once."""
        return list(dict.fromkeys(each.conditions for each in self.entries if each.conditions))

    def holds(self, conditions: tuple[str, ...], path: Path) -> Status:
        """Say whether what has these conditions is offered behind these sub-commands."""
        key = conditions, path
        if key not in self.held:
            outcomes = [self._asked(condition, path) for condition in conditions]
            self.held[key] = False if False in outcomes else None if None in outcomes else True
        return self.held[key]

    def _asked(self, condition: str, path: Path) -> Status:
        key = condition, path
        if key not in self.asked:
            self.asked[key] = self.shell.holds(condition, (self.program, *path))
        return self.asked[key]

    def begins(self, conditions: tuple[str, ...], path: Path, paths: set[Path]) -> bool:
        """Say whether what has these conditions is offered here and nowhere above."""
        if self.holds(conditions, path) is False:
            return False
        above = [path[:-1], *((word,) for word in path)] if len(path) > 1 else [()] * len(path)
        return all(self.holds(conditions, each) is False for each in above if each in paths)

    def words(self, entry: Entry) -> tuple[Choice, ...]:
        """Return the words that an entry offers, as far as they are known."""
        if entry.arguments not in self.offered:
            found = self.shell.words(entry.arguments)
            self.offered[entry.arguments] = tuple(
                Choice(value, label.strip())
                for value, _, label in (word.partition("\t") for word in found)
                if value.strip() and known(value)
            )
        return self.offered[entry.arguments]

    def static(self, entry: Entry) -> bool:
        """Say whether all words that an entry offers are known."""
        return all(known(word) for word in self.shell.words(entry.arguments))


def read_fish(
    script: str, program: str, *, system: str = "", library: Library = nothing
) -> dict[Path, Page]:
    """Return what a script says of each command of the program, by the sub-commands' words.

    library  the functions and completions that a script may refer to: those that come with fish
    """
    system = system or platform.system() or "Linux"
    for _ in range(MOST_WRAPS):
        shell = Shell(system=system, library=library)
        shell.source(script[:LONGEST])
        entries = [read_entry(words) for words in shell.completions]
        mine = [each for each in entries if program in each.programs and not each.erased]
        if any(each.spellings or each.arguments for each in mine):
            return _pages(_Script(shell, program, mine))
        # Nothing of its own: it is completed as the program that it is said to wrap.
        program = next((name for each in mine for name in each.wraps if COMMAND.match(name)), "")
        script = library("completions", program) if program else ""
    return {}


def _pages(script: _Script) -> dict[Path, Page]:
    named = {
        word for each in script.entries for text in each.conditions for word in WORDS.findall(text)
    }
    pages: dict[Path, Page] = {}
    waiting: list[Path] = [()]
    seen: set[Path] = {()}
    while waiting and len(pages) < MOST_COMMANDS:
        path = waiting.pop(0)
        begun = {each for each in [(), *script.conditions] if script.begins(each, path, seen)}
        here = [each for each in script.entries if each.conditions in begun]
        commands = _commands(script, here, path, named) if len(path) < DEEPEST else {}
        for name in commands:
            if (*path, name) not in seen:
                seen.add((*path, name))
                waiting.append((*path, name))
        pages[path] = Page(
            source=SOURCE,
            path=path,
            options=_options(script, here),
            commands=tuple(commands.values()),
        )
    return pages if any(page.options or page.commands for page in pages.values()) else {}


def _commands(
    script: _Script, here: list[Entry], path: Path, named: set[str]
) -> dict[str, CommandFact]:
    found: dict[str, CommandFact] = {}
    for entry in here:
        if entry.spellings or not entry.arguments:
            continue
        for word in script.words(entry):
            if not COMMAND.match(word.value) or word.value in path:
                continue
            if _leads_on(script, entry, (*path, word.value), named, described=bool(word.label)):
                help_ = word.label or entry.description
                old = found.get(word.value)
                if old is None or not old.help:
                    found[word.value] = CommandFact(word.value, help=help_)
    return found


def _leads_on(
    script: _Script, entry: Entry, path: Path, named: set[str], *, described: bool
) -> bool:
    """Say whether a word is a command: it is offered no more, or others are, once it is there."""
    ends = bool(entry.conditions) and script.holds(entry.conditions, path) is False
    if ends and len(path) == 1:
        return True
    if ends and (described or (entry.description and " " not in entry.arguments.strip())):
        return True
    if path[-1] not in named:
        return False
    return any(
        script.holds(each, path[:-1]) is False and script.holds(each, path)
        for each in script.conditions
    )


def _options(script: _Script, here: list[Entry]) -> tuple[OptionFact, ...]:
    found: list[OptionFact] = []
    places: dict[str, int] = {}
    for entry in here:
        for fact in _facts(script, entry):
            place = next((places[each] for each in fact.spellings if each in places), None)
            if place is None:
                place = len(found)
                found.append(fact)
            else:
                found[place] = _joined(found[place], fact)
            places.update(dict.fromkeys(found[place].spellings, place))
    return tuple(found)


def _facts(script: _Script, entry: Entry) -> list[OptionFact]:
    if entry.spellings:
        spellings = sorted(dict.fromkeys(entry.spellings), key=lambda each: each.startswith("--"))
        choices = script.words(entry) if entry.arguments and script.static(entry) else ()
        choices = tuple(each for each in choices if len(each.value) < 200)
        fact = OptionFact(
            tuple(spellings),
            value=_value(entry),
            choices=choices if 1 < len(choices) <= MOST_CHOICES else (),
            help=entry.description,
        )
        if sum(len(each) > 2 for each in spellings) <= MOST_ALIASES or entry.description:
            return [fact]
        return [replace(fact, spellings=(each,)) for each in spellings]
    return [
        OptionFact((word.value,), help=word.label or entry.description)
        for word in script.words(entry)
        if re.fullmatch(r"--?[A-Za-z0-9?][\w.+-]{0,60}", word.value)
    ]


def _value(entry: Entry) -> str:
    if entry.value:
        return YES
    if entry.arguments:
        # Words to choose from without a need for one: joined to a long spelling, or forgotten.
        return OPTIONAL if any(each.startswith("--") for each in entry.spellings) else YES
    return NO


def _joined(old: OptionFact, new: OptionFact) -> OptionFact:
    return replace(
        old,
        spellings=tuple(dict.fromkeys([*old.spellings, *new.spellings])),
        value=new.value if old.value in {"", NO} else old.value,
        choices=old.choices or new.choices,
        help=old.help or new.help,
    )
