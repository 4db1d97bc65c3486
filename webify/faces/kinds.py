"""Check one text against what a parameter takes, kind by kind."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType

from webify.faces import sentences
from webify.faces.labels import number
from webify.faces.roots import may_be
from webify.model.command import Bounds, Item, Kind, Parameter, PathRule

_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NO_FIGURES = re.compile(r"[+-]?(?:inf|infinity|nan)", re.IGNORECASE)
_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+)((?:[eE][+-]?[0-9]+)?)")
_MARKED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,' \u00a0\u202f])[0-9]{3})+(?:[.,][0-9]*)?")


class Refused(ValueError):
    """One text that cannot be taken; the message is the sentence for its field."""


Rule = Parameter | Item


def check(text: str, rule: Rule) -> str:
    """Return the text as the answer it is, in its plain form, or raise Refused."""
    if rule.choices:
        return _choice(text, rule)
    return _CHECKS[rule.kind](text, rule)


def rules(parameter: Parameter, count: int) -> Sequence[Rule]:
    """Return the rule of each value of one use."""
    if parameter.items:
        last = parameter.items[-1]
        return [*parameter.items, *[last] * (count - len(parameter.items))][:count]
    return [parameter] * count


def plain_number(text: str, *, whole: bool) -> str:
    """Return a number with a decimal point, or raise Refused where it can be read in two ways."""
    text = text.strip().replace("\u2212", "-")
    if whole:
        if _WHOLE.fullmatch(text):
            return text
        raise Refused(sentences.not_a_number(text, whole=True))
    if _NUMBER.fullmatch(text) or _NO_FIGURES.fullmatch(text):
        return text
    comma = _COMMA.fullmatch(text)
    if comma:
        before, after, power = comma.groups()
        if len(after) == 3 and before.lstrip("+-").strip("0"):
            first, second = f"{before}{after}{power}", f"{before}.{after}{power}"
            raise Refused(sentences.two_readings(text, first, second))
        return f"{before}.{after}{power}"
    if _MARKED.fullmatch(text):
        raise Refused(sentences.thousands(text, _unmarked(text)))
    raise Refused(sentences.not_a_number(text, whole=False))


def _unmarked(text: str) -> str:
    marks = [found.start() for found in re.finditer(r"[.,]", text)]
    last = marks[-1] if marks else -1
    decimal = last >= 0 and (len({text[at] for at in marks}) > 1 or len(text) - last != 4)
    whole = re.sub(r"[^0-9+-]", "", text[:last] if decimal else text)
    return f"{whole}.{text[last + 1 :]}" if decimal else whole


def _choice(text: str, rule: Rule) -> str:
    case_sensitive = not isinstance(rule, Parameter) or rule.case_sensitive
    for each in rule.choices:
        if text == each.value or (not case_sensitive and text.lower() == each.value.lower()):
            return each.value
    raise Refused(sentences.not_a_choice(text, rule.choices))


def _text(text: str, rule: Rule) -> str:
    del rule
    return text


def _whole(text: str, rule: Rule) -> str:
    found = plain_number(text, whole=True)
    _within(found, rule.bounds)
    return found


def _decimal(text: str, rule: Rule) -> str:
    found = plain_number(text, whole=False)
    _within(found, rule.bounds)
    return found


def _within(text: str, bounds: Bounds | None) -> None:
    if bounds is None:
        return
    value: float = int(text) if _WHOLE.fullmatch(text) and len(text) < 400 else float(text)
    if math.isnan(value) or _below(value, bounds) or _above(value, bounds):
        entered = number(value) if math.isfinite(value) else text
        raise Refused(sentences.out_of_range(bounds, entered))


def _below(value: float, bounds: Bounds) -> bool:
    if bounds.least is None:
        return False
    return value <= bounds.least if bounds.least_open else value < bounds.least


def _above(value: float, bounds: Bounds) -> bool:
    if bounds.most is None:
        return False
    return value >= bounds.most if bounds.most_open else value > bounds.most


def _date(text: str, rule: Rule) -> str:
    del rule
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Refused(sentences.not_a_date(text, "2026-11-22")) from None


def _datetime(text: str, rule: Rule) -> str:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(sentences.not_a_date(text, "2026-11-22 14:30")) from None
    if rule.formats and spell_moment(found, rule.formats) is None:
        raise Refused(sentences.not_a_date(text, example(rule.formats[0])))
    return found.isoformat()


def example(form: str) -> str:
    """Return a moment as a format of the tool writes it."""
    return datetime(2026, 11, 22).strftime(form)  # noqa: DTZ001 - only an example


def _time(text: str, rule: Rule) -> str:
    del rule
    try:
        found = time.fromisoformat(text.strip())
    except ValueError:
        raise Refused(sentences.not_a_time(text)) from None
    return found.isoformat()


def _uuid(text: str, rule: Rule) -> str:
    del rule
    try:
        uuid.UUID(text.strip())
    except ValueError:
        raise Refused(sentences.not_a_uuid(text)) from None
    return text.strip()


def _path(text: str, rule: Rule) -> str:
    must = rule.path or PathRule()
    if must.allow_dash and text == "-":
        return text
    if not may_be(text, rule):
        raise Refused(sentences.outside(text, rule.roots or ()))
    try:
        path = Path(text)
        if must.exists and path.is_absolute() and not path.exists():
            raise Refused(sentences.path_missing(text))
        if not must.file_okay and path.is_absolute() and path.is_file():
            raise Refused(sentences.path_not_folder(text))
        if not must.dir_okay and path.is_absolute() and path.is_dir():
            raise Refused(sentences.path_not_file(text))
    except OSError:
        raise Refused(sentences.path_missing(text)) from None
    return text


def _file(text: str, rule: Rule) -> str:
    """Take a file of the server; one that was uploaded is no text."""
    there = PathRule(exists=True, dir_okay=False)
    return _path(text, replace(rule, path=there)) if rule.roots else text


def iso(text: str, rule: Rule) -> str:
    """Return a date or time that stands in one of the tool's formats as answers hold it."""
    for each in rule.formats:
        try:
            moment = datetime.strptime(text, each)  # noqa: DTZ007 - the format may hold a zone
        except ValueError:
            continue
        if rule.kind is Kind.DATE:
            return moment.date().isoformat()
        return moment.time().isoformat() if rule.kind is Kind.TIME else moment.isoformat()
    return text


def spell_moment(moment: datetime, formats: tuple[str, ...]) -> str | None:
    """Return the moment in the first format that keeps the whole of it, or None."""
    for each in formats:
        try:
            text = moment.strftime(each)
            if datetime.strptime(text, each) == moment:  # noqa: DTZ007 - the format may hold a zone
                return text
        except (ValueError, TypeError):
            continue
    return None


_CHECKS: Mapping[Kind, Callable[[str, Rule], str]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.INTEGER: _whole,
        Kind.NUMBER: _decimal,
        Kind.DATE: _date,
        Kind.DATETIME: _datetime,
        Kind.TIME: _time,
        Kind.UUID: _uuid,
        Kind.FILE_IN: _file,
        Kind.FILE_OUT: _text,
        Kind.DIRECTORY: _path,
        Kind.PATH: _path,
        Kind.FLAG: _text,
        Kind.SWITCH: _text,
        Kind.COUNT: _whole,
    }
)
