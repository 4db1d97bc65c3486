"""A question of a tool that waits for its answer: question.json, there while it is open."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from webify.model.plain import from_plain
from webify.runs.folder import DAMAGED, RunFolder, read_json, write_json
from webify.runs.prompt import Prompt

LONGEST = 64_000  # characters of one answer


@dataclass(frozen=True)
class Question:
    """What a tool asks, and until when it waits.

    number     the first question of a run has the number 1
    until      when nobody has answered by then, the run ends; where the tool only reads, its
               input does
    endable    somebody may say that no more input comes
    sure       it is known, and not only likely, that it waits for this
    """

    number: int
    prompt: Prompt
    asked: datetime
    until: datetime
    endable: bool = False
    sure: bool = True


@dataclass(frozen=True)
class Open:
    """An open question, and where its answer goes: see answering.py."""

    question: Question
    address: str
    key: str


def read_open(folder: RunFolder) -> Open | None:
    """Return the open question of a run, or None."""
    try:
        data = read_json(folder.question_path)
        return None if data is None else from_plain(Open, data)
    except (*DAMAGED, OSError):
        return None


def read_question(folder: RunFolder) -> Question | None:
    """Return what a run asks, or None; one that has ended asks nothing more."""
    opened = None if folder.end_path.exists() else read_open(folder)
    return None if opened is None else opened.question


def write_open(folder: RunFolder, opened: Open) -> None:
    """Show a question; raises OSError where the disk is full."""
    write_json(folder.question_path, opened)


def answered(folder: RunFolder) -> int:
    """Return the number of the last question that somebody answered, 0 where there is none."""
    try:
        return int(read_json(folder.answered_path) or 0)
    except (*DAMAGED, OSError):
        return 0


def note_answered(folder: RunFolder, number: int) -> None:
    """Keep that a question was answered, for those who answer it too."""
    with suppress(OSError):
        write_json(folder.answered_path, number)


def remove_open(folder: RunFolder) -> None:
    """Take a question away."""
    with suppress(OSError):
        folder.question_path.unlink(missing_ok=True)
