"""optparse: say in our nouns what an OptionParser accepts."""

from __future__ import annotations

import inspect
import optparse
import re
from typing import Any, Dict, List, Optional, Sequence, Tuple

from webify.adapters import optparse_hooks, optparse_read
from webify.adapters.catching import Catch
from webify.adapters.defaults import NONE, ON, SUPPRESSED, answer, default_of, hidden_default
from webify.adapters.naming import Addresses, longest, named_values, path_kind, secret, version_in
from webify.adapters.optparse_usage import positionals
from webify.adapters.sharing import Entry, paired, shared
from webify.model.command import Choice, Command, Default, Group, Item, Kind, Parameter, Syntax

NAME = "optparse"
SYNTAX = Syntax(dash_lists="always", abbreviates=True)

_KINDS = {"int": Kind.INTEGER, "long": Kind.INTEGER, "float": Kind.NUMBER}
_STYLE = re.compile(r"\[(?:/|[a-z]+\.[a-z]+)\]")
_TELLS = ("help", "version")


def take(module: Any, catch: Catch) -> None:
    """Make every OptionParser of this process tell `catch` of itself; copies are left alone."""
    if module is optparse:
        optparse_hooks.install(catch, NAME)


def describe(parser: Any) -> Command:
    """Say what the parser accepts; its positional arguments are read from its usage."""
    entries, places, usage = _parts(parser)
    return Command(
        name=parser.get_prog_name(),
        help=_filled(parser, parser.description),
        epilog=_filled(parser, parser.epilog),
        usage=usage,
        parameters=tuple(entry.parameter for entry in entries) + places,
        groups=_groups(parser),
        constraints=shared(entries),
        syntax=SYNTAX,
    )


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    entries, places, _ = _parts(parser)
    return optparse_read.read(parser, argv, entries, places)


def _parts(parser: Any) -> Tuple[List[Entry], Tuple[Parameter, ...], str]:
    """Return the options, the positional arguments, and the usage that tells of these."""
    addresses = Addresses("")
    entries = paired(_entries(parser, addresses))
    usage = _usage(parser)
    return entries, positionals(usage, parser.get_prog_name(), addresses), usage


def version(parser: Any) -> str:
    """Return the version that the parser tells, or ""."""
    return version_in(parser.get_version())


def _groups(parser: Any) -> Tuple[Group, ...]:
    return tuple(
        Group(_title(group), _title(group), _filled(parser, group.description))
        for group in parser.option_groups
        if group.option_list
    )


def _title(group: Any) -> str:
    return str(group.title or "Options")


def _filled(parser: Any, text: Any) -> str:
    return (
        _unstyled(inspect.cleandoc(parser.expand_prog_name(text))) if isinstance(text, str) else ""
    )


def _unstyled(text: str) -> str:
    """Return the text without the style marks of rich, which pip writes into its own."""
    plain = _STYLE.sub("", text)
    return text if plain == text else plain.replace("\\[", "[")


def _usage(parser: Any) -> str:
    usage = _unstyled(parser.get_usage()) if parser.usage else ""
    return "\n".join(line.strip() for line in _bare(usage).splitlines() if line.strip())


def _bare(usage: str) -> str:
    """Return the usage without the word that stands before it."""
    words = usage.lstrip()
    return words[len("usage:") :] if words.lower().startswith("usage:") else words


def _entries(parser: Any, addresses: Addresses) -> List[Entry]:
    listed = [(option, "") for option in parser.option_list]
    for group in parser.option_groups:
        listed += [(option, _title(group)) for option in group.option_list]
    count: Dict[Any, int] = {}
    for option, _ in listed:
        count[option.dest] = count.get(option.dest, 0) + 1
    made = []
    for option, group in listed:
        spelled = longest([*option._long_opts, *option._short_opts]).replace("-", "_")
        named = option.action not in ("store_const", "store_false", "append_const")
        dest = option.dest if named and count[option.dest] == 1 else None
        address = addresses.take(dest or spelled, spelled, "value")
        default = _raw_default(parser, option)
        parameter = _parameter(parser, option, address, group, default)
        made.append(Entry(option, option.dest or "", parameter, default))
    return made


