"""Dates and times as tools print them, as ISO text that sorts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY_NAME = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\s)?"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|[-+]\d\d:?\d\d)(?:\s[A-Z]{2,5}|\s\([A-Z]{2,5}\))?|\s[A-Z]{2,5})?"
_LATER = rf"(?:(?:[T\s]|,\s){_CLOCK}(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?{_ZONE})?"
_YEAR = r"(?P<year>\d{4})"
_ORDINAL = r"(?:st|nd|rd|th)?"
FORMS = tuple(
    re.compile(text, re.ASCII | re.IGNORECASE)
    for text in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<number>\d\d?)(?P=mark)(?P<day>\d\d?){_LATER}",
        rf"{_DAY_NAME}(?P<day>\d\d?){_ORDINAL}[\s-]{_MONTH},?[\s-]{_YEAR}{_LATER}",
        rf"{_DAY_NAME}{_MONTH}\s{{1,2}}(?P<day>\d\d?){_ORDINAL},?\s{{1,2}}{_YEAR}{_LATER}",
        rf"{_DAY_NAME}{_MONTH}\s{{1,2}}(?P<day>\d\d?)\s{_CLOCK}(?:\s[A-Z]{{3,5}})?(?:\s{_YEAR})?",
        rf"(?P<day>\d\d?)/{_MONTH}/{_YEAR}:{_CLOCK}{_ZONE}",
    )
)
_DAY, _NUMBER = r"(?P<day>\d\d?)", r"(?P<number>\d\d?)"
_FIRST, _LAST = r"(?P<mark>[-/.])", rf"(?P=mark){_YEAR}{_LATER}"
DAY_FIRST = re.compile(_DAY + _FIRST + _NUMBER + _LAST, re.ASCII | re.IGNORECASE)
MONTH_FIRST = re.compile(_NUMBER + _FIRST + _DAY + _LAST, re.ASCII | re.IGNORECASE)
_TIME = re.compile(
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?",
    re.ASCII,
)
NO_YEAR = 9999  # a date without a year is a late one: that is how ls and system logs write them
LONGEST = 48


def date_key(text: str) -> str | None:
    """Return a date in one of the ways that can be read in one way only."""
    for form in FORMS:
        if found := form.fullmatch(text):
            return _key(found)
    return None


def day_first_key(text: str) -> str | None:
    """Return 22/11/2026 as a date."""
    found = DAY_FIRST.fullmatch(text)
    return _key(found) if found else None


def month_first_key(text: str) -> str | None:
    """Return 11/22/2026 as a date."""
    found = MONTH_FIRST.fullmatch(text)
    return _key(found) if found else None


def time_key(text: str) -> str | None:
    """Return a time of the day."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    parts = found.groupdict()
    hour = _hour(parts)
    if hour is None:
        return None
    return f"{hour:02}:{parts['minute']}:{parts['second'] or '00'}.{parts['part'] or '0'}"


def _key(found: re.Match[str]) -> str | None:
    parts = {"number": None, "month": None, "hour": None, "zone": None, **found.groupdict()}
    month = int(parts["number"] or 0)
    if parts["month"]:
        month = _MONTHS.index(parts["month"][:3].casefold()) + 1
    try:
        day = datetime(int(parts.get("year") or NO_YEAR), month, int(parts["day"] or 0), tzinfo=UTC)
        if parts["hour"] is None:
            return day.date().isoformat()
        hour = _hour(parts)
        if hour is None:
            return None
        moment = day.replace(
            hour=hour,
            minute=int(parts["minute"] or 0),
            second=min(int(parts.get("second") or 0), 59),
            microsecond=int((parts.get("part") or "0").ljust(6, "0")[:6]),
        )
        moment -= _shift(parts["zone"])
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def _hour(parts: dict[str, str | None]) -> int | None:
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _shift(zone: str | None) -> timedelta:
    """Return how far a zone is before UTC; one that is not told is taken as it stands."""
    if not zone or zone[0] not in "+-":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    shift = timedelta(hours=hours, minutes=minutes)
    timezone(shift)  # more than a day is no zone
    return -shift if zone[0] == "-" else shift
