"""The strokes of a drawn table: which lines are rulers, and how bars cut a line into cells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

BARS = "│┃║┆┇┊┋╎╏¦"
_STROKES = "-=─━═┄┅┈┉╌╍"
_DRAWN = frozenset("+|:." + _STROKES + BARS + "".join(map(chr, range(0x2500, 0x2580))))
_GROUPS = re.compile(f"[{_STROKES}:]+")
_TWO = re.compile(f"[{_STROKES}]{{2}}")
_UNICODE_BAR = re.compile(f"[{BARS}]")
_ANY_BAR = re.compile(f"[|{BARS}]")
_LOOSE = re.compile(r"\|?(?: *(?::-+:?|-+:|--+) *\|)+(?: *(?::-+:?|-+:|--+))?")
_CORNERS = frozenset("┌╭╔┏╒╓┍┎")
_TITLED_TOP = re.compile(
    f"\\s*[+{''.join(sorted(_CORNERS))}][{_STROKES}]*(?P<words>[^{_STROKES}+|]{{1,80}})"
    f"(?P<stroke>[{_STROKES}])[{_STROKES}]+(?:[^\\w\\s][{_STROKES}]+)*[^\\w\\s]"
)
_BOTTOM = frozenset("└╰╚┗╘╙┕┖")
_ODD = {":": frozenset(".:"), "❤": frozenset("❤")}  # bars of a kind, and what draws their rulers
_HIDDEN = "\ue000"  # stands for an escaped bar while a Markdown line is cut


def is_rule(stripped: str) -> bool:
    """Say whether a line without outer blanks only draws strokes."""
    return len(stripped) > 2 and _DRAWN.issuperset(stripped) and _TWO.search(stripped) is not None


def titled_top(text: str) -> tuple[str, str] | None:
    """Return the ruler that is the top of a table and the title in it, if it holds one."""
    found = _TITLED_TOP.fullmatch(text.rstrip())
    if found is None:
        return None
    start, end = found.span("words")
    stroke = found["stroke"]
    return text[:start] + stroke * (end - start) + text[end:].rstrip(), found["words"].strip()


def tight(text: str) -> str:
    """Return a ruler of Markdown whose cells have blanks without any; other lines as they are."""
    stripped = text.strip()
    if not _LOOSE.fullmatch(stripped):
        return text
    return text[: len(text) - len(text.lstrip())] + stripped.replace(" ", "-")


def groups(rule: str) -> int:
    """Return how many columns a ruler has."""
    return len(_GROUPS.findall(rule))


def bottom(rule: str) -> bool:
    """Say whether the ruler is surely the last one of its table."""
    return rule[:1] in _BOTTOM


def top(rule: str) -> bool:
    """Say whether the ruler is surely the first one of its table."""
    return rule[0] in _CORNERS


def has_bar(text: str) -> bool:
    """Say whether there is a bar in the line."""
    return "|" in text or (not text.isascii() and _UNICODE_BAR.search(text) is not None)


def odd_bar(rule: str) -> str:
    """Return the bar that goes with a ruler of dots or hearts, or ""."""
    if len(rule) < 5 or rule[0] not in ".:❤":
        return ""
    return next(
        (bar for bar, drawn in _ODD.items() if drawn.issuperset(rule) and rule[1] != ":"), ""
    )


@lru_cache(maxsize=8)
def _splitter(bars: str) -> re.Pattern[str]:
    """Return what parts the cells; a colon only where a blank is beside it."""
    return re.compile(r"(?:\A|(?<=\s)):(?=\s|\Z)" if bars == ":" else f"[{bars}]")


class Cut(NamedTuple):
    """How the lines of one table are cut.

    left, right   there is a bar before the first and behind the last cell
    bars          the characters that part cells
    edges         where the ruler has its joints: one more than columns, or ()
    starts        where cells begin in a frame that has no bars inside, or ()
    """

    columns: int
    left: bool
    right: bool
    bars: str
    edges: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()

    def raw(self, text: str) -> list[str] | None:
        """Return the cells with their blanks, or None where the line is no row."""
        if self.starts:
            return self._by_starts(text)
        if self.bars != "|":
            parts = _splitter(self.bars).split(text)
        elif "\\|" in text:
            parts = [part.replace(_HIDDEN, "|") for part in text.replace("\\|", _HIDDEN).split("|")]
        else:
            parts = text.split("|")
        wanted = self.columns + self.left + self.right
        if len(parts) < wanted:
            return None
        if len(parts) > wanted:
            return self._by_edges(text) or self._joined(parts, text)
        if self.left and parts[0] and not parts[0].isspace():
            return None
        if self.right and parts[-1] and not parts[-1].isspace():
            return None
        return parts[self.left : len(parts) - self.right]

    def is_rule(self, stripped: str) -> bool:
        """Say whether a line without outer blanks is a ruler of this table."""
        return is_rule(stripped) or (self.bars in _ODD and odd_bar(stripped) == self.bars)

    def _by_starts(self, text: str) -> list[str] | None:
        """Cut a line between two outer bars where the names above it begin."""
        inner = text.strip()
        if len(inner) < 2 or inner[0] not in self.bars or inner[-1] not in self.bars:
            return None
        inner = inner[1:-1]
        ends = (*self.starts[1:], len(inner))
        return [inner[start:end] for start, end in zip(self.starts, ends, strict=True)]

    def _by_edges(self, text: str) -> list[str] | None:
        """Cut where the ruler has its joints: the cells hold bars of their own."""
        if not self.edges or not self.left or len(text) <= self.edges[-1]:
            return None
        if not all(_ANY_BAR.match(text[edge]) for edge in self.edges):
            return None
        ends = self.edges[1:]
        return [text[a + 1 : b] for a, b in zip(self.edges, ends, strict=False)]

    def _joined(self, parts: list[str], text: str) -> list[str] | None:
        """Join what is too much into the last cell."""
        if self.left != (not parts[0].strip()) or (self.right and parts[-1].strip()):
            return None
        bar = next(each for each in text if each in self.bars)
        inner = parts[self.left : len(parts) - self.right]
        return [*inner[: self.columns - 1], bar.join(inner[self.columns - 1 :])]


def find_cut(head: str, rule: str = "") -> Cut | None:
    """Return how the lines of a table are cut, told by its head and a ruler, if they agree."""
    unicode = _UNICODE_BAR.search(head) is not None
    parts = _UNICODE_BAR.split(head) if unicode else head.replace("\\|", _HIDDEN).split("|")
    left, right = not parts[0].strip(), not parts[-1].strip()
    bars = BARS if unicode else "|"
    if not rule:
        return Cut(len(parts) - 2, left, right, bars) if left and right else None
    count = groups(rule)
    if len(parts) == count:
        left = right = False
    elif len(parts) == count + 1:
        left, right = (True, False) if left else (False, right)
    if len(parts) - left - right != count:
        return None
    strokes = _STROKES + ": "
    joints = [at for at, each in enumerate(rule) if each not in strokes]
    edges = tuple(joints) if left and right and len(joints) == count + 1 else ()
    return Cut(count, left, right, bars, edges)


def odd_cut(head: str, bar: str) -> Cut | None:
    """Return how the lines of a table with bars of a kind are cut, told by its head."""
    parts = _splitter(bar).split(head.strip() if bar == ":" else head)
    left = right = bar == ":"
    columns = len(parts) - left - right
    if columns < 2 or (left and (parts[0] or parts[-1])):
        return None
    return Cut(columns, left, right, bar)


def framed_cut(head: str, bars: str) -> Cut | None:
    """Return how lines in a frame without bars inside are cut: three blanks part its names."""
    inner = head.strip()[1:-1]
    starts = [found.end() for found in re.finditer(r"(?<=\S) {3,}(?=\S)", inner)]
    if not starts or not inner.isascii():
        return None
    return Cut(len(starts) + 1, left=True, right=True, bars=bars, starts=(0, *starts))
