"""click: say in our nouns what a command, and every command below it, accepts."""

from __future__ import annotations

import sys
import traceback
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters import click_hooks, click_panels, click_parameter
from webify.adapters.catching import Catch
from webify.adapters.click_parameter import deprecation, text
from webify.adapters.click_reading import Reading
from webify.adapters.naming import Addresses, version_in
from webify.adapters.sharing import Entry, shared
from webify.model.command import Command, Syntax

NAME = "click"
SYNTAX = Syntax(dash_lists="always")

# A group that makes itself anew would have no end.
_MOST = 5000
_DEEPEST = 12


def take(module: Any, catch: Catch) -> None:
    """Make this copy of click tell `catch` of the tool's commands."""
    click_hooks.take(module, catch, NAME)


def describe(parser: Any) -> Command:
    """Say what a command, or the command of a click.Context, accepts."""
    context = parser if hasattr(parser, "find_root") else _context(parser, parser.name, None)
    return _Walk().command(context.command, context, context.info_name or "", "")


def version(parser: Any) -> str:
    """Return the version that a version_option was given, or that its package has, or ""."""
    command = parser.command if hasattr(parser, "find_root") else parser
    for source in command.params:
        closure = getattr(source.callback, "__closure__", None) or ()
        names = source.callback.__code__.co_freevars if closure else ()
        if "version" in names and "--version" in source.opts:
            told = dict(zip(names, (each.cell_contents for each in closure)))
            return version_in(told["version"]) or _installed(told.get("package_name"))
    return ""


