"""Whether lines that share gaps are a table, and not text that happens to align."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from webify.readers.layout import Layout

ROWS = 3  # rows that make a table certain
_FEW = 6  # one of so many columns may hold its own name: S under S
_MOST_WORDS = 5
_MOST_TOGETHER = 5  # words of a head that two blanks do not part, unless they are in capitals
_WIDEST_NAME = 60
_SIGN = re.compile(r"""[;{}"`\\<>=]|: \S""")  # no name holds one
_FIGURE = re.compile(r"[-+]?\d[\d.,:%/-]*(?:$|\s+[^\w(])")  # nor begins like this
_SENTENCE = re.compile(r"(?:\w{4}\?|\w\.)\Z")  # nor ends like this
_NO_CELL = re.compile(r"[^# ]  |^\(|^/\w|^(?=\D*\d)[0-9a-f]{7,}$")  # two, a remark, a path, a hash
_TAG = re.compile(r"^\*\S.*\*$|^\|\S.*\|$|(?:^|\s)~$")  # as the help of an editor has them
_DATA = re.compile(r"\d|(?<!\S)--?(?!\S)")
_DATUM = re.compile(r"[-+(~<$€£¥]{0,2}\d|[0-9a-f]*\d[0-9a-f]*\b|0x|--?\Z")


@lru_cache(maxsize=8)  # each line is looked at as a head, and below one
def possible_head(text: str) -> bool:
    """Say whether a line may be a head, as far as it alone tells."""
    words = text.strip()
    return 1 < len(words) < 2000 and not _no_name(words)


def _no_name(words: str) -> bool:
    """Say whether words cannot be a name, as far as signs tell.  Asked of each line, thus quick."""
    return bool(
        words
        and (
            words[0] in "-'"
            or words[-1] in ":,!"
            or _SIGN.search(words)
            or "://" in words
            or _FIGURE.match(words)
            or (words[-1] in "?." and _SENTENCE.search(words[-5:]))
        )
    )


def together(segments: Sequence[str]) -> bool:
    """Say whether so many words stand together that they are a sentence, not names."""
    for words in map(str.split, segments):
        small = sum(word[:1].islower() for word in words)
        if len(words) > _MOST_TOGETHER and small * 2 > len(words):
            return True
    return False


def hopeful(segments: Sequence[str], rows: Sequence[str]) -> bool:
    """Say whether a head and rows are worth a closer look: a quick check that most text fails."""
    if any(map(_no_name, segments)):
        return False
    capital = all(each[:1].isupper() for each in segments)
    return capital or _shouted(segments) or any(map(_DATA.search, rows))


def convincing(
    names: Sequence[str], cells: Sequence[Sequence[str]], layout: Layout, *, ruled: bool
) -> bool:
    """Say whether these are the names and the first rows of a table."""
    strong = sum(1 for gap in layout.gaps if not gap.weak)
    weak = len(layout.gaps) - strong
    shouted = _shouted(names)
    if not strong and not (shouted and weak > 1):
        return False
    if not _names(names) or not (_filled(cells, weak=weak > 0) or (shouted and _mostly(cells))):
        return False
    columns = list(zip(*cells, strict=True))
    repeated = sum(1 for at, name in enumerate(names) if name and name in columns[at])
    if repeated * _FEW > len(names) or any(map(_merged, columns)):
        return False
    data = _contrasts(names, cells)
    if len(cells) < ROWS:
        few = shouted or (data > 1 if weak else ruled or data > 0)
        return few and (ruled or layout.count > 2) and (shouted or weak <= strong)
    if ruled or shouted or data:
        return True
    return layout.count > 2 and all(name[:1].isupper() for name in names if name)


def _merged(column: Sequence[str]) -> bool:
    """Say whether most cells of a column are two, with a wide gap in between."""
    gaps = sum(1 for cell in column if "  " in cell)
    return gaps * 2 > len(column) and any("   " in cell for cell in column)


def _filled(cells: Sequence[Sequence[str]], *, weak: bool) -> bool:
    """Say whether each row has two cells at least, or goes on with one of the row above."""
    counts = [sum(map(bool, row)) for row in cells]
    return counts[0] > 1 and all(
        count > 1 or (not weak and not row[0]) for count, row in zip(counts, cells, strict=True)
    )


def _mostly(cells: Sequence[Sequence[str]]) -> bool:
    """Say whether one row of three has its first cell alone, as a disk over its parts."""
    counts = sorted(sum(map(bool, row)) for row in cells)
    return len(counts) == ROWS and counts[0] == 1 < counts[1] and all(row[0] for row in cells)


def _names(names: Sequence[str]) -> bool:
    """Say whether these can be the names of columns; the first and the last may have none."""
    return all(names[1:-1]) and sum(map(bool, names)) > 1 and not any(map(_unnamed, names))


def _unnamed(name: str) -> bool:
    """Say whether this cannot be the name of a column."""
    return bool(
        _no_name(name)
        or _NO_CELL.search(name)
        or _TAG.search(name)
        or len(name) > _WIDEST_NAME
        or len(name.split()) > _MOST_WORDS
    )


def _shouted(names: Sequence[str]) -> bool:
    """Say whether the names are in capital letters."""
    joined = "".join(names)
    return joined.isupper() and sum(each.isalpha() for each in joined) > len(names)


def _contrasts(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns hold data (figures, dates, --) under a name that is none."""
    found = 0
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        filled = [cell for cell in column if cell]
        named = name and not name[0].isdigit() and len(filled) * 2 > len(rows)
        found += bool(named and all(_DATUM.match(cell) for cell in filled))
    return found
