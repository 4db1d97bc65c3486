"""Figures with units: sizes, durations and money, in cells and in headings."""

from __future__ import annotations

import re

_LETTERS = "KMGTPE"
SIZES = {
    "b": 1,
    "byte": 1,
    "bytes": 1,
    **{letter.lower(): 1024**at for at, letter in enumerate(_LETTERS, start=1)},
    **{f"{letter.lower()}b": 1000**at for at, letter in enumerate(_LETTERS, start=1)},
    **{f"{letter.lower()}ib": 1024**at for at, letter in enumerate(_LETTERS, start=1)},
    **{f"{letter.lower()}i": 1024**at for at, letter in enumerate(_LETTERS, start=1)},
}
_NAMED = {
    1e-9: "ns nanosecond nanoseconds",
    1e-6: "us µs μs microsecond microseconds",
    1e-3: "ms msec msecs millisecond milliseconds",
    1.0: "s sec secs second seconds",
    60.0: "m min mins minute minutes",
    3600.0: "h hr hrs hour hours",
    86400.0: "d day days",
    604800.0: "w wk week weeks",
    2629800.0: "mo month months",
    31557600.0: "y yr yrs year years",
}
SECONDS = {name: factor for factor, names in _NAMED.items() for name in names.split()}
SIGNS = "$€£¥"
CODES = "EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY"

_FIGURE = r"\d+(?:\.\d+)?"
_SIZE = re.compile(rf"(?P<figure>-?{_FIGURE}|-?\d+,\d+)\s?(?P<unit>[A-Za-z]{{0,5}})", re.ASCII)
_ONE = rf"(?P<figure>{_FIGURE})\s?(?P<unit>[A-Za-zµμ]+)"
_DURATION = re.compile(
    rf"-?{_FIGURE}\s?[A-Za-zµμ]+(?:(?:,?\s(?:and\s)?)?{_FIGURE}\s?[A-Za-zµμ]+){{0,6}}(?:\sago)?"
)
_PIECE = re.compile(_ONE)
_CLOCK = re.compile(
    r"(?P<minus>-)?(?:(?P<days>\d{1,6})(?:-|\sdays?,?\s))?(?:(?P<hours>\d{1,6}):)?"
    r"(?P<minutes>\d{1,6}):(?P<seconds>\d\d(?:[.,]\d+)?)",
    re.ASCII,
)
_IN_BRACKETS = re.compile(r"[\s_]*[(\[]\s*(?:in\s)?([^()\[\]]{1,12})\s*[)\]]\s*\Z", re.IGNORECASE)
LONGEST = 60


def size_of(text: str) -> tuple[float, str] | None:
    """Return the bytes of "1.5 GiB", "3K" or "12", and the unit as written."""
    found = _SIZE.fullmatch(text)
    if found is None:
        return None
    unit = found["unit"]
    factor = 1 if not unit else SIZES.get(unit.lower())
    # "5m" are minutes or metres; only a small k is common
    if factor is None or (len(unit) == 1 and unit.islower() and unit not in "kb"):
        return None
    return float(found["figure"].replace(",", ".")) * factor, unit


def duration_of(text: str) -> float | None:
    """Return the seconds of "3 min 12 s", "1h2m", "2 days, 3:04:05", "00:03:12" or "350ms"."""
    if clock := _CLOCK.fullmatch(text):
        seconds = float(clock["seconds"].replace(",", ".")) + 60 * int(clock["minutes"])
        seconds += 3600 * int(clock["hours"] or 0) + 86400 * int(clock["days"] or 0)
        return -seconds if clock["minus"] else seconds
    if not _DURATION.fullmatch(text):
        return None
    total = 0.0
    for piece in _PIECE.finditer(text):
        unit = piece["unit"].removesuffix("ago") if piece["unit"] != "ago" else ""
        factor = SECONDS.get(unit) or SECONDS.get(unit.lower() if len(unit) > 1 else unit)
        if factor is None:
            return None
        total += float(piece["figure"]) * factor
    return -total if text.startswith("-") else total


def heading_unit(name: str) -> tuple[str, str]:
    """Return the type and the unit that a heading tells of: "Size (MB)", "Price £", "ms"."""
    found = _IN_BRACKETS.search(name)
    said = found[1].strip() if found else name.strip()
    for word in (said, *said.replace("_", " ").split()[-1:]):
        if kind := unit_type(word, alone=bool(found) or word == name.strip()):
            return kind, word
    last = name.strip()[-1:]
    return (
        ("percent", "%")
        if last == "%"
        else ("number", last)
        if last in SIGNS and last
        else ("", "")
    )


def unit_type(unit: str, *, alone: bool) -> str:
    """Return the type of a column with this unit, "" for none.

    alone   the unit stands for itself, so that a single letter can be one
    """
    if unit in ("%", "pct", "percent"):
        return "percent"
    if unit in SIGNS or unit in CODES.split("|"):
        return "number" if unit else ""
    small = unit.lower()
    if small in SIZES and (len(unit) > 1 or (alone and unit == "B")):
        return "size"
    if unit in SECONDS and (alone or len(unit) > 1) and (len(unit) > 1 or unit in "sh"):
        return "duration" if small not in ("mo", "day", "month", "year", "week", "hour") else ""
    return ""


def size_words(count: float, *, binary: bool) -> str:
    """Return bytes in three figures: "1.5 GB", or "1.5 GiB"."""
    power, step = 0, 1024 if binary else 1000
    while abs(count) >= step and power < len(_LETTERS):
        count, power = count / step, power + 1
    letter = "" if not power else ("kMGTPE", "KMGTPE")[binary][power - 1] + "i" * binary
    text = f"{count:.0f}" if not power or abs(count) >= 100 else f"{count:.3g}"
    return f"{text} {letter}B"


def duration_words(seconds: float) -> str:
    """Return seconds as "3 min 12 s"."""
    if seconds < 0:
        return "-" + duration_words(-seconds)
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms" if seconds else "0 s"
    if seconds < 60:
        return f"{seconds:.3g} s"
    whole = round(seconds)
    parts = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))
    found: list[str] = []
    for length, name in parts:
        count, whole = divmod(whole, length)
        if count:
            found.append(f"{count:,} {name}")
    return " ".join(found[:2])
