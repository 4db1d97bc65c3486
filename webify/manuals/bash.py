"""Read a completion script of bash: the words that it offers, and the values behind options."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from webify.manuals.facts import YES, CommandFact, OptionFact, Page
from webify.manuals.shell_run import Walk, alternatives
from webify.manuals.shell_syntax import words_of
from webify.manuals.unknown import UNKNOWN, known
from webify.model.command import Choice

SOURCE = "bash completion"
LONGEST = 6_000_000
MOST_CHOICES = 500
OPTION = re.compile(r"\A(?P<name>--?[A-Za-z0-9?#@][\w.+:-]{0,80}?)(?P<value>=)?\Z")
COMMAND = re.compile(r"\A[A-Za-z0-9][\w.+@-]{0,60}\Z")
CLUSTER = re.compile(r"-(?:!\(-\*\)|\*|\+\(\w\)|@\(\w\))?\[(?P<letters>[A-Za-z0-9]{1,60})\]\Z")
DISPATCH = re.compile(r"\b(?:words|COMP_WORDS|cmd|command|subcmd|subcommand|verb|action|mode)\b")
BEFORE = re.compile(
    r"\bprev\b|COMP_CWORD ?- ?1|cword ?- ?1|\A\$\{3\}|\A\$3|last_?opt|\A\$\{pprev\}"
)
SILENT = frozenset(
    {
        "return",
        "local",
        "shift",
        "break",
        "continue",
        "true",
        "false",
        "unset",
        "declare",
        "compopt",
    }
)
UNSEEN = ("cur", "prev", "words", "cword", "COMP_WORDS", "COMP_CWORD", "COMP_LINE", "COMPREPLY")

Path = tuple[str, ...]


@dataclass
class _Command:
    """What has been heard of one command so far; offered are words that may be commands."""

    options: dict[str, OptionFact] = field(default_factory=dict)
    offered: dict[str, None] = field(default_factory=dict)


@dataclass
class _Place:
    """Where in the script the walk is: behind which option, for which command."""

    path: Path = ()
    before: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None


@dataclass
class _Heard:
    """Listens to a walk through a script."""

    program: str
    places: list[_Place] = field(default_factory=lambda: [_Place()])
    found: dict[Path, _Command] = field(default_factory=dict)
    names: dict[str, Path] = field(default_factory=dict)
    served: bool = False

    @property
    def here(self) -> _Command:
        """Return the command that the walk is at."""
        return self.found.setdefault(self.places[-1].path, _Command())

    def command(self, walk: Walk, name: str, words: list[list[str]]) -> bool:
        """Hear one command of the script."""
        flat = [value for group in words for value in group]
        if name == "complete":
            self._hear_complete(walk, flat)
            return True
        if name == "compgen":
            self._offer(walk, flat)
            return True
        if self.places[-1].before and name not in SILENT and name not in walk.functions:
            self._takes_value()
        return name in {"return", "_parse_help", "_parse_usage"}

    def branch(self, subject: str, patterns: list[str]) -> bool:
        """Step behind the options, or into the sub-commands, that a branch is for."""
        place = self.places[-1]
        if BEFORE.search(subject):
            options = tuple(each for pattern in patterns for each in _spellings(pattern))
            self.places.append(replace(place, before=options))
            return True
        if "," in subject and len(patterns) == 1 and "," in patterns[0]:
            above, _, word = patterns[0].partition(",")
            self.places.append(replace(place, pair=(above, word)))
            return True
        paths = [self.names[each] for each in patterns if each in self.names]
        if paths:
            self.places.append(_Place(path=paths[0]))
            return True
        if DISPATCH.search(subject) and not place.before:
            return self._enter(patterns)
        self.places.append(replace(place, pair=None))
        return True

    def after_branch(self, walk: Walk, /) -> None:
        """Step back to where the walk was before the branch."""
        place = self.places.pop()
        if place.pair:
            above, word = place.pair
            below = walk.variables.get("cmd", [""])[-1]
            if not above or not known(word):
                self.names.setdefault(below, ())
            elif above in self.names and COMMAND.match(word):
                self.names.setdefault(below, (*self.names[above], word))

    def _enter(self, patterns: list[str]) -> bool:
        place = self.places[-1]
        names = [each for each in patterns if COMMAND.match(each)]
        if not names or len(place.path) > 3:
            if any(each.startswith("-") for each in patterns):
                return False
            self.places.append(replace(place, pair=None))
            return True
        self.places.append(_Place(path=(*place.path, "\n".join(names))))
        return True

    def _hear_complete(self, walk: Walk, words: list[str]) -> None:
        if self.program not in words or self.served:
            return
        self.served = True
        function = words[words.index("-F") + 1] if "-F" in words[:-1] else ""
        if function in walk.functions:
            walk.call(function)
        elif "-W" in words[:-1]:
            self._offer(walk, words)

    def _offer(self, walk: Walk, words: list[str]) -> None:
        text = words[words.index("-W") + 1] if "-W" in words[:-1] else ""
        found = [value for word in words_of(text) for value in walk.expand(word)]
        if self.places[-1].before:
            self._takes_value()
            if found and all(map(known, found)) and "-P" not in words and "-S" not in words:
                self._choose(found)
            return
        for word in found:
            if option := OPTION.match(word):
                value = YES if option["value"] else ""
                self._note(option["name"], OptionFact((option["name"],), value=value))
            elif COMMAND.match(word):
                self.here.offered[word] = None

    def _takes_value(self) -> None:
        for name in self.places[-1].before:
            self._note(name, OptionFact((name,), value=YES))

    def _choose(self, words: list[str]) -> None:
        choices = tuple(Choice(word) for word in dict.fromkeys(words) if not word.startswith("-"))
        if not 1 < len(choices) <= MOST_CHOICES:
            return
        for name in self.places[-1].before:
            self._note(name, OptionFact((name,), value=YES, choices=choices))

    def _note(self, name: str, fact: OptionFact) -> None:
        old = self.here.options.get(name)
        if old is not None:
            fact = replace(old, value=old.value or fact.value, choices=old.choices or fact.choices)
        self.here.options[name] = fact


def _spellings(pattern: str) -> list[str]:
    """Return the options that a pattern of the word before stands for: --x, -!(-*)[hV]."""
    found = CLUSTER.match(pattern)
    if found:
        return [f"-{letter}" for letter in found["letters"]]
    return [option["name"] for each in alternatives(pattern) if (option := OPTION.match(each))]


def read_bash(script: str, program: str) -> dict[Path, Page]:
    """Return what a script says of each command of the program, by the sub-commands' words."""
    heard = _Heard(program)
    walk = Walk(heard, splits=True)
    walk.variables.update({name: [UNKNOWN] for name in UNSEEN})
    walk.variables["1"] = [program]
    walk.source(script[:LONGEST])
    return _pages(heard)


def _pages(heard: _Heard) -> dict[Path, Page]:
    found: dict[Path, _Command] = {}
    for path, command in heard.found.items():
        for full in _paths(path):
            mine = found.setdefault(full, _Command())
            for name, fact in command.options.items():
                mine.options.setdefault(name, fact)
            mine.offered.update(command.offered)
    pages: dict[Path, Page] = {}
    for path in sorted(found, key=lambda each: (len(each), each)):
        above = found.get(path[:-1]) if path else None
        if path and (path[:-1] not in pages or above is None or path[-1] not in above.offered):
            continue
        below = {each[-1] for each in found if each[:-1] == path and each}
        below |= {each[-1] for each in heard.names.values() if each[:-1] == path and each}
        commands = [CommandFact(name) for name in found[path].offered if name in below]
        pages[path] = Page(
            SOURCE, path, options=tuple(found[path].options.values()), commands=tuple(commands)
        )
    return pages if any(page.options or page.commands for page in pages.values()) else {}


def _paths(path: Path) -> list[Path]:
    """Return the paths that one stands for; names of one branch are held together by newlines."""
    found: list[Path] = [()]
    for names in path:
        found = [(*each, name) for each in found for name in names.split("\n")][:200]
    return found
