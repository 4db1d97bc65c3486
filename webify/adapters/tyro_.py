"""tyro: type annotations as a command line, with a parser of its own beside argparse."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import dataclass, replace
from typing import Any, Dict, Optional, Sequence

from webify.adapters import argparse_, tyro_read
from webify.adapters.annotations import annotated, arguments, bare, origin, united
from webify.adapters.catching import PARSED, PARSED_COMMAND_LINE, Catch, around
from webify.adapters.defaults import NONE, default_of
from webify.adapters.typed import Typed, own_name
from webify.model.command import Choice, Command, Default, Kind, Parameter, Syntax

NAME = "tyro"
SYNTAX = Syntax(dash_lists="numbers")

_HELP = ("-h", "--help", "-H", "--help-verbose")
_LISTS = ("list", "tuple", "set", "frozenset", "sequence", "deque")


@dataclass(frozen=True)
class Spec:
    """What tyro made of the annotations, and the words around it."""

    spec: Any
    backend: Any
    prog: str

    def part(self, name: str) -> Any:
        """Return another module of the same copy of tyro."""
        package = type(self.spec).__module__.rpartition(".")[0]
        return importlib.import_module(f"{package}.{name}")

    def parser(self) -> Any:
        """Return an argparse parser whose actions know the argument that they stand for."""
        definition = self.part("_arguments").ArgumentDefinition
        original = definition.add_argument

        def add(argument: Any, container: Any) -> None:
            original(argument, container)
            container._actions[-1].tyro = argument

        definition.add_argument = add
        try:
            backend = self.part("_backends._argparse_backend").ArgparseBackend()
            return backend.get_parser_for_completion(self.spec, prog=self.prog, add_help=True)
        finally:
            definition.add_argument = original


def take(module: Any, catch: Catch) -> None:
    """Hear of each specification that a backend of tyro parses with."""

    def parsed(original: Any, backend: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        words = list(kwargs["args"])
        seen = Spec(kwargs["parser_spec"], backend, kwargs["prog"])
        if kwargs.get("add_help", True) and any(each in _HELP for each in words):
            catch.announce(NAME, seen)
        catch.note(NAME, seen, PARSED_COMMAND_LINE if words == sys.argv[1:] else PARSED)
        return original(backend, *args, **kwargs)

    for name in ("TyroBackend", "ArgparseBackend"):
        if name in vars(module):
            around(vars(module)[name], "parse_args", parsed)


def describe(parser: Any) -> Command:
    """Say what the annotations accept."""
    return argparse_.describe(parser.parser(), _way())


def version(parser: Any) -> str:
    """Return ""; tyro knows no version."""
    del parser
    return ""


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what tyro makes of these arguments, by address."""
    return tyro_read.read(parser, argv, _way())


def _way() -> argparse_.Way:
    return argparse_.Way(SYNTAX, _amended, _finished, own_names=True)


def _finished(parser: Any, command: Command) -> Command:
    """Say which words are commands wherever they stand, lists of values not excepted."""
    del parser
    names = [name for each in command.commands for name in (each.name, *each.aliases)]
    names += [name.replace("-", "_") for name in names if "-" in name]
    syntax = replace(command.syntax, abbreviates=False, reserved=tuple(names))
    taken = "|".join(map(re.escape, names))
    parameters = tuple(
        replace(each, misread="|".join(filter(None, (each.misread, taken))))
        if each.several and not each.positional
        else each
        for each in command.parameters
    )
    return replace(command, syntax=syntax, parameters=parameters)


def _amended(parser: Any, action: Any, parameter: Parameter) -> Optional[Parameter]:
    del parser
    argument = getattr(action, "tyro", None)
    if argument is None:
        return parameter
    parameter = replace(parameter, help=_help(argument), custom="")
    if argument.lowered.is_fixed():
        return None
    if parameter.kind is Kind.SWITCH or parameter.bare:
        return _switch(argument, parameter)
    return _typed(argument, parameter)


def _help(argument: Any) -> str:
    text = argument.field.helptext
    text = text() if callable(text) else text
    return text.strip() if isinstance(text, str) else ""


def _switch(argument: Any, parameter: Parameter) -> Parameter:
    """Return a flag, a counter or a switch, whose off spellings tyro writes before the name."""
    if argument.lowered.action != "boolean_optional_action":
        return parameter
    spellings = (*parameter.spellings, *parameter.negations)
    on = tuple(argument.lowered.name_or_flags)
    default = argument.field.default
    return replace(
        parameter,
        spellings=on,
        negations=tuple(each for each in spellings if each not in on),
        kind=Kind.SWITCH,
        default=Default("value", default) if isinstance(default, bool) else NONE,
        action="store_bool",
    )


def _typed(argument: Any, parameter: Parameter) -> Parameter:
    hint = argument.field.type_stripped
    plain = bare(hint)
    listed = getattr(origin(plain), "__name__", "").lower() in _LISTS
    inner = [bare(each) for each in arguments(plain) if each is not ...] if listed else [plain]
    said = _said(inner[0] if inner else str)
    least = 1 if parameter.required and parameter.least == 0 else parameter.least
    texts = said.plain or said.kind is Kind.PATH
    misread = "None" if texts and united(hint) and type(None) in arguments(hint) else ""
    fixed = listed and len(inner) > 1 and parameter.most == len(inner)
    parameter = replace(
        parameter,
        kind=said.kind if not said.plain else parameter.kind,
        choices=parameter.choices or said.choices,
        custom="" if parameter.choices else said.custom,
        formats=said.formats,
        least=least,
        items=tuple(_said(each).item() for each in inner) if fixed else (),
        misread=misread,
    )
    if parameter.choices == (Choice("True"), Choice("False")):
        parameter = replace(parameter, choices=(Choice("True", "Yes"), Choice("False", "No")))
    return replace(parameter, default=_default(argument, parameter))


def _said(plain: Any) -> Typed:
    if plain is bool:
        return Typed(choices=(Choice("True"), Choice("False")))
    return annotated(plain) if not arguments(plain) else Typed(custom=own_name(plain))


def _default(argument: Any, parameter: Parameter) -> Default:
    """Return the default as the words that tyro would read it from."""
    value, spelled = argument.field.default, argument.lowered.str_from_instance
    if argument.lowered.required or value is None or "Missing" in type(value).__name__:
        return NONE
    try:
        words = spelled(value) if spelled is not None and not parameter.repeat else value
    except Exception:  # noqa: BLE001 - the tool's own type may raise anything
        words = value
    return default_of(words, several=parameter.several, repeat=parameter.repeat)
