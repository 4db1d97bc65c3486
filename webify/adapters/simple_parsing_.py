"""simple-parsing: the fields of dataclasses as the arguments of an argparse parser."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any, Callable, Dict, List, Sequence, Tuple

from webify.adapters import argparse_
from webify.adapters.annotations import annotated
from webify.adapters.argparse_action import of_class
from webify.adapters.catching import Catch, claims
from webify.adapters.typed import YES_NO
from webify.model.command import Command, Default, Item, Kind, Parameter

NAME = "simple-parsing"
SYNTAX = argparse_.SYNTAX

_NO_HELP = "<__TEMP__>"  # stands where a field has no help, so that its default is shown


def take(module: Any, catch: Catch) -> None:
    """Claim each parser of simple-parsing."""
    claims(module.ArgumentParser, catch, NAME)


def describe(parser: Any) -> Command:
    """Say what the fields of all dataclasses accept."""
    return argparse_.describe(parser, _way())


def version(parser: Any) -> str:
    """Return the version that the parser tells, or ""."""
    return argparse_.version(parser)


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what the parser makes of these arguments, by address."""
    _prepare(parser)
    for action in _every(parser):
        _rewind(action.type)
    return argparse_.read(parser, argv, _way())


def _way() -> argparse_.Way:
    return argparse_.Way(SYNTAX, _amended, _finished, _parsed, own_names=True, prepare=_prepare)


def _prepare(parser: Any) -> None:
    """Make the parser add the arguments of its dataclasses, as it does when it parses."""
    if hasattr(parser, "_preprocessing") and not parser._preprocessing_done:
        parser._preprocessing(args=[])


def _parsed(parser: Any, argv: Sequence[str]) -> Tuple[Callable[[str, str], Any], Sequence[str]]:
    """Parse without making the dataclasses themselves: that is the tool's own code."""
    found, rest = argparse.ArgumentParser.parse_known_args(parser, list(argv))
    return (lambda _, dest: vars(found)[dest]), rest


def _every(parser: Any) -> List[Any]:
    below = argparse_.subparsers(parser)
    inner = [each for one in (below.choices.values() if below else ()) for each in _every(one)]
    return [*parser._actions, *inner]


def _rewind(converter: Any) -> None:
    """Let a converter of tuples, which counts its calls, begin again."""
    names = getattr(getattr(converter, "__code__", None), "co_freevars", ())
    if "calls_count" in names:
        converter.__closure__[names.index("calls_count")].cell_contents = 0


def _finished(parser: Any, command: Command) -> Command:
    """Offer the options of a class that is not the chosen one as arguments of one's own."""
    chosen = [name for wrapper in parser._wrappers for name in _subgroups(wrapper)]
    lost = tuple(f"{each}: other choices bring other options than its default." for each in chosen)
    return replace(command, lost=lost, open_options=True) if lost else command


def _subgroups(wrapper: Any) -> List[str]:
    found = [each.option_strings[0] for each in wrapper.fields if each.is_subgroup]
    return found + [name for below in wrapper._children for name in _subgroups(below)]


def _amended(parser: Any, action: Any, parameter: Parameter) -> Parameter:
    parameter = replace(parameter, help=_help(action, parameter))
    if of_class(action, "BooleanOptionalAction") and hasattr(action, "negative_option_strings"):
        return _truth(parser, action, parameter)
    if getattr(action.type, "__name__", "") == "str2bool":
        return replace(parameter, choices=YES_NO, custom="")
    items = _positions(action.type, parameter)
    if items:
        return replace(parameter, items=items, custom="")
    plain = str(getattr(action.type, "__name__", "")).startswith("typing.")
    return replace(parameter, custom="") if parameter.choices or plain else parameter


def _help(action: Any, parameter: Parameter) -> str:
    """Return the help without what simple-parsing adds to it."""
    text = parameter.help.replace(_NO_HELP, "").strip()
    added = f"(default: {action.default})"
    return text[: -len(added)].rstrip() if text.endswith(added) else text


def _positions(converter: Any, parameter: Parameter) -> Tuple[Item, ...]:
    """Return the kinds of a tuple's positions, which its converter keeps."""
    names = getattr(getattr(converter, "__code__", None), "co_freevars", ())
    if "tuple_item_types" not in names or parameter.least < 2:
        return ()
    kinds = converter.__closure__[names.index("tuple_item_types")].cell_contents
    return tuple(annotated(each).item() for each in kinds) if len(kinds) == parameter.least else ()


def _truth(parser: Any, action: Any, parameter: Parameter) -> Parameter:
    """Return a switch, or a choice where a bare option would take the next word for its value."""
    off = tuple(action.negative_option_strings)
    on = tuple(each for each in action.option_strings if each not in off)
    start = action.default if isinstance(action.default, bool) else None
    if any(not each.option_strings for each in parser._actions):
        default = Default() if start is None else Default("value", str(start).lower())
        return replace(
            parameter,
            spellings=on,
            negations=off,
            kind=Kind.TEXT,
            choices=YES_NO,
            default=default,
            most=1,
            least=1,
            action="store",
            custom="",
        )
    default = Default() if start is None else Default("value", start)
    return replace(
        parameter, spellings=on, negations=off, kind=Kind.SWITCH, default=default, custom=""
    )
