"""typer: what the annotation of a parameter says, where typer carries its own copy of click."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from webify.adapters.annotations import annotated, arguments, literal, members, origin
from webify.adapters.converters import converted, custom_name, of_mode, ordered
from webify.adapters.defaults import answer
from webify.adapters.typed import YES_NO, Typed
from webify.model.command import Bounds, Choice, Kind, PathRule

_FILES = {"FileText": "r", "FileTextWrite": "w", "FileBinaryRead": "rb", "FileBinaryWrite": "wb"}
_RULES = ("exists", "file_okay", "dir_okay", "readable", "writable", "allow_dash")


def described(descriptor: Any) -> Typed:
    """Return what a TypeDescriptor says of one value, or of each of a row."""
    annotation, info = descriptor.annotation, descriptor.parameter_info
    if getattr(info, "parser", None) is not None:
        return _parsed(info.parser)
    if origin(annotation) is tuple:
        return Typed(items=tuple(_one(each, info).item() for each in arguments(annotation)))
    if origin(annotation) is list:
        annotation = (*arguments(annotation), str)[0]
    return _one(annotation, info)


def _one(annotation: Any, info: Any) -> Typed:
    mode = _mode(annotation, info)
    if mode is not None:
        return Typed(of_mode(mode), path=PathRule(dir_okay=False, allow_dash=True))
    if annotation is bool:
        return Typed(choices=YES_NO)
    values = members(annotation) or literal(annotation)
    if values:
        choices = tuple(Choice(answer(each) or str(each)) for each in values)
        return Typed(choices=choices, case_sensitive=bool(info.case_sensitive))
    said = annotated(annotation)
    if said.kind is Kind.DATETIME and info.formats:
        dated = ordered(tuple(str(each) for each in info.formats))
        return Typed(dated.kind, formats=dated.formats)
    if said.kind in (Kind.INTEGER, Kind.NUMBER):
        return replace(said, bounds=_bounds(info))
    ruled = said.custom and any(getattr(info, each, False) for each in (*_RULES[:1], "path_type"))
    return _path(info) if said.kind is Kind.PATH or ruled else said


def _parsed(parser: Any) -> Typed:
    said = converted(parser)
    return Typed(said.kind, formats=said.formats, custom=custom_name(parser, said))


def _mode(annotation: Any, info: Any) -> Any:
    """Return the mode in which a file is opened, or None for what is no file."""
    names = [cls.__name__ for cls in getattr(annotation, "__mro__", ())]
    mode = next((_FILES[name] for name in names if name in _FILES), None)
    return mode and str(info.mode or mode)


def _bounds(info: Any) -> Any:
    least, most = info.min, info.max
    if least is None and most is None:
        return None
    return Bounds(least, most, clamp=bool(info.clamp))


def _path(info: Any) -> Typed:
    rule = PathRule(**{name: bool(getattr(info, name)) for name in _RULES})
    return Typed(path_kind(rule), path=rule)


def path_kind(rule: PathRule) -> Kind:
    """Return the kind of a path that must be as the rule says."""
    if rule.dir_okay and not rule.file_okay:
        return Kind.DIRECTORY
    reads = rule.exists and rule.readable and not rule.dir_okay and not rule.writable
    return Kind.FILE_IN if reads and not rule.executable else Kind.PATH
