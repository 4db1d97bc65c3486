"""Lines that look like hundreds before them which no reader wanted: they are passed over.

A long text is mostly made of few forms of lines, and to ask each reader for each line takes many
times as long as to print it.  The lines before one of another form are asked for still, as it may
be the second line of a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.terminal import Line

ENOUGH = 200  # times that a form was left as text until it is passed over
AHEAD = 5  # lines that have to be of known forms, the line itself among them
MOST_FORMS = 5_000
_LOOKED = 400  # characters of a line that make its form
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_FIGURES = re.compile(r"\d+")


def form_of(line: Line) -> str:
    """Return a line without what its words and figures are."""
    return _FIGURES.sub("0", _WORDS.sub("w", line.text[:_LOOKED]))


class Routine:
    """How often a form of line was left as text.

    begun   some form is passed over
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._left: dict[str, int] = {}
        self.begun = False

    def left(self, line: Line) -> None:
        """Count a line that no reader wanted."""
        form = form_of(line)
        count = self._left.get(form, 0) + 1
        if count > 1 or len(self._left) < MOST_FORMS:
            self._left[form] = count
            self.begun = self.begun or count >= ENOUGH

    def found(self, lines: Sequence[Line]) -> None:
        """Ask for such lines again, as something began with them."""
        for line in lines:
            self._left.pop(form_of(line), None)

    def passed(self, lines: Sequence[Line], at: int) -> tuple[int, int]:
        """Return up to which line those from `at` on are passed over, and the next to be asked."""
        if not self.begun:
            return at, min(at + ENOUGH, len(lines))
        end = at
        while end < len(lines) and self._dull(lines[end]):
            end += 1
        return max(at, end - AHEAD + 1), end

    def _dull(self, line: Line) -> bool:
        return not line.text or self._left.get(form_of(line), 0) >= ENOUGH
