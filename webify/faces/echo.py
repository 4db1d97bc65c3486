"""Compare values with what the tool's own parser made of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from webify.model.command import Item, Kind, Parameter, Value

UNTOLD = {"untold": True}  # what stands for an object that has no plain form

# Words that parsers read as yes or no.
_TRUTHS = (
    frozenset({"false", "no", "off", "n", "f", "0"}),
    frozenset({"true", "yes", "on", "y", "t", "1"}),
)
_PATHS = frozenset({Kind.FILE_IN, Kind.FILE_OUT, Kind.DIRECTORY, Kind.PATH})
_READERS: Mapping[Kind, Callable[[str], object]] = MappingProxyType(
    {
        Kind.INTEGER: float,
        Kind.NUMBER: float,
        Kind.COUNT: float,
        Kind.DATE: datetime.fromisoformat,
        Kind.DATETIME: datetime.fromisoformat,
        Kind.TIME: time.fromisoformat,
        Kind.UUID: str.lower,
    }
)

Rule = Parameter | Item


def came_back(parameter: Parameter, value: Value, heard: Any) -> bool | None:
    """Say whether a parser read the value that was spelled; None where that cannot be told.

    It cannot where the tool turns texts into objects of its own.
    """
    if _untold(heard):
        return None
    same = _same(parameter, value, heard)
    if not same and value is True and not parameter.bare:  # given alone, its constant holds
        same = parameter.const is not None and _same(parameter, parameter.const, heard)
    return None if not same and (parameter.custom or _converted(parameter, heard)) else same


def _converted(parameter: Parameter, heard: Any) -> bool:
    """Say whether a choice became something that is no choice: an object of the tool's own."""
    choices = {each.value.lower() for each in parameter.choices}
    texts = heard if isinstance(heard, list) else [heard]
    return (
        bool(choices)
        and heard is not None
        and not any(str(each).lower() in choices for each in texts)
    )


def _untold(heard: Any) -> bool:
    return heard == UNTOLD or (isinstance(heard, list) and any(map(_untold, heard)))


def _same(rule: Rule, value: Any, heard: Any) -> bool:
    if isinstance(value, list):
        uses = heard if isinstance(heard, list) else [heard]
        return len(uses) == len(value) and all(
            _same(_at(rule, place, one), one, other)
            for place, (one, other) in enumerate(zip(value, uses, strict=True))
        )
    if isinstance(heard, list) and len(heard) == 1:
        heard = heard[0]  # one value of a list that holds one always
    if isinstance(value, str) and isinstance(heard, bool):
        return value.lower() in _TRUTHS[heard]
    if isinstance(value, bool) or isinstance(heard, bool):
        return value is heard
    return heard is not None and _alike(rule, str(value), str(heard))


def _at(rule: Rule, place: int, value: Any) -> Rule:
    """Return the rule of one value of a use."""
    if isinstance(rule, Item) or isinstance(value, list) or not rule.items:
        return rule
    return rule.items[min(place, len(rule.items) - 1)]


def _alike(rule: Rule, text: str, heard: str) -> bool:
    if text == heard:
        return True
    if rule.choices and isinstance(rule, Parameter) and not rule.case_sensitive:
        return text.lower() == heard.lower()
    if rule.kind in _PATHS:
        return _same_path(text, heard)
    read = _READERS.get(rule.kind)
    if read is not None:
        with contextlib.suppress(ValueError, OverflowError):
            return read(text) == read(heard)
    return False


def _same_path(text: str, heard: str) -> bool:
    """Say whether two paths are one; a tool may have made it whole."""
    one, other = PurePath(text), PurePath(heard)
    return one == other or (other.is_absolute() and other.parts[-len(one.parts) :] == one.parts)
