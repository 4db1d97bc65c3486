"""Tables of markup: MediaWiki, AsciiDoc, LaTeX, MoinMoin, Jira, Textile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from webify.readers import asciidoc, bars, latex
from webify.readers.asciidoc import AsciiDoc
from webify.readers.assembly import Assembly, probe
from webify.readers.latex import Latex
from webify.readers.mediawiki import MediaWiki
from webify.readers.shapes import Answer, Body, Unread
from webify.readers.terminal import Line

NAME = "markup"
SIGNS = "`~{|[.\\"

_FENCES = ("```", "~~~")
_MOST_FENCED = 200  # lines of code in a text
_BEGINS = (*_FENCES, "{|", "|", "[", ".", "\\begin{")
_LONGEST = 1 << 16


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find the line that opens a table of markup, and a row under it."""
    line = lines[at]
    text = line.text.strip()
    if not text.startswith(_BEGINS) or line.more or len(text) > _LONGEST:
        return Answer.NO
    if text.startswith(_FENCES):
        return _fenced(lines, at, text[:3], over=over)
    if text.startswith("||") and at + 1 >= len(lines):
        return Answer.NO if over else Answer.WAIT  # the next line tells of which wiki it is
    make = _dialect(text, lines[at + 1].text.strip() if at + 1 < len(lines) else "")
    return Answer.NO if make is None else probe(make, lines, at, over=over)


def _fenced(lines: Sequence[Line], at: int, fence: str, *, over: bool) -> Body | Answer:
    """Leave alone what stands between two fences: an example in a text."""
    for index in range(at + 1, min(at + _MOST_FENCED, len(lines))):
        if lines[index].text.strip().startswith(fence):
            return Unread(index + 1 - at)
    return Answer.NO if over or len(lines) >= at + _MOST_FENCED else Answer.WAIT


def _dialect(text: str, below: str) -> Callable[[], Assembly] | None:
    """Return what assembles the rows under such a line, if it opens a table."""
    if text.startswith("{|"):
        return MediaWiki
    if asciidoc.FENCE.match(text) or asciidoc.ATTRIBUTES.match(text):
        return AsciiDoc
    if latex.OPENING.match(text):
        return Latex
    if text.startswith("||"):
        single = below.startswith("|") and not below.startswith("||")
        return bars.jira if single else lambda: bars.moin(text)
    return (lambda: bars.textiles(text)) if bars.is_textile(text) else None
