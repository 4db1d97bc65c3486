"""How well a tool became a web page: what was understood, what was not, what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional, Tuple


class Result(str, Enum):
    """How well a tool converts."""

    READY = "ready"
    LOOK = "worth a look"
    NOT = "not converted"
    READING = "being read"


@dataclass(frozen=True)
class Habit:
    """Something that a tool's own source text does and a web run cannot give it.

    kind  "asks" (waits for an answer), "screen" (draws its own), "window" (opens one),
          "path" (names a place of one machine)
    what  the words found there
    line  of the file, from 1
    """

    kind: str
    what: str
    line: int = 0


@dataclass(frozen=True)
class Change:
    """A difference between what a tool accepted before and what it accepts now.

    kind    "added", "dropped" or "altered"
    path    the words of the command
    what    the option's spelling, the argument's name or the command's own name
    detail  for "altered": what is otherwise now, in words
    """

    kind: str
    path: Tuple[str, ...]
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Drift:
    """What changed in a tool's form, and when that was noticed (ISO 8601, UTC)."""

    noticed: str
    changes: Tuple[Change, ...]


@dataclass(frozen=True)
class Note:
    """One thing that is worth a look.

    kind      "text" (taken as plain text), "lost" (no form can offer it), "secret", "asks",
              "screen", "window", "path", "command" (one that could not be read), "warning",
              "error" (the tool was not converted), or "source" (where the description is from;
              nothing to do)
    subject   the option's spelling, as shown in the code face, or ""
    sentence  what is so; begins with the subject where there is one
    remedy    what to do, or ""
    """

    kind: str
    subject: str
    sentence: str
    remedy: str = ""


@dataclass(frozen=True)
class ToolReport:
    """One line of the conversion report.

    settings    parameters that people could set, over all commands
    understood  those of a kind that webify knows
    as_text     those whose values are taken as plain text, because their type is the tool's own
    lost        what no form can offer
    outputs     what its last runs printed: "table", "text", "pairs", "file"
    """

    slug: str
    title: str
    target: str
    framework: str
    sources: Tuple[str, ...]
    result: Result
    settings: int = 0
    understood: int = 0
    as_text: int = 0
    lost: int = 0
    outputs: Tuple[str, ...] = ()
    notes: Tuple[Note, ...] = ()
    drift: Optional[Drift] = None