def _raw_default(parser: Any, option: Any) -> Any:
    value = parser.defaults.get(option.dest) if option.dest else None
    if value is optparse.NO_DEFAULT or value == optparse.NO_DEFAULT:
        return None
    return value


def _parameter(parser: Any, option: Any, address: str, group: str, raw: Any) -> Parameter:
    takes = option.takes_value()
    count = (option.nargs or 1) if takes else 0
    repeat = takes and option.action in ("append", "extend")
    spellings = (*option._short_opts, *option._long_opts)
    choices = tuple(Choice(str(each)) for each in option.choices or ()) if takes else ()
    kind = _kind(option, takes=takes)
    metavar = str(option.metavar or "")
    hide = kind is Kind.TEXT and not choices and secret(spellings)
    default = _default(option, raw, kind, several=count > 1, repeat=repeat)
    return Parameter(
        address=address,
        spellings=spellings,
        kind=kind,
        help=_help(parser, option, raw, hide=hide),
        metavar=metavar,
        choices=choices,
        suggestions=() if choices or kind is not Kind.TEXT else named_values(metavar),
        default=hidden_default(default) if hide else default,
        const=answer(option.const) if option.action in ("store_const", "append_const") else None,
        least=count,
        most=count,
        repeat=repeat,
        items=_items(option, kind, count),
        action=str(option.action),
        group=group,
        secret=hide,
        hidden=option.help == optparse.SUPPRESS_HELP or option.action in _TELLS,
        custom="" if not takes or choices or _own(option) else str(option.type),
    )


def _kind(option: Any, *, takes: bool) -> Kind:
    if option.action == "count":
        return Kind.COUNT
    if not takes:
        return Kind.FLAG
    if option.type == "string":
        return path_kind([str(option.metavar or ""), *option._long_opts])
    return _KINDS.get(option.type, Kind.TEXT) if _own(option) else Kind.TEXT


def _own(option: Any) -> bool:
    """Say whether the type is checked by optparse itself and not by the tool."""
    return option.TYPE_CHECKER.get(option.type) is optparse.Option.TYPE_CHECKER.get(option.type)


def _items(option: Any, kind: Kind, count: int) -> Tuple[Item, ...]:
    names = str(option.metavar or "").split()
    if count < 2 or len(names) != count:
        return ()
    return tuple(Item(kind, name) for name in names)


def _default(option: Any, raw: Any, kind: Kind, *, several: bool, repeat: bool) -> Default:
    if raw is None:
        return NONE
    if raw == optparse.SUPPRESS_HELP:
        return SUPPRESSED
    if kind is Kind.COUNT:
        return Default("value", 0, str(raw)) if raw else NONE
    if kind is Kind.FLAG:
        return _flag_default(option, raw)
    return default_of(raw, several=several, repeat=repeat, kind=kind)


def _flag_default(option: Any, raw: Any) -> Default:
    const: Optional[Any] = {"store_true": True, "store_false": False}.get(option.action)
    if option.action == "store_const":
        const = option.const
    same = const is not None and type(const) is type(raw) and const == raw
    return ON if same else NONE


def _help(parser: Any, option: Any, raw: Any, *, hide: bool) -> str:
    if not isinstance(option.help, str) or option.help == optparse.SUPPRESS_HELP:
        return ""
    text = _unstyled(inspect.cleandoc(option.help))
    tag = getattr(parser.formatter, "default_tag", "%default") or "%default"
    shown = optparse.HelpFormatter.NO_DEFAULT_VALUE if raw is None else str(raw)
    return text.replace(tag, "••••••" if hide and raw else shown)