def _installed(package: Any) -> str:
    """Return the version of an installed package, or ""."""
    if not isinstance(package, str):
        return ""
    from importlib import metadata  # slow to import, and most tools need it not

    try:
        return metadata.version(package)
    except (metadata.PackageNotFoundError, ValueError):
        return ""


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what click makes of these arguments, by address; no command is called."""
    context = parser if hasattr(parser, "find_root") else _context(parser, parser.name, None)
    return Reading(_entries).read(context.command, context, argv)


def _context(command: Any, name: str, parent: Any) -> Any:
    """Return a context for the command without parsing anything."""
    cls = getattr(command, "context_class", None) or _class_beside(command)
    settings = dict(getattr(command, "context_settings", None) or {})
    settings["resilient_parsing"] = True
    return cls(command, info_name=name, parent=parent, **settings)


def _class_beside(command: Any) -> Any:
    """Return the Context of the copy of click that the command comes from."""
    for cls in type(command).__mro__:
        module: Any = sys.modules.get(cls.__module__)
        if cls.__name__ in ("BaseCommand", "Command") and hasattr(module, "Context"):
            return module.Context
    message = f"{type(command).__name__} is no command of click"
    raise TypeError(message)


def _given(source: Any) -> bool:
    """Say whether it can be given at all: an option that cannot be spelled is only a heading."""
    named = source is not None and (source.opts or source.secondary_opts)
    return bool(named) or getattr(source, "param_type_name", "") == "argument"


class _Walk:
    """One walk through a command and all below it."""

    def __init__(self) -> None:
        self.left = _MOST

    def command(self, command: Any, context: Any, name: str, prefix: str) -> Command:
        """Say what one command accepts."""
        entries = _entries(command, context, prefix)
        sources = [entry.source for entry in entries]
        group = hasattr(command, "list_commands")
        rules = click_panels.constraints(entries)
        made = Command(
            name=name,
            help=text(command.help or getattr(command, "short_help", None)),
            epilog=text(getattr(command, "epilog", None)),
            usage=_usage(command, context),
            parameters=tuple(entry.parameter for entry in entries),
            groups=click_panels.groups(entries, click_panels.panels(command, context)),
            constraints=rules + shared(entries, rules),
            needs_command=bool(group and not getattr(command, "invoke_without_command", False)),
            chain=bool(getattr(command, "chain", False)),
            open_options=_open(context, sources, group=group),
            hidden=bool(getattr(command, "hidden", False)),
            deprecated=deprecation(command),
            syntax=_syntax(sources),
        )
        return self.filled(made, command, context, prefix) if group else made

    def filled(self, made: Command, group: Any, context: Any, prefix: str) -> Command:
        """Return what a group became, with the commands below it."""
        try:
            names = [str(each) for each in group.list_commands(context)]
        except (Exception, SystemExit):  # noqa: BLE001 - what the group takes itself is known
            return replace(made, error=traceback.format_exc())
        found: Dict[int, Command] = {}
        kept: List[Any] = []  # while they live, no other command gets their id
        lost: List[str] = []
        for name in names:
            if self.left <= 0 or _depth(context) > _DEEPEST:
                lost.append(f"{name}: commands go on without an end here.")
                break
            command = self.found(group, context, name)
            if command is None:
                continue
            kept.append(command)
            if _above(command, context):
                lost.append(f"{name}: a command that is above it is below it again.")
            elif isinstance(command, Command):
                found[id(command)] = command
            elif id(command) in found:
                known = found[id(command)]
                found[id(command)] = replace(known, aliases=(*known.aliases, name))
            else:
                found[id(command)] = self.below(group, command, context, name, prefix)
        return replace(made, commands=tuple(found.values()), lost=tuple(lost))

    def found(self, group: Any, context: Any, name: str) -> Any:
        """Return a command of a group, None where there is none, or ours where it is broken."""
        try:
            return group.get_command(context, name)
        except (Exception, SystemExit):  # noqa: BLE001 - one broken import must not lose the rest
            return Command(name, error=traceback.format_exc())

    def below(self, group: Any, command: Any, context: Any, name: str, prefix: str) -> Command:
        """Say what a command of a group accepts."""
        self.left -= 1
        try:
            inner = _context(command, name, context)
            made = self.command(command, inner, name, f"{prefix}{name}.")
            return replace(made, aliases=_aliases(group, context, command))
        except (Exception, SystemExit):  # noqa: BLE001 - one broken command must not lose the rest
            return Command(name, error=traceback.format_exc())


def _above(command: Any, context: Any) -> bool:
    """Say whether the command is that of this context, or of one above it."""
    return any(each.command is command for each in _contexts(context))


def _depth(context: Any) -> int:
    return sum(1 for _ in _contexts(context))


def _contexts(context: Any) -> Iterator[Any]:
    while context is not None:
        yield context
        context = context.parent


def _entries(command: Any, context: Any, prefix: str) -> List[Entry]:
    """Return what each parameter of a command became."""
    sources = [each for each in command.get_params(context) if _given(each)]
    known = click_panels.panels(command, context)
    addresses = Addresses(prefix)
    count: Dict[Any, int] = {}
    for source in sources:
        count[source.name] = count.get(source.name, 0) + 1
    made = []
    for source in sources:
        address = addresses.take(*click_parameter.wishes(source, alone=count[source.name] == 1))
        panel = click_panels.heading(source, known)
        parameter = click_parameter.told(source, context, address, panel)
        made.append(Entry(source, str(source.name or ""), parameter))
    return made


def _aliases(group: Any, context: Any, command: Any) -> Tuple[str, ...]:
    """Return the other names of a command that its group knows and does not list."""
    told = getattr(command, "aliases", None)
    names = [each for each in told if isinstance(each, str)] if isinstance(told, list) else []
    return tuple(each for each in names if group.get_command(context, each) is command)


def _usage(command: Any, context: Any) -> str:
    try:
        pieces = command.collect_usage_pieces(context)
    except Exception:  # noqa: BLE001 - the tool's own types may raise anything
        return ""
    return " ".join([context.command_path, *(str(piece) for piece in pieces)])


def _open(context: Any, sources: List[Any], *, group: bool) -> bool:
    """Say whether words that no parameter of ours can carry are taken too."""
    takes_all = any(source.nargs == -1 for source in sources)
    extra = bool(context.allow_extra_args) and not group
    return (extra or bool(context.ignore_unknown_options)) and not takes_all


def _syntax(sources: List[Any]) -> Syntax:
    spellings = [
        spelling
        for source in sources
        if source.param_type_name == "option"
        for spelling in (*source.opts, *source.secondary_opts)
    ]
    first = dict.fromkeys(["-", *(spelling[0] for spelling in spellings if spelling)])
    return replace(SYNTAX, prefix_chars="".join(first))
