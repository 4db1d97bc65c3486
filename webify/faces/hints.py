"""The hint under a field's label: the tool's own words, and what its parser demands."""

from __future__ import annotations

import re
from types import MappingProxyType

from webify.faces.chain import adds, always_on, grid
from webify.faces.labels import hint, label, span
from webify.faces.picture import spelled
from webify.model.command import Kind, Parameter

_LEFT_OUT = MappingProxyType(
    {Kind.FLAG: "If not ticked", Kind.SWITCH: "By default", Kind.COUNT: "If left at 0"}
)
_SECOND = re.compile(r"SECONDS?|SECS?", re.IGNORECASE)


def about(parameter: Parameter, upload_bytes: int = 0) -> tuple[str, str]:
    """Return the hint of a parameter, and what stands under "More"."""
    first, rest = hint(parameter.help)
    if first.rstrip(".").lower() == label(parameter).lower():
        first = ""
    told = first.lower()
    added = [
        sentence
        for sentence in (
            _example(parameter, first),
            _range(parameter, told),
            _size(parameter, upload_bytes),
            _lines(parameter),
            _default(parameter, told),
            _environment(parameter),
            _question(parameter),
        )
        if sentence
    ]
    return " ".join([first, *added]).strip(), rest


def unit(parameter: Parameter) -> str:
    """Return the unit that stands behind a number box."""
    if parameter.unit or parameter.kind not in (Kind.INTEGER, Kind.NUMBER):
        return parameter.unit
    return "seconds" if _SECOND.fullmatch(parameter.metavar) else ""


def _example(parameter: Parameter, told: str) -> str:
    known = not parameter.example or parameter.secret or parameter.example in told
    return "" if known else f"Like {parameter.example}."


def _range(parameter: Parameter, told: str) -> str:
    bounds = parameter.bounds
    if bounds is None or parameter.kind not in (Kind.INTEGER, Kind.NUMBER):
        return ""
    text = span(bounds)
    if not text or text in told:
        return ""
    noun = "A whole number" if parameter.kind is Kind.INTEGER else "A number"
    return f"{noun} {text}."


def _size(parameter: Parameter, upload_bytes: int) -> str:
    if parameter.kind is not Kind.FILE_IN or not upload_bytes:
        return ""
    several = parameter.several or parameter.repeat
    return f"{'Files' if several else 'A file'} of up to {upload_bytes / 1_000_000:g} MB."


def _lines(parameter: Parameter) -> str:
    return "One value a line." if grid(parameter) and parameter.most is None else ""


def _default(parameter: Parameter, told: str) -> str:
    default = parameter.default
    if parameter.secret or always_on(parameter):
        return ""
    if parameter.kind is Kind.COUNT and default.text:
        return f"Starts at {default.text}." if "default" not in told else ""
    if adds(parameter) or "default" in told or default.source != "computed" or not default.text:
        return ""
    return f"{default.text[:1].upper()}{default.text[1:]}, if left empty."


def _environment(parameter: Parameter) -> str:
    when = _LEFT_OUT.get(parameter.kind, "If left empty")
    if parameter.choices and not parameter.several and not parameter.repeat:
        when = "If not set" if parameter.default.value is None else ""
    if not parameter.env or not when:
        return ""
    return f"{when}, the tool reads {parameter.env[0]} from its environment."


def _question(parameter: Parameter) -> str:
    if not parameter.prompt or parameter.kind is not Kind.FLAG or not spelled(parameter):
        return ""
    return f"The tool would ask: {parameter.prompt}"
