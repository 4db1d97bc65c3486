"""Times, sizes, numbers and answers in the words that people read."""

from __future__ import annotations

from datetime import datetime, timedelta

MINUTE, HOUR = 60, 3600  # seconds
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def when(moment: datetime | None, now: datetime | None = None) -> str:
    """Return "Today 09:42", "Yesterday 16:20", "Fri 20 Nov 17:44", or the date with its year."""
    if moment is None:
        return ""
    local = moment.astimezone()
    today = (now or datetime.now().astimezone()).astimezone().date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return f"Today {time}"
    if local.date() == today - timedelta(days=1):
        return f"Yesterday {time}"
    if timedelta(0) < today - local.date() < timedelta(days=300):
        return f"{local:%a} {local.day} {local:%b} {time}"
    return f"{local.day} {local:%b %Y} {time}"


def at(moment: datetime) -> str:
    """Return "10:14" for a time of today, with the date for another one."""
    local = moment.astimezone()
    here = local.date() == datetime.now().astimezone().date()
    return f"{local:%H:%M}" if here else f"{local:%H:%M} on {local.day} {local:%b}"


def exactly(moment: datetime | None) -> str:
    """Return "Sunday 22 November 2026, 09:42:03"."""
    if moment is None:
        return ""
    local = moment.astimezone()
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M:%S}"


def took(seconds: float | None) -> str:
    """Return "0.4 s", "47 s", "3 min 12 s" or "2 h 5 min"."""
    if seconds is None:
        return ""
    if seconds < 0.05:
        return "0.1 s" if seconds > 0 else "0 s"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{number(whole // HOUR)} h {whole % HOUR // MINUTE} min"


def clock(seconds: float | None) -> str:
    """Return "0:47" or "1:02:05", for a time that goes on."""
    whole = int(seconds or 0)
    hours, rest = divmod(whole, HOUR)
    tail = f"{rest // MINUTE:02}:{rest % MINUTE:02}" if hours else f"{rest // MINUTE}"
    return f"{hours}:{tail}" if hours else f"{tail}:{rest % MINUTE:02}"


def size(count: int) -> str:
    """Return "1 byte", "84 kB", "1.5 MB": powers of 1000, as a disk's maker counts."""
    if count < 1000:
        return f"{count} {'byte' if count == 1 else 'bytes'}"
    amount = float(count)
    for unit in _UNITS[1:]:
        amount /= 1000
        if amount < 999.5 or unit == _UNITS[-1]:
            break
    return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:,.0f} {unit}"


def number(count: int) -> str:
    """Return a whole number with commas at the thousands."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return "1 row", "1,204 rows"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def in_words(name: str) -> str:
    """Return a spelling as words: "--include-discontinued" is "Include discontinued"."""
    text = " ".join(name.lstrip("-/+").replace("_", " ").replace("-", " ").split())
    return text[:1].upper() + text[1:]


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, without its full stop."""
    line = first_paragraph(text)
    end = line.find(". ")
    return (line[:end] if end > 0 else line).rstrip(".")


def first_paragraph(text: str) -> str:
    """Return what stands before the first blank line, as one line."""
    return " ".join(text.strip().partition("\n\n")[0].split())


def capitalized(text: str) -> str:
    """Return the text with a capital letter at its beginning, and nothing else changed."""
    return text[:1].upper() + text[1:]


def file_name(target: str) -> str:
    """Return the last part of a path."""
    return target.replace("\\", "/").rpartition("/")[2]


FILTERS = {
    "at": at,
    "capitalized": capitalized,
    "clock": clock,
    "counted": counted,
    "exactly": exactly,
    "file_name": file_name,
    "first_paragraph": first_paragraph,
    "first_sentence": first_sentence,
    "in_words": in_words,
    "number": number,
    "size": size,
    "took": took,
    "when": when,
}
