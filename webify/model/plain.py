"""The model as plain data for JSON, and back."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Callable, Dict, Tuple, Type, TypeVar, Union

Model = TypeVar("Model")
UNIONS = (Union, getattr(types, "UnionType", Union))  # Optional[x], and x | None since Python 3.10


def to_plain(value: Any) -> Any:
    """Return lists, dicts and scalars for a model object; fields at their defaults are left out."""
    if _is_noun(value):
        return {
            name: to_plain(getattr(value, name))
            for name, default in _defaults(value.__class__).items()
            if getattr(value, name) != default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value


def from_plain(cls: Type[Model], data: Any) -> Model:
    """Return the model object that to_plain() was given.

    Raises TypeError where a field without default is missing, or a name is unknown.
    """
    kind: Any = cls
    made: Model = _reader(kind)(data)
    return made


def _is_noun(value: Any) -> bool:
    return is_dataclass(value)


@lru_cache(maxsize=None)
def _defaults(cls: Any) -> Dict[str, Any]:
    found = {}
    for each in fields(cls):
        if each.default_factory is not MISSING:
            found[each.name] = each.default_factory()
        else:
            found[each.name] = each.default
    return found


def _as_it_is(data: Any) -> Any:
    return data


@lru_cache(maxsize=None)
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what makes an object of this kind of its plain data; asked once for each kind."""
    if _is_noun(kind):
        return lambda data: kind(**_answers(_readers(kind), data))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is datetime:
        return datetime.fromisoformat
    return _container_reader(kind)


@lru_cache(maxsize=None)
def _readers(cls: Any) -> Dict[str, Callable[[Any], Any]]:
    """Return the readers of the fields whose plain data is something else than the field."""
    found = {name: _reader(kind) for name, kind in typing.get_type_hints(cls).items()}
    return {name: reader for name, reader in found.items() if reader is not _as_it_is}


def _answers(readers: Dict[str, Callable[[Any], Any]], data: Any) -> Dict[str, Any]:
    return {name: readers[name](item) if name in readers else item for name, item in data.items()}


def _container_reader(kind: Any) -> Callable[[Any], Any]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in UNIONS and type(None) in inner:
        within = _reader(_only(inner))
        return (
            within if within is _as_it_is else lambda data: None if data is None else within(data)
        )
    if origin is dict:
        held = _reader(inner[1])
        return held if held is _as_it_is else lambda data: {name: held(data[name]) for name in data}
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        each = _reader(inner[0])
        return lambda data: tuple(map(each, data)) if each is not _as_it_is else tuple(data)
    if origin is tuple:
        several = [_reader(one) for one in inner]
        return lambda data: tuple(read(item) for read, item in zip(several, data))
    return _as_it_is


def _only(options: Tuple[Any, ...]) -> Any:
    inner = [option for option in options if option is not type(None)]
    return inner[0] if len(inner) == 1 else None
