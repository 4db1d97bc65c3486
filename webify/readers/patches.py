"""Hunks of a patch and heads of commits: they stay text, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.shapes import Answer, Body, Unread
from webify.readers.terminal import Line

NAME = "patches"
SIGNS = "@c"

_HUNK = re.compile(r"@@ -\d{1,9}(?:,(?P<old>\d{1,9}))? \+\d{1,9}(?:,(?P<new>\d{1,9}))? @@")
_COMMIT = re.compile(r"commit [0-9a-f]{40}(?: \(.{1,200}\))?\Z")
_ABOUT = re.compile(r"(?:Merge|Author|AuthorDate|Commit|CommitDate|Date|Refs): ")
_MOST_ABOUT = 6  # lines above the words of a commit
_MOST = 500  # lines of a hunk that are waited for


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find the line that says how long a hunk is, and leave its lines alone.

    So for what stands above the words of a commit.
    """
    if _COMMIT.match(lines[at].text):
        return _commit(lines, at, over=over)
    found = _HUNK.match(lines[at].text)
    if found is None:
        return Answer.NO
    old, new = int(found["old"] or 1), int(found["new"] or 1)
    for index in range(at + 1, min(at + _MOST, len(lines))):
        if old <= 0 and new <= 0:
            return Unread(index - at)
        sign = lines[index].text[:1]
        old -= sign not in ("+", "\\")
        new -= sign not in ("-", "\\")
    waiting = len(lines) < at + _MOST and (old > 0 or new > 0) and not over
    return Answer.WAIT if waiting else Unread(min(_MOST, len(lines) - at))


def _commit(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Leave the lines that say whose a commit is: its words below them are text too."""
    for index in range(at + 1, min(at + 1 + _MOST_ABOUT, len(lines))):
        if not _ABOUT.match(lines[index].text):
            return Unread(index - at)
    waiting = len(lines) < at + 1 + _MOST_ABOUT and not over
    return Answer.WAIT if waiting else Unread(min(_MOST_ABOUT, len(lines) - at))
