"""What became of an answer to a tool's question, in sentences."""

from __future__ import annotations

from webify.runs.answering import ANSWERED, GONE
from webify.runs.question import LONGEST

EMPTY, LINES, LONG, ODD = "empty", "lines", "long", "odd"
SAID = {
    ANSWERED: "Somebody else answered first. Your answer was not sent to the program.",
    GONE: "The program no longer waits for this answer, so it was not sent.",
    EMPTY: "Choose an answer, or type another one.",
    LINES: "An answer to this question is one line.",
    LONG: f"An answer may have {LONGEST:,} characters.",
    ODD: "An answer may not hold control characters.",
}
