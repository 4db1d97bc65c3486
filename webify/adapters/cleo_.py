"""cleo: say in our nouns what an application accepts, namespaces of commands as a tree."""

from __future__ import annotations

import contextlib
import sys
import traceback
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters.catching import PARSED, Catch, around
from webify.adapters.defaults import default_of, hidden_default
from webify.adapters.hearing import Refused, heard
from webify.adapters.meeting import meet
from webify.adapters.naming import Addresses, part, path_kind, secret, version_in
from webify.adapters.trees import Node, tree
from webify.model.command import Command, Kind, Parameter, Syntax

NAME = "cleo"
SYNTAX = Syntax(dash_lists="always", plain_dash=True)

_TELLS = {"help": "help", "version": "version"}
_LEVELS = "verbose"  # its shortcuts are v, vv and vvv


def take(module: Any, catch: Catch) -> None:
    """Make every Application of cleo tell `catch` of itself when it is run."""
    application = getattr(module, "Application", None)
    if application is None or not hasattr(application, "definition"):
        return  # cleo before 1.0 is built on another parser

    def run(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        catch.note(NAME, app, PARSED)
        return original(app, *args, **kwargs)

    def chosen(original: Any, app: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        io = args[0] if args else kwargs["io"]
        meet(catch, NAME, app, getattr(io.input, "_tokens", ()))
        return original(app, *args, **kwargs)

    around(application, "run", run)
    around(application, "_run", chosen)  # plug-ins of the tool may have added commands by now


def describe(parser: Any) -> Command:
    """Say what the application and all its commands accept."""
    options = parser.definition.options
    root = Command(
        name=str(parser.name or ""),
        help=_plain(parser, parser.help),
        parameters=tuple(_options(parser, options, Addresses(""))),
        syntax=SYNTAX,
    )
    found = dict(_commands(parser))
    if parser.is_single_command():
        alone = found.get(parser._default_command)
        return root if alone is None else _single(parser, root, alone)
    return _below(parser, root, tree(found), "")


def version(parser: Any) -> str:
    """Return the version of the application."""
    return version_in(parser.version)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the application makes of these arguments; nothing of the tool runs."""
    io: Any = SimpleNamespace(input=_input(parser, argv))
    with _refusing():
        with contextlib.suppress(Exception):
            io.input.bind(_words_of(parser))  # cleo itself forgives all faults here
        name = parser._get_command_name(io) or parser._default_command
        command = parser.find(name)
        if " " in name:
            argv = _joined(list(argv), name)
        io.input = _input(parser, argv)
        command.merge_application_definition()
        io.input.bind(command.definition)
        io.input.validate()
    prefix = "" if parser.is_single_command() else f"{'.'.join(map(part, name.split()))}."
    own = command._definition
    found = {prefix + part(key): value for key, value in io.input._arguments.items()}
    for key, value in io.input._options.items():
        given = True if value is None else value
        given = _level(argv) if key == _LEVELS and not own.has_option(key) else given
        found[(prefix if own.has_option(key) else "") + _address(key)] = given
    return {address: heard(value) for address, value in found.items()}


def _level(argv: Sequence[str]) -> int:
    """Return how verbose cleo is to be: it looks at the words themselves."""
    found = [len(word) - 1 for word in argv if word in ("-v", "-vv", "-vvv")]
    return max(found, default=1)


def _input(parser: Any, argv: Sequence[str]) -> Any:
    module: Any = sys.modules[_base(parser).__module__]
    return module.ArgvInput(["tool", *argv])


def _words_of(parser: Any) -> Any:
    """Return the application's own definition, whose one argument is the words of a command."""
    module: Any = sys.modules[_base(parser).__module__]
    made = module.Definition(list(parser.definition.options))
    made.add_argument(module.Argument("command", required=True, is_list=True))
    return made


def _base(parser: Any) -> Any:
    """Return cleo's own class, of the copy of cleo that the tool uses."""
    named = [cls for cls in type(parser).__mro__ if cls.__name__ == "Application"]
    return next(cls for cls in reversed(named) if "_get_command_name" in vars(cls))


def _joined(argv: List[str], name: str) -> List[str]:
    """Return the arguments with the words of a command's name as one, as cleo does it."""
    first = argv.index(name.split(" ", maxsplit=1)[0])
    return [*argv[:first], name, *argv[first + 1 + name.count(" ") :]]


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Exception as wrong:  # noqa: BLE001 - whatever the application refuses with
        raise Refused(str(wrong) or type(wrong).__name__) from None


def _commands(parser: Any) -> Iterator[Tuple[str, Any]]:
    """Yield the name and the command of each, or the traceback of one that cannot be loaded."""
    parser._init()
    loader = getattr(parser, "_command_loader", None)
    names = [*parser._commands, *(loader.names if loader else ())]
    for name in dict.fromkeys(names):
        try:
            yield name, parser.find(name)
        except (Exception, SystemExit):  # noqa: BLE001 - one broken import must not lose the rest
            yield name, traceback.format_exc()


def _below(parser: Any, made: Command, node: Node, prefix: str) -> Command:
    """Return the command with those below it, whose names go on with its own."""
    below = []
    for word, child in node.below.items():
        if child.value is not None and _alias(child.value, f"{prefix}{word}".replace(".", " ")):
            continue
        path = f"{prefix}{word}."
        command = _command(parser, word, child.value, path)
        if child.below:
            own = tuple(replace(each, alone=True) for each in command.parameters)
            command = replace(command, parameters=own)
        below.append(_below(parser, command, child, path))
    names = tuple(each for command in below for each in (command.name, *command.aliases))
    return replace(
        made,
        commands=tuple(below),
        needs_command=bool(below) and node.value is None and bool(prefix),
        syntax=replace(made.syntax, reserved=names),
    )


def _alias(command: Any, name: str) -> bool:
    return not isinstance(command, str) and command.name != name and name in command.aliases


def _command(parser: Any, word: str, source: Any, prefix: str) -> Command:
    if source is None:
        return Command(word, syntax=SYNTAX)
    if isinstance(source, str):
        return Command(word, error=source, syntax=SYNTAX)
    addresses = Addresses(prefix)
    definition = source._definition
    return Command(
        name=word,
        aliases=tuple(each.split(" ")[-1] for each in source.aliases),
        help=_plain(parser, source.description),
        epilog=_plain(parser, _help(source)),
        usage=str(source.name or ""),
        parameters=(
            *_options(parser, definition.options, addresses),
            *(_argument(parser, each, addresses) for each in definition.arguments),
        ),
        hidden=bool(source.hidden),
        syntax=SYNTAX,
    )


def _help(source: Any) -> str:
    try:
        return str(source.processed_help) if source.help else ""
    except (KeyError, IndexError, ValueError):
        return str(source.help)


def _single(parser: Any, root: Command, source: Any) -> Command:
    """Return the application whose one command needs no name."""
    only = _command(parser, root.name, source, "")
    known = {each.address for each in only.parameters}
    inherited = tuple(each for each in root.parameters if each.address not in known)
    return replace(only, parameters=(*only.parameters, *inherited), help=only.help or root.help)


def _options(parser: Any, options: Sequence[Any], addresses: Addresses) -> Iterator[Parameter]:
    for option in options:
        yield _option(parser, option, addresses.take(_address(option.name), "option"))


def _address(name: str) -> str:
    return part(name.replace("-", "_"))


def _option(parser: Any, option: Any, address: str) -> Parameter:
    shortcuts = tuple(f"-{each}" for each in (option.shortcut or "").split("|") if each)
    letters = [each for each in shortcuts if len(each) == 2]
    spellings = tuple(dict.fromkeys((*letters, f"--{option.name}", *shortcuts)))
    word = _TELLS.get(option.name, "") if option.is_flag() else ""
    counts = option.is_flag() and option.name == _LEVELS and len(shortcuts) > 1
    takes = option.accepts_value()
    hide = takes and secret([option.name])
    default = default_of(option.default, repeat=option.is_list())
    return Parameter(
        address=address,
        spellings=spellings,
        kind=path_kind([option.name]) if takes else Kind.COUNT if counts else Kind.FLAG,
        help=_plain(parser, option.description),
        default=hidden_default(default) if hide else default,
        least=1 if takes and option.requires_value() else 0,
        most=1 if takes else 0,
        repeat=bool(option.is_list()),
        action=word or ("store" if takes else "count" if counts else "store_true"),
        secret=hide,
        hidden=bool(word),
    )


def _argument(parser: Any, argument: Any, addresses: Addresses) -> Parameter:
    many = argument.is_list()
    return Parameter(
        address=addresses.take(part(argument.name), "argument"),
        kind=path_kind([argument.name]),
        help=_plain(parser, argument.description),
        metavar=str(argument.name),
        default=default_of(argument.default, several=many),
        required=bool(argument.is_required()),
        least=1 if argument.is_required() else 0,
        most=None if many else 1,
        action="positional",
    )


def _plain(parser: Any, text: Any) -> str:
    """Return a text without the marks of cleo's own formatter."""
    if not isinstance(text, str) or not text:
        return ""
    try:
        return str(parser.create_io().output.formatter.remove_format(text)).strip()
    except Exception:  # noqa: BLE001 - a style that the tool forgot to declare
        return text
