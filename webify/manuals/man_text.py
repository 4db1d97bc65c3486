"""Read a rendered manual page into lines whose letters are plain, bold or underlined."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLAIN, BOLD, UNDERLINED = "p", "b", "u"
LONGEST = 6_000_000
SGR = re.compile(r"\x1b\[([0-9;]{0,20})m")
OTHER_ESCAPES = re.compile(
    r"\x1b(?:\[[0-9;?]{0,20}[A-Za-ln-z]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\))"
)
DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00a0": " ", "\u00ad": "-"})
FOOTER = re.compile(r"(?:\S.{0,400} {3,})?\S{1,80}\(\w{1,12}\)\Z")
BULLET = re.compile(r"[•·▪○o+*](?:\s{1,8})(?=\S)")


@dataclass(frozen=True)
class Line:
    """One line: its letters, the style of each, and how far it stands to the right."""

    text: str
    styles: str
    indent: int

    @property
    def blank(self) -> bool:
        """Say whether nothing stands on it."""
        return not self.text

    @property
    def bold(self) -> bool:
        """Say whether it begins with a bold letter."""
        return self.styles[:1] == BOLD


@dataclass(frozen=True)
class Section:
    """A heading with the lines below it; title is the heading, group the one within it."""

    title: str
    lines: tuple[Line, ...]


def lines_of(text: str) -> list[Line]:
    """Return the lines of a page as `man` renders it."""
    clean = OTHER_ESCAPES.sub("", text[:LONGEST]).replace("\r\n", "\n")
    found: list[Line] = []
    style = PLAIN
    for raw in clean.split("\n"):
        letters, styles, style = _letters(raw, style)
        found.append(_line(letters, styles))
    return found


def _letters(raw: str, style: str) -> tuple[list[str], list[str], str]:
    letters: list[str] = []
    styles: list[str] = []
    at = 0
    while at < len(raw):
        char = raw[at]
        if char == "\x1b":
            found = SGR.match(raw, at)
            style = _style(found[1], style) if found else style
            at = found.end() if found else at + 1
            continue
        if char == "\b":
            at = _overstrike(raw, at, letters, styles)
            continue
        if char == "\t":
            wide = 8 - len(letters) % 8
            letters += [" "] * wide
            styles += [PLAIN] * wide
        elif char.isprintable():
            letters.append(char)
            styles.append(style)
        at += 1
    return letters, styles, style


def _overstrike(raw: str, at: int, letters: list[str], styles: list[str]) -> int:
    """Put the letter behind a backspace over the one before; return where to read on."""
    over = raw[at + 1 : at + 2]
    if not letters or not over or over == "\b":
        if letters:
            letters.pop()
            styles.pop()
        return at + 1
    under = letters[-1]
    if under == over:
        styles[-1] = UNDERLINED if under == "_" and styles[-1] == UNDERLINED else BOLD
    elif under == "_":
        letters[-1], styles[-1] = over, UNDERLINED
    elif over == "_":
        styles[-1] = UNDERLINED
    else:
        letters[-1] = over
    return at + 2


def _style(codes: str, style: str) -> str:
    for code in codes.split(";"):
        if code in {"", "0", "22", "24"}:
            style = PLAIN
        elif code == "1":
            style = BOLD
        elif code == "4":
            style = UNDERLINED
    return style


def _line(letters: list[str], styles: list[str]) -> Line:
    end = len(letters)
    while end and letters[end - 1].isspace():
        end -= 1
    begin = 0
    while begin < end and letters[begin].isspace():
        begin += 1
    text = "".join(letters[begin:end]).translate(DASHES)
    return Line(text, "".join(styles[begin:end]), begin if end else 0)


def sections_of(lines: list[Line]) -> list[Section]:
    """Return the sections of a page; what stands before the first has no title."""
    found: list[Section] = []
    title = ""
    held: list[Line] = []
    for line in _without_margins(lines):
        if not line.blank and line.indent == 0:
            found.append(Section(title, tuple(held)))
            title, held = line.text, []
        else:
            held.append(line)
    return [*found, Section(title, tuple(held))]


def _without_margins(lines: list[Line]) -> list[Line]:
    """Leave out the first and the last line of a page, `NAME(1)  Manual  NAME(1)`."""
    margin = re.compile(r"\A\S{1,80}\(\w{1,12}\)(?:\s.{0,2000})?\Z")
    edges = [place for place, line in enumerate(lines) if not line.blank]
    ends = {edges[0], edges[-1]} if edges else set()
    return [
        line
        for place, line in enumerate(lines)
        if not (place in ends and (_is_margin(margin, line) or FOOTER.match(line.text)))
    ]


def _is_margin(margin: re.Pattern[str], line: Line) -> bool:
    return line.indent == 0 and (bool(margin.match(line.text)) or "  " in line.text)


def folded(lines: list[Line] | tuple[Line, ...]) -> str:
    """Return lines as text: those of a paragraph joined, lists and examples kept as they stand."""
    paragraphs: list[str] = []
    last: Line | None = None
    for line in lines:
        if line.blank:
            last = None
        elif last is None:
            paragraphs.append(_words(line))
            last = line
        elif _goes_on(last, line):
            paragraphs[-1] += " " + _words(line)
            last = line
        else:
            paragraphs[-1] += "\n" + _words(line)
            last = line
    return "\n\n".join(paragraphs).strip()


def _goes_on(last: Line, line: Line) -> bool:
    if BULLET.match(line.text) or "   " in line.text:
        return False
    return line.indent == last.indent or (
        bool(BULLET.match(last.text)) and line.indent > last.indent
    )


def _words(line: Line) -> str:
    return re.sub(r" {2,40}", " ", line.text) if "   " not in line.text else line.text
