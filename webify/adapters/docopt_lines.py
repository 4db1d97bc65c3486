"""docopt: usage lines as a tree of command words, each line at the last of its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Sequence, Set, Tuple

from webify.adapters.docopt_pattern import Kinds, Parsed, tells

_MOST = 200  # lines, once alternatives of commands are written out
_SEPARATOR = "--"
_MARKS = (_SEPARATOR, "-")  # words of a pattern that are no commands

Items = Tuple[Any, ...]


@dataclass(eq=False)
class Facts:
    """What is true of a leaf at one level.

    required  each line needs it
    hidden    it is not offered
    alone     it stands where no command follows
    again     a line takes it more than once
    """

    required: bool = False
    hidden: bool = False
    alone: bool = False
    again: bool = False


@dataclass(eq=False)
class Level:
    """One command word: the lines that end with it, what stands before it, what follows it."""

    kinds: Kinds
    word: str = ""
    lines: List[Items] = field(default_factory=list)
    through: List[Items] = field(default_factory=list)  # what each line has before the word
    below: Dict[str, Level] = field(default_factory=dict)
    shared: Dict[str, Any] = field(default_factory=dict)  # options of the whole tool, by name

    def words(self) -> Set[str]:
        """Return all command words from here on."""
        found = set(self.below)
        for each in self.below.values():
            found |= each.words()
        return found

    def along(self, words: Sequence[str]) -> List[Level]:
        """Return the levels from here on whose words were given in this order, most of them."""
        found: List[Level] = []
        for each in self.below.values():
            if each.word in words:
                behind = words[list(words).index(each.word) + 1 :]
                found = max(found, each.along(behind), key=len)
        return [self, *found]

    @property
    def leading(self) -> Tuple[str, ...]:
        """Return the names of the arguments that stand before the word."""
        return tuple(dict.fromkeys(leaf.name for items in self.through for leaf in _flat(items)))

    @property
    def separated(self) -> bool:
        """Say whether each line takes "--" before its first argument."""
        asking = [line for line in self.lines if self._arguments(line)]
        return bool(asking) and all(self._separator_first(line) for line in asking)

    def _arguments(self, line: Items) -> List[Any]:
        return [leaf for leaf in _flat(line) if self.kinds.kind(leaf) == "argument"]

    def _separator_first(self, line: Items) -> bool:
        for leaf in _flat(line):
            if leaf.name == _SEPARATOR:
                return True
            if self.kinds.kind(leaf) == "argument":
                return False
        return False

    def leaves(self, parsed: Parsed, *, root: bool) -> Iterator[Tuple[Any, Facts]]:
        """Yield what this level takes, options that belong to the whole tool at the root only."""
        seen = {_SEPARATOR}
        for leaf in (leaf for items in self.through for leaf in _flat(items)):
            if leaf.name not in seen:
                seen.add(leaf.name)
                yield leaf, Facts(required=all(leaf in _flat(i) for i in self.through))
        for leaf in self.shared.values() if root else ():
            seen.add(leaf.name)
            yield leaf, Facts(hidden=tells(leaf, parsed.kinds))
        needed = [set(map(id, self.needed(line))) for line in self.lines]
        for leaf in (leaf for line in self.lines for leaf in _flat(line)):
            if leaf.name not in seen and leaf.name not in self.shared:
                seen.add(leaf.name)
                required = all(id(leaf) in each for each in needed)
                again = any(self._again(leaf, line) for line in self.lines)
                again = again and leaf.name not in parsed.once
                yield leaf, Facts(required, tells(leaf, parsed.kinds), bool(self.below), again)
        if root:
            yield from self._further(parsed, seen)

    def _further(self, parsed: Parsed, seen: Set[str]) -> Iterator[Tuple[Any, Facts]]:
        """Yield the options of single commands: docopt takes them anywhere, people there only."""
        for leaf in _flat((parsed.pattern,)):
            if parsed.kinds.kind(leaf) == "option" and leaf.name not in seen:
                seen.add(leaf.name)
                yield leaf, Facts(hidden=True, again=True)

    def _again(self, leaf: Any, line: Items, *, within: bool = False) -> bool:
        """Say whether a line takes a leaf more than once."""
        places = [item for item in line if leaf.name in (each.name for each in _flat((item,)))]
        if len(places) != 1:
            return bool(places)
        item = places[0]
        if not hasattr(item, "children"):
            return within
        again = within or self.kinds.kind(item) == "again"
        if self.kinds.kind(item) == "either":
            return any(self._again(leaf, (each,), within=again) for each in item.children)
        return self._again(leaf, tuple(item.children), within=again)

    def needed(self, line: Items) -> List[Any]:
        """Return the leaves without which a line does not hold."""
        found: List[Any] = []
        for item in line:
            kind = self.kinds.kind(item)
            if kind in ("required", "again"):
                found += self.needed(tuple(item.children))
            elif not hasattr(item, "children"):
                found.append(item)
        return found


def levels(parsed: Parsed) -> Level:
    """Return the lines of a pattern as a tree."""
    kinds = parsed.kinds
    top = Level(kinds)
    for line in _lines(parsed.pattern, kinds):
        _place(top, line, kinds)
    shared = _shared(top, kinds) if top.below and not parsed.options_first else _all(top, kinds)
    for leaf in [*shared, *parsed.told]:
        top.shared.setdefault(leaf.name, leaf)
    _share(top, top.shared)
    return top


def _place(top: Level, line: Items, kinds: Kinds) -> None:
    """Put a line below its words; arguments that stand before a word go with that word."""
    level = top
    before: List[Any] = []
    rest: List[Any] = []
    for item in line:
        if kinds.kind(item) == "command" and item.name not in _MARKS:
            level = level.below.setdefault(item.name, Level(kinds, item.name))
            level.through.append(tuple(before))
            before = []
        elif kinds.kind(item) == "argument":
            before.append(item)
        else:
            rest.append(item)
    kept = [*before, *rest]
    if kept and all(tells(leaf, kinds) for leaf in _flat(kept)):
        return  # a line that only tells how to get help
    level.lines.append(tuple(item for item in line if any(item is each for each in kept)))


def _lines(pattern: Any, kinds: Kinds) -> List[Items]:
    """Return each way to call the tool, alternatives of command words written out."""
    inner = pattern
    while kinds.kind(inner) == "required" and len(inner.children) == 1:
        inner = inner.children[0]
    either = kinds.kind(inner) == "either"
    found = [
        line for each in (inner.children if either else [inner]) for line in _ways(each, kinds)
    ]
    return found[:_MOST]


def _ways(item: Any, kinds: Kinds) -> List[Items]:
    """Return an item as sequences; one that holds no command word stays as it is."""
    kind = kinds.kind(item)
    if kind in ("required", "options") or (kind == "again" and _worded(item, kinds)):
        return (
            _product([_ways(each, kinds) for each in item.children])
            if kind != "options"
            else [(item,)]
        )
    if kind == "either" and _worded(item, kinds):
        return [way for each in item.children for way in _ways(each, kinds)]
    if kind == "optional" and _worded(item, kinds):
        return _product([[(), *_ways(each, kinds)] for each in item.children])
    return [(item,)]


def _worded(item: Any, kinds: Kinds) -> bool:
    leaves = [leaf for leaf in _flat((item,)) if leaf.name not in _MARKS]
    return any(kinds.kind(leaf) == "command" for leaf in leaves)


def _product(parts: Sequence[List[Items]]) -> List[Items]:
    found: List[Items] = [()]
    for ways in parts:
        found = [(*line, *way) for line in found for way in ways][:_MOST]
    return found


def _flat(items: Sequence[Any]) -> List[Any]:
    found: List[Any] = []
    for item in items:
        found += _flat(item.children) if hasattr(item, "children") else [item]
    return found


def _ends(level: Level) -> Iterator[Level]:
    if level.lines:
        yield level
    for each in level.below.values():
        yield from _ends(each)


def _all(top: Level, kinds: Kinds) -> List[Any]:
    """Return the options of all lines, where they must stand before the first word."""
    if not top.below:
        return []
    return [leaf for end in _ends(top) for line in end.lines for leaf in _options(line, kinds)]


def _shared(top: Level, kinds: Kinds) -> List[Any]:
    """Return the options that each line takes and none needs."""
    lines = [(end, line) for end in _ends(top) for line in end.lines]
    if not lines:
        return []
    first = _options(lines[0][1], kinds)
    return [leaf for leaf in first if all(_loose(leaf, line, end) for end, line in lines)]


def _options(line: Items, kinds: Kinds) -> List[Any]:
    return [leaf for leaf in _flat(line) if kinds.kind(leaf) == "option"]


def _loose(leaf: Any, line: Items, level: Level) -> bool:
    """Say whether a line takes the leaf, does not need it, and has no rule about it."""
    for item in line:
        kind = level.kinds.kind(item)
        plain = kind == "options" or (
            kind == "optional" and not any(hasattr(each, "children") for each in item.children)
        )
        if plain and any(each.name == leaf.name for each in item.children):
            return True
    return False


def _share(level: Level, shared: Dict[str, Any]) -> None:
    level.shared = shared
    for each in level.below.values():
        _share(each, shared)
