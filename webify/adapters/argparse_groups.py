"""argparse: the headings of a parser, and which of its arguments exclude each other."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from webify.adapters.argparse_action import filled, left_out, worded
from webify.adapters.sharing import Entry
from webify.model.command import Constraint, Group


def headings(parser: Any) -> Tuple[Tuple[Group, ...], Dict[int, str]]:
    """Return the headings that the tool's author wrote, and id(action) -> name of its heading."""
    made: Dict[str, Group] = {}
    named: Dict[int, str] = {}
    plain = (getattr(parser, "_positionals", None), getattr(parser, "_optionals", None))
    pending = list(parser._action_groups)
    while pending:
        group = pending.pop(0)
        pending = [each for each in group._action_groups if each is not group] + pending
        if any(group is each for each in plain):
            continue
        actions = [each for each in group._group_actions if not left_out(each)]
        if not actions:
            continue
        title = worded(group.title)
        name = title or f"group {len(made) + 1}"
        help_ = filled(group.description, parser.prog)
        made.setdefault(name, Group(name, title, help_))
        named.update((id(action), name) for action in actions)
    return tuple(made.values()), named


def apart(parser: Any) -> List[Any]:
    """Return the actions of exclusive groups that hold more than one dest."""
    found: List[Any] = []
    for group in parser._mutually_exclusive_groups:
        if len({action.dest for action in group._group_actions}) > 1:
            found.extend(group._group_actions)
    return found


def exclusives(parser: Any, entries: List[Entry]) -> Tuple[Tuple[Constraint, ...], Tuple[str, ...]]:
    """Return the exclusive groups, and the addresses of those that are required alone."""
    addresses: Dict[int, str] = {}
    for entry in entries:
        for action in entry.source if isinstance(entry.source, tuple) else (entry.source,):
            addresses[id(action)] = entry.parameter.address
    made, alone = [], []
    for group in parser._mutually_exclusive_groups:
        known = (addresses.get(id(action)) for action in group._group_actions)
        members = tuple(dict.fromkeys(address for address in known if address))
        if len(members) > 1:
            title = worded(getattr(group, "title", None))
            made.append(Constraint("exclusive", members, bool(group.required), title))
        elif members and group.required:
            alone.append(members[0])
    return tuple(made), tuple(alone)
