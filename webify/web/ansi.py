"""Lines of a tool's output as HTML: its words are always escaped, its colours become classes."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from webify.readers.terminal import Line

_OPEN = Markup('<span class="{}">')
_MARK = Markup("<mark>{}</mark>")
_CLOSE = Markup("</span>")
Places = tuple[tuple[int, int], ...]
_SAID = r"^(?:[\w./\\-]+(?: [\w-]+)?: )?(?:\[)?(?:{})\b"
_BAD = re.compile(_SAID.format("error|fatal|critical|traceback|exception"), re.IGNORECASE)
_RAISED = re.compile(r"^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Exit)(?:: |$)")
_WARNING = re.compile(_SAID.format("warning|warn"), re.IGNORECASE)


def line_html(line: Line, marks: Places = ()) -> Markup:
    """Return one line, without its line break; what was looked for is marked."""
    if not line.spans and not marks:  # most lines
        return escape(line.text)
    pieces: list[Markup] = []
    done = 0
    for span in line.spans:
        start, end = max(span.start, done), min(span.end, len(line.text))
        if end <= start:
            continue
        pieces.append(marked(line.text, done, start, marks))
        pieces += [_OPEN.format(classes(span.style)), marked(line.text, start, end, marks), _CLOSE]
        done = end
    pieces.append(marked(line.text, done, len(line.text), marks))
    return Markup("").join(pieces)


def marked(text: str, start: int, end: int, marks: Places) -> Markup:
    """Return a part of a text, escaped, with the places in it marked."""
    pieces: list[Markup] = []
    for begin, until in marks:
        first, last = max(begin, start), min(until, end)
        if first < last:
            pieces += [escape(text[start:first]), _MARK.format(text[first:last])]
            start = last
    return Markup("").join([*pieces, escape(text[start:end])])


def classes(style: str) -> str:
    """Return the class words of a style, marked as a terminal's: "b fg-red" is "a-b a-fg-red"."""
    return " ".join(f"a-{word}" for word in style.split())


def tone(line: Markup) -> str:
    """Return the class of a line of standard error: "e" for an error, "y" for a warning."""
    if _BAD.match(line) or _RAISED.match(line):
        return "e"
    return "y" if _WARNING.match(line) else ""


FILTERS = {"tone": tone}
