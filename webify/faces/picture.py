"""What the browser needs to draw a picture of the command while the form is filled in."""

from __future__ import annotations

from collections.abc import Mapping

from webify.faces.chain import adds, default_answer, saved_name
from webify.faces.handing import ARGUMENT
from webify.faces.labels import spelling
from webify.model.command import Kind, Parameter, Syntax

_KINDS = {Kind.FLAG: "flag", Kind.SWITCH: "switch", Kind.COUNT: "count", Kind.FILE_OUT: "saved"}
_MOMENTS = (Kind.DATE, Kind.DATETIME, Kind.TIME)


def picture(parameter: Parameter, syntax: Syntax, at: str = "") -> Mapping[str, str]:
    """Return what the picture shows of a parameter; what is blank says nothing.

    at        the depth of its command, and its place there: "1.4"
    kind      flag, switch, count, secret, saved, positional or value
    one       what stands before a single value, where several stand apart
    bare      its value may be left out
    open      it may swallow the words behind it
    file      the name of the file that is written
    by        how a secret goes to the tool, where it is no argument
    formats   how the tool wants a date, one format a line
    """
    flag = spelled(parameter)
    open_ended = parameter.most is None or parameter.optional_value
    known = {
        "at": at,
        "kind": _kind(parameter),
        "flag": flag,
        "join": " " if parameter.several else join(flag, syntax),
        "one": join(flag, syntax) if parameter.several and parameter.least <= 1 else "",
        "default": _default(parameter),
        "negation": parameter.negations[0] if parameter.negations else "",
        "bare": "1" if parameter.optional_value else "",
        "open": "1" if flag and open_ended and not parameter.attached else "",
        "file": saved_name(parameter) if parameter.kind is Kind.FILE_OUT else "",
        "by": parameter.sent_by if parameter.sent_by not in ("", ARGUMENT) else "",
        "formats": "\n".join(parameter.formats) if parameter.kind in _MOMENTS else "",
    }
    return {name: text for name, text in known.items() if text}


def place(depth: int, index: int) -> str:
    """Return where in the command line the parameter of this index stands, of this command."""
    return f"{depth}.{index}"


def spelled(parameter: Parameter) -> str:
    """Return the spelling in the picture; of a count, the short one."""
    if parameter.kind is Kind.COUNT:
        return min(parameter.spellings, key=len, default="")
    return spelling(parameter)


def join(flag: str, syntax: Syntax) -> str:
    """Return what stands between the spelling and a value."""
    return syntax.long_join if len(flag) > 2 else syntax.short_join


def _kind(parameter: Parameter) -> str:
    if parameter.secret:
        return "secret"
    return _KINDS.get(parameter.kind) or ("positional" if parameter.positional else "value")


def _default(parameter: Parameter) -> str:
    """Return the default as the boxes hold it, where an answer that equals it is left out."""
    asked = parameter.secret or parameter.required or parameter.prompt or parameter.env
    if asked or adds(parameter) or parameter.default.source != "value":
        return ""
    default = default_answer(parameter)
    if isinstance(default, list):
        uses = (each if isinstance(each, list) else [each] for each in default)
        return "\n".join(text for use in uses for text in use)
    return default if isinstance(default, str) else ""
