"""Two texts compared line by line, as far as a page can show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from webify.readers.terminal import Terminal
from webify.web.output import piece

COMPARED = 5_000  # lines of each text that are compared; finding differences grows with the square
READ = 2_000_000  # bytes of each text in which those lines are looked for
AROUND = 2  # lines shown before and after a change
SHOWN = 1_000  # lines of changes on a page
LONGEST = 1_000  # characters of a line that are shown


@dataclass(frozen=True)
class LineChange:
    """One line of a comparison.

    kind   "gone", "added", "same", or "skip" for lines that are the same and not shown
    old, new   its number in each text, None where it is not there; for "skip", how many they are
    """

    kind: str
    old: int | None
    new: int | None
    text: str = ""


@dataclass(frozen=True)
class TextChanges:
    """What differs between two texts.

    cut    only the beginnings were compared
    more   lines of changes that are too many for a page
    """

    lines: tuple[LineChange, ...]
    added: int
    gone: int
    cut: bool = False
    more: int = 0


def compare_texts(old: Path, new: Path) -> TextChanges:
    """Compare two logs, their beginnings where they are long."""
    (before, cut), (after, cut_too) = beginning(old), beginning(new)
    steps = opcodes(before, after)
    gone = sum(b - a for tag, a, b, _, _ in steps if tag != "equal")
    added = sum(d - c for tag, _, _, c, d in steps if tag != "equal")
    lines = list(changes(steps, before, after))
    return TextChanges(
        tuple(lines[:SHOWN]), added, gone, cut or cut_too, max(0, len(lines) - SHOWN)
    )


def beginning(path: Path) -> tuple[list[str], bool]:
    """Return the first lines of a log as they read, and whether there are more."""
    data = piece(path, 0, READ)
    terminal = Terminal()
    lines = [line.text.rstrip() for line in (*terminal.feed(data), *terminal.finish())]
    size = path.stat().st_size if path.exists() else 0
    return lines[:COMPARED], len(lines) > COMPARED or size > READ


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from one to the other; what both begin and end with is left out first."""
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    rest = range(1, least - head + 1)
    tail = next((at - 1 for at in rest if old[-at] != new[-at]), least - head)
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail])
    steps = [
        (tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in middle.get_opcodes()
    ]
    ends = [("equal", 0, head, 0, head)] if head else []
    if tail:
        steps.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return [*ends, *steps]


def changes(
    steps: Sequence[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[LineChange]:
    """Yield the lines of a page: changes, and a few lines around them."""
    for number, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            first = AROUND if number else 0
            last = AROUND if number < len(steps) - 1 else 0
            yield from same(old, (a, b, c), first, last)
            continue
        for at in range(a, b):
            yield LineChange("gone", at + 1, None, old[at][:LONGEST])
        for at in range(c, d):
            yield LineChange("added", None, at + 1, new[at][:LONGEST])


def same(
    lines: Sequence[str], where: tuple[int, int, int], first: int, last: int
) -> Iterator[LineChange]:
    """Yield the first and the last of some lines that are the same."""
    a, b, c = where
    left_out = range(a + first, b - last)
    for at in range(a, b):
        if len(left_out) < 2 or at not in left_out:
            yield LineChange("same", at + 1, at - a + c + 1, lines[at][:LONGEST])
        elif at == left_out.start:
            yield LineChange("skip", len(left_out), len(left_out))
