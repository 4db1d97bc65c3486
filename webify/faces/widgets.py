"""Which widget a parameter gets in a form."""

from __future__ import annotations

import re
from types import MappingProxyType

from webify.faces.chain import always_on, grid
from webify.model.command import Item, Kind, Parameter

RADIOS_AT_MOST = 5

_BOXES = MappingProxyType(
    {
        Kind.INTEGER: "number",
        Kind.NUMBER: "number",
        Kind.DATE: "date",
        Kind.DATETIME: "datetime",
        Kind.TIME: "time",
    }
)
_FIXED = MappingProxyType({Kind.FLAG: "check", Kind.SWITCH: "switch", Kind.COUNT: "stepper"})
_TEXTS = ("text", "textarea", "number", "date", "datetime", "time")
_TAKES = MappingProxyType(
    {
        Kind.INTEGER: ("number", "text", "stepper"),
        Kind.NUMBER: ("number", "text"),
        Kind.DATE: ("date", "text"),
        Kind.DATETIME: ("datetime", "text"),
        Kind.TIME: ("time", "text"),
    }
)
_ID = MappingProxyType({".": "-", "-": "--", ":": ""})


def widget_of(parameter: Parameter) -> str:
    """Return the name of the widget that a parameter gets."""
    if always_on(parameter):
        return "shown"
    if parameter.kind in _FIXED:
        return _FIXED[parameter.kind]
    many = parameter.several or parameter.repeat
    if parameter.kind in (Kind.FILE_IN, Kind.FILE_OUT):
        plural = "files" if many else "file"
        return plural if parameter.kind is Kind.FILE_IN else "save"
    if parameter.optional_value and not parameter.repeat:
        return "optional"
    if parameter.depends is not None and not (many or parameter.widget):
        return "select" if parameter.choices else box_of(parameter, secret=parameter.secret)
    if parameter.widget and fits(parameter, parameter.widget):
        return parameter.widget
    return _many(parameter) if many else box_of(parameter, secret=parameter.secret)


def fits(parameter: Parameter, widget: str) -> bool:
    """Say whether a site may have this parameter asked with this widget."""
    if parameter.kind in _FIXED or parameter.kind in (Kind.FILE_IN, Kind.FILE_OUT):
        return widget == _FIXED.get(parameter.kind)
    if parameter.secret:
        return widget == "password"
    if parameter.several or parameter.repeat:
        one = _many(parameter) in ("checks", "list")
        return one and (widget == "list" or (widget == "checks" and bool(parameter.choices)))
    if widget in ("radios", "select"):
        return bool(parameter.choices) or parameter.depends is not None
    return not parameter.choices and widget in _TAKES.get(parameter.kind, _TEXTS)


def _many(parameter: Parameter) -> str:
    if grid(parameter):
        return "uses" if parameter.most is None else "rows"
    if parameter.several and parameter.least == parameter.most:
        return "boxes"
    return "checks" if parameter.choices and not parameter.items else "list"


def box_of(rule: Parameter | Item, *, secret: bool = False) -> str:
    """Return the widget that takes one value."""
    if rule.choices:
        return "radios" if len(rule.choices) <= RADIOS_AT_MOST else "select"
    if secret:
        return "password"
    return _BOXES.get(rule.kind) or ("textarea" if multi_line(rule) else "text")


def html_id(address: str) -> str:
    """Return an id for an address that holds only letters, digits, "_" and "-"."""
    return "f-" + re.sub(
        r"[^A-Za-z0-9_]", lambda found: _ID.get(found[0], _code(found[0])), address
    )


def _code(letter: str) -> str:
    return f"-{ord(letter):x}-"


def multi_line(rule: Parameter | Item) -> bool:
    """Say whether its text may run over several lines."""
    if not isinstance(rule, Parameter):
        return False
    default = rule.default.value
    return rule.metavar == "TEXT" or (isinstance(default, str) and "\n" in default)
