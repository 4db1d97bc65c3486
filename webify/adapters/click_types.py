"""click: what the type of a parameter says, in any copy of click: types are told by name."""

from __future__ import annotations

from typing import Any, Dict, Optional

from webify.adapters import typer_types
from webify.adapters.converters import converted, custom_name, of_mode, ordered
from webify.adapters.defaults import answer
from webify.adapters.typed import YES_NO, Typed, own_name
from webify.adapters.typer_types import path_kind
from webify.model.command import Bounds, Choice, Kind, PathRule

_PLAIN = {
    "IntParamType": Kind.INTEGER,
    "IntRange": Kind.INTEGER,
    "FloatParamType": Kind.NUMBER,
    "FloatRange": Kind.NUMBER,
    "UUIDParameterType": Kind.UUID,
    "StringParamType": Kind.TEXT,
    "UnprocessedParamType": Kind.TEXT,
}


def type_of(source: Any) -> Any:
    """Return the type of a parameter, or what typer has in its place."""
    return getattr(source, "type", None) or getattr(source, "type_descriptor", None)


def typed(kind: Any) -> Typed:
    """Return what a type says; plain text where it is the tool's own."""
    if hasattr(kind, "annotation") and hasattr(kind, "parameter_info"):
        return typer_types.described(kind)
    name = _class_name(kind)
    reader = _READERS.get(name)
    if reader is not None:
        said: Typed = reader(kind)
        return said
    if name in _PLAIN:
        bounds = _bounds(kind) if name.endswith("Range") else None
        return Typed(_PLAIN[name], bounds=bounds, plain=_PLAIN[name] is Kind.TEXT)
    return Typed(custom="" if kind is None else own_name(kind))


def choice_text(kind: Any, value: Any) -> str:
    """Return how click spells one of the choices of this type."""
    if hasattr(value, "name") and not isinstance(value, str) and hasattr(kind, "normalize_choice"):
        return str(value.name)  # an enum's members are told by name
    text = answer(value)
    return str(value) if text is None else text


def _class_name(kind: Any) -> str:
    """Return the click class that decides: the tool's own convert() makes its type unknown."""
    for cls in type(kind).__mro__:
        if _clicks_own(cls):
            return cls.__name__
        if "convert" in vars(cls) and not any(base.__name__ == "Choice" for base in cls.__mro__):
            return ""
    return ""


def _clicks_own(cls: type) -> bool:
    return cls.__module__.rpartition(".")[2] == "types" and "click" in cls.__module__


def _choice(kind: Any) -> Typed:
    values = tuple(kind.choices)
    spelled = [choice_text(kind, value) for value in values]
    return Typed(
        choices=tuple(Choice(text) for text in spelled),
        case_sensitive=bool(getattr(kind, "case_sensitive", True)),
    )


def _bool(_: Any) -> Typed:
    return Typed(choices=YES_NO)


def _moment(kind: Any) -> Typed:
    said = ordered(tuple(str(each) for each in kind.formats))
    return Typed(said.kind, formats=said.formats)


def _file(kind: Any) -> Typed:
    rule = PathRule(dir_okay=False, allow_dash=True)
    return Typed(of_mode(str(getattr(kind, "mode", "r"))), path=rule)


def _path(kind: Any) -> Typed:
    rule = PathRule(
        **{
            name: bool(getattr(kind, name, default))
            for name, default in (
                ("exists", False),
                ("file_okay", True),
                ("dir_okay", True),
                ("readable", True),
                ("writable", False),
                ("executable", False),
                ("allow_dash", False),
            )
        }
    )
    return Typed(path_kind(rule), path=rule)


def _tuple(kind: Any) -> Typed:
    return Typed(items=tuple(typed(each).item() for each in kind.types))


def _function(kind: Any) -> Typed:
    said = converted(kind.func)
    return Typed(said.kind, formats=said.formats, custom=custom_name(kind.func, said))


def _bounds(kind: Any) -> Optional[Bounds]:
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is None and most is None:
        return None
    return Bounds(
        least,
        most,
        least_open=bool(getattr(kind, "min_open", False)),
        most_open=bool(getattr(kind, "max_open", False)),
        clamp=bool(getattr(kind, "clamp", False)),
    )


_READERS: Dict[str, Any] = {
    "Choice": _choice,
    "BoolParamType": _bool,
    "DateTime": _moment,
    "File": _file,
    "Path": _path,
    "Tuple": _tuple,
    "FuncParamType": _function,
}
