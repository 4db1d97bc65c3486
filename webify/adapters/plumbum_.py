"""plumbum: say in our nouns what an Application and its sub-commands accept."""

from __future__ import annotations

import inspect
import re
import traceback
import typing
from dataclasses import replace
from typing import Any, Dict, FrozenSet, Iterator, List, Sequence, Set, Tuple

from webify.adapters.catching import MADE, Catch, around
from webify.adapters.defaults import answer, default_of, hidden_default
from webify.adapters.hearing import Refused, heard
from webify.adapters.meeting import meet
from webify.adapters.naming import Addresses, longest, path_kind, secret, version_in
from webify.adapters.plumbum_types import Typed, typed
from webify.model.command import Command, Constraint, Default, Group, Kind, Parameter, Syntax

NAME = "plumbum"
SYNTAX = Syntax(dash_lists="always", empty_apart=True, freed=True)

_TELLS = {"help": "help", "helpall": "help", "version": "version", "completions": "help"}
_PLAIN_GROUPS = ("Switches", "Meta-switches")
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}m")
_SAID = "the default is"
_DEEPEST = 12


def take(module: Any, catch: Catch) -> None:
    """Make every Application of plumbum tell `catch` of itself when it parses."""

    def made(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        original(app, *args, **kwargs)
        catch.note(NAME, app, MADE)

    def parsed(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        words = list(args[0] if args else kwargs["argv"])
        if getattr(app, "parent", None) is None:
            meet(catch, NAME, app, words)
        return original(app, *args, **kwargs)

    around(module.Application, "__init__", made)
    around(module.Application, "_parse_args", parsed)


def describe(parser: Any) -> Command:
    """Say what the application accepts; its sub-applications are looked at, not made."""
    return _command(type(parser), _plain(getattr(parser, "PROGNAME", "")), "", ())


def version(parser: Any) -> str:
    """Return the version that the application tells."""
    return version_in(_plain(getattr(parser, "VERSION", "")))


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the application makes of these arguments; no switch and no main() is called."""
    return _read(type(parser)("tool"), list(argv), "")


def _read(app: Any, argv: List[str], prefix: str) -> Dict[str, Any]:
    try:
        switches, words = app._parse_args(argv)
        _, words = app._validate_args(switches, words)
    except Exception as wrong:  # noqa: BLE001 - the tool's own types may raise anything
        raise Refused(str(wrong) or type(wrong).__name__) from None
    found: Dict[str, Any] = {}
    parameters = _parameters(type(app), prefix)
    for info, parameter in parameters:
        if info is not None and info.func in switches:
            found[parameter.address] = _told(switches[info.func].val, parameter)
    for parameter in (parameter for info, parameter in parameters if info is None):
        taken = len(words) if parameter.most is None else parameter.most
        if words:
            found[parameter.address] = heard(words if parameter.most is None else words[0])
        words = words[taken:]
    nested = getattr(app, "nested_command", None)
    if nested:
        below, rest = nested
        word = rest[0].rpartition(" ")[2]
        found.update(_read(below(rest[0]), list(rest[1:]), f"{prefix}{word}."))
    return found


def _told(given: Tuple[Any, ...], parameter: Parameter) -> Any:
    if parameter.kind is Kind.COUNT:
        return len(given[0])
    return heard(given[0]) if given else True


def _command(app: Any, name: str, prefix: str, above: Tuple[Any, ...]) -> Command:
    pairs = _parameters(app, prefix)
    below = () if len(above) >= _DEEPEST else _commands(app, prefix, (*above, app))
    groups = dict.fromkeys(parameter.group for _, parameter in pairs if parameter.group)
    return Command(
        name=name,
        help=_plain(app.DESCRIPTION or inspect.getdoc(app) if _documented(app) else ""),
        epilog=_plain(getattr(app, "DESCRIPTION_MORE", None)),
        usage=_plain(app.USAGE),
        parameters=tuple(parameter for _, parameter in pairs),
        groups=tuple(Group(each, each) for each in groups),
        constraints=_constraints(pairs),
        commands=below,
        needs_command=bool(below) and app.main is _base(app).main,
        syntax=replace(
            SYNTAX,
            reserved=tuple(each.name for each in below),
            abbreviates=bool(getattr(app, "ALLOW_ABBREV", False)),
        ),
    )


def _documented(app: Any) -> bool:
    """Say whether a description is the tool's own and not that of plumbum's Application."""
    return bool(app.DESCRIPTION) or inspect.getdoc(app) != inspect.getdoc(_base(app))


def _base(app: Any) -> Any:
    """Return plumbum's own Application, of the copy that the tool uses."""
    return next(cls for cls in reversed(app.__mro__) if "_parse_args" in vars(cls))


def _commands(app: Any, prefix: str, above: Tuple[Any, ...]) -> Tuple[Command, ...]:
    made = []
    for name, source in _members(app)[1].items():
        try:
            below = source.get()
            if below not in above:
                made.append(_command(below, name, f"{prefix}{name}.", above))
        except (Exception, SystemExit):  # noqa: BLE001 - one broken import must not lose the rest
            made.append(Command(name, error=traceback.format_exc(), syntax=SYNTAX))
    return tuple(made)


def _members(app: Any) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """Return the switches by name, and the sub-commands by name, as plumbum collects them."""
    switches: Dict[str, Any] = {}
    commands: Dict[str, Any] = {}
    unbound = tuple(getattr(app, "_unbound_switches", ()))
    for cls in reversed(app.__mro__):
        for each in vars(cls).values():
            info = getattr(each, "_switch_info", None)
            if info:
                switches.update((name, info) for name in info.names if name not in unbound)
            elif type(each).__name__ == "Subcommand" and hasattr(each, "subapplication"):
                commands[_plain(each.name)] = each
    return switches, commands


def _parameters(app: Any, prefix: str) -> List[Tuple[Any, Parameter]]:
    """Return each parameter with what declares it, None for the arguments of main()."""
    addresses = Addresses(prefix)
    switches = _members(app)[0]
    seen: Set[int] = set()
    made: List[Tuple[Any, Parameter]] = []
    for info in switches.values():
        if id(info) not in seen:
            seen.add(id(info))
            names = tuple(name for name, owner in switches.items() if owner is info)
            made.append((info, _switch(info, names, addresses)))
    made += [(None, each) for each in _positionals(app, addresses)]
    return made


def _switch(info: Any, names: Tuple[str, ...], addresses: Addresses) -> Parameter:
    spellings = tuple(f"-{name}" if len(name) == 1 else f"--{name}" for name in names)
    takes = info.argtype is not None
    count = not takes and info.list
    said = typed(info.argtype, spellings) if takes else Typed()
    word = _TELLS.get(getattr(info.func, "__name__", ""), "")
    told = bool(word) and info.group == _PLAIN_GROUPS[1]
    hide = takes and said.kind is Kind.TEXT and not said.choices and secret(spellings)
    default = _default(info, takes=takes)
    return Parameter(
        address=addresses.take(longest(spellings).replace("-", "_"), "switch"),
        spellings=spellings,
        kind=said.kind if takes else Kind.COUNT if count else Kind.FLAG,
        help=_help(info, hide=hide),
        metavar=str(info.argname or "") if takes else "",
        choices=said.choices,
        case_sensitive=said.case_sensitive,
        default=hidden_default(default) if hide else default,
        required=bool(info.mandatory) and not info.envname,
        least=1 if takes else 0,
        most=1 if takes else 0,
        repeat=bool(takes and info.list),
        action=word if told else "store" if takes else "count" if count else "store_true",
        group="" if info.group in _PLAIN_GROUPS else str(info.group),
        bounds=said.bounds,
        path=said.path,
        secret=hide,
        env=(str(info.envname),) if info.envname else (),
        hidden=told,
        custom=said.custom,
    )


def _help(info: Any, *, hide: bool) -> str:
    """Return the help without the default, which plumbum writes behind it."""
    text = inspect.cleandoc(info.help) if isinstance(info.help, str) else ""
    shown = str(getattr(info.func, "_default_value", None) or "")
    for said in (f"; {_SAID} {shown}", f"{_SAID} {shown}"):
        if shown and text.endswith(said):
            return text[: len(text) - len(said)]
    return text.replace(shown, "••••••") if hide and shown else text


def _default(info: Any, *, takes: bool) -> Default:
    value = getattr(info.func, "_default_value", None)
    if not takes:
        return Default()  # a flag turns its default around, whatever that is
    return default_of(value, repeat=bool(info.list))


def _constraints(pairs: Sequence[Tuple[Any, Parameter]]) -> Tuple[Constraint, ...]:
    """Return what excludes and needs what; a switch may be named by any of its names."""
    owners = {name: parameter.address for info, parameter in pairs if info for name in info.names}
    made: Dict[Tuple[str, FrozenSet[str]], Constraint] = {}
    for info, parameter in pairs:
        for kind, names in _rules(info):
            members = (parameter.address, *(owners[each] for each in names if each in owners))
            key = (kind if kind == "exclusive" else parameter.address, frozenset(members))
            if len(members) > 1:
                made.setdefault(key, Constraint(kind, members))
    return tuple(made.values())


def _rules(info: Any) -> Iterator[Tuple[str, Tuple[str, ...]]]:
    if info is not None:
        yield "requires", tuple(info.requires)
        for each in info.excludes:
            yield "exclusive", (each,)


def _positionals(app: Any, addresses: Addresses) -> Iterator[Parameter]:
    """Yield what main() takes besides the application itself; plumbum's own only takes nothing."""
    main = app.main
    if main is _base(app).main:
        return
    found = inspect.getfullargspec(main)
    hints = _hints(main)
    names = found.args[1:]
    needed = len(names) - len(found.defaults or ())
    declared = getattr(main, "positional", None)
    for index, name in enumerate(names):
        kind = hints.get(name) if declared is None else declared[index : index + 1]
        kind = kind[0] if isinstance(kind, list) and kind else kind
        raw = None if index < needed else (found.defaults or ())[index - needed]
        yield _positional(name, kind, addresses, required=index < needed, raw=raw)
    if found.varargs:
        rest = getattr(main, "positional_varargs", hints.get(found.varargs))
        made = _positional(found.varargs, rest, addresses, required=False, raw=None)
        yield replace(made, least=0, most=None)


def _hints(main: Any) -> Dict[str, Any]:
    try:
        return typing.get_type_hints(main)
    except Exception:  # noqa: BLE001 - the tool's own names may be missing here
        return {}


def _positional(
    name: str, kind: Any, addresses: Addresses, *, required: bool, raw: Any
) -> Parameter:
    said = typed(kind, (name,)) if kind not in (None, [], inspect.Parameter.empty) else None
    said = said or Typed(path_kind([name]))
    return Parameter(
        address=addresses.take(name, "value"),
        kind=said.kind,
        metavar=name,
        choices=said.choices,
        case_sensitive=said.case_sensitive,
        default=default_of(raw) if answer(raw) is not None else Default(),
        required=required,
        least=1 if required else 0,
        action="positional",
        bounds=said.bounds,
        path=said.path,
        custom=said.custom,
    )


def _plain(text: Any) -> str:
    """Return a text without the colours that plumbum lets it have."""
    return _COLOUR.sub("", str(text)).strip() if text else ""
