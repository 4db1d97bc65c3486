"""One check of a site: what was found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Check:
    """What one check found.

    name       what was looked at: "Disk"
    sentence   what was found
    remedy     what to do; "" where nothing has to be done
    """

    name: str
    state: Verdict
    sentence: str
    remedy: str = ""


def ok(name: str, sentence: str) -> Check:
    """Return a check that found everything as it should be."""
    return Check(name, Verdict.OK, sentence)


def warning(name: str, sentence: str, remedy: str) -> Check:
    """Return a check that found what works, but not for long or not for all."""
    return Check(name, Verdict.WARNING, sentence, remedy)


def failure(name: str, sentence: str, remedy: str) -> Check:
    """Return a check that found what does not work."""
    return Check(name, Verdict.FAILURE, sentence, remedy)
