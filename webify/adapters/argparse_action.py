"""argparse: say in our nouns what one action accepts."""

from __future__ import annotations

import argparse
import enum
import inspect
from itertools import islice
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from webify.adapters.converters import Converted, converted, custom_name
from webify.adapters.defaults import (
    NONE,
    ON,
    SUPPRESSED,
    answer,
    default_of,
    hidden_default,
    shown,
)
from webify.adapters.naming import longest, named_values, path_kind, secret
from webify.model.command import Bounds, Choice, Default, Item, Kind, Parameter

_MANY = 500  # choices; more than these are no list that a person chooses from
_WORDS = {
    "_StoreAction": "store",
    "_StoreConstAction": "store_const",
    "_StoreTrueAction": "store_true",
    "_StoreFalseAction": "store_false",
    "_AppendAction": "append",
    "_AppendConstAction": "append_const",
    "_CountAction": "count",
    "_HelpAction": "help",
    "_VersionAction": "version",
    "_ExtendAction": "extend",
    "BooleanOptionalAction": "BooleanOptionalAction",
}
_SETS = (set, frozenset)
_FLAGS = ("store_const", "store_true", "store_false", "append_const", "help", "version")


class _Use(NamedTuple):
    """How many values one use takes, and how often it may be used."""

    least: int = 1
    most: Optional[int] = 1
    repeat: bool = False
    rest: bool = False


def of_class(thing: Any, name: str) -> bool:
    """Say whether it is of this class, in any copy of argparse."""
    return any(cls.__name__ == name for cls in type(thing).__mro__)


def suppressed(value: Any) -> bool:
    """Say whether it is the word that stands for nothing; a tool's own value is asked nothing."""
    return isinstance(value, str) and value == argparse.SUPPRESS


def endless(action: Any) -> bool:
    """Say whether it has more choices than anybody wants to read, or such as cannot be counted."""
    try:
        return action.choices is not None and len(action.choices) > _MANY
    except Exception:  # noqa: BLE001 - the tool's own container may raise anything
        return True


def left_out(action: Any) -> bool:
    """Say whether the action is no parameter: it holds sub-parsers, or stands for one in a help."""
    return of_class(action, "_SubParsersAction") or suppressed(action.nargs)


def worded(text: Any) -> str:
    """Return a text dedented: the tool's own may be an object that is translated when shown."""
    said = "" if text is None or isinstance(text, bool) or suppressed(text) else shown(text)
    return inspect.cleandoc(said)


def parsers_below(action: Any) -> Dict[str, Any]:
    """Return the sub-parsers by name: a tool may have put a list of words for its help in choices.

    Names that its choices lack are refused.
    """
    known = getattr(action, "_name_parser_map", action.choices)
    return {name: parser for name, parser in known.items() if name in action.choices}


def filled(text: Any, prog: str) -> str:
    """Return help text dedented, with %(prog)s filled in as argparse does it."""
    clean = worded(text)
    if "%(prog)" not in clean:
        return clean
    try:
        return clean % {"prog": prog}
    except (KeyError, ValueError, TypeError):
        return clean.replace("%(prog)s", prog)


def wishes(action: Any, *, alone: bool) -> Tuple[str, ...]:
    """Return the names for its address, the best first: its dest, where that says what it does."""
    spelled = longest(action.option_strings).replace("-", "_")
    dest = action.dest if isinstance(action.dest, str) else ""
    if suppressed(dest):
        dest = ""
    named = alone and _word(action) not in ("store_const", "store_false", "append_const")
    return (dest, spelled, "value") if named else (spelled, dest or "value")


