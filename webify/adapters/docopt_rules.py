"""docopt: rules between the parameters of one command, from its groups and its usage lines."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, Sequence, Set, Tuple

from webify.adapters.docopt_lines import Items, Level
from webify.model.command import Constraint, Way

Addresses = Dict[str, str]  # address by name


def rules(level: Level, addresses: Addresses) -> Tuple[Constraint, ...]:
    """Return the rules that hold for each way to call the command."""
    found: List[Constraint] = []
    alone = len(level.lines) == 1
    for line in level.lines:
        for either, needed in _eithers(line, level):
            found += _of_group(either, level, addresses, needed=needed and alone)
    if not alone:
        found += _of_lines(level, addresses)
    return tuple(dict.fromkeys(each for each in found if len(each.members) > 1))


def ways(level: Level, addresses: Addresses) -> Tuple[Way, ...]:
    """Return each usage line of a level, where any of them takes positional arguments."""
    found = [_way(line, level, addresses) for line in level.lines]
    return tuple(found) if any(way.places for way in found) else ()


def _way(line: Items, level: Level, addresses: Addresses) -> Way:
    places: Dict[str, Tuple[int, Optional[int]]] = {}
    for name, least, most in _places(line, level, needed=True, again=False):
        known_least, known_most = places.get(name, (0, 0))
        many = known_most is None or most is None
        places[name] = (known_least + least, None if many else (known_most or 0) + (most or 0))
    shared = [addresses[name] for name in level.shared if name in addresses]
    takes = [addresses[leaf.name] for leaf in _flat(line) if leaf.name in addresses]
    needs = [leaf.name for leaf in level.needed(line) if leaf.name not in level.shared]
    return Way(
        tuple((addresses[name], *counts) for name, counts in places.items()),
        tuple(addresses[n] for n in needs if n in addresses and n not in places),
        tuple(dict.fromkeys([*takes, *shared])),
    )


def _places(
    items: Sequence[Any], level: Level, *, needed: bool, again: bool
) -> Iterator[Tuple[str, int, Optional[int]]]:
    """Yield each positional argument of a line with the least and the most words that it takes."""
    for item in items:
        kind = level.kinds.kind(item)
        if kind == "argument" or (kind == "command" and item.name == "-"):
            yield item.name, 1 if needed else 0, None if again else 1
        elif hasattr(item, "children"):
            inner = tuple(item.children)
            least = needed and kind in ("required", "again")
            lone = sum(level.kinds.kind(leaf) == "argument" for leaf in _flat(inner)) == 1
            many = again or (kind == "again" and lone)
            yield from _places(inner, level, needed=least, again=many)


def _eithers(line: Items, level: Level, *, needed: bool = True) -> Iterator[Tuple[Any, bool]]:
    """Yield the groups of alternatives of a line, and whether one of them has to be taken."""
    for item in line:
        kind = level.kinds.kind(item)
        if kind == "either":
            yield item, needed
        elif kind == "optional":
            inner = tuple(item.children)
            yield from _eithers(inner, level, needed=False)
        elif kind == "required":
            yield from _eithers(tuple(item.children), level, needed=needed)


def _of_group(either: Any, level: Level, addresses: Addresses, *, needed: bool) -> List[Constraint]:
    branches = [
        tuple(each.children) if hasattr(each, "children") else (each,) for each in either.children
    ]
    if any(level.kinds.kind(each) in ("optional", "options") for each in either.children):
        needed = False
    return _exclusive(branches, level, addresses, needed=needed)


def _of_lines(level: Level, addresses: Addresses) -> List[Constraint]:
    return _exclusive(level.lines, level, addresses, needed=True)


def _exclusive(
    ways: Sequence[Items], level: Level, addresses: Addresses, *, needed: bool
) -> List[Constraint]:
    """Return the rule that one of these ways is taken, where each has a key of its own.

    A key is what a way needs and no other way takes; all that only it takes needs the key.
    """
    needs = [_names(level.needed(way)) for way in ways]
    takes = [_names(_flat(way)) for way in ways]
    keys: List[Optional[str]] = []
    for index, names in enumerate(needs):
        others: Set[str] = set().union(*(t for i, t in enumerate(takes) if i != index))
        keys.append(next((n for n in names if n not in others and n in addresses), None))
    known = [key for key in keys if key is not None]
    complete = needed and len(known) == len(ways)
    members = tuple(dict.fromkeys(addresses[key] for key in known))
    found = [Constraint("exclusive", members, complete)] if len(known) > 1 else []
    for index, key in enumerate(keys):
        if key is not None and complete:
            found += _with_key(key, index, needs, takes, level, addresses)
    return found


def _with_key(
    key: str,
    index: int,
    needs: Sequence[List[str]],
    takes: Sequence[List[str]],
    level: Level,
    addresses: Addresses,
) -> Iterator[Constraint]:
    common = set.intersection(*map(set, needs))
    for name in needs[index]:
        if name != key and name not in common and name in addresses:
            yield Constraint("requires", (addresses[key], addresses[name]))
    for name in takes[index]:
        others = any(name in each for i, each in enumerate(takes) if i != index)
        if name != key and not others and name in addresses and name not in level.shared:
            yield Constraint("requires", (addresses[name], addresses[key]))


def _names(leaves: Sequence[Any]) -> List[str]:
    return list(dict.fromkeys(leaf.name for leaf in leaves))


def _flat(items: Sequence[Any]) -> List[Any]:
    found: List[Any] = []
    for item in items:
        found += _flat(item.children) if hasattr(item, "children") else [item]
    return found
