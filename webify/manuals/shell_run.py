"""Walk through a zsh or bash script and tell what it says, without running any program.

All that may happen is walked through: both sides of a condition that is not known, every branch of
a `case` whose subject is not.  Nothing outside is started, read or written.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from webify.manuals.shell_syntax import Assignment, Statement, parse
from webify.manuals.shell_words import Part, Word, bare, plain, shown
from webify.manuals.unknown import UNKNOWN, globbed, known

MOST_STEPS = 120_000
MOST_WORDS = 20_000
MOST_LETTERS = 4_000_000
DEEPEST = 14
MOST_TURNS = 300
EXPRESSION = re.compile(
    r"\A(?:\([^()]{0,40}\))?[=^~+]{0,3}(?P<name>\w{1,80})(?P<index>\[[^\]]{1,60}\])?(?P<more>[:#%/,^@-].{0,2000})?\Z",
    re.DOTALL,
)
TEST = re.compile(
    r"\A[\"']?\$\{?(?P<name>\w{1,60})\}?[\"']? {0,4}(?P<sign>==?|!=) {0,4}(?P<pattern>\S{1,400})\Z"
)

LOCAL = frozenset({"local", "typeset", "declare", "private"})

Status = bool | None


class Listener(Protocol):
    """Who is told what a script says."""

    def command(self, walk: Walk, name: str, words: list[list[str]]) -> bool:
        """Hear a command with the words that each of its words became; say if it was understood."""

    def branch(self, subject: str, patterns: list[str]) -> bool:
        """Say whether to walk through this branch of a case whose subject is not known."""

    def after_branch(self, walk: Walk, /) -> None:
        """Hear that the branch ends."""


class _Spent(Exception):
    """The script took all steps that it may take."""


@dataclass
class Walk:
    """Where a walk through a script stands, and what its variables hold.

    splits  words are made of what an unquoted variable holds, as bash does
    sure    variables that hold the same whenever the script runs
    lists   the last list that each variable was given, also those that are gone
    hidden  what the functions that are walked through have covered by variables of their own
    doubtful  variables that were given a value which they may or may not get
    """

    listener: Listener
    splits: bool = False
    variables: dict[str, list[str]] = field(default_factory=dict)
    functions: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    status: Status = None
    unsure: int = 0
    steps: int = 0
    parsed: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    hidden: list[dict[str, list[str] | None]] = field(default_factory=lambda: [{}])
    sure: set[str] = field(default_factory=lambda: {"OSTYPE", "service"})
    doubtful: set[str] = field(default_factory=set)

    def source(self, script: str) -> None:
        """Walk through a whole script."""
        try:
            self._run(parse(script))
        except _Spent:
            return

    def call(self, name: str) -> None:
        """Walk through a function, unless it is being walked through already."""
        if name not in self.functions or len(self.calls) >= DEEPEST or name in self.calls:
            return
        self.calls.append(name)
        self.hidden.append({})
        try:
            self._run(self.functions[name])
        except _Spent:
            return
        finally:
            self.calls.pop()
            self._uncover(self.hidden.pop())

    def _uncover(self, hidden: dict[str, list[str] | None]) -> None:
        """Give the variables that a function had of its own back to what was there before."""
        for name, values in hidden.items():
            self.variables.pop(name, None)
            if values is not None:
                self.variables[name] = values

    def _declare(self, statement: Statement) -> None:
        """Let a function have variables of its own, without a value yet."""
        names = {word for each in statement.words[1:] for word in self.expand(each)}
        names |= {each.name for each in statement.assignments}
        for name in (each for each in names if each.isidentifier()):
            self.hidden[-1].setdefault(name, self.variables.get(name))
            if name not in self.sure:
                self.variables.pop(name, None)

    def script(self, text: str) -> tuple[Statement, ...]:
        """Return the statements of a piece of a script."""
        if text not in self.parsed:
            self.parsed[text] = parse(text)
        return self.parsed[text]

    def evaluate(self, text: str) -> None:
        """Walk through a piece of a script."""
        try:
            self._run(self.script(text))
        except _Spent:
            return

    def _run(self, statements: Sequence[Statement]) -> None:
        for statement in statements:
            if statement.join == "&&" and self.status is False:
                continue
            if statement.join == "||" and self.status is True:
                continue
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise _Spent
            doubtful = statement.join in {"&&", "||"} and self.status is None
            self.unsure += doubtful
            try:
                self._one(statement)
            finally:
                self.unsure -= doubtful
            if statement.negated and self.status is not None:
                self.status = not self.status

    def _one(self, statement: Statement) -> None:
        kind = statement.kind
        if kind == "command":
            self._command(statement)
        elif kind == "function":
            self.functions[statement.text] = statement.body
            self.status = True
        elif kind == "test":
            self.status = self._test(statement.text)
        elif kind == "if":
            self._if(statement)
        elif kind == "case":
            self._case(statement)
        elif kind == "for":
            self._for(statement)
        elif kind in {"group", "while"}:
            self._run(statement.body)

    def _if(self, statement: Statement) -> None:
        for head, body in statement.branches:
            self.status = None if head else True
            self._run(cast("tuple[Statement, ...]", head))
            outcome = self.status
            if outcome is False:
                continue
            self.unsure += outcome is None
            self._run(body)
            self.unsure -= outcome is None
            if outcome is True:
                break
        self.status = None

    def _case(self, statement: Statement) -> None:
        subject = " ".join(self.expand(statement.words[0])) if statement.words[0] else ""
        told = shown(statement.words[0])
        held = {part.text for part in statement.words[0] if part.kind == "variable"}
        falls = False
        sure = known(subject) and bool(subject) and not held & self.doubtful
        for head, body in statement.branches:
            words = [
                value for word in cast("tuple[Word, ...]", head) for value in self.expand(word)
            ]
            patterns = [each for word in words for each in alternatives(word)]
            if sure:
                if falls or any(globbed(pattern, subject) for pattern in patterns):
                    self._run(body)
                    falls = bool(body) and body[-1].kind == "falls"
                    if not body or body[-1].kind not in {"next", "falls"}:
                        break
            elif self.listener.branch(told, patterns):
                self.unsure += 1
                self._run(body)
                self.unsure -= 1
                self.listener.after_branch(self)
        self.status = None

    def _for(self, statement: Statement) -> None:
        name = plain(statement.words[0]) or "" if statement.words else ""
        values = [value for word in statement.words[1:] for value in self.expand(word)]
        if not values or not all(known(value) for value in values) or len(values) > MOST_TURNS:
            values = [UNKNOWN]
        for value in values:
            self.variables[name] = [value]
            self._run(statement.body)

    def _command(self, statement: Statement) -> None:
        if statement.words and bare(statement.words[0]) in LOCAL:
            self._declare(statement)
        for assignment in statement.assignments:
            self._assign(assignment)
        words = [self.expand(word) for word in statement.words]
        while words and not words[0]:
            words.pop(0)
        self.status = True if not words else None
        if not words:
            return
        name = words[0][0]
        if self.listener.command(self, name, [words[0][1:], *words[1:]]):
            return
        if name in self.functions:
            self._enter(name, [value for group in [words[0][1:], *words[1:]] for value in group])

    def _enter(self, name: str, words: list[str]) -> None:
        kept = {str(place): self.variables.get(str(place)) for place in range(1, 10)}
        self.variables.update({str(place): [word] for place, word in enumerate(words[:9], 1)})
        self.call(name)
        for place, value in kept.items():
            self.variables.pop(place, None)
            self.variables.update({place: value} if value is not None else {})

    def _assign(self, assignment: Assignment) -> None:
        values = [value for word in assignment.values for value in self.expand(word)]
        if not assignment.several:
            values = ["".join(values)] if values else [""]
        old = self.variables.get(assignment.name, [])
        self.doubtful |= {assignment.name} if self.unsure else set()
        if assignment.added and not assignment.several and len(old) <= 1:
            values = ["".join([*old, *values])]
        elif assignment.added or (self.unsure and assignment.several):
            values = [*old, *(value for value in values if value not in set(old))]
        elif self.unsure and old and not any(values):
            return
        self.steps += len(values) // 16
        if assignment.several and values:
            self.lists[assignment.name] = values[:MOST_WORDS]
        self.variables[assignment.name] = values[:MOST_WORDS]

    def _test(self, text: str) -> Status:
        found = TEST.match(text)
        values = self.variables.get(found["name"]) if found else None
        if not found or not values or not known(values[0]) or found["name"] not in self.sure:
            return None
        pattern = found["pattern"].strip("\"'")
        outcome = any(globbed(each, values[0]) for each in alternatives(pattern))
        return outcome != (found["sign"] == "!=")

    def expand(self, word: Word) -> list[str]:
        """Return the words that one word becomes."""
        if len(word) > 1 and sum(bool(part.text or part.several) for part in word) == 1:
            word = tuple(part for part in word if part.text or part.several)
        if len(word) == 1 and word[0].kind == "variable":
            return self._variable(word[0])
        pieces = [self._part(part) for part in word]
        count, letters = 1, 0
        for piece in pieces:
            count *= len(piece)
            letters += sum(map(len, piece))
        self.steps += letters // 4000
        if count > MOST_WORDS or count * letters > MOST_LETTERS:
            return [UNKNOWN]
        return ["".join(row) for row in itertools.product(*pieces)]

    def _part(self, part: Part) -> list[str]:
        if part.kind == "text":
            return [part.text]
        if part.kind == "braces":
            return [value for word in part.several for value in self.expand(word)]
        if part.kind == "substitution":
            if len(self.calls) < DEEPEST:
                self.calls.append("$(")
                self._run(self.script(part.text))
                self.calls.pop()
            return [UNKNOWN]
        values = self._variable(part)
        return [" ".join(values)]

    def _variable(self, part: Part) -> list[str]:
        found = EXPRESSION.match(part.text)
        if found is None:
            return [UNKNOWN]
        values = self.variables.get(found["name"])
        index = found["index"] or ""
        if values is None:
            return [UNKNOWN] if index not in {"", "[@]", "[*]"} else []
        if found["more"] or index not in {"", "[@]", "[*]"}:
            return self._picked(values, index) if not found["more"] else [UNKNOWN]
        if part.quoted and not index and not part.text.startswith("(@"):
            return [" ".join(values)]
        if self.splits and not part.quoted:
            return [word for value in values for word in value.split()]
        return values if index or self.splits or len(values) != 1 else [v for v in values if v]

    def _picked(self, values: list[str], index: str) -> list[str]:
        number = index.strip("[]")
        if number in values[::2] and not number.isdigit():
            return [[*values, ""][values.index(number) + 1]]  # a table of names and values
        place = int(number) - (not self.splits) if number.isdigit() else -1
        return [values[place]] if 0 <= place < len(values) else [UNKNOWN]


def alternatives(pattern: str) -> list[str]:
    """Return the patterns that a|b and (a|b)c stand for."""
    found = [pattern]
    done: list[str] = []
    while found and len(done) + len(found) < MOST_TURNS:
        text = found.pop(0)
        begin = text.find("(")
        end = text.find(")", begin)
        if begin < 0 or end < 0:
            done += text.split("|")
            continue
        begin = text.rfind("(", 0, end)
        inside = text[begin + 1 : end].split("|")
        found += [text[:begin] + each + text[end + 1 :] for each in inside]
    return [each for each in done if each]
