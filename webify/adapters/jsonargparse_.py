"""jsonargparse: an argparse parser whose values are checked by type hints."""

from __future__ import annotations

import contextlib
import enum
import operator
import sys
from dataclasses import replace
from typing import Any, Callable, Dict, Iterator, Optional, Sequence, Tuple

from webify.adapters import argparse_
from webify.adapters.annotations import annotated, arguments, bare, literal, members, origin, united
from webify.adapters.argparse_action import of_class
from webify.adapters.catching import Catch, claims
from webify.adapters.configargparse_ import relaxed
from webify.adapters.defaults import SUPPRESSED, default_of
from webify.adapters.typed import YES_NO, Typed, own_name
from webify.model.command import Bounds, Choice, Command, Kind, Parameter, PathRule

NAME = "jsonargparse"
SYNTAX = argparse_.SYNTAX

# What YAML reads as nothing where text or nothing is wanted.
_NOTHING = r"\s*(?:~|[nN]ull|NULL|#.*|&\S+|!!null.*|---.*|(?:~|[nN]ull|NULL)\s+#.*)?\s*"
_LISTS = {"list", "set", "tuple", "frozenset", "deque", "sequence", "mutablesequence"}
_LISTS |= {"iterable", "abstractset", "mutableset", "collection"}
_NO_HELP = "_EMPTY_HELP_"  # stands where there is none, so that the default is shown
_SENDS = ("_ActionHelpClassPath", "ActionFail")
_FILES = ("ActionConfigFile", "_ActionConfigLoad")


def take(module: Any, catch: Catch) -> None:
    """Claim each parser of jsonargparse."""
    claims(module.ArgumentParser, catch, NAME)


def describe(parser: Any) -> Command:
    """Say what the parser and all its sub-commands accept."""
    with _as_declared(parser):
        return argparse_.describe(parser, _way())


def version(parser: Any) -> str:
    """Return the version that the parser tells, or ""."""
    return argparse_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    return argparse_.read(parser, argv, _way())


@contextlib.contextmanager
def _as_declared(parser: Any) -> Iterator[None]:
    """Let what is required be so while the parser is at work, which does the checking itself."""
    packages = [cls.__module__.rpartition(".")[0] for cls in type(parser).__mro__]
    found = (sys.modules.get(f"{package}._required") for package in packages)
    restores = [getattr(each, "restore_suppressed_required", None) for each in found]
    restore = next(filter(None, restores), None)
    with restore() if restore else contextlib.nullcontext():
        yield


def _way() -> argparse_.Way:
    return argparse_.Way(SYNTAX, _amended, _finished, _parsed, own_names=True)


def _parsed(parser: Any, argv: Sequence[str]) -> Tuple[Callable[[str, str], Any], Sequence[str]]:
    found = parser.parse_args(list(argv))
    return (lambda prefix, dest: _named(found[prefix + dest])), ()


def _named(value: Any) -> Any:
    """Return members of enums by their names, as they are spelled."""
    if isinstance(value, enum.Enum):
        return value.name
    return [_named(each) for each in value] if isinstance(value, (list, tuple, set)) else value


def _finished(parser: Any, command: Command) -> Command:
    """Offer the options of classes that are chosen by name as arguments of one's own."""
    nested = any(of_class(each, "_ActionHelpClassPath") for each in parser._actions)
    return replace(command, open_options=True) if nested else command


def _amended(parser: Any, action: Any, parameter: Parameter) -> Optional[Parameter]:
    parameter = replace(parameter, help=parameter.help.replace(_NO_HELP, ""))
    needed = action.dest in getattr(parser, "required_args", ())  # of versions before 4.47
    parameter = replace(
        parameter,
        env=_env(parser, action, parameter),
        required=parameter.required or needed,
    )
    if any(of_class(action, each) for each in _SENDS):
        return replace(parameter, hidden=True, action="help")
    if any(of_class(action, each) for each in _FILES):
        repeat = of_class(action, "ActionConfigFile")
        return replace(parameter, kind=Kind.FILE_IN, repeat=repeat, custom="")
    if of_class(action, "_ActionPrintConfig"):
        return replace(parameter, least=0, const="", attached=True, metavar="flags")
    if of_class(action, "ActionYesNo"):
        return _yes_no(action, parameter)
    files = any(of_class(each, "ActionConfigFile") for each in parser._actions)
    if parameter.spellings and (files or parameter.env):
        parameter = relaxed(parameter)
    hint = getattr(action, "_typehint", None)
    return parameter if hint is None or action.choices else _typed(action, parameter, hint)


def _env(parser: Any, action: Any, parameter: Parameter) -> Tuple[str, ...]:
    """Return the variable that stands for an action where the tool reads its environment."""
    named = action.dest and parameter.default != SUPPRESSED
    if not getattr(parser, "default_env", False) or not named:
        return ()
    prefix = parser.env_prefix
    start = f"{prefix}_" if isinstance(prefix, str) else ""
    return (start.replace("-", "_").upper() + action.dest.replace(".", "__").upper(),)


