"""The elements of an XML text while it grows: which repeat, and the cells of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

_HELD = 1 << 20  # characters of one element
_DEEPEST = 30
_MOST_CELLS = 2_000
_FEWEST_CELLS = 2


@dataclass
class _Element:
    """An element that has begun."""

    name: str
    cells: dict[str, list[str]]
    text: list[str] = field(default_factory=list)
    children: dict[str, int] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)  # children with cells of their own
    rows: bool = False  # what repeats is inside of it


class Elements:
    """Reads elements as their text comes.

    rows      the cells of the elements at the depth that was asked for, by their names
    repeated  the smallest depth at which elements with cells follow each other, or 0
    ended     the first element has ended
    """

    def __init__(self, depth: int | None) -> None:
        """Give out rows at this depth; None only looks for one that repeats."""
        self.rows: list[dict[str, str]] = []
        self.repeated = 0
        self.ended = False
        self._depth = depth
        self._stack: list[_Element] = []
        self._bad = False
        self._held = 0
        self._name = ""  # of the elements that are rows
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, text: str) -> bool:
        """Read more text; say whether it is XML made of records so far."""
        self._held += len(text)
        if self._held > _HELD:
            return False
        try:
            self._parser.Parse(text.encode("utf-8", "replace"))
        except expat.ExpatError:
            return self.ended and not self._bad
        return not self._bad

    def _refuse(self, *_given: object) -> None:
        self._bad = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self._stack)
        if depth > _DEEPEST:
            self._bad = True
        if self._bad:
            return
        if self._stack:
            above = self._stack[-1]
            above.children[name] = above.children.get(name, 0) + 1
            self._bad = any(map(str.strip, above.text))  # words beside elements: a text
            above.text.clear()
        cells = {key: [value] for key, value in attributes.items() if not key.startswith("xmlns")}
        self._stack.append(_Element(name, cells))

    def _data(self, data: str) -> None:
        if self._stack and not self._bad:
            element = self._stack[-1]
            if not element.children:
                element.text.append(data)
            elif data.strip():
                self._bad = True

    def _end(self, _name: str) -> None:
        if self._bad:
            return
        element = self._stack.pop()
        depth = len(self._stack)
        if element.rows and any(element.children[name] == 1 for name in element.records):
            self.repeated, self._bad = 0, self._depth is None  # much besides the rows
        if not depth:
            self.ended = True
            return
        self._close(element, depth)
        if depth == self._depth:
            self._row(element)
        elif self._depth is None or depth > self._depth:
            self._join(element, self._stack[-1])

    def _close(self, element: _Element, depth: int) -> None:
        """Complete the cells of an element, and see whether it repeats."""
        words = "".join(element.text).strip()
        if words or not (element.children or element.cells):
            element.cells = {"": [words], **element.cells}
        if len(element.cells) < _FEWEST_CELLS or element.rows:
            return
        above = self._stack[-1]
        above.records.add(element.name)
        if above.children[element.name] > 1 and not 0 < self.repeated <= depth:
            self.repeated = depth
            for each in self._stack:
                each.rows = True

    def _join(self, element: _Element, above: _Element) -> None:
        """Make the cells of an element cells of the one around it."""
        if len(above.cells) + len(element.cells) > _MOST_CELLS:
            self._bad = True
            return
        for name, value in element.cells.items():
            whole = f"{element.name}.{name}" if name else element.name
            above.cells.setdefault(whole, []).extend(value)

    def _row(self, element: _Element) -> None:
        """Give out an element; the first one with cells says how the others are called."""
        if not self._name and len(element.cells) < _FEWEST_CELLS:
            return
        self._name = self._name or element.name
        if element.name != self._name:
            self._bad = True  # records of two kinds
            return
        own = element.cells.pop("", None)
        if own is not None:
            element.cells[element.name] = own
        self.rows.append({name: ", ".join(values) for name, values in element.cells.items()})
        self._held = 0
