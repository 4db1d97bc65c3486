"""Tables of LaTeX: tabular and longtable with a row on each line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.readers.assembly import Piece, Verdict

OPENING = re.compile(r"\\begin\{(?:tabular[x*]?|longtable|tblr)\}")
_CLOSING = re.compile(r"\\end\{(?:tabular[x*]?|longtable|tblr)\}")
_RULE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|cline|cmidrule|end\w*head|endfoot)\b.*")
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?\s*(?:\\hline)?\s*\Z")
_CELL = re.compile(r"(?<!\\)&")
_COMMAND = re.compile(r"\\(?:textbf|textit|texttt|emph|text|mathrm)\{(?P<words>[^{}]*)\}")
_SEVERAL = re.compile(r"\\multicolumn\{(?P<count>\d{1,3})\}\{[^{}]*\}\{(?P<words>[^{}]*)\}")
_WORDS = re.compile(r"\\text(backslash|asciitilde|asciicircum)\s*(?:\{\})?|\\([&%$#_{}])|\{\}")
_SIGNS = {"backslash": "\\", "asciitilde": "~", "asciicircum": "^"}
_LONGEST = 1 << 16


class Latex:
    """Rows that end with two backslashes; those between two rules at the top are the names."""

    title = ""
    held = 0

    def __init__(self) -> None:
        """Begin before the line that opens the table."""
        self.names: Sequence[str] | None = None
        self._opened = False
        self._rules = 0
        self._first: list[str] | None = None  # the first row, until the line under it is known
        self._past = False
        self._text = ""
        self._rows: list[list[str]] = []

    def read(self, piece: Piece) -> Verdict:
        """Take the next line."""
        text = piece.text.strip()
        if piece.more or len(self._text) + len(text) > _LONGEST:
            return Verdict.FOREIGN
        if not self._opened:
            self._opened = OPENING.match(text) is not None
            return Verdict.MINE if self._opened else Verdict.FOREIGN
        if _CLOSING.match(text):
            return Verdict.LAST
        if not text or _RULE.fullmatch(text):
            if self._first is not None and text:
                self.names, self._first = self._first, None
            return Verdict.MINE
        self._text = f"{self._text} {text}" if self._text else text
        if _ROW_END.search(self._text):
            self._end_row()
        return Verdict.MINE

    def release(self) -> list[list[str]]:
        """Return the rows that have ended."""
        rows, self._rows = self._rows, []
        return rows

    def complete(self) -> None:
        """Take what has come for a whole row."""
        self._no_names()

    def _end_row(self) -> None:
        cells = _cells(_ROW_END.sub("", self._text))
        self._text = ""
        self._no_names()
        if self._past:
            self._rows.append(cells)
        else:
            self._past, self._first = True, cells

    def _no_names(self) -> None:
        """Take the first row for one like the others: no rule has followed it."""
        if self._first is not None:
            self._rows.append(self._first)
            self._first = None


def _cells(text: str) -> list[str]:
    cells: list[str] = []
    for raw in _CELL.split(text):
        several = _SEVERAL.search(raw)
        words = _SEVERAL.sub(lambda found: found["words"], raw)
        words = _COMMAND.sub(lambda found: found["words"], words)
        cells.append(_WORDS.sub(_sign, words).strip())
        cells += [""] * (int(several["count"]) - 1 if several else 0)
    return cells


def _sign(found: re.Match[str]) -> str:
    return _SIGNS.get(found[1] or "", found[2] or "")
