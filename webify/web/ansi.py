"""Lines of a tool's output as HTML: its words are always escaped, its colours become classes."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from webify.readers.terminal import Line

_OPEN = Markup('<span class="{}">')
_CLOSE = Markup("</span>")
_SAID = r"^(?:[\w./\\-]+(?: [\w-]+)?: )?(?:\[)?(?:{})\b"
_BAD = re.compile(_SAID.format("error|fatal|critical|traceback|exception"), re.IGNORECASE)
_WARNING = re.compile(_SAID.format("warning|warn"), re.IGNORECASE)


def line_html(line: Line) -> Markup:
    """Return one line, without its line break."""
    pieces: list[Markup] = []
    done = 0
    for span in line.spans:
        start, end = max(span.start, done), min(span.end, len(line.text))
        if end <= start:
            continue
        pieces.append(escape(line.text[done:start]))
        pieces += [_OPEN.format(classes(span.style)), escape(line.text[start:end]), _CLOSE]
        done = end
    pieces.append(escape(line.text[done:]))
    return Markup("").join(pieces)


def classes(style: str) -> str:
    """Return the class words of a style, marked as a terminal's: "b fg-red" is "a-b a-fg-red"."""
    return " ".join(f"a-{word}" for word in style.split())


def tone(line: Markup) -> str:
    """Return the class of a line of standard error: "e" for an error, "y" for a warning."""
    if _BAD.match(line):
        return "e"
    return "y" if _WARNING.match(line) else ""


FILTERS = {"tone": tone}
