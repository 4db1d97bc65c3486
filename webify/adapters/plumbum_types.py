"""plumbum: what the type of a switch says; a type is any callable that checks a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Sequence, Tuple

from webify.adapters.converters import converted
from webify.adapters.naming import path_kind
from webify.model.command import Bounds, Choice, Kind, PathRule

_PREDICATES = {
    "ExistingDirectory": (Kind.DIRECTORY, PathRule(exists=True, file_okay=False)),
    "MakeDirectory": (Kind.DIRECTORY, PathRule(file_okay=False)),
    "ExistingFile": (Kind.FILE_IN, PathRule(exists=True, dir_okay=False, readable=True)),
    "NonexistentPath": (Kind.PATH, PathRule()),
}


@dataclass(frozen=True)
class Typed:
    """What a type says of one value."""

    kind: Kind = Kind.TEXT
    choices: Tuple[Choice, ...] = ()
    case_sensitive: bool = True
    bounds: Optional[Bounds] = None
    path: Optional[PathRule] = None
    custom: str = ""


def typed(kind: Any, names: Sequence[str]) -> Typed:
    """Return what the type says; names are those of the switch or argument."""
    name = type(kind).__name__
    if name == "Predicate":
        return _predicate(kind)
    if name == "Range":
        return Typed(Kind.INTEGER, bounds=Bounds(kind.start, kind.end))
    if name == "Set":
        return _set(kind)
    if kind is str:
        return Typed(path_kind(names))
    if kind is bool:
        return Typed(custom="bool")
    found = converted(kind).kind
    return Typed(found, custom="" if found is not Kind.TEXT else _called(kind))


def _predicate(kind: Any) -> Typed:
    name = getattr(getattr(kind, "func", None), "__name__", "")
    known = _PREDICATES.get(name)
    return Typed(known[0], path=known[1]) if known else Typed(custom=name or "Predicate")


def _set(kind: Any) -> Typed:
    """Return the choices of a Set: with commas between several, or with checks, it is no list."""
    values = tuple(kind.values)
    closed = all(isinstance(each, str) for each in values)
    if getattr(kind, "csv", False) or not closed:
        return Typed(custom=str(kind))
    return Typed(choices=tuple(map(Choice, values)), case_sensitive=bool(kind.case_sensitive))


def _called(kind: Any) -> str:
    return str(getattr(kind, "__name__", "") or type(kind).__name__)
