"""What the page of a comparison shows: the tables of two runs, and what differs between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from webify.errors import TableUnknown
from webify.model.block import LOG, Block
from webify.rows.compare import Result
from webify.rows.comparisons import Comparisons, Progress
from webify.rows.differences import KINDS, SIZE, Difference, differences
from webify.rows.matching import WHOLE, Match, Side, matches

WHOLE_ROW = ":row"
MOST_COLUMNS = 50  # of a table of differences
MOST_CHOICES = 200  # columns that are offered as a key
PAGE = re.compile(r"[1-9][0-9]{0,9}")


@dataclass(frozen=True)
class Wanted:
    """What an address asks to see of one table: a key by names, a kind of change, a page."""

    key: tuple[str, ...] = ()
    kind: str = ""
    page: int = 1


@dataclass(frozen=True)
class TablePair:
    """A table that both runs have.  number: 1, 2, 3 ... in the order of the second run."""

    number: int
    title: str
    old: Side
    new: Side

    @cached_property
    def both(self) -> tuple[Match, ...]:
        """Return the columns of both."""
        return matches(self.old.table, self.new.table)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the columns that can be a key: the word in an address, and the name."""
        return [(self.word(at), self.both[at].name) for at in self.shared[:MOST_CHOICES]]

    @cached_property
    def shared(self) -> list[int]:
        """Return the columns that both have."""
        return [at for at, match in enumerate(self.both) if match.shared]

    def word(self, at: int) -> str:
        """Return what stands for a column in an address: its name, or "#3"."""
        name = self.both[at].column.name
        alone = sum(self.both[other].column.name == name for other in self.shared) == 1
        return name if name and alone and not name.startswith(("#", ":")) else f"#{at + 1}"

    def key_of(self, words: Sequence[str]) -> tuple[tuple[int, ...] | None, list[str]]:
        """Return the key that words of an address name, None to guess; and the words it has not."""
        if WHOLE_ROW in words:
            return WHOLE, []
        known = {self.word(at): at for at in self.shared}
        key = tuple(dict.fromkeys(known[word] for word in words if word in known))
        return key or None, [word for word in words if word not in known]


