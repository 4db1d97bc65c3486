"""Follow a fish script as far as it can be followed without running any program.

Nothing outside is started, read or written: a command that fish does not have built in does
nothing, prints what is not known, and ends in a way that is not known.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import cast

from webify.manuals import fish_builtins
from webify.manuals.fish_syntax import Statement, parse
from webify.manuals.fish_words import Part, Word, arguments
from webify.manuals.unknown import UNKNOWN, globbed, known

MOST_STEPS = 200_000  # commands that one script may run
MOST_ASKED = 4_000  # commands that one condition may run
MOST_IN_ALL = 3_000_000  # commands that all conditions may run
MOST_WORDS = 20_000  # that one expansion may make
MOST_LETTERS = 2_000_000  # that one expansion may make
DEEPEST = 24  # calls within each other

# How a command ended; None where that cannot be known.
Status = bool | None


# The text of a file of fish: ("functions" or "completions", name) to text, "" where there is none.
Library = Callable[[str, str], str]


class _Return(Exception):
    """The function ends."""


class _LoopEnds(Exception):
    """The loop ends."""


class _LoopGoesOn(Exception):
    """The next turn of the loop begins."""


class _Spent(Exception):
    """The script took all steps that it may take."""


@dataclass
class Shell:
    """What a script has made so far.

    tokens      the words of the command line that is completed, or None while none is
    completions the arguments of each `complete`
    """

    system: str = "Linux"
    tokens: tuple[str, ...] | None = None
    completions: list[list[str]] = field(default_factory=list)
    functions: dict[str, Statement] = field(default_factory=dict)
    scopes: list[dict[str, list[str]]] = field(default_factory=lambda: [{}])
    status: Status = True
    steps: int = 0
    unsure: int = 0
    printed: list[str] = field(default_factory=list)
    scripts: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    most: int = MOST_STEPS
    spent: int = 0
    library: Library = field(default=lambda _kind, _name: "")
    answers: dict[tuple[str, tuple[str, ...]], tuple[Status, list[str]]] = field(
        default_factory=dict
    )

    def source(self, script: str) -> None:
        """Run a whole script."""
        try:
            self._run(parse(script))
        except (_Return, _LoopEnds, _LoopGoesOn, _Spent):
            return

    def holds(self, condition: str, tokens: tuple[str, ...]) -> Status:
        """Say whether a condition holds where these words have been typed."""
        if self.spent > MOST_IN_ALL:
            return False
        self.steps, self.most = 0, MOST_ASKED
        kept = self.tokens, self.scopes, self.status
        self.tokens, self.scopes, self.status = tokens, [self.scopes[0], {}], True
        try:
            self._run(self._parsed(condition))
        except (_LoopEnds, _LoopGoesOn, _Return):
            pass
        except _Spent:
            self.status = None
        finally:
            outcome = self.status
            self.spent += self.steps
            self.tokens, self.scopes, self.status = kept
        return outcome

    def words(self, text: str) -> list[str]:
        """Return the words that a list of arguments becomes."""
        self.steps, self.most = 0, MOST_ASKED
        found: list[str] = []
        try:
            for word in arguments(text):
                found += self._expand(word)
        except (_LoopEnds, _LoopGoesOn, _Return, _Spent):
            found.append(UNKNOWN)
        return [line for word in found for line in word.split("\n") if line.strip()]

    def _parsed(self, script: str) -> tuple[Statement, ...]:
        if script not in self.scripts:
            self.scripts[script] = parse(script)
        return self.scripts[script]

    def _run(self, statements: Sequence[Statement]) -> None:
        for statement in statements:
            if statement.join == "and" and self.status is False:
                continue
            if statement.join == "or" and self.status is not False:
                continue
            self._step()
            RUNS[statement.kind](self, statement)
            if statement.negated and self.status is not None:
                self.status = not self.status

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.most:
            raise _Spent

    def _maybe(self, body: Sequence[Statement]) -> None:
        """Run what may or may not be run: it ends nothing but itself."""
        self.unsure += 1
        try:
            self._run(body)
        except (_Return, _LoopEnds, _LoopGoesOn):
            self.status = None
        finally:
            self.unsure -= 1

    def _run_if(self, statement: Statement) -> None:
        for head, body in statement.branches:
            outcome = self._outcome(cast("tuple[Statement, ...]", head))
            if outcome is None:
                return self._maybe(body)
            if outcome:
                return self._run(body)
        self.status = True
        return None

    def _outcome(self, condition: Sequence[Statement]) -> Status:
        self.status = True
        self._run(condition)
        return self.status

    def _run_for(self, statement: Statement) -> None:
        if len(statement.words) < 2:
            return
        name = "".join(self._expand(statement.words[0])[:1])
        values = [value for word in statement.words[2:] for value in self._expand(word)]
        for value in values:
            self._step()
            self.assign(name, [value])
            try:
                self._run(statement.body)
            except _LoopEnds:
                break
            except _LoopGoesOn:
                continue

    def _run_switch(self, statement: Statement) -> None:
        subject = " ".join(value for word in statement.words for value in self._expand(word))
        for head, body in statement.branches:
            patterns = [v for word in cast("tuple[Word, ...]", head) for v in self._expand(word)]
            if not known(subject):
                self._maybe(body)
            elif any(globbed(pattern, subject) for pattern in patterns):
                return self._run(body)
        return None

    def _run_body(self, statement: Statement) -> None:
        self._run(statement.body)

    def _run_pipe(self, statement: Statement) -> None:
        lines: list[str] = []
        for place, command in enumerate(statement.piped):
            last = place == len(statement.piped) - 1
            kept = self.printed
            self.printed = kept if last else []
            try:
                if command.kind == "command":
                    self._command(command, lines)
                else:
                    self._maybe((command,))
            finally:
                lines, self.printed = self.printed, kept

    def _run_command(self, statement: Statement) -> None:
        self._command(statement, None)

    def _command(self, statement: Statement, given: list[str] | None) -> None:
        self.status = True if given is None else self.status
        words = [value for word in statement.words for value in self._expand(word)]
        while words and ("=" in words[0] and words[0].split("=", 1)[0].isidentifier()):
            words.pop(0)
        if words:
            self.call(words[0], words[1:], given)

    def call(self, name: str, words: list[str], given: list[str] | None = None) -> None:
        """Run one command with its arguments."""
        self._step()
        if name in self.functions:
            return self._function(self.functions[name], words)
        ends = {"return": _Return, "exit": _Return, "break": _LoopEnds, "continue": _LoopGoesOn}
        if name in ends:
            if words[:1]:
                self.status = (words[0] == "0") if known(words[0]) else None
            if self.unsure and self.tokens is None:
                return None  # at home of the script an unsure end ends nothing
            raise ends[name]
        if name in fish_builtins.BUILTINS:
            self.status, lines = fish_builtins.BUILTINS[name](self, words, given)
            self.printed += lines
            return None
        if name == "eval":
            return self._run(parse(" ".join(words)))
        if name in {"command", "builtin"} and words and not words[0].startswith("-"):
            return self.call(words[0], words[1:], given) if name == "builtin" else self._foreign()
        if self._loaded(name):
            return self._function(self.functions[name], words)
        return self._foreign()

    def _loaded(self, name: str) -> bool:
        """Load a function that comes with fish, where it is one."""
        if not name.startswith("__fish_") or self.tokens is not None:
            return False
        self._run(
            [each for each in parse(self.library("functions", name)) if each.kind == "function"]
        )
        return name in self.functions

    def _foreign(self) -> None:
        self.status = None
        self.printed.append(UNKNOWN)

    def _function(self, function: Statement, words: list[str]) -> None:
        if len(self.scopes) > DEEPEST:
            self.status = None
            return
        scope = {"argv": words}
        names = [value for word in function.words[1:] for value in self._expand(word)]
        scope.update({name: [value] for name, value in zip(_taken(names), words, strict=False)})
        unsure, self.unsure = self.unsure, 0
        self.scopes.append(scope)
        try:
            self._run(function.body)
        except (_Return, _LoopEnds, _LoopGoesOn):
            pass
        finally:
            self.scopes.pop()
            self.unsure = unsure

    def _define(self, statement: Statement) -> None:
        name = "".join(self._expand(statement.words[0])[:1]) if statement.words else ""
        self.functions[name] = statement

    @property
    def known_functions(self) -> Container[str]:
        """Return the names of the functions of the script."""
        return self.functions.keys()

    def value(self, name: str) -> list[str] | None:
        """Return what a variable holds, or None."""
        for scope in (self.scopes[-1], self.scopes[0]):
            if name in scope:
                return scope[name]
        if name == "status":
            return [UNKNOWN if self.status is None else "0" if self.status else "1"]
        return None

    def assign(self, name: str, values: list[str], *, everywhere: bool = False) -> None:
        """Give a variable its values."""
        top = self.scopes[0] if everywhere else self.scopes[-1]
        top[name] = values[:MOST_WORDS]
        self.steps += len(values) // 16

    def _expand(self, word: Word) -> list[str]:
        pieces = [self._part(part) for part in word]
        count, letters = 1, 0
        for piece in pieces:
            count *= len(piece)
            letters += sum(map(len, piece))
        if count > MOST_WORDS or count * letters > MOST_LETTERS * 10:
            return [UNKNOWN]
        self.steps += count // 8
        return ["".join(row) for row in itertools.product(*pieces)]

    def _part(self, part: Part) -> list[str]:
        if part.kind == "text":
            return [part.text]
        if part.kind == "braces":
            return [value for word in part.several for value in self._expand(word)]
        named = part.kind == "variable"
        found = self._variable(part.text) if named else self.captured(part.text)
        if part.index is not None:
            found = self._indexed(found, part.index)
        return [" ".join(found)] if part.quoted else found

    def _variable(self, name: str) -> list[str]:
        inner = name.lstrip("$")
        found = self.value(inner) or []
        for _ in range(len(name) - len(inner)):
            found = [value for each in found for value in self.value(each) or []]
        return found

    def captured(self, script: str) -> list[str]:
        """Return the lines that a substitution prints."""
        key = script, self.tokens or ()
        if key in self.answers:
            self.status, lines = self.answers[key]
            return lines
        if len(self.scopes) > DEEPEST:
            return [UNKNOWN]
        kept, self.printed = self.printed, []
        self.scopes.append(dict(self.scopes[-1]) if len(self.scopes) > 1 else {})
        try:
            self._run(self._parsed(script))
        except _Return:
            pass
        finally:
            lines, self.printed = self.printed, kept
            self.scopes.pop()
        lines = [line for text in lines for line in text.split("\n")][:MOST_WORDS]
        if self.tokens is not None and script in self.functions:
            self.answers[key] = self.status, lines
        return lines

    def _indexed(self, values: list[str], index: str) -> list[str]:
        if any(not known(value) for value in values):
            return [UNKNOWN]
        found: list[str] = []
        for word in [value for each in arguments(index) for value in self._expand(each)]:
            found += picked(values, word)
        return found


def picked(values: list[str], index: str) -> list[str]:
    """Return what an index such as 2, -1 or 2..-1 picks out."""
    first, dots, last = index.partition("..")
    numbers = []
    for text, other in ((first, 1), (last if dots else first, len(values))):
        try:
            number = int(text) if text else other
        except ValueError:
            return []
        numbers.append(number if number > 0 else len(values) + number + 1)
    begin, end = numbers
    if not dots:
        return values[begin - 1 : begin] if begin > 0 else []
    if end < begin and not (first.startswith("-") or last.startswith("-")):
        return values[max(end, 1) - 1 : begin][::-1]
    return values[max(begin, 1) - 1 : max(end, 0)]


def _taken(words: list[str]) -> list[str]:
    """Return the names that `function NAME --argument-names a b` gives to its arguments."""
    for place, word in enumerate(words):
        if word in {"-a", "--argument-names"}:
            names = itertools.takewhile(lambda each: not each.startswith("-"), words[place + 1 :])
            return list(names)
    return []


RUNS: dict[str, Callable[[Shell, Statement], None]] = {
    "command": Shell._run_command,  # noqa: SLF001 - its own methods, by the kind of statement
    "pipe": Shell._run_pipe,  # noqa: SLF001 - its own methods
    "if": Shell._run_if,  # noqa: SLF001 - its own methods
    "for": Shell._run_for,  # noqa: SLF001 - its own methods
    "while": lambda _shell, _statement: None,
    "switch": Shell._run_switch,  # noqa: SLF001 - its own methods
    "begin": Shell._run_body,  # noqa: SLF001 - its own methods
    "function": Shell._define,  # noqa: SLF001 - its own methods
}
