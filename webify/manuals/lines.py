"""Make plain lines of what a program printed: no colours, no boxes, no tabs, no overstrikes."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_LETTERS = 2_000_000
_LONGEST_LINE = 8_000
_MOST_LINES = 40_000
_ESCAPES = re.compile(
    r"\x1b\[[0-?]{0,32}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?"
    r"|\x1b[@-Z\\-_]|\x1b[ -/][0-~]"
)
_STRUCK = re.compile(r"[^\n]\x08")
_OTHERS = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f\ufeff\u200b-\u200f]")
_TOP = re.compile(
    r"^\s{0,40}[╭┌┏╔+][─━═-]{1,200}\s?(?P<title>[^─━═+]{0,200}?)\s?[─━═-]{1,400}[╮┐┓╗+]\s{0,9}$"
)
_BOTTOM = re.compile(r"^\s{0,40}[╰└┗╚├┡┣╠][─━═┴┻╩╧┼╪-]{2,400}[╯┘┛╝┤┩┫╣]\s{0,9}$")
_SIDES = "│┃║"
_BANNER = re.compile(
    r"^\s{0,40}(?:#{1,6}|[-=*~]{2,40})\s{1,4}(?P<title>[^\s#=*~-].{0,100}?)(?:\s{1,4}(?:#{1,6}|[-=*~]{2,40}))?:?\s{0,9}$"
)
_RULE = re.compile(r"^\s{0,40}[-=_─━═~*·.^+]{4,400}\s{0,9}$")
_GAP = re.compile(r" {2,}")


class Line:
    """One line: its text, how deep it stands, and whether a box or a banner made it a title."""

    __slots__ = ("_pieces", "body", "indent", "text", "title")

    def __init__(self, text: str, *, title: bool = False) -> None:
        """Measure how deep a text stands."""
        self.text = text
        self.title = title
        self.body = text.lstrip(" ")
        self.indent = len(text) - len(self.body)
        self._pieces: tuple[tuple[int, str], ...] | None = None

    @property
    def blank(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.text

    @property
    def pieces(self) -> tuple[tuple[int, str], ...]:
        """Return what stands between gaps of two or more blanks, each with its column."""
        if self._pieces is None:
            self._pieces = tuple(self._parted())
        return self._pieces

    def _parted(self) -> Iterator[tuple[int, str]]:
        place = self.indent
        for gap in _GAP.finditer(self.text, self.indent):
            yield place, self.text[place : gap.start()]
            place = gap.end()
        if self.text:
            yield place, self.text[place:]


def plain_lines(text: str) -> list[Line]:
    """Return the lines of a text as a person would see them."""
    clean = _ESCAPES.sub("", text[:MOST_LETTERS])
    for _ in range(3):
        if "\x08" not in clean:
            break
        clean = _STRUCK.sub("", clean)
    clean = clean.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    clean = (
        clean.replace("\xa0", " ")
        .replace("\u2010", "-")
        .replace("\u2011", "-")
        .replace("\u2212", "-")
    )
    clean = _OTHERS.sub("", clean)
    made: list[Line] = []
    for raw in clean.split("\n")[:_MOST_LINES]:
        line = _line(raw)
        if line.blank and made and _underlines(raw.strip(), made[-1]):
            made[-1] = Line(made[-1].text, title=True)
        made.append(line)
    return made


def _underlines(rule: str, line: Line) -> bool:
    """Say whether a rule stands below a title, as long as it."""
    if not 2 < len(rule) < 200 or line.blank or line.body[0] == "-" or not _RULE.match(rule):
        return False
    return abs(len(rule) - len(line.body)) < 3 and len(line.pieces) == 1


def _line(raw: str) -> Line:
    text = _spread(raw[:_LONGEST_LINE]).rstrip()
    if not text:
        return Line("")
    stripped = text.lstrip()
    top = _TOP.match(text)
    if top:
        return Line(
            top["title"].strip(" :") + ":" if top["title"].strip() else "",
            title=bool(top["title"].strip()),
        )
    if _BOTTOM.match(text) or _RULE.match(text):
        return Line("")
    if stripped[0] in _SIDES:
        inner = stripped[1:].rstrip()
        return Line((inner[:-1] if inner[-1:] in _SIDES else inner).rstrip())
    banner = _BANNER.match(text)
    if banner and not banner["title"].startswith("-"):
        return Line(banner["title"].strip(), title=True)
    return Line(text)


def _spread(raw: str) -> str:
    """Replace tabs by blanks: at least two where a tab stands between words."""
    if "\t" not in raw:
        return raw
    made: list[str] = []
    width = 0
    for number, part in enumerate(raw.split("\t")):
        if number:
            step = 8 - width % 8
            step += 8 if step == 1 and "".join(made).strip() else 0
            made.append(" " * step)
            width += step
        made.append(part)
        width += len(part)
    return "".join(made)
