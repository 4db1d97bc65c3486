"""The sections of a form: fields under headings, and what is folded away at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from webify.faces.fields import Field, Section
from webify.model.command import Command

# A command with so few fields hides none of them.
_FEW = 6
# A form with more fields than a few screens hold is long: it can be searched, and shows first
# what must be answered.
LONG = 24
MORE = "More settings"


@dataclass(frozen=True)
class Line:
    """A field of a command, where it belongs, and what it is with nothing entered.

    first   it is needed, told by its place or put in front by the site: never folded away
    """

    made: Field
    untouched: Field
    group: str
    needed: bool
    aside: bool
    order: float = 0
    first: bool = False

    @property
    def changed(self) -> bool:
        """Say whether somebody has answered it."""
        return replace(self.made, fault="") != replace(self.untouched, fault="")


@dataclass(frozen=True)
class Heap:
    """The lines under one heading.

    grouped   the heading is the tool's own
    above     they belong to a command above the one that the form is for
    """

    title: str
    help: str
    lines: Sequence[Line]
    grouped: bool = False
    above: bool = False


def shown_or_aside(lines: Sequence[Line], *, may_hide: bool) -> list[Line]:
    """Leave the settings with defaults in view where there is little to see beside them."""
    hides = may_hide and len(lines) > _FEW and not all(line.aside for line in lines)
    return [line if hides else replace(line, aside=False) for line in lines]


def heaps_of(
    command: Command, lines: Sequence[Line], title: str, *, above: bool = False
) -> list[Heap]:
    """Return the lines of a command by their headings; those under none have this title."""
    plain = [line for line in lines if not line.group]
    found = [Heap(title, "", plain, above=above)]
    for group in command.groups:
        own = [line for line in lines if line.group == group.name]
        found.append(Heap(group.title, group.help, own, grouped=True))
    return [heap for heap in found if heap.lines]


def sections_of(heaps: Sequence[Heap]) -> tuple[Section, ...]:
    """Return the sections; of a long form, those where nothing must be answered are folded."""
    if sum(len(heap.lines) for heap in heaps) <= LONG:
        return tuple(folded(heap) if _many_above(heap) else _open(heap) for heap in heaps)
    parted = [part for heap in heaps for part in _parted(heap)]
    heads = [heap for heap in parted if any(line.first for line in heap.lines)]
    if not heads and len(parted[0].lines) <= LONG:
        heads = parted[:1]
    return tuple(_open(heap) if heap in heads else folded(heap) for heap in parted)


def folded(heap: Heap, *, defaults: bool = False) -> Section:
    """Return a section that opens itself where something in it wants to be seen.

    defaults: say that all of them have one.
    """
    changed = sum(line.changed for line in heap.lines)
    count = f"{len(heap.lines)} setting{'' if len(heap.lines) == 1 else 's'}"
    if changed:
        note = f"{count}, {changed} changed"
    elif defaults:
        one = len(heap.lines) == 1
        note = f"{count}, {'at its default' if one else 'all at their defaults'}"
    else:
        note = count
    fields = tuple(line.made for line in heap.lines)
    opened = bool(changed) or any(each.fault for each in every_field(fields))
    return Section(heap.title, heap.help, fields, opened=opened, note=note, folded=True)


def every_field(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield fields, and those that their options reveal."""
    for each in fields:
        yield each
        yield from (option.field for option in each.options if option.field)


def _many_above(heap: Heap) -> bool:
    """Say whether it is much that belongs to all commands, of which nothing must be answered."""
    return heap.above and len(heap.lines) > _FEW and not any(line.first for line in heap.lines)


def _open(heap: Heap) -> Section:
    return Section(heap.title, heap.help, tuple(line.made for line in heap.lines))


def _parted(heap: Heap) -> list[Heap]:
    """Return what must be answered apart from the rest, where the rest is much."""
    first = [line for line in heap.lines if line.first]
    rest = [line for line in heap.lines if not line.first]
    if heap.grouped or not first or len(rest) <= _FEW:
        return [heap]
    return [replace(heap, lines=first), Heap(MORE, "", rest)]