@dataclass(frozen=True)
class Section:
    """One table as the page shows it.

    found      None while it is being made, or where it could not be
    unknown    words of the key that name no column of both
    """

    pair: TablePair
    wanted: Wanted
    found: Result | None
    progress: Progress | None
    fault: str
    unknown: tuple[str, ...]
    rows: tuple[Difference, ...] = ()
    file: Path | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind of difference; "" is all of them."""
        if self.found is None:
            return {}
        return {"": self.found.total, **{kind: getattr(self.found, kind) for kind in KINDS}}

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.counts.get(self.wanted.kind, 0) // SIZE))

    @property
    def first(self) -> int:
        """Return the number of the first difference shown."""
        return (self.wanted.page - 1) * SIZE + 1

    @property
    def key_names(self) -> list[str]:
        """Return the names of the columns that rows are matched by."""
        return [self.pair.both[at].name for at in self.found.key] if self.found else []

    @property
    def key_words(self) -> list[str]:
        """Return them as an address names them."""
        if self.found is None:
            return []
        return [self.pair.word(at) for at in self.found.key] or [WHOLE_ROW]

    @cached_property
    def columns(self) -> list[int]:
        """Return the columns that are shown: the key first, those with changes before others."""
        key = list(self.found.key) if self.found else []
        others = [at for at in range(len(self.pair.both)) if at not in key]
        if len(key) + len(others) > MOST_COLUMNS:
            changed = {at for at in others if any(row.cells[at].changed for row in self.rows)}
            others = sorted(others, key=lambda at: at not in changed)[: MOST_COLUMNS - len(key)]
        return [*key, *sorted(others)]

    @property
    def left_out(self) -> int:
        """Return how many columns are not shown."""
        return len(self.pair.both) - len(self.columns)

    @property
    def only(self) -> tuple[list[str], list[str]]:
        """Return the columns that only the first, and only the second run has."""
        both = self.pair.both
        return (
            [match.name for match in both if match.new is None],
            [match.name for match in both if match.old is None],
        )


def wanted_of(number: int, given: Mapping[str, Sequence[str]]) -> Wanted:
    """Return what an address asks of a table, "1.key" or plain "key"; nonsense is ignored."""

    def said(name: str) -> Sequence[str]:
        return given.get(f"{number}.{name}") or given.get(name) or ("",)

    kind, page = said("kind")[0], said("page")[0]
    return Wanted(
        tuple(dict.fromkeys(word[:200] for word in said("key") if word))[:20],
        kind if kind in KINDS else "",
        int(page) if PAGE.fullmatch(page) else 1,
    )


def section_of(
    pair: TablePair, wanted: Wanted, comparisons: Comparisons, wait: float | None
) -> Section:
    """Return one table compared; waited for so many seconds, for ever where that is None."""
    key, unknown = pair.key_of(wanted.key)
    found: Result | None = None
    try:
        made = comparisons.get(pair.old, pair.new, key, wait)
        if isinstance(made, Progress):
            return Section(pair, wanted, None, made, "", tuple(unknown))
        found = made
        file = comparisons.path(pair.old, pair.new, key)
        section = Section(pair, wanted, found, None, "", tuple(unknown))
        page = min(wanted.page, section.pages)
        rows = differences(file, pair.old, pair.new, wanted.kind, (page - 1) * SIZE)
    except TableUnknown as error:
        return Section(pair, wanted, None, None, f"{error}.", tuple(unknown))
    at = Wanted(wanted.key, wanted.kind, page)
    return Section(pair, at, found, None, "", tuple(unknown), rows, file)


def pairs_of_tables(
    old: Sequence[Block], new: Sequence[Block], paths: tuple[Path, Path]
) -> tuple[list[TablePair], list[Block], list[Block]]:
    """Return the tables that both runs have, and those that only the first or the second has."""
    before, after = tables(old), tables(new)
    found: dict[int, Block] = {}
    for same in (_title_and_columns, _columns, _title, _anything):
        for at, block in enumerate(after):
            other = next((each for each in before if same(each) == same(block)), None)
            if at not in found and other is not None:
                found[at] = other
                before.remove(other)
    pairs = [
        TablePair(number, after[at].title or found[at].title, *_sides(found[at], after[at], paths))
        for number, at in enumerate(sorted(found), 1)
    ]
    return pairs, before, [block for at, block in enumerate(after) if at not in found]


def tables(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are tables; a log is text that came with time."""
    return [block for block in blocks if block.table is not None and block.kind != LOG]


def pairs(blocks: Sequence[Block]) -> dict[tuple[str, int], str]:
    """Return all names and values of an output; a name that stands again is counted."""
    found: dict[tuple[str, int], str] = {}
    for name, value in (each for block in blocks for each in block.pairs):
        count = 0
        while (name, count) in found:
            count += 1
        found[name, count] = value
    return found


def changed_pairs(
    old: Sequence[Block], new: Sequence[Block]
) -> list[tuple[str, str | None, str | None]]:
    """Return the names whose values differ, with both; None where there is none."""
    before, after = pairs(old), pairs(new)
    return [
        (key[0], before.get(key), after.get(key))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
    ]


def _sides(old: Block, new: Block, paths: tuple[Path, Path]) -> tuple[Side, Side]:
    if old.table is None or new.table is None:
        raise TableUnknown("This block is not a table")
    return Side(paths[0], old.table), Side(paths[1], new.table)


def _columns(block: Block) -> object:
    return [column.name for column in block.table.columns] if block.table else None


def _title(block: Block) -> object:
    return block.title


def _title_and_columns(block: Block) -> object:
    return block.title, _columns(block)


def _anything(_block: Block) -> object:
    return None