def _yes_no(action: Any, parameter: Parameter) -> Parameter:
    off = tuple(action.option_strings[-1:]) if action._no_prefix is not None else ()
    on = tuple(each for each in action.option_strings if each not in off)
    if action.nargs is None:
        return replace(parameter, choices=YES_NO, custom="")
    return replace(
        parameter,
        spellings=on,
        negations=off,
        kind=Kind.SWITCH,
        least=0,
        most=0,
        default=replace(parameter.default, source="value", value=bool(action.default), text=""),
        custom="",
        action="store_bool",
    )


def _typed(action: Any, parameter: Parameter, hint: Any) -> Parameter:
    spellings = tuple(each for each in parameter.spellings if not each.endswith("+"))
    parameter = replace(parameter, spellings=spellings, metavar=parameter.metavar.strip("\b"))
    known = getattr(action, "extra_help", str)()
    if known:
        parameter = replace(parameter, help=f"{parameter.help}{known}".lstrip(", "))
    plain = bare(hint)
    inner = arguments(plain)
    if _listed(plain) and inner and parameter.most == 1 and _simple(inner):
        return _row(action, parameter, plain, inner)
    said = _said(plain)
    optional = united(hint) and type(None) in arguments(hint)
    misread = _NOTHING if optional and (said.plain or said.kind is Kind.PATH) else ""
    return _with(action, replace(parameter, misread=misread), said)


def _listed(plain: Any) -> bool:
    start = origin(plain)
    return getattr(start, "__name__", "").lower() in _LISTS


def _simple(inner: Tuple[Any, ...]) -> bool:
    kinds = [bare(each) for each in inner if each is not ...]
    return not any(_listed(each) or _said(each).custom for each in kinds)


def _row(action: Any, parameter: Parameter, plain: Any, inner: Tuple[Any, ...]) -> Parameter:
    """Return a list or tuple: one word, which holds a JSON list."""
    fixed = getattr(origin(plain), "__name__", "").lower() == "tuple" and ... not in inner
    if fixed and len(inner) > 1:
        items = tuple(_said(bare(each)).item() for each in inner)
        parameter = replace(parameter, items=items, least=len(inner), most=len(inner))
    else:
        most = 1 if fixed else None
        least = 1 if parameter.required or fixed else 0
        parameter = replace(parameter, least=least, most=most)
    said = _said(bare(inner[0]))
    return _with(action, replace(parameter, written="json"), said)


def _with(action: Any, parameter: Parameter, said: Typed) -> Parameter:
    """Return the parameter with what its type says, and its default in that shape."""
    default = parameter.default
    if default != SUPPRESSED:
        value = action.default
        if isinstance(value, bool):
            default = replace(default, source="value", value=str(value).lower(), text="")
        else:
            default = default_of(value, several=parameter.several, kind=said.kind)
    return replace(
        parameter,
        action="store",
        kind=said.kind if said != Typed(plain=True) else parameter.kind,
        choices=said.choices or parameter.choices,
        bounds=said.bounds,
        path=said.path,
        default=default,
        custom=said.custom,
    )


def _said(plain: Any) -> Typed:
    if plain is bool:
        return Typed(choices=YES_NO)
    if plain is Any:
        return Typed(custom="Any")
    if members(plain):
        return Typed(choices=tuple(Choice(each.name) for each in members(plain)))
    if literal(plain) is None and isinstance(plain, type):
        mode = getattr(plain, "_mode", None)
        if isinstance(mode, str):
            return _path(mode)
        if plain.__name__ == "SecretStr":
            return Typed(plain=True)
        if issubclass(plain, str) and plain is not str:
            return Typed(custom=own_name(plain))
        if issubclass(plain, (int, float)):
            return replace(annotated(plain), bounds=_bounds(plain))
    return annotated(plain)


def _path(mode: str) -> Typed:
    """Return what the letters of a path's mode say: folder, file, rights, c: may be made."""
    made = "c" in mode
    rule = PathRule(
        exists=not made,
        file_okay="d" not in mode,
        dir_okay="f" not in mode,
        readable="r" in mode,
        writable="w" in mode,
        executable="x" in mode,
    )
    return Typed(Kind.DIRECTORY if "d" in mode else Kind.PATH, path=rule)


def _bounds(cls: Any) -> Optional[Bounds]:
    """Return the bounds of a restricted number."""
    if getattr(cls, "_join", "and") != "and":
        return None
    found = Bounds()
    for test, value in getattr(cls, "_restrictions", ()):
        if test in (operator.gt, operator.ge):
            found = replace(found, least=float(value), least_open=test is operator.gt)
        elif test in (operator.lt, operator.le):
            found = replace(found, most=float(value), most_open=test is operator.lt)
    return None if found == Bounds() else found
