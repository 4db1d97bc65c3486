"""What a reader answers: the nouns between Reading and the readers, and their list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from importlib import import_module
from typing import NamedTuple, Protocol

from webify.model.block import TEXT
from webify.readers.terminal import Line

# The readers, in the order in which they are asked: shapes that describe themselves come first.
READERS = (
    "json_",
    "html_",
    "xml_",
    "markup",
    "patches",
    "vertical",
    "boxes",
    "tracebacks",
    "progress",
    "logs",
    "csv_",
    "headless",
    "ini",
    "yaml_",
    "pairs",
    "aligned",
    "stacked",
)

Cells = Sequence[str]


class Answer(Enum):
    """What a reader says of some lines where it has no table yet."""

    NO = "no"
    WAIT = "wait"  # it may be one: more lines will tell


class Taken(NamedTuple):
    """What a body made of the lines it was given.

    rows      new rows, in order
    rest      the lines that are not its own: the body has ended, and they begin something else
    done      the body has ended
    columns   all names anew, where there are more of them now
    shown     pairs that are held back, but may be shown while the tool is silent
    title     the title anew, "" where it stays as it is
    share     how far a progress has come, from 0 to 1
    """

    rows: Sequence[Cells] = ()
    rest: Sequence[Line] = ()
    done: bool = False
    columns: tuple[str, ...] | None = None
    shown: Sequence[Cells] = ()
    title: str = ""
    share: float | None = None


class Body(Protocol):
    """A recognised shape that reads its rows as the lines come.

    kind   one of model/block.py; the rows of pairs are (name, value); TEXT for lines that no
           reader need look at again.  Pairs may become a table before they gave out a row
    title  where the shape itself holds one, else ""
    used   how many of the lines that it was found in were read as its head; the others
           are given to take()
    """

    kind: str
    title: str
    columns: tuple[str, ...]
    used: int

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""

    def pause(self) -> Taken:
        """Give out what is held back, as the tool is silent; the body goes on."""

    def finish(self) -> Taken:
        """Give out what is held back, as nothing more comes."""


class Unread:
    """Lines that are text, and what surely begins behind them, if that is known."""

    kind = TEXT
    title = ""
    columns: tuple[str, ...] = ()

    def __init__(self, used: int, then: Body | None = None) -> None:
        """Claim so many lines; `then` begins with the line behind them."""
        self.used = used
        self.then = then

    def take(self, lines: Sequence[Line]) -> Taken:
        """Take none."""
        return Taken(rest=lines, done=True)

    def pause(self) -> Taken:
        """Hold nothing back."""
        return Taken()

    def finish(self) -> Taken:
        """Hold nothing back."""
        return Taken(done=True)


class Reader(Protocol):
    """A module with a name and one function.

    It may have SIGNS too, of which one begins each line that a shape may begin with, blanks
    aside; and HOLDS, a pattern that is quick and found in each such line.
    """

    NAME: str

    def look(self, lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
        """Say whether the shape begins at lines[at].

        The answer may not depend on how many lines are there: where the first ones do not
        tell, it is WAIT.  over: no more lines will come, or not soon; decide now.
        """


def load_readers(wanted: Sequence[str] | None = None) -> tuple[Reader, ...]:
    """Return the modules of READERS, or of these and those of said.py the ones of these names."""
    every = tuple(import_module(f"webify.readers.{name}") for name in READERS)
    if wanted is None:
        return every
    said = import_module("webify.readers.said").SAID
    return tuple(each for each in (*every, *said) if each.NAME in wanted)
