"""Flags that write into one place: pairs that are a switch, and sets of which one may stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Sequence, Tuple

from webify.model.command import Constraint, Default, Kind, Parameter

ON, OFF = "store_true", "store_false"
_ADDS = ("append", "append_const", "extend")
_TELLS = ("help", "version", "callback")


@dataclass
class Entry:
    """A parameter on its way: the framework's own object, where it writes, what it became."""

    source: Any
    dest: str
    parameter: Parameter
    default: Any = None


def paired(entries: Sequence[Entry], apart: Sequence[Any] = ()) -> List[Entry]:
    """Join each store_true with the one store_false of its dest to a switch.

    apart holds framework objects that must stay what they are.
    """
    made: List[Entry] = []
    gone: Dict[int, int] = {}
    for entry in entries:
        partner = _partner(entry, entries)
        if partner is None or entry.source in apart or partner.source in apart:
            made.append(entry)
        elif id(partner) in gone:
            gone[id(entry)] = gone[id(partner)]
        else:
            gone[id(entry)] = len(made)
            on, off = _sorted(entry, partner)
            switch = _switch(on, off, entry)
            made.append(Entry((on.source, off.source), entry.dest, switch, entry.default))
    return made


def shared(entries: Sequence[Entry], known: Sequence[Constraint] = ()) -> Tuple[Constraint, ...]:
    """Return an exclusive constraint for each dest that several parameters write to."""
    by_dest: Dict[str, List[Parameter]] = {}
    for entry in entries:
        if entry.dest and not entry.parameter.positional and not entry.parameter.hidden:
            by_dest.setdefault(entry.dest, []).append(entry.parameter)
    found = []
    for parameters in by_dest.values():
        members = tuple(parameter.address for parameter in parameters)
        if len(members) < 2 or any(p.action in (*_ADDS, *_TELLS) for p in parameters):
            continue
        if not any(set(members) <= set(rule.members) for rule in known):
            found.append(Constraint("exclusive", members))
    return tuple(found)


def _partner(entry: Entry, entries: Sequence[Entry]) -> Any:
    same = [each for each in entries if each.dest == entry.dest]
    if len(same) != 2 or {each.parameter.action for each in same} != {ON, OFF}:
        return None
    first, second = (each.parameter for each in same)
    if first.hidden or second.hidden or first.group != second.group:
        return None
    return same[0] if same[1] is entry else same[1]


def _sorted(one: Entry, other: Entry) -> Tuple[Entry, Entry]:
    return (one, other) if one.parameter.action == ON else (other, one)


def _switch(on: Entry, off: Entry, first: Entry) -> Parameter:
    state = first.default
    default = Default("value", state) if isinstance(state, bool) else Default()
    return replace(
        on.parameter,
        kind=Kind.SWITCH,
        negations=off.parameter.spellings,
        help=_both(on.parameter, off.parameter),
        default=default,
        const=None,
        action="store_bool",
    )


def _both(on: Parameter, off: Parameter) -> str:
    """Return the help of a switch, with what the tool says of turning it off."""
    if not on.help or not off.help or on.help == off.help:
        return on.help or off.help
    return f"{on.help}\n{off.spellings[0]}: {off.help}"
