"""Faults that a program's runtime tells: tracebacks of Python, Node, Java, .NET, Go, Rust, Ruby."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webify.model.block import ERROR
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line

NAME = "tracebacks"
HOLDS = re.compile("[:EFT']")

_LONGEST = 2_000  # characters of a first line
_MOST_TITLE = 300
_MOST_WAIT = 12  # lines between an error and the frames below it
PYTHON = re.compile(r"(?:  \+ )?(?:Exception Group )?Traceback \(most recent call last\):\Z")
_JOINT = re.compile(
    r"(?:During handling of the above exception, another exception occurred"
    r"|The above exception was the direct cause of the following exception):"
)
_NAMED = re.compile(
    r"(?:Uncaught |Unhandled exception[.:] |Exception in thread \"[^\"]*\" |Caused by: )?"
    r"(?:[A-Za-z_][\w$]*[.:/]{1,2})*[A-Z]\w*(?:Error|Exception|Failure|Throwable)\w*\b"
    r"(?: \[\w+\])?(?::|\Z)"
    r"|Exception in thread \"|Unhandled exception[.:] "
)
_FRAME = re.compile(r"\s+at (?:async |new )?\S.*|\s+from \S+:\d+:in |\s+\.\.\. \d+ (?:more|common)")
_CAUSE = re.compile(r"Caused by: |\s+Suppressed: | ---> |\s+--- End of ")
_SOURCE = re.compile(r"(?:file://)?(?:/|[A-Za-z]:\\|node:)\S*:\d+\Z")
_RUBY = re.compile(r"\S+:\d+:in .*\([A-Z]\w*(?:::\w+)*\)\Z")
_GO = re.compile(r"(?:panic|fatal error): ")
_GO_PART = re.compile(r"goroutine \d+ \[|\t|[\w./*()]+\(|created by |\[signal |exit status ")
_RUST = re.compile(r"thread '[^']*' (?:\(\d+\) )?panicked at ")
_RUST_PART = re.compile(r"note: |stack backtrace:|\s+\d+: |\s+at ")
_NODE_END = re.compile(r"Node\.js v\d|\s|\}")


@dataclass
class State:
    """How far a fault was read.

    title   the line that says what is wrong
    told    that line has come: in Python it is the last one
    """

    title: str = ""
    told: bool = False
    lines: int = 0


Part = Callable[[str, State], bool]


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find the first line of a fault."""
    text = lines[at].text
    if len(text) > _LONGEST:
        return Answer.NO
    if PYTHON.match(text):
        return Trace(_python)
    if _RUST.match(text):
        return Trace(_rust)
    if _GO.match(text):
        return _confirmed(lines, at, _go, over=over)
    if _NAMED.match(text) or _RUBY.match(text):
        return _framed(lines, at, over=over)
    return _sourced(lines, at, over=over) if _SOURCE.match(text) else Answer.NO


def _confirmed(lines: Sequence[Line], at: int, part: Part, *, over: bool) -> Body | Answer:
    """Take a panic of Go: a goroutine stands below it."""
    for line in lines[at + 1 : at + 4]:
        if line.text.startswith("goroutine "):
            return Trace(part)
    return Answer.NO if over or len(lines) > at + 3 else Answer.WAIT


def _framed(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take an error with its frames below."""
    if at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT
    below = lines[at + 1].text
    return Trace(_frames) if _FRAME.match(below) or _CAUSE.match(below) else Answer.NO


def _sourced(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take what Node says: the place in the source, then the error and its frames."""
    for index in range(at + 1, at + 1 + _MOST_WAIT):
        if index >= len(lines):
            return Answer.NO if over else Answer.WAIT
        if _FRAME.match(lines[index].text):
            return Trace(_node)
    return Answer.NO


class Trace:
    """The body of a fault.  Blank lines are its own only where more of it follows."""

    kind = ERROR
    title = ""
    columns: tuple[str, ...] = ()
    used = 0

    def __init__(self, part: Part) -> None:
        """Take lines as long as part() says that they are of it."""
        self._part = part
        self._blank: list[Line] = []
        self._state = State()

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        for index, line in enumerate(lines):
            text = line.text
            if not text.strip():
                self._blank.append(line)
                if len(self._blank) > 2:
                    return self._ended(lines[index + 1 :])
                continue
            if line.more or not self._part(text, self._state):
                return self._ended(lines[index:])
            self._blank = []
            self._state.lines += 1
        return Taken(title=self._title())

    def pause(self) -> Taken:
        """Say how it is called so far."""
        return Taken(title=self._title())

    def finish(self) -> Taken:
        """Say how it is called."""
        return self._ended(())

    def _ended(self, rest: Sequence[Line]) -> Taken:
        return Taken(rest=[*self._blank, *rest], done=True, title=self._title())

    def _title(self) -> str:
        return self._state.title[:_MOST_TITLE]


def _python(text: str, state: State) -> bool:
    """Take the frames, the line of the error, and what is chained to it."""
    if PYTHON.match(text) or (state.told and _JOINT.match(text)):
        state.told = False
        return True
    if state.told:
        return text.startswith(("  | ", "  +-", "    | "))
    if text[0] not in " \t" or text.startswith("  | "):
        state.title, state.told = text.strip(" |"), not text.startswith(" ")
    return True


def _frames(text: str, state: State) -> bool:
    """Take an error, its frames and its causes: Java, Node, .NET, Ruby."""
    if not state.lines:
        state.title = text.strip()
        return True
    return _FRAME.match(text) is not None or _CAUSE.match(text) is not None


def _node(text: str, state: State) -> bool:
    """Take the place in the source, the error, its frames and what Node says of itself."""
    if _NAMED.match(text) and not state.told:
        state.title, state.told = text.strip(), True
        return True
    return not state.told or _NODE_END.match(text) is not None


def _go(text: str, state: State) -> bool:
    """Take a panic and its goroutines."""
    state.title = state.title or text.strip()
    return _GO_PART.match(text) is not None or _GO.match(text) is not None


def _rust(text: str, state: State) -> bool:
    """Take a panic, its message on the line below and the notes."""
    if not state.told:
        state.told = state.lines > 0 or not text.endswith(":")
        state.title = text.strip()
        return True
    return _RUST_PART.match(text) is not None
