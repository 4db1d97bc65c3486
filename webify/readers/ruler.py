"""Lines of dashes under, over and between the lines of a table."""

from __future__ import annotations

import re
from itertools import pairwise

from webify.readers.layout import Gap, Layout

_RULER = re.compile(
    r"\s*(?=.{0,200}?[-=─━═~]{2})(?:[-=─━═~]|\+\+\+-)(?:[-=─━═~]|[ +|](?=[-=─━═~ +|]|\Z))*\Z"
)
_STROKE = re.compile(r"[-=─━═~]+")
_DOUBLE = re.compile(r"=+")
_LONGEST = 1 << 14


def is_ruler(text: str) -> bool:
    """Say whether a line is of dashes alone."""
    head = text[:80].lstrip()[:1]
    if not head or head not in "-+=─━═~" or len(text) > _LONGEST:
        return False
    return _RULER.match(text) is not None


def ruler_layout(ruler: str) -> Layout | None:
    """Return the gaps between the strokes of a ruler, or None where it is one stroke.

    Strokes of = that single - part, as dpkg draws them, are strokes too.
    """
    text = ruler.rstrip()
    stroke = _DOUBLE if text.startswith("+++-=") else _STROKE
    spans = [match.span() for match in stroke.finditer(text)]
    if stroke is _DOUBLE:
        spans.insert(0, (0, 3))
    if len(spans) < 2:
        return None
    gaps = [Gap(a[1], b[0]) for a, b in pairwise(spans)]
    bars = frozenset(at for gap in gaps for at in range(gap.start, gap.end) if text[at] in "+|")
    return Layout(gaps, bars)
