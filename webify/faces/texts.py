"""Values as the texts that a tool reads: dates in its format, files by their whole path."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from webify.faces import sentences
from webify.faces.chain import grid
from webify.faces.kinds import Refused, Rule, example, rules, spell_moment
from webify.model.command import Kind, Parameter, Value

# Linux takes no longer argument; other systems have bounds of their own.
_LONGEST = 131_000

# What YAML takes for the end of a line, or not at all, inside of quotes.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def uses(parameter: Parameter, value: Value, files: Path | None) -> list[list[str]]:
    """Return the texts of each use of a parameter; raise Refused where no program can take one."""
    if not isinstance(value, list):
        return [_one_use(parameter, [str(value)], files)]
    if grid(parameter):
        return [_one_use(parameter, use, files) for use in value if isinstance(use, list)]
    flat = [str(each) for each in value]
    if parameter.repeat and not parameter.several:
        return [_one_use(parameter, [each], files) for each in flat]
    return [_one_use(parameter, flat, files)]


def _one_use(parameter: Parameter, texts: Sequence[str], files: Path | None) -> list[str]:
    pairs = zip(texts, rules(parameter, len(texts)), strict=True)
    found = [passable(_text(text, rule, files)) for text, rule in pairs]
    for text in found:
        if parameter.misread and re.fullmatch(parameter.misread, text, re.DOTALL):
            raise Refused(sentences.misread(text))
    return [passable(_listed(found))] if parameter.written else found


def _listed(texts: Sequence[str]) -> str:
    """Return a JSON list that YAML reads alike: it knows no pairs of surrogates."""
    spelled = json.dumps(list(texts), ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def _text(text: str, rule: Rule, files: Path | None) -> str:
    if rule.kind in (Kind.FILE_IN, Kind.FILE_OUT):
        return str(files / text) if files and text not in ("", "-") else text
    if rule.formats and rule.kind in _MOMENTS:
        return _moment(text, rule)
    return text


def _moment(text: str, rule: Rule) -> str:
    try:
        found = _MOMENTS[rule.kind](text)
    except ValueError:
        return text
    spelled = spell_moment(found, rule.formats)
    if spelled is None:
        raise Refused(sentences.not_a_date(text, example(rule.formats[0])))
    return spelled


def _of_date(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time())


def _of_time(text: str) -> datetime:
    return datetime.combine(date(1900, 1, 1), time.fromisoformat(text))


_MOMENTS = {
    Kind.DATE: _of_date,
    Kind.DATETIME: datetime.fromisoformat,
    Kind.TIME: _of_time,
}


def passable(text: str) -> str:
    """Return the text, or raise Refused where it cannot be an argument of any program."""
    if "\0" in text:
        raise Refused(sentences.unpassable())
    try:
        length = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise Refused(sentences.unpassable()) from None
    if length > _LONGEST:
        raise Refused(sentences.too_long(length, _LONGEST))
    return text
