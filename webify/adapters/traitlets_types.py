"""traitlets: what the type of a trait says of its value; types are told by name."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import Any, Iterable, Optional, Sequence, Tuple

from webify.adapters.defaults import answer, default_of
from webify.adapters.naming import path_kind
from webify.model.command import Bounds, Choice, Default, Kind

_MANY = 500  # choices; more than these are no list that a person chooses from
_KINDS = {
    "Int": Kind.INTEGER,
    "Long": Kind.INTEGER,
    "Float": Kind.NUMBER,
    "Unicode": Kind.TEXT,
    "Path": Kind.PATH,
}
_YES_NO = (Choice("true", "Yes"), Choice("false", "No"))
_ENUMS = ("Enum", "CaselessStrEnum", "FuzzyEnum", "UseEnum")
_LISTS = ("List", "Set", "Tuple")
_COUNTS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True)
class Typed:
    """What a trait says of its values."""

    kind: Kind = Kind.TEXT
    choices: Tuple[Choice, ...] = ()
    case_sensitive: bool = True
    bounds: Optional[Bounds] = None
    repeat: bool = False
    least: int = 1
    most: Optional[int] = 1
    default: Default = field(default_factory=Default)
    custom: str = ""
    metavar: str = ""
    action: str = "store"  # "verbatim" where quotes are a part of the value


def declared(app: Any, name: str) -> Any:
    """Return an attribute of an application or of its class; of a trait, its default."""
    found = getattr(app, name, None)
    if hasattr(found, "default_args") or hasattr(found, "make_dynamic_default"):
        return _raw_default(found)
    return found


def typed(trait: Any, names: Sequence[str]) -> Typed:
    """Return what the trait says; names are its spellings and its own name."""
    if _is(trait, "Union"):
        return _union(trait, names)
    default = _raw_default(trait)
    if _is(trait, *_LISTS, "Dict"):
        return _several(trait, names, default)
    if _is(trait, *_ENUMS):
        return _enum(trait, default)
    if _is(trait, "Bool"):
        told = Default("value", "true" if default else "false")
        return Typed(choices=_YES_NO, default=told if isinstance(default, bool) else Default())
    kind = next((_KINDS[word] for word in _lineage(trait) if word in _KINDS), None)
    if kind is None:
        return Typed(default=default_of(default), custom=type(trait).__name__)
    if kind is Kind.TEXT:
        kind = path_kind(names)
    action = "verbatim" if _is(trait, "Path") else "store"
    told = _plain(default, kind)
    return Typed(kind, bounds=_bounds(trait), default=told, custom=_own(trait), action=action)


def _plain(default: Any, kind: Kind) -> Default:
    return default_of(default, kind=kind) if default != "" else Default()


def _lineage(trait: Any) -> Iterable[str]:
    return (cls.__name__ for cls in type(trait).__mro__)


def _is(trait: Any, *names: str) -> bool:
    return any(word in names for word in _lineage(trait))


def _own(trait: Any) -> str:
    """Return the name of a trait type that reads its text in a way of the tool's own."""
    for cls in type(trait).__mro__:
        if "from_string" in vars(cls):
            theirs = cls.__module__.rpartition(".")[2] != "traitlets"
            return type(trait).__name__ if theirs else ""
    return ""


def _union(trait: Any, names: Sequence[str]) -> Typed:
    """Return what the first kind of value says; a text where the others are of another kind."""
    found = [typed(each, names) for each in trait.trait_types]
    lists = [each for each in found if each.choices]
    default = default_of(_raw_default(trait))
    if lists and len(lists) == len(found):
        return Typed(choices=tuple(choice for each in lists for choice in each.choices))
    if found and all(each.kind is found[0].kind and not each.repeat for each in found):
        return Typed(found[0].kind, default=default, custom="Union")
    return Typed(default=default, custom="Union")


def _several(trait: Any, names: Sequence[str], default: Any) -> Typed:
    """Return what each item of a list is, and whether one use takes one of them or more."""
    inner = None if _is(trait, "Dict") else getattr(trait, "_trait", None)
    said = typed(inner, names) if inner is not None else Typed(custom=type(trait).__name__)
    count = trait.metadata.get("multiplicity", "append")
    least, most = _COUNTS.get(count, (count, count) if isinstance(count, int) else (1, 1))
    return replace(
        said,
        repeat=count == "append",
        least=least,
        most=most,
        default=default_of(default, repeat=True) if default else Default(),
        metavar="<key>=<value>" if _is(trait, "Dict") else "",
    )


def _enum(trait: Any, default: Any) -> Typed:
    values = getattr(trait, "values", None)
    if values is None:
        values = getattr(trait, "enum_class", ())
    listed = [each.name if isinstance(each, enum.Enum) else each for each in values or ()]
    texts = [str(each) for each in listed if each is not None]
    if len(texts) > _MANY:
        return Typed(custom=type(trait).__name__)
    told = default.name if isinstance(default, enum.Enum) else default
    return Typed(
        choices=tuple(map(Choice, dict.fromkeys(texts))),
        case_sensitive=not _is(trait, "CaselessStrEnum", "FuzzyEnum", "UseEnum"),
        default=default_of(answer(told)),
    )


def _bounds(trait: Any) -> Optional[Bounds]:
    least, most = getattr(trait, "min", None), getattr(trait, "max", None)
    least = None if least == float("-inf") else least
    most = None if most == float("inf") else most
    return None if least is most is None else Bounds(least, most)


def _raw_default(trait: Any) -> Any:
    """Return the default that a trait declares, None where it is worked out at run time."""
    kept = getattr(trait, "default_value", None)
    if type(kept).__name__ in ("Sentinel", "_Sentinel") or callable(kept):
        kept = None
    if kept is None and getattr(trait, "default_args", None):
        kept = trait.default_args[0] if _is(trait, "List", "Set", "Tuple", "Dict") else None
    return kept
