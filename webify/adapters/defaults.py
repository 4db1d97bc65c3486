"""Default values in the shape of an answer."""

from __future__ import annotations

import enum
import io
import os
import pathlib
from datetime import date, datetime, time
from typing import Any, Iterable, List, Optional, Sequence

from webify.model.command import Default, Kind, Value

_PLAIN = (str, int, float, complex, bytes, pathlib.PurePath, date, time)
NONE = Default()
ON = Default("value", value=True)
OFF = Default("value", value=False)
SUPPRESSED = Default("suppressed")


def default_of(
    value: Any,
    *,
    several: bool = False,
    repeat: bool = False,
    formats: Sequence[str] = (),
    kind: Kind = Kind.TEXT,
) -> Default:
    """Return what holds when nothing is given, for a parameter that takes values."""
    if value is None or value is False:
        return NONE
    if value is True and kind is not Kind.TEXT:
        return Default("computed", text="True")
    if of_this_moment(value):
        return Default("computed", text="today" if not isinstance(value, datetime) else "now")
    shaped = _shaped(value, several=several, repeat=repeat, formats=formats)
    if shaped is None:
        return Default("computed", text=described(value))
    here = _of_this_place(shaped)
    return Default("computed", text=here) if here else _filled(shaped)


def answer(value: Any, formats: Sequence[str] = ()) -> Optional[str]:
    """Return the text that a person would give for this value, or None where there is none."""
    if isinstance(value, (datetime, date, time)):
        return value.strftime(formats[0]) if formats else value.isoformat()
    if isinstance(value, enum.Enum):
        return answer(value.value, formats)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, io.IOBase):
        return _stream(value)
    if isinstance(value, _PLAIN) or _number(value):
        return _told(value)
    return None


def shown(value: Any) -> str:
    """Return str(value), or "" where the tool's own class raises instead."""
    return _told(value) or ""


def _told(value: Any) -> Optional[str]:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - it is the tool's own code
        return None


def described(value: Any) -> str:
    """Return words for a default that has no plain form: a function, an object."""
    name = getattr(value, "__name__", "") or type(value).__name__
    return "" if name in ("<lambda>", "function", "method", "object") else str(name)


def hidden_default(default: Default) -> Default:
    """Return the same default without its value, for a parameter that is a secret."""
    return default if default.value in (None, "") else Default("computed", text="kept secret")


def of_this_moment(value: Any) -> bool:
    """Say whether the tool took the value from the clock: today, or the last minute."""
    if isinstance(value, datetime):
        now = datetime.now(value.tzinfo)
        return abs((now - value).total_seconds()) < 60
    today = date.today()  # noqa: DTZ011 - the tool's own day is meant
    return value in (today, today.isoformat()) if isinstance(value, (date, str)) else False


def _shaped(value: Any, *, several: bool, repeat: bool, formats: Sequence[str]) -> Optional[Value]:
    if several and repeat:
        return _rows(value, formats)
    if several or repeat:
        return _texts(value, formats)
    if isinstance(value, (list, tuple)) and len(value) == 1:
        return answer(value[0], formats)
    return answer(value, formats)


def _rows(value: Any, formats: Sequence[str]) -> Optional[List[List[str]]]:
    if not isinstance(value, (list, tuple)):
        return None
    rows = [_texts(row, formats) for row in value]
    return None if None in rows else [row for row in rows if row is not None]


def _texts(value: Any, formats: Sequence[str]) -> Optional[List[str]]:
    items: Iterable[Any] = value if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, (set, frozenset)):
        items = sorted(value, key=str)
    texts = [answer(item, formats) for item in items]
    return None if None in texts else [text for text in texts if text is not None]


def _filled(shaped: Value) -> Default:
    return NONE if shaped == [] else Default("value", shaped)


def _stream(value: Any) -> Optional[str]:
    name = getattr(value, "name", None)
    if name in ("<stdin>", "<stdout>", 0, 1):
        return "-"
    return name if isinstance(name, str) and not name.startswith("<") else None


def _number(value: Any) -> bool:
    return type(value).__module__ in ("decimal", "fractions", "uuid", "ipaddress")


def _of_this_place(shaped: Value) -> str:
    """Return words for a path that hangs on where and for whom the tool runs."""
    if not isinstance(shaped, str) or not pathlib.PurePath(shaped).is_absolute():
        return ""
    for place, name in ((pathlib.Path.cwd(), "."), (pathlib.Path("~").expanduser(), "~")):
        start = str(place)
        if len(start) > 1 and (shaped + os.sep).startswith(start + os.sep):
            return name + shaped[len(start) :]
    return ""
