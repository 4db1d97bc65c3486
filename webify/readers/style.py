"""Colours and weights that a terminal knows, as class words for a page."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_ON = {1: "b", 2: "dim", 3: "i", 4: "u", 7: "rev", 9: "s"}
_OFF = {21: "b", 22: "b dim", 23: "i", 24: "u", 27: "rev", 29: "s"}


class Style(NamedTuple):
    """What is switched on: class words, and the names of two colours ("" is the page's own)."""

    on: frozenset[str] = frozenset()
    front: str = ""
    back: str = ""


PLAIN = Style()


@lru_cache(maxsize=512)
def words(style: Style) -> str:
    """Return the class words of a style: "b fg-red", or "" for plain text."""
    found = sorted(style.on)
    if style.front:
        found.append(f"fg-{style.front}")
    if style.back:
        found.append(f"bg-{style.back}")
    return " ".join(found)


@lru_cache(maxsize=512)
def restyle(style: Style, numbers: str) -> Style:
    """Return the style after the numbers of one SGR escape: "1;31"."""
    if numbers[:1] in "<=>?" and numbers:
        return style
    codes = [_number(word) for word in numbers.replace(":", ";").split(";")]
    at = 0
    while at < len(codes):
        code = codes[at]
        if code in (38, 48):
            colour, used = _wide_colour(codes[at + 1 : at + 6])
            style = style._replace(front=colour) if code == 38 else style._replace(back=colour)
            at += used
        else:
            style = _simple(style, code)
        at += 1
    return style


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 4 else 0


def _simple(style: Style, code: int) -> Style:
    if code == 0:
        return PLAIN
    if code in _ON:
        return style._replace(on=style.on | {_ON[code]})
    if code in _OFF:
        return style._replace(on=style.on - set(_OFF[code].split()))
    if 30 <= code <= 37 or 90 <= code <= 97 or code == 39:
        return style._replace(front=_named(code - 30))
    if 40 <= code <= 47 or 100 <= code <= 107 or code == 49:
        return style._replace(back=_named(code - 40))
    return style


def _named(code: int) -> str:
    if code < 8:
        return _COLOURS[code]
    return f"bright-{_COLOURS[code - 60]}" if code >= 60 else ""


def _wide_colour(codes: list[int]) -> tuple[str, int]:
    """Return the nearest of the 16 colours for "5;n" or "2;r;g;b", and how many were used."""
    if codes[:1] == [5] and len(codes) > 1:
        return _of_256(codes[1]), 2
    if codes[:1] == [2] and len(codes) > 3:
        return _nearest(codes[1], codes[2], codes[3]), 4
    return "", len(codes)


def _of_256(code: int) -> str:
    if code < 8:
        return _COLOURS[code]
    if code < 16:
        return f"bright-{_COLOURS[code - 8]}"
    if code < 232:
        steps = (0, 95, 135, 175, 215, 255)
        code -= 16
        return _nearest(steps[code // 36], steps[code // 6 % 6], steps[code % 6])
    grey = 8 + 10 * (min(code, 255) - 232)
    return _nearest(grey, grey, grey)


def _nearest(red: int, green: int, blue: int) -> str:
    top = max(red, green, blue)
    if top - min(red, green, blue) < 32:
        greys = ("black", "bright-black", "white", "bright-white")
        return greys[min(3, top // 64)]
    half = (top + min(red, green, blue)) / 2
    index = (red > half) + 2 * (green > half) + 4 * (blue > half)
    return f"bright-{_COLOURS[index]}" if top > 200 else _COLOURS[index]
