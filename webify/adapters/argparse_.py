"""argparse: say in our nouns what an ArgumentParser accepts."""

from __future__ import annotations

import argparse
import inspect
from dataclasses import replace
from typing import Any, Dict, List, Optional, Tuple

from webify.adapters import argparse_action, argparse_hooks
from webify.adapters.catching import Catch
from webify.adapters.naming import Addresses, version_in
from webify.adapters.sharing import Entry, paired, shared
from webify.model.command import Command, Constraint, Group, Syntax

NAME = "argparse"
SYNTAX = Syntax(dash_lists="numbers", abbreviates=True)


def take(module: Any, catch: Catch) -> None:
    """Make every ArgumentParser of this process tell `catch` of itself; copies are left alone."""
    if module is argparse:
        argparse_hooks.install(catch, NAME)


def describe(parser: Any) -> Command:
    """Say what the parser and all its sub-parsers accept."""
    return _command(parser, parser.prog, "", inherited=(), dests={})


def version(parser: Any) -> str:
    """Return the version that the parser's own version action tells, or ""."""
    for action in parser._actions:
        if isinstance(action, argparse._VersionAction):
            return version_in(action.version or getattr(parser, "version", ""))
    return ""


def _command(
    parser: Any,
    name: str,
    prefix: str,
    inherited: Tuple[Any, ...],
    dests: Dict[str, Tuple[str, ...]],
) -> Command:
    """Describe one parser; dests says which addresses of the parsers above write where."""
    groups, headings = _groups(parser)
    entries = _entries(parser, prefix, headings)
    joined = paired(entries, apart=_apart(parser))
    constraints, required = _exclusives(parser, joined)
    below = _subparsers(parser)
    lost, rivals = _overwritten(parser, joined, dests)
    dests = dict(dests)
    for each in joined:
        dests[each.dest] = (*dests.get(each.dest, ()), each.parameter.address)
    return Command(
        name=name,
        help=filled(parser.description, parser.prog),
        epilog=filled(parser.epilog, parser.prog),
        usage=_usage(parser),
        parameters=tuple(
            replace(each.parameter, required=True)
            if each.parameter.address in required
            else each.parameter
            for each in joined
        ),
        groups=groups,
        constraints=constraints + shared(joined, constraints) + rivals,
        commands=_commands(below, prefix, (*inherited, parser), dests) if below else (),
        needs_command=bool(below is not None and below.required),
        overwrites=lost,
        syntax=_syntax(parser),
    )


def filled(text: Any, prog: str) -> str:
    """Return help text dedented, with %(prog)s filled in as argparse does it."""
    if not isinstance(text, str) or text == argparse.SUPPRESS:
        return ""
    clean = inspect.cleandoc(text)
    if "%(prog)" not in clean:
        return clean
    try:
        return clean % {"prog": prog}
    except (KeyError, ValueError, TypeError):
        return clean.replace("%(prog)s", prog)


def _entries(parser: Any, prefix: str, headings: Dict[int, str]) -> List[Entry]:
    addresses = Addresses(prefix)
    actions = [each for each in parser._actions if not _left_out(each)]
    count: Dict[str, int] = {}
    for action in actions:
        count[action.dest] = count.get(action.dest, 0) + 1
    made = []
    for action in actions:
        wishes = argparse_action.wishes(action, alone=count[action.dest] == 1)
        parameter = argparse_action.parameter(
            parser, action, addresses.take(*wishes), headings.get(id(action), "")
        )
        made.append(Entry(action, action.dest, parameter, action.default))
    return made


def _left_out(action: Any) -> bool:
    return isinstance(action, argparse._SubParsersAction) or action.nargs == argparse.SUPPRESS


def _subparsers(parser: Any) -> Optional[Any]:
    found = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    return found[0] if found else None


