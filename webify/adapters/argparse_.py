"""argparse: say in our nouns what an ArgumentParser accepts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from webify.adapters import argparse_action, argparse_hooks, argparse_read
from webify.adapters.argparse_action import (
    endless,
    filled,
    left_out,
    of_class,
    parsers_below,
    suppressed,
)
from webify.adapters.argparse_groups import apart, exclusives, headings
from webify.adapters.catching import Catch
from webify.adapters.naming import Addresses, version_in
from webify.adapters.sharing import Entry, paired, shared
from webify.model.command import Command, Constraint, Parameter, Syntax

NAME = "argparse"
SYNTAX = Syntax(dash_lists="numbers", abbreviates=True)


def take(module: Any, catch: Catch) -> None:
    """Make every ArgumentParser of this module, or of a copy of it, tell `catch` of itself."""
    parser = getattr(module, "ArgumentParser", None)
    if getattr(parser, "__module__", "") == module.__name__ and hasattr(module, "_HelpAction"):
        argparse_hooks.install(module, catch, NAME)


def _parameter_as_it_is(parser: Any, action: Any, parameter: Parameter) -> Parameter:
    del parser, action
    return parameter


def _ready_as_it_is(parser: Any) -> None:
    del parser


def _command_as_it_is(parser: Any, command: Command) -> Command:
    del parser
    return command


@dataclass(frozen=True)
class Way:
    """How a framework that builds on argparse differs from it.

    syntax     what holds of all its parsers
    amend      called with (parser, action, parameter); returns the parameter, None to leave it out
    finish     called with (parser, command); returns the command
    parse      called with (parser, argv); see argparse_read.parse
    prepare    called with a parser before it is looked at
    own_names  each command keeps its values apart from those of the command above
    """

    syntax: Syntax = SYNTAX
    amend: Callable[[Any, Any, Parameter], Optional[Parameter]] = _parameter_as_it_is
    finish: Callable[[Any, Command], Command] = _command_as_it_is
    parse: argparse_read.Parse = argparse_read.parse
    prepare: Callable[[Any], None] = _ready_as_it_is
    own_names: bool = False


@dataclass(frozen=True)
class _Level:
    """Where a parser stands: its prefix, the parsers above, and what writes to which dest."""

    way: Way
    prefix: str = ""
    above: Tuple[Any, ...] = ()
    dests: Dict[str, Tuple[str, ...]] = field(default_factory=dict)


def describe(parser: Any, way: Optional[Way] = None) -> Command:
    """Say what the parser and all its sub-parsers accept."""
    return _command(parser, parser.prog, _Level(way or Way()))


def version(parser: Any) -> str:
    """Return the version that the parser's own version action tells, or ""."""
    for action in parser._actions:
        if of_class(action, "_VersionAction"):
            return version_in(action.version or getattr(parser, "version", ""))
    return ""


def read(parser: Any, argv: Sequence[str], way: Optional[Way] = None) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    way = way or Way()

    def own(each: Any, prefix: str) -> List[Entry]:
        return entries(each, prefix, way)

    return argparse_read.read(parser, argv, own, way.parse)


def _command(parser: Any, name: str, level: _Level) -> Command:
    level.way.prepare(parser)
    groups, _ = headings(parser)
    joined = entries(parser, level.prefix, level.way)
    constraints, required = exclusives(parser, joined)
    below = subparsers(parser)
    known = {} if level.way.own_names else level.dests
    lost, rivals = _overwritten(parser, joined, known)
    dests = dict(known)
    for each in joined:
        dests[each.dest] = (*dests.get(each.dest, ()), each.parameter.address)
    inner = replace(level, above=(*level.above, parser), dests=dests)
    command = Command(
        name=name,
        help=filled(parser.description, parser.prog),
        epilog=filled(parser.epilog, parser.prog),
        usage=_usage(parser),
        parameters=tuple(_needed(each.parameter, required) for each in joined),
        groups=groups,
        constraints=constraints + shared(joined, constraints) + rivals,
        commands=_commands(below, inner) if below else (),
        needs_command=bool(below is not None and below.required),
        overwrites=lost,
        syntax=_syntax(parser, level.way.syntax),
    )
    return level.way.finish(parser, command)


def _needed(parameter: Parameter, required: Tuple[str, ...]) -> Parameter:
    return replace(parameter, required=True) if parameter.address in required else parameter


def entries(parser: Any, prefix: str, way: Optional[Way] = None) -> List[Entry]:
    """Return the parameters of one parser, each with the action or the pair that it stands for."""
    way = way or Way()
    _, named = headings(parser)
    addresses = Addresses(prefix)
    actions = [each for each in parser._actions if not left_out(each)]
    count: Dict[str, int] = {}
    for action in actions:
        count[action.dest] = count.get(action.dest, 0) + 1
    made = []
    for action in actions:
        wishes = argparse_action.wishes(action, alone=count[action.dest] == 1)
        parameter = argparse_action.parameter(
            parser, action, addresses.take(*wishes), named.get(id(action), "")
        )
        amended = way.amend(parser, action, parameter)
        if amended is not None and amended.choices:
            amended = replace(amended, suggestions=())
        if amended is not None:
            made.append(Entry(action, action.dest, amended, action.default))
    return paired(made, apart=apart(parser))


def subparsers(parser: Any) -> Optional[Any]:
    """Return the action that holds the parser's sub-parsers, or None."""
    found = [each for each in parser._actions if of_class(each, "_SubParsersAction")]
    return found[0] if found else None


def _commands(action: Any, level: _Level) -> Tuple[Command, ...]:
    names: Dict[int, List[str]] = {}
    below = parsers_below(action)
    for name, parser in below.items():
        names.setdefault(id(parser), []).append(name)
    helps = {each.dest: each.help for each in action._choices_actions}
    outdated = getattr(action, "_deprecated", ())
    made = []
    for (name, *aliases), parser in ((names.pop(id(p)), p) for p in _unique(below)):
        if any(parser is each for each in level.above):
            continue
        command = _command(parser, name, replace(level, prefix=f"{level.prefix}{name}."))
        short = helps.get(name)
        made.append(
            replace(
                command,
                aliases=tuple(aliases),
                help=command.help or filled(short, parser.prog),
                hidden=suppressed(short),
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
    found: Dict[int, Any] = {}
    for parser in choices.values():
        found.setdefault(id(parser), parser)
    return list(found.values())


def _usage(parser: Any) -> str:
    if any(endless(action) for action in parser._actions):
        return ""
    try:
        text = parser.format_usage()
    except Exception:  # noqa: BLE001 - it shows the tool's own choices and names, which may raise
        return ""
    return " ".join(str(text).split()).partition("usage: ")[2]


def _syntax(parser: Any, syntax: Syntax) -> Syntax:
    negative = bool(parser._has_negative_number_optionals)
    return replace(
        syntax,
        prefix_chars=parser.prefix_chars,
        fromfile=parser.fromfile_prefix_chars or "",
        dash_lists="never" if negative else syntax.dash_lists,
        negative_options=negative,
        abbreviates=bool(getattr(parser, "allow_abbrev", True)),
    )
