"""What a parser's own type callable says of the values that it takes."""

from __future__ import annotations

import builtins
import functools
import io
import pathlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Optional, Tuple

from webify.adapters.typed import own_name
from webify.model.command import Kind

DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%H:%M:%S"

_ISO = {
    date: (Kind.DATE, DATE_FORMAT),
    datetime: (Kind.DATETIME, DATETIME_FORMAT),
    time: (Kind.TIME, TIME_FORMAT),
}
# Known by their names, as their modules are slow to import and few tools use them.
_BY_NAME = {("decimal", "Decimal"): Kind.NUMBER, ("uuid", "UUID"): Kind.UUID}
_FORMAT = re.compile(r"^(?:%[YymdBbHIMSfpjaAzZ%]|[^%])*$")


_PLAIN_TEXT = (None, str)


@dataclass(frozen=True)
class Converted:
    """The kind of a value, and the formats of a date."""

    kind: Kind = Kind.TEXT
    formats: Tuple[str, ...] = ()


def converted(function: Any) -> Converted:
    """Return what the callable makes of a text; TEXT where that is not certain."""
    if isinstance(function, type):
        return Converted(_of_class(function))
    if function in (builtins.open, io.open):
        return Converted(Kind.FILE_IN)
    if isinstance(function, functools.partial):
        return _of_partial(function)
    mode = file_mode(function)
    if mode is not None:
        return Converted(of_mode(mode))
    return _of_iso(function) or _of_strptime(function) or Converted()


def custom_name(function: Any, said: Converted) -> str:
    """Return the name of a converter of which nothing is known but that it takes texts, or ""."""
    known = any(function is each for each in _PLAIN_TEXT) or said != Converted()
    if known or getattr(function, "__name__", "") == "identity":
        return ""
    return own_name(function)


def file_mode(function: Any) -> Optional[str]:
    """Return the mode of an argparse.FileType, of any copy of it, else None."""
    mode = getattr(function, "_mode", None)
    named = any(cls.__name__ == "FileType" for cls in type(function).__mro__)
    return mode if named and isinstance(mode, str) else None


def of_mode(mode: str) -> Kind:
    """Return the kind of a file that is opened in this mode."""
    return Kind.FILE_OUT if any(letter in mode for letter in "wax") else Kind.FILE_IN


def ordered(formats: Tuple[str, ...]) -> Converted:
    """Return the kind that these formats hold, with one that holds all of it put first.

    Where none of them has year, month and day, a calendar would ask for more than can be said.
    """
    timed = tuple(each for each in formats if _timed(each))
    dated = tuple(each for each in formats if _dated(each))
    both = tuple(each for each in timed if _whole(each))
    if both:
        return Converted(Kind.DATETIME, _first(next(filter(_seconds, both), both[0]), formats))
    if timed and not dated:
        return Converted(Kind.TIME, formats)
    days = [each for each in dated if _whole(each)]
    if days and not timed and all(re.search("%[yY]", each) for each in formats):
        return Converted(Kind.DATE, _first(days[0], formats))
    return Converted(Kind.TEXT, formats)


def _first(best: str, formats: Tuple[str, ...]) -> Tuple[str, ...]:
    return (best, *(each for each in formats if each != best))


def _seconds(text: str) -> bool:
    return "%S" in text


def _whole(text: str) -> bool:
    """Say whether a format has year, month and day, so that any day can be said in it."""
    month = re.search("%[mbB]", text) is not None and "%d" in text
    return re.search("%[yY]", text) is not None and (month or "%j" in text)


def _of_class(cls: type) -> Kind:
    if cls is int:
        return Kind.INTEGER
    if cls is float:
        return Kind.NUMBER
    named = _BY_NAME.get((cls.__module__, cls.__name__))
    if named is not None:
        return named
    return Kind.PATH if issubclass(cls, pathlib.PurePath) else Kind.TEXT


def _of_partial(function: Any) -> Converted:
    if function.func not in (builtins.open, io.open) or function.args:
        return Converted()
    return Converted(of_mode(str(function.keywords.get("mode", "r"))))


def _of_iso(function: Any) -> Optional[Converted]:
    owner = getattr(function, "__self__", None)
    if owner in _ISO and getattr(function, "__name__", "") == "fromisoformat":
        kind, form = _ISO[owner]
        return Converted(kind, (form,))
    return None


def _of_strptime(function: Any) -> Optional[Converted]:
    """Read the formats that a small function gives to strptime, where it does nothing else.

    Any further word among its constants ("today", "-7d") could be another way to say a date, so
    that only messages (they hold a blank and no format) may stand beside the formats.
    """
    code = getattr(function, "__code__", None)
    if code is None or "strptime" not in code.co_names or code.co_argcount != 1:
        return None
    texts = [text for text in _texts(code.co_consts) if text != function.__doc__]
    formats = tuple(text for text in texts if _format(text))
    others = [text for text in texts if not _format(text)]
    if not formats or any(re.search(r"\w", text) and " " not in text.strip() for text in others):
        return None
    if any(name in code.co_names for name in ("timedelta", "today", "now", "int")):
        return None
    return ordered(formats)


def _texts(constants: Tuple[Any, ...]) -> Tuple[str, ...]:
    found: Tuple[str, ...] = ()
    for each in constants:
        if isinstance(each, str):
            found += (each,)
        elif isinstance(each, tuple):
            found += _texts(each)
    return found


def _format(text: str) -> bool:
    if "%" not in text or not _FORMAT.match(text) or re.search("[A-Za-z]{2}", _plain(text)):
        return False
    return _timed(text) or _dated(text)


def _plain(text: str) -> str:
    return re.sub("%.", " ", text)


def _timed(text: str) -> bool:
    return re.search("%[HI]", text) is not None


def _dated(text: str) -> bool:
    return re.search("%[Yymdj]", text) is not None