def _commands(
    action: Any, prefix: str, above: Tuple[Any, ...], dests: Dict[str, Tuple[str, ...]]
) -> Tuple[Command, ...]:
    names: Dict[int, List[str]] = {}
    for name, parser in action.choices.items():
        names.setdefault(id(parser), []).append(name)
    helps = {each.dest: each.help for each in action._choices_actions}
    outdated = getattr(action, "_deprecated", ())
    made = []
    for (name, *aliases), parser in ((names.pop(id(p)), p) for p in _unique(action.choices)):
        if any(parser is each for each in above):
            continue
        command = _command(parser, name, f"{prefix}{name}.", above, dests)
        short = helps.get(name)
        made.append(
            replace(
                command,
                aliases=tuple(aliases),
                help=command.help or filled(short, parser.prog),
                hidden=short == argparse.SUPPRESS,
                deprecated="Deprecated" if name in outdated else "",
            )
        )
    return tuple(made)


def _overwritten(
    parser: Any, entries: List[Entry], dests: Dict[str, Tuple[str, ...]]
) -> Tuple[Tuple[str, ...], Tuple[Constraint, ...]]:
    """Return what the defaults of a sub-parser write over, and pairs of which one may be given."""
    lost: List[str] = []
    rivals: List[Constraint] = []
    for entry in entries:
        address, default = entry.parameter.address, entry.parameter.default
        if entry.parameter.action in ("help", "version"):
            continue
        if default.source == "suppressed":
            rivals += [Constraint("exclusive", (a, address)) for a in dests.get(entry.dest, ())]
        else:
            lost += dests.get(entry.dest, ())
    lost += [address for dest in parser._defaults for address in dests.get(dest, ())]
    return tuple(dict.fromkeys(lost)), tuple(rivals)


def _unique(choices: Dict[str, Any]) -> List[Any]:
    found: List[Any] = []
    for parser in choices.values():
        if not any(parser is each for each in found):
            found.append(parser)
    return found


def _groups(parser: Any) -> Tuple[Tuple[Group, ...], Dict[int, str]]:
    """Return the headings that the tool's author wrote, and id(action) -> name of its heading."""
    made: Dict[str, Group] = {}
    headings: Dict[int, str] = {}
    plain = (getattr(parser, "_positionals", None), getattr(parser, "_optionals", None))
    pending = list(parser._action_groups)
    while pending:
        group = pending.pop(0)
        pending = [each for each in group._action_groups if each is not group] + pending
        if any(group is each for each in plain):
            continue
        actions = [each for each in group._group_actions if not _left_out(each)]
        if not actions:
            continue
        name = group.title or f"group {len(made) + 1}"
        help_ = filled(group.description, parser.prog)
        made.setdefault(name, Group(name, group.title or "", help_))
        headings.update((id(action), name) for action in actions)
    return tuple(made.values()), headings


def _apart(parser: Any) -> List[Any]:
    """Return the actions of exclusive groups that hold more than one dest."""
    found: List[Any] = []
    for group in parser._mutually_exclusive_groups:
        if len({action.dest for action in group._group_actions}) > 1:
            found.extend(group._group_actions)
    return found


def _exclusives(
    parser: Any, entries: List[Entry]
) -> Tuple[Tuple[Constraint, ...], Tuple[str, ...]]:
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
            title = getattr(group, "title", None) or ""
            made.append(Constraint("exclusive", members, bool(group.required), title))
        elif members and group.required:
            alone.append(members[0])
    return tuple(made), tuple(alone)


def _usage(parser: Any) -> str:
    try:
        text = parser.format_usage()
    except (TypeError, ValueError, KeyError, AttributeError, AssertionError, IndexError):
        return ""
    return " ".join(str(text).split()).partition("usage: ")[2]


def _syntax(parser: Any) -> Syntax:
    negative = bool(parser._has_negative_number_optionals)
    return replace(
        SYNTAX,
        prefix_chars=parser.prefix_chars,
        fromfile=parser.fromfile_prefix_chars or "",
        dash_lists="never" if negative else SYNTAX.dash_lists,
        negative_options=negative,
        abbreviates=bool(getattr(parser, "allow_abbrev", True)),
    )
