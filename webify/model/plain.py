"""The model as plain data for JSON, and back."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Dict, Tuple, Type, TypeVar, Union

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
    made: Model = _read(cls, data)
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


@lru_cache(maxsize=None)
def _types(cls: Any) -> Dict[str, Any]:
    return typing.get_type_hints(cls)


def _read(kind: Any, data: Any) -> Any:
    if _is_noun(kind):
        types = _types(kind)
        return kind(**{name: _read(types.get(name), item) for name, item in data.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is datetime:
        return datetime.fromisoformat(data)
    return _read_container(kind, data)


def _read_container(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in UNIONS and type(None) in typing.get_args(kind):
        return None if data is None else _read(_only(typing.get_args(kind)), data)
    if origin is tuple:
        inner = typing.get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_read(inner[0], item) for item in data)
        return tuple(_read(each, item) for each, item in zip(inner, data))
    return data


def _only(options: Tuple[Any, ...]) -> Any:
    inner = [option for option in options if option is not type(None)]
    return inner[0] if len(inner) == 1 else None
