"""twisted: say in our nouns what usage.Options and its sub-commands accept."""

from __future__ import annotations

import getopt
import inspect
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters.catching import MADE, Catch, around
from webify.adapters.converters import converted
from webify.adapters.defaults import default_of, hidden_default
from webify.adapters.hearing import Refused, heard
from webify.adapters.meeting import meet
from webify.adapters.naming import Addresses, path_kind, secret, version_in
from webify.model.command import Bounds, Choice, Command, Kind, Parameter, Syntax

NAME = "twisted"
SYNTAX = Syntax(dash_lists="always", abbreviates=True, stops=True, plain_dash=True)

_TELLS = ("help", "version")
_PORTS = Bounds(0, 65535)
_COMPLETED = {"CompleteFiles": Kind.PATH, "CompleteDirs": Kind.DIRECTORY}
_DEEPEST = 8


def take(module: Any, catch: Catch) -> None:
    """Make every Options of twisted tell `catch` of itself when it parses."""
    if not hasattr(module, "Options"):
        return  # another module of this name

    def made(original: Any, options: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        original(options, *args, **kwargs)
        catch.note(NAME, options, MADE)

    def parsed(original: Any, options: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        given = args[0] if args else kwargs.get("options")
        if options.parent is None:
            meet(catch, NAME, options, sys.argv[1:] if given is None else list(given))
        return original(options, *args, **kwargs)

    around(module.Options, "__init__", made)
    around(module.Options, "parseOptions", parsed)


def describe(parser: Any) -> Command:
    """Say what the options accept; sub-commands are made, as their handlers are counted then."""
    return _command(parser, Path(sys.argv[0]).name, "", 0)


def version(parser: Any) -> str:
    """Return the version, where the tool tells one of its own."""
    main = sys.modules.get("__main__")
    return version_in(getattr(main, "__version__", "")) if parser is not None else ""


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what getopt, which twisted parses with, makes of these arguments."""
    return _read(parser, list(argv), "")


def _read(options: Any, argv: List[str], prefix: str) -> Dict[str, Any]:
    try:
        pairs, words = getopt.getopt(argv, options.shortOpt, options.longOpt)
    except getopt.GetoptError as wrong:
        raise Refused(str(wrong), wrong.opt) from None
    found: Dict[str, Any] = {}
    parameters = _parameters(options, prefix)
    for spelling, text in pairs:
        parameter = next(each for each in parameters if spelling in each.spellings)
        found[parameter.address] = _coerced(options, parameter, text)
    for name, _, made, _ in _listed(options):
        if words and name == words[0]:
            return dict(found, **_read(made(), words[1:], f"{prefix}{name}."))
    for parameter in (each for each in parameters if each.positional and words):
        found[parameter.address] = words if parameter.most is None else words[0]
        words = [] if parameter.most is None else words[1:]
    return found


def _coerced(options: Any, parameter: Parameter, text: str) -> Any:
    if parameter.bare:
        return True
    target = _target(options, parameter.spellings[-1].lstrip("-"))
    coerce = getattr(options._dispatch.get(target), "coerce", str)
    try:
        return heard(coerce(text))
    except ValueError as wrong:
        raise Refused(f"Parameter type enforcement failed: {wrong}", parameter.address) from None


def _command(options: Any, name: str, prefix: str, depth: int) -> Command:
    listed = _listed(options) if depth < _DEEPEST else []
    below = tuple(_commands(listed, prefix, depth))
    return Command(
        name=name,
        help=_text(getattr(options, "longdesc", "")) or (_described() if not depth else ""),
        usage=_text(getattr(options, "synopsis", "")),
        parameters=tuple(_parameters(options, prefix, arguments=not below)),
        commands=below,
        syntax=SYNTAX,
    )


def _listed(options: Any) -> List[Tuple[str, str, Any, str]]:
    return list(getattr(options, "subCommands", None) or ())


def _described() -> str:
    return _text(getattr(sys.modules.get("__main__"), "__doc__", ""))


def _commands(
    listed: Sequence[Tuple[str, str, Any, str]], prefix: str, depth: int
) -> Iterator[Command]:
    for name, short, parser, doc in listed:
        try:
            made = _command(parser(), name, f"{prefix}{name}.", depth + 1)
        except (Exception, SystemExit):  # noqa: BLE001 - one broken import must not lose the rest
            made = Command(name, error=traceback.format_exc(), syntax=SYNTAX)
        help_ = made.help or _text(doc)
        yield replace(made, help=help_, aliases=(short,) if short else (), title="")


def _parameters(options: Any, prefix: str, *, arguments: bool = True) -> List[Parameter]:
    addresses = Addresses(prefix)
    found: Dict[str, List[str]] = {}
    for each in [*options.longOpt, *options.shortOpt.replace(":", "")]:
        name = each.rstrip("=") if len(each) > 1 else each
        names = found.setdefault(_target(options, name), [])
        if name not in names:
            names.append(name)
    made = [_option(options, target, names, addresses) for target, names in found.items()]
    return made + (list(_positionals(options, addresses)) if arguments else [])


def _target(options: Any, name: str) -> str:
    """Return the name that twisted keeps the option under."""
    known = options.synonyms
    return str(known.get(name) or known.get(name.replace("-", "_")) or name)


def _option(options: Any, target: str, names: List[str], addresses: Addresses) -> Parameter:
    short = [f"-{name}" for name in names if len(name) == 1]
    spellings = (*short, *(f"--{name}" for name in names if len(name) > 1))
    takes = _takes(options, names)
    word = target if target in _TELLS and not takes else ""
    known = Parameter("", spellings, kind=path_kind(spellings)) if takes else Parameter("")
    said = _said(options, target, known) if takes else replace(known, kind=Kind.FLAG)
    hide = takes and said.kind is Kind.TEXT and not said.choices and secret(names)
    raw = options.defaults.get(target)
    default = default_of(raw) if takes and raw != "" else default_of(None)
    return replace(
        said,
        address=addresses.take(target.replace("-", "_"), "option"),
        spellings=spellings,
        help=_text(options.docs.get(target)) or _text(_any_doc(options, names)),
        default=hidden_default(default) if hide else default,
        least=1 if takes else 0,
        most=1 if takes else 0,
        action=word or ("store" if takes else "store_true"),
        secret=hide,
        hidden=bool(word),
    )


def _any_doc(options: Any, names: Sequence[str]) -> Any:
    return next((options.docs[name] for name in names if options.docs.get(name)), "")


def _takes(options: Any, names: Sequence[str]) -> bool:
    name = names[0]
    if len(name) == 1:
        return f"{name}:" in options.shortOpt
    return name not in options.longOpt


def _said(options: Any, target: str, known: Parameter) -> Parameter:
    """Return what the coerce function and the completions say of a value."""
    coerce = getattr(options._dispatch.get(target), "coerce", str)
    if getattr(coerce, "__name__", "") == "portCoerce":
        return replace(known, kind=Kind.INTEGER, bounds=_PORTS)
    if coerce is not str:
        kind = converted(coerce).kind
        name = str(getattr(coerce, "__name__", "") or type(coerce).__name__)
        return replace(known, kind=kind, custom="" if kind is not Kind.TEXT else name)
    data = getattr(options, "compData", None)
    actions = getattr(data, "optActions", None) or {}
    return _completed(actions.get(target), known)


def _completed(completer: Any, known: Parameter) -> Parameter:
    word = type(completer).__name__
    if word == "CompleteList":
        return replace(known, suggestions=tuple(Choice(str(each)) for each in completer._items))
    return replace(known, kind=_COMPLETED[word]) if word in _COMPLETED else known


def _positionals(options: Any, addresses: Addresses) -> Iterator[Parameter]:
    """Yield what parseArgs() takes."""
    found = inspect.getfullargspec(options.parseArgs)
    names = found.args[1:] if inspect.ismethod(options.parseArgs) else found.args
    needed = len(names) - len(found.defaults or ())
    for index, name in enumerate(names):
        yield Parameter(
            addresses.take(name, "value"),
            kind=path_kind([name]),
            metavar=name,
            required=index < needed,
            least=1 if index < needed else 0,
            action="positional",
        )
    if found.varargs:
        yield Parameter(
            addresses.take(found.varargs, "value"),
            kind=path_kind([found.varargs]),
            metavar=found.varargs,
            least=0,
            most=None,
            action="positional",
        )


def _text(value: Any) -> str:
    return inspect.cleandoc(value).strip() if isinstance(value, str) else ""