def parameter(parser: Any, action: Any, address: str, group: str) -> Parameter:
    """Return the parameter for one action that is no sub-parser."""
    word = _word(action)
    use = _use(action, word)
    converter = _converter(parser, action)
    choices, bounds = _choices(action, use, converter)
    what = _what(action, word, use, converter, choices)
    metavar = _metavar(action)
    hidden = suppressed(action.help) or word in ("help", "version")
    hide = what.kind is Kind.TEXT and not choices and secret(_names(action))
    default = _default(action, word, use, what)
    required = _required(action, use)
    return Parameter(
        address=address,
        spellings=_spellings(action, word),
        negations=_negations(action) if word == "BooleanOptionalAction" else (),
        kind=what.kind,
        help=_help(parser, action),
        metavar=metavar,
        choices=choices,
        suggestions=() if choices or what.kind is not Kind.TEXT else named_values(metavar),
        default=hidden_default(default) if hide else default,
        const=_const(action, word, use),
        required=required,
        least=use.least,
        most=use.most,
        repeat=use.repeat,
        items=_items(action, use, what.kind, choices),
        action=word,
        group=group,
        bounds=bounds,
        formats=what.formats,
        rest=use.rest,
        secret=hide,
        hidden=hidden and not (required and not action.option_strings),
        deprecated="Deprecated" if getattr(action, "deprecated", False) else "",
        custom="" if use.most == 0 or choices or bounds else custom_name(converter, what),
    )


def _word(action: Any) -> str:
    for cls in type(action).__mro__:
        if cls.__name__ in _WORDS:
            custom = cls is not type(action) and cls.__name__ == "_StoreAction"
            return type(action).__name__ if custom else _WORDS[cls.__name__]
    return type(action).__name__


def _use(action: Any, word: str) -> _Use:
    if word in ("BooleanOptionalAction", "count", *_FLAGS) or action.nargs == 0:
        return _Use(0, 0)
    repeat = word in ("append", "extend")
    nargs = action.nargs
    if nargs in ("+", "*") and word == "extend":
        return _Use(1, 1, repeat=True)
    if nargs == "+":
        return _Use(1, None, repeat)
    if nargs == "*":
        return _Use(0, None, repeat)
    if nargs == "?":
        return _Use(0, 1, repeat)
    if nargs in (argparse.REMAINDER, argparse.PARSER):
        return _Use(0 if nargs == argparse.REMAINDER else 1, None, repeat, rest=True)
    return _Use(nargs, nargs, repeat) if isinstance(nargs, int) else _Use(1, 1, repeat)


def _converter(parser: Any, action: Any) -> Any:
    try:
        return parser._registry_get("type", action.type, action.type)
    except TypeError:  # a converter that cannot be hashed is not registered
        return action.type


def _what(
    action: Any, word: str, use: _Use, converter: Any, choices: Tuple[Choice, ...]
) -> Converted:
    if word == "BooleanOptionalAction":
        return Converted(Kind.SWITCH if _negations(action) else Kind.FLAG)
    if word == "count":
        return Converted(Kind.COUNT)
    if use.most == 0:
        return Converted(Kind.FLAG)
    if converter in (None, str) or getattr(converter, "__name__", "") == "identity":
        return Converted() if choices else Converted(path_kind(_names(action)))
    said = converted(converter)
    folder = said.kind is Kind.PATH and path_kind(_names(action)) is Kind.DIRECTORY
    return Converted(Kind.DIRECTORY) if folder else said


def _names(action: Any) -> List[str]:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    names = [metavar, *action.option_strings]
    return names if action.option_strings else [metavar, str(action.dest)]


def _spellings(action: Any, word: str) -> Tuple[str, ...]:
    off = _negations(action) if word == "BooleanOptionalAction" else ()
    return tuple(each for each in action.option_strings if each not in off)


def _negations(action: Any) -> Tuple[str, ...]:
    return tuple(each for each in action.option_strings if each.startswith("--no-"))


def _required(action: Any, use: _Use) -> bool:
    if action.option_strings:
        return bool(action.required)
    return use.least > 0


def _const(action: Any, word: str, use: _Use) -> Optional[str]:
    optional = action.nargs == "?" and action.option_strings
    if not optional and word not in ("store_const", "append_const"):
        return None
    text = answer(action.const)
    return shown(action.const) if text is None and use.most else text


