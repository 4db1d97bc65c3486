"""What the browser needs to draw a picture of the command while the form is filled in."""

from __future__ import annotations

from collections.abc import Mapping

from webify.faces.labels import spelling
from webify.model.command import Kind, Parameter, Syntax

_KINDS = {Kind.FLAG: "flag", Kind.SWITCH: "switch", Kind.COUNT: "count"}


def picture(parameter: Parameter, syntax: Syntax) -> Mapping[str, str]:
    """Return flag, join, default, kind and negation of a parameter."""
    flag = spelled(parameter)
    return {
        "flag": flag,
        "join": join(parameter, flag, syntax),
        "default": _default(parameter),
        "kind": _kind(parameter),
        "negation": parameter.negations[0] if parameter.negations else "",
    }


def spelled(parameter: Parameter) -> str:
    """Return the spelling in the picture; of a count, the short one."""
    if parameter.kind is Kind.COUNT:
        return min(parameter.spellings, key=len, default="")
    return spelling(parameter)


def join(parameter: Parameter, flag: str, syntax: Syntax) -> str:
    """Return what stands between the spelling and a value."""
    if parameter.several:
        return " "
    return syntax.long_join if len(flag) > 2 else syntax.short_join


def _kind(parameter: Parameter) -> str:
    if parameter.secret:
        return "secret"
    return _KINDS.get(parameter.kind) or ("positional" if parameter.positional else "value")


def _default(parameter: Parameter) -> str:
    default = parameter.default.value
    if parameter.secret or parameter.required or parameter.prompt or parameter.env:
        return ""
    return default if isinstance(default, str) else ""
