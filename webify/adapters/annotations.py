"""What the annotation of a function's parameter says of the values that it takes."""

from __future__ import annotations

import datetime
import decimal
import enum
import numbers
import pathlib
import uuid
from typing import Any, Optional, Tuple, Union

from webify.adapters.converters import DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT
from webify.adapters.defaults import answer
from webify.adapters.typed import Typed, own_name
from webify.model.command import Choice, Kind

_MOMENTS = {
    datetime.datetime: (Kind.DATETIME, DATETIME_FORMAT),
    datetime.date: (Kind.DATE, DATE_FORMAT),
    datetime.time: (Kind.TIME, TIME_FORMAT),
}


def origin(annotation: Any) -> Any:
    """Return what a written-out annotation is built on: list of list[int], else None."""
    return getattr(annotation, "__origin__", None)


def arguments(annotation: Any) -> Tuple[Any, ...]:
    """Return what stands between the brackets of an annotation."""
    return tuple(getattr(annotation, "__args__", ()))


def bare(annotation: Any) -> Any:
    """Return the annotation without what Annotated adds, and without "or None"."""
    while hasattr(annotation, "__metadata__"):
        annotation = origin(annotation)
    if not united(annotation):
        return annotation
    left = [each for each in arguments(annotation) if each is not type(None)]
    return bare(left[0]) if len(left) == 1 else annotation


def united(annotation: Any) -> bool:
    """Say whether the annotation is a union, in either way of writing one."""
    return origin(annotation) is Union or type(annotation).__name__ == "UnionType"


def literal(annotation: Any) -> Optional[Tuple[Any, ...]]:
    """Return the values of a Literal, of any copy of typing, else None."""
    return arguments(annotation) if str(origin(annotation)).endswith(".Literal") else None


def members(annotation: Any) -> Tuple[Any, ...]:
    """Return the members of an enum, or ()."""
    kind = isinstance(annotation, type) and issubclass(annotation, enum.Enum)
    return tuple(annotation) if kind else ()


def annotated(annotation: Any) -> Typed:
    """Return what one value of this annotation is; the tool's own class makes it text."""
    kind = bare(annotation)
    if kind in (str, Any, None) or kind is type(None):
        return Typed(plain=True)
    if not isinstance(kind, type):
        values = literal(kind)
        if values is None:
            return Typed(custom=own_name(kind))
        return Typed(choices=tuple(Choice(answer(each) or str(each)) for each in values))
    if kind in _MOMENTS:
        moment, form = _MOMENTS[kind]
        return Typed(moment, formats=(form,))
    known = _of_class(kind)
    return Typed(custom=own_name(kind)) if known is None else Typed(known)


def _of_class(kind: type) -> Optional[Kind]:
    if issubclass(kind, int):
        return Kind.INTEGER
    if issubclass(kind, (float, decimal.Decimal, numbers.Real)):
        return Kind.NUMBER
    if issubclass(kind, uuid.UUID):
        return Kind.UUID
    return Kind.PATH if issubclass(kind, pathlib.PurePath) else None
