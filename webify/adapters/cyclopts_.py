"""cyclopts: say in our nouns what an App, and every command below it, accepts."""

from __future__ import annotations

import inspect
import sys
import traceback
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters import cyclopts_reading
from webify.adapters.catching import PARSED, PARSED_COMMAND_LINE, Catch, around
from webify.adapters.cyclopts_argument import by_group, parameter, wish
from webify.adapters.naming import Addresses, version_in
from webify.model.command import Command, Constraint, Group, Kind, Parameter, Syntax

NAME = "cyclopts"
SYNTAX = Syntax(short_join="=", dash_lists="numbers", swallows=True, freed=True)

_MOST = 2000  # commands
_DEEPEST = 12

Pair = Tuple[Any, Parameter]  # an argument of cyclopts, and what it became


def take(module: Any, catch: Catch) -> None:
    """Make every App of this process tell `catch` of itself."""
    if hasattr(module, "App"):
        _Hooks(catch).install(module.App)


class _Hooks:
    """What happens around the methods of an App."""

    def __init__(self, catch: Catch) -> None:
        self.catch = catch
        self.roots: List[Any] = []

    def install(self, cls: Any) -> None:
        """Put our words around the methods that a tool calls."""
        for name in ("__call__", "parse_args", "parse_known_args", "run_async"):
            if name in vars(cls):
                around(cls, name, self.entered)
        around(cls, "help_print", self.helped)

    def entered(
        self, original: Any, app: Any, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> Any:
        """Note the outermost App, and leave where the tool would do its work."""
        given = args[0] if args else kwargs.get("tokens")
        words = sys.argv[1:] if given is None else given
        if not self.roots:
            rank = PARSED_COMMAND_LINE if given is None else PARSED
            self.catch.note(NAME, app, rank, 1)
            if not words:
                self.catch.announce(NAME, app)
        self.roots.append(app)
        try:
            return original(app, *args, **kwargs)
        finally:
            self.roots.pop()

    def helped(self, original: Any, app: Any, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Any:
        """Take the outermost App as the tool's own."""
        self.catch.announce(NAME, self.roots[0] if self.roots else app)
        return original(app, *args, **kwargs)


def describe(parser: Any) -> Command:
    """Say what an App accepts."""
    metas, app = cyclopts_reading.unfolded(parser)
    return _Walk(app).command((app,), _first(app.name), "", metas)


def version(parser: Any) -> str:
    """Return the version that the App tells, or ""."""
    _, app = cyclopts_reading.unfolded(parser)
    told = getattr(app, "version", None)
    if isinstance(told, str):
        return version_in(told)
    fallback = getattr(app, "_get_fallback_version_string", None)
    found = fallback(default="") if told is None and fallback else ""
    return version_in(found)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what cyclopts makes of these arguments, by address; no command is called."""
    return cyclopts_reading.read(parser, list(argv), _arguments)


class _Walk:
    """One walk through an App and all below it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.left = _MOST

    def command(
        self, path: Tuple[Any, ...], name: str, prefix: str, metas: Sequence[Any] = ()
    ) -> Command:
        """Say what one App accepts; path holds those above it, metas the Apps around it."""
        app = path[-1]
        addresses = Addresses(prefix)
        around_it, error = _safe([(each,) for each in metas], addresses)
        own, trouble = _safe([path], addresses)
        below, lost = self.below(path, prefix, metas)
        shared = tuple(one for _, one in around_it)
        alone = tuple(replace(one, alone=bool(below)) for _, one in own)
        pairs = [*around_it, *own]
        return Command(
            name=name,
            help=_help(app),
            epilog=_text(getattr(app, "help_epilogue", None)),
            usage=_text(getattr(app, "usage", None)),
            parameters=shared + alone + _flags(app, addresses, shared + alone),
            groups=tuple(Group(each, each, help_) for each, help_ in by_group(pairs).items()),
            constraints=_constraints(pairs),
            commands=below,
            needs_command=bool(below) and _main(app) is None,
            open_options=_open(path),
            hidden=not getattr(app, "show", True),
            syntax=_syntax(self.root, below),
            lost=lost,
            error=error or trouble,
        )

    def below(
        self, path: Tuple[Any, ...], prefix: str, metas: Sequence[Any]
    ) -> Tuple[Tuple[Command, ...], Tuple[str, ...]]:
        """Return the commands of an App, and sentences on those that cannot be shown."""
        app = path[-1]
        told = (*app.help_flags, *app.version_flags)
        found: Dict[int, Command] = {}
        kept: List[Any] = []  # while they live, no other App gets their id
        lost: List[str] = []
        names = dict.fromkeys(str(each) for holder in (app, *metas) for each in holder)
        for name in [each for each in names if each not in told]:
            if self.left <= 0 or len(path) > _DEEPEST:
                lost.append(f"{name}: commands go on without an end here.")
                break
            self.left -= 1
            try:
                child = app[name]
                kept.append(child)
                if any(child is each for each in path):
                    lost.append(f"{name}: a command that is above it is below it again.")
                elif id(child) in found:
                    known = found[id(child)]
                    found[id(child)] = replace(known, aliases=(*known.aliases, name))
                else:
                    found[id(child)] = self.command((*path, child), name, f"{prefix}{name}.")
            except (Exception, SystemExit):  # noqa: BLE001 - one broken import must not lose the rest
                trouble = object()
                kept.append(trouble)
                found[id(trouble)] = Command(name, error=traceback.format_exc())
        return tuple(found.values()), tuple(lost)


def _safe(paths: Sequence[Tuple[Any, ...]], addresses: Addresses) -> Tuple[List[Pair], str]:
    """Return the arguments of some Apps, and why they could not be read."""
    try:
        return [pair for path in paths for pair in _arguments(path, addresses)], ""
    except (Exception, SystemExit):  # noqa: BLE001 - an annotation may name what is not there
        return [], traceback.format_exc()


def _arguments(path: Tuple[Any, ...], addresses: Addresses, collection: Any = None) -> List[Pair]:
    """Return what each argument of an App became; the collection is that of a reading."""
    if collection is None and _main(path[-1]) is None:
        return []
    listed = collect(path) if collection is None else collection
    sources = [each for each in listed if _offered(each, path[-1])]
    spread = any(_kind(each) == "VAR_POSITIONAL" for each in sources)
    made = []
    for source in sources:
        placed = _kind(source) in ("POSITIONAL_ONLY", "VAR_POSITIONAL")
        before = spread and _kind(source) == "POSITIONAL_OR_KEYWORD"
        positional = placed or (before and not source.keys)
        address = addresses.take(wish(source), "value")
        made.append((source, parameter(source, address, positional=positional)))
    return made


def collect(path: Tuple[Any, ...]) -> Any:
    """Return the arguments of the last App, with what those above it lay down for all."""
    app = path[-1]
    stack = getattr(path[0], "app_stack", None)
    if stack is None:
        return app.assemble_argument_collection(apps=list(path), parse_docstring=True)
    with stack(list(path)):
        return app.assemble_argument_collection(parse_docstring=True)


def _offered(source: Any, app: Any) -> bool:
    """Say whether a person could give it: not what only holds others, or hands words on."""
    parsed = getattr(source, "parse", getattr(source.parameter, "parse", True))
    if _kind(source) == "VAR_KEYWORD" or parsed is False:
        return False
    hands_on = _kind(source) == "VAR_POSITIONAL" and _meta(app)
    return not source.children and not hands_on


def _open(path: Tuple[Any, ...]) -> bool:
    """Say whether options of any name are taken."""
    try:
        main = inspect.signature(_main(path[-1])) if _main(path[-1]) else None
    except (TypeError, ValueError):
        return False
    kinds = [each.kind for each in main.parameters.values()] if main else []
    return inspect.Parameter.VAR_KEYWORD in kinds


def _kind(source: Any) -> str:
    return str(getattr(source.field_info.kind, "name", ""))


def _meta(app: Any) -> bool:
    """Say whether the App only reads options and hands the other words to another one."""
    return getattr(app, "_meta_parent", None) is not None


def _main(app: Any) -> Any:
    return getattr(app, "default_command", None)


def _first(name: Any) -> str:
    return str(name[0]) if isinstance(name, (list, tuple)) and name else str(name)


def _flags(app: Any, addresses: Addresses, own: Tuple[Parameter, ...]) -> Tuple[Parameter, ...]:
    """Return the flags for help and version, which stand at every command."""
    taken = {spelling for each in own for spelling in each.spellings}
    made = []
    for word, flags in (("help", app.help_flags), ("version", app.version_flags)):
        left = tuple(str(each) for each in flags if str(each) and str(each) not in taken)
        if left:
            help_ = _text(_flag_help(app, left[0]))
            address = addresses.take(word, f"{word}_flag")
            flag = Parameter(address, left, (), Kind.FLAG, help_, least=0, most=0, action=word)
            made.append(replace(flag, hidden=True))
    return tuple(made)


def _flag_help(app: Any, flag: str) -> Any:
    try:
        return app[flag].help
    except KeyError:
        return ""


def _help(app: Any) -> str:
    """Return the help of an App, without the part of its docstring that tells of parameters."""
    text = _text(getattr(app, "help", ""))
    module: Any = sys.modules.get("docstring_parser")
    if not text or module is None:
        return text
    try:
        parsed = module.parse(text)
    except Exception:  # noqa: BLE001 - whatever the author wrote is shown as it stands
        return text
    said = (parsed.short_description, parsed.long_description)
    return "\n\n".join(str(each) for each in said if each) or text


def _constraints(pairs: List[Pair]) -> Tuple[Constraint, ...]:
    """Return the rules that groups hold by a validator of cyclopts."""
    groups: Dict[int, Tuple[Any, List[str]]] = {}
    for source, one in pairs:
        for group in source.parameter.group or ():
            if getattr(group, "validator", None) and not one.hidden:
                groups.setdefault(id(group), (group, []))[1].append(one.address)
    made: List[Constraint] = []
    for group, inside in groups.values():
        for rule in group.validator if len(inside) > 1 else ():
            made += _rule(rule, inside)
    return tuple(made)


def _rule(rule: Any, inside: List[str]) -> Iterator[Constraint]:
    least, most = getattr(rule, "min", None), getattr(rule, "max", None)
    if least in (0, 1) and most == 1:
        required = least == 1 and not getattr(rule, "allow_none", False)
        yield Constraint("exclusive", tuple(inside), required)
    elif least == 1 and not getattr(rule, "allow_none", False):
        yield Constraint("at least one", tuple(inside))
    elif isinstance(least, int) and least < 0:
        for each in inside:
            yield Constraint("requires", (each, *(other for other in inside if other != each)))


def _syntax(root: Any, below: Tuple[Command, ...]) -> Syntax:
    delimiter, prefix = (
        _resolved(root, "end_of_options_delimiter"),
        _resolved(root, "argfile_prefix"),
    )
    names = [name for each in below for name in (each.name, *each.aliases)]
    return replace(
        SYNTAX,
        separator="--" if delimiter is None else str(delimiter),
        fromfile=str(prefix or "")[:1],
        reserved=tuple(names),
    )


def _resolved(app: Any, name: str) -> Any:
    stack = getattr(app, "app_stack", None)
    return getattr(app, name, None) if stack is None else stack.resolve(name)


def _text(said: Any) -> str:
    return inspect.cleandoc(said).strip() if isinstance(said, str) else ""