def _choices(action: Any, use: _Use, converter: Any) -> Tuple[Tuple[Choice, ...], Optional[Bounds]]:
    choices = action.choices
    if use.most == 0:
        return (), None
    if choices is None:
        return members(converter), None
    if isinstance(choices, range) and converter is int and choices.step == 1 and len(choices) > 10:
        return (), Bounds(choices.start, choices.stop - 1)
    try:
        values = list(islice(iter(choices), _MANY + 1))
        if isinstance(choices, _SETS):
            values.sort(key=str)
        made = tuple(_choice(value, converter) for value in values[: _MANY + 1])
    except Exception:  # noqa: BLE001 - the tool's own container and values may raise anything
        return (), None
    return (() if len(made) > _MANY else made), None


def members(cls: Any) -> Tuple[Choice, ...]:
    """Return the members of an Enum that serves as a converter, where texts make all of them."""
    if not (isinstance(cls, type) and issubclass(cls, enum.Enum)):
        return ()
    listed = list(islice(cls, _MANY + 1))
    made = tuple(_choice(member, cls) for member in listed)
    fits = all(_makes(cls, each.value, member) for each, member in zip(made, listed))
    return made if fits and len(made) <= _MANY else ()


def _choice(value: Any, converter: Any) -> Choice:
    """Return the choice, spelled so that the tool's own converter makes this value of it."""
    name: Any = value.name if isinstance(value, enum.Enum) else None
    guesses = [answer(value), name, str(value)]
    texts = [text for text in guesses if isinstance(text, str)]
    spelled = next((text for text in texts if _makes(converter, text, value)), str(value))
    label = name if isinstance(name, str) and name != spelled else ""
    return Choice(spelled, label)


def _makes(converter: Any, text: str, value: Any) -> bool:
    if converter is None:
        return bool(text == value)
    try:
        return bool(converter(text) == value)
    except Exception:  # noqa: BLE001 - the tool's own converter may raise anything
        return False


def _default(action: Any, word: str, use: _Use, what: Converted) -> Default:
    default = action.default
    if suppressed(default):
        return SUPPRESSED
    if word == "BooleanOptionalAction":
        return Default("value", default) if isinstance(default, bool) else NONE
    if word == "count":
        return Default("value", 0, str(default)) if default else NONE
    if use.most == 0:
        return _flag_default(action, word)
    if use.least == 0 and use.most == 1 and default is True:
        return ON if action.const is True else Default("value", "True")
    several = use.most is None or use.most > 1
    return default_of(
        default, several=several, repeat=use.repeat, formats=what.formats, kind=what.kind
    )


def _flag_default(action: Any, word: str) -> Default:
    """Return True for a flag whose effect holds already when it is not given."""
    if word not in ("store_const", "store_true", "store_false") or action.default is None:
        return NONE
    same = type(action.default) is type(action.const) and action.default == action.const
    return ON if same else NONE


def _metavar(action: Any) -> str:
    metavar = action.metavar
    if isinstance(metavar, tuple):
        return " ".join(shown(each) for each in metavar)
    if metavar is not None:
        return shown(metavar)
    return "" if action.option_strings else shown(action.dest)


def _items(action: Any, use: _Use, kind: Kind, choices: Tuple[Choice, ...]) -> Tuple[Item, ...]:
    metavar = action.metavar
    if not isinstance(metavar, tuple) or use.most != len(metavar) or len(metavar) < 2:
        return ()
    return tuple(Item(kind, str(name), choices) for name in metavar)


def _help(parser: Any, action: Any) -> str:
    clean = worded(action.help)
    if "%" not in clean:
        return clean
    try:
        return clean % _help_words(parser, action)
    except Exception:  # noqa: BLE001 - the tool's own values are shown, and may raise anything
        return clean


def _help_words(parser: Any, action: Any) -> Dict[str, Any]:
    words = dict(vars(action), prog=parser.prog)
    words = {name: value for name, value in words.items() if value is not argparse.SUPPRESS}
    words = {name: getattr(value, "__name__", value) for name, value in words.items()}
    if words.get("choices") is not None:
        listed, order = words["choices"], sorted if isinstance(words["choices"], _SETS) else iter
        words["choices"] = ", ".join(str(each) for each in islice(order(listed), _MANY))
    if secret(_names(action)) and words.get("default"):
        words["default"] = "••••••"
    return words
