"""traitlets: say in our nouns what an application and its sub-commands accept.

Its flags and aliases are what its help shows.  All other traits of its classes can be set too, as
--Class.trait=value: they are words that are passed on.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import re
import sys
import traceback
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters.catching import MADE, Catch, around
from webify.adapters.hearing import Refused, heard
from webify.adapters.meeting import meet
from webify.adapters.naming import Addresses, longest, version_in
from webify.adapters.traitlets_options import Option, options
from webify.adapters.traitlets_types import declared
from webify.model.command import Command, Kind, Parameter, Syntax

NAME = "traitlets"
SYNTAX = Syntax(short_join="=", quoting="pairs", plain_dash=True, reserved=("help",), freed=True)
REST = ":rest"  # where words stand that the application is left with

_DEEPEST = 8
_TELLS = (
    ("help", ("-h", "--help"), "Show this help."),
    ("help_all", ("--help-all",), "Show the help of all options, those of classes too."),
    ("version", ("--version", "-V"), "Show the version."),
)
_NAME = re.compile(r"\w(?:-?\w){0,200}")


def take(module: Any, catch: Catch) -> None:
    """Make every Application of traitlets tell `catch` of itself when it parses."""

    def made(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        original(app, *args, **kwargs)
        catch.note(NAME, app, MADE)

    def parsed(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        given = args[0] if args else kwargs.get("argv")
        if getattr(app, "parent", None) is None:
            meet(catch, NAME, app, sys.argv[1:] if given is None else given)
        return original(app, *args, **kwargs)

    def printed(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        if getattr(app, "parent", None) is None:
            catch.announce(NAME, app)
        return original(app, *args, **kwargs)

    around(module.Application, "__init__", made)
    around(module.Application, "print_help", printed)
    around(module.Application, "parse_command_line", parsed)


def describe(parser: Any) -> Command:
    """Say what the application accepts; its sub-applications are imported and not made."""
    return _command(parser, str(parser.name or ""), "", (type(parser),))


def version(parser: Any) -> str:
    """Return the version that the application tells."""
    return version_in(str(parser.version or ""))


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the loader of the application makes of these arguments."""
    words, path = list(argv), []
    app: Any = parser
    while words and words[0] in dict(declared(app, "subcommands") or {}):
        path.append(words[0])
        app = _application(declared(app, "subcommands")[words.pop(0)][0])
    prefix = "".join(f"{word}." for word in path)
    with contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            loader = _loader(app, words)
            loader.load_config()
        except (Exception, SystemExit) as wrong:  # noqa: BLE001 - traits may raise anything
            raise Refused(_sentence(told.getvalue(), wrong)) from None
    return _heard(app, loader, prefix)


def _sentence(told: str, wrong: BaseException) -> str:
    lines = [line for line in told.splitlines() if line.strip()]
    return lines[-1].partition("error: ")[2] or lines[-1] if lines else str(wrong)


def _loader(app: Any, words: List[str]) -> Any:
    """Return the loader that parse_command_line() would use for these words."""
    app = app(parent=None) if isinstance(app, type) else app
    flags, aliases = app.flatten_flags()
    classes = list(app._classes_with_config_traits())
    return app._create_loader(words, aliases, flags, classes=classes)


def _heard(app: Any, loader: Any, prefix: str) -> Dict[str, Any]:
    found: Dict[str, Any] = {}
    given = vars(loader.parsed_data)
    for option, parameter in _parameters(app, prefix):
        for target in option.targets if option else ():
            section, _, key = target.rpartition(".")
            if target.replace(".", "__DOT__") in given:
                found[parameter.address] = heard(loader.config[section][key])
        if _flagged(loader, parameter.spellings):
            found[parameter.address] = True
        elif _flagged(loader, parameter.negations):
            found[parameter.address] = False
    words = heard(list(loader.extra_args))
    return dict(found, **{REST: words}) if words else found


def _flagged(loader: Any, spellings: Sequence[str]) -> bool:
    """Say whether one of these flags was given: their settings, as the loader puts them."""
    given = vars(loader.parsed_data)["_flags"]
    names = [each.lstrip("-") for each in spellings]
    return any(loader.flags[name][0] in given for name in names if name in loader.flags)


def _command(app: Any, name: str, prefix: str, above: Tuple[Any, ...]) -> Command:
    below = tuple(_commands(app, prefix, above)) if len(above) < _DEEPEST else ()
    reserved = ("help", *(each.name for each in below))
    return Command(
        name=name,
        help=_text(declared(app, "description")) or _text(getattr(app, "__doc__", "")),
        epilog=_text(declared(app, "examples")),
        parameters=tuple(parameter for _, parameter in _parameters(app, prefix)),
        commands=below,
        open_options=True,
        syntax=replace(SYNTAX, reserved=reserved),
    )


def _parameters(app: Any, prefix: str) -> List[Tuple[Option, Parameter]]:
    addresses = Addresses(prefix)
    made = []
    for option in options(app):
        wish = longest(option.parameter.spellings).replace("-", "_").replace(".", "_")
        address = addresses.take(wish, "option")
        made.append((option, replace(option.parameter, address=address)))
    known = {each for option, _ in made for each in option.parameter.spellings}
    for name, spellings, help_ in _TELLS:
        free = tuple(each for each in spellings if each not in known)
        if free:
            parameter = Parameter(
                addresses.take(name), free, kind=Kind.FLAG, help=help_, least=0, most=0,
                action=name.partition("_")[0], hidden=True,
            )  # fmt: skip
            made.append((Option(), parameter))
    return made


def _commands(app: Any, prefix: str, above: Tuple[Any, ...]) -> Iterator[Command]:
    for name, (source, help_) in dict(declared(app, "subcommands") or {}).items():
        if not _NAME.fullmatch(name):
            continue
        try:
            found = _application(source)
        except (Exception, SystemExit):  # noqa: BLE001 - one broken import must not lose the rest
            yield Command(name, help=_text(help_), error=traceback.format_exc(), syntax=SYNTAX)
            continue
        if found is None or any(found is each for each in above):
            yield Command(name, help=_text(help_), open_options=True, syntax=SYNTAX)
            continue
        made = _command(found, name, f"{prefix}{name}.", (*above, found))
        yield replace(made, help=_text(help_) or made.help)


def _application(source: Any) -> Any:
    """Return the class of a sub-command; None where a function would make the application."""
    if isinstance(source, str):
        module, _, name = source.rpartition(".")
        source = getattr(__import__(module, fromlist=[name]), name)
    return source if isinstance(source, type) else None


def _text(value: Any) -> str:
    return inspect.cleandoc(value) if isinstance(value, str) else ""
