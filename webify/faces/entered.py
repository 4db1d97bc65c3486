"""What stands in the boxes of a field: what was entered, else the default, as browsers take it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from webify.faces.answer import YES
from webify.faces.chain import adds, default_answer
from webify.faces.fields import Field
from webify.model.command import Item, Kind, Parameter

Raw = Mapping[str, Sequence[str]]


def entered(parameter: Parameter, raw: Raw) -> list[str]:
    """Return what was entered; the default where the field was not sent at all; no secret."""
    if parameter.secret:
        return []
    if parameter.address in raw:
        return list(raw[parameter.address])
    return default_texts(parameter)


def default_texts(parameter: Parameter) -> list[str]:
    """Return the default as the boxes show it; a default that is added to is no answer."""
    value = default_answer(parameter)
    if value is None or isinstance(value, bool) or parameter.secret or adds(parameter):
        return []
    if isinstance(value, list):
        return [text for each in value for text in (each if isinstance(each, list) else [each])]
    return [str(value)]


def fixed(parameter: Parameter) -> tuple[str, ...]:
    """Return the values that a tool adds to, which stand beside the boxes."""
    value = parameter.default.value
    if not adds(parameter) or parameter.secret or not isinstance(value, list):
        return ()
    return tuple(" ".join(each) if isinstance(each, list) else each for each in value)


def ticked(name: str, raw: Raw) -> bool:
    """Say whether a box to be ticked was."""
    return any(each.strip().lower() in YES for each in raw.get(name, ()))


def limited(made: Field, rule: Parameter | Item) -> Field:
    """Add what a number box needs; a text that such a box would lose is shown in a text box."""
    values = tuple(_for_browser(each, rule.kind) for each in made.values)
    if made.widget not in ("number", "date", "datetime", "time"):
        return replace(made, values=values)
    bounds = rule.bounds
    least = "" if bounds is None or bounds.least is None else plain(bounds.least)
    most = "" if bounds is None or bounds.most is None else plain(bounds.most)
    whole = rule.kind is Kind.INTEGER
    keys = ("numeric" if whole else "decimal") if least and not least.startswith("-") else ""
    if made.widget == "number":
        made = replace(made, least=least, most=most, inputmode=keys)
    elif any(each and not _browser_takes(each, made.widget) for each in values):
        made = replace(made, widget="text")
    return replace(made, values=values)


def plain(value: float) -> str:
    """Return a number as a box takes it: a whole one without a point."""
    return str(int(value)) if value == int(value) else repr(value)


def _for_browser(text: str, kind: Kind) -> str:
    """Return a date and time as the browser's own control wants it."""
    if kind is not Kind.DATETIME or not text:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo else moment.isoformat()


def _browser_takes(text: str, widget: str) -> bool:
    pattern = {
        "date": r"\d{4}-\d\d-\d\d",
        "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?",
        "time": r"\d\d:\d\d(:\d\d(\.\d{1,3})?)?",
    }[widget]
    return bool(re.fullmatch(pattern, text))
