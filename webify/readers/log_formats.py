"""How lines of logs are written: one pattern for each way, the most telling first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_ZONE = r"(?: ?(?:Z\b|UTC\b|GMT\b|[A-Z]{3,4}\b(?= \[)|[+-]\d\d:?\d\d\b))?"
_DATED = (
    rf"(?:\d{{4}}[-/.]\d\d[-/.]\d\d[T ]{_CLOCK}{_ZONE}"
    rf"|\d\d[-/.]\d\d[-/.]\d{{4}} {_CLOCK}"
    rf"|(?:{_DAY} )?{_MONTH} [ \d]\d (?:\d{{4}} )?{_CLOCK}(?: \d{{4}})?"
    rf"|\d\d[/-]{_MONTH}[/-]\d{{4}}[: ]{_CLOCK}{_ZONE})"
)
_TIMED = rf"(?:{_DATED}|\d{{4}}-\d\d-\d\d \d\d:\d\d|{_CLOCK})"
_WORDS = (
    "TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|CRIT|FATAL|SEVERE|ALERT"
    "|EMERG|PANIC|VERBOSE|SUCCESS|FINE|FINER|FINEST|CONFIG|DBG|INF|WRN|FTL|TRC"
)
_EVERY = "|".join([_WORDS, _WORDS.lower(), _WORDS.title().replace("|", "|")])
_TIME = rf"[\[(]?(?P<time>{_TIMED})[\])]?"
_SURE_TIME = rf"[\[(]?(?P<time>{_DATED})[\])]?"
_LEVEL = rf"[\[(<]? ?(?P<level>{_EVERY})\b ?[\])>]?:?"
_GAP = r"(?: {0,9}[-|] {1,9}|[ \t]{1,9})"
_NAME = r"[A-Za-z_][\w.$/@-]{0,80}(?:::?[\w<>.]{1,60}){0,6}"
_REST = r"(?P<message>.*)"
_QUOTED = r'"(?:[^"\\]|\\.)*"'

_ACCESS = (
    r"(?P<address>[\w.:-]{2,60}) \S{1,60} (?P<user>\S{1,60}) \[(?P<time>[^\]\[]{10,40})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}|-) (?P<bytes>\d+|-)'
)
_AGENT = r' "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)"'
_HOST = (
    rf"(?:<\d{{1,3}}>)?(?P<time>{_MONTH} [ \d]\d (?:\d{{4}} )?{_CLOCK}"
    rf"|\d{{4}}-\d\d-\d\dT{_CLOCK}{_ZONE}) (?P<host>[\w.:-]+) "
    r"(?P<source>[^\s:\[\]]{1,80}(?: [^\s:\[\]]{1,40}){0,2}?)"
)

_PATTERNS = (
    # access logs: combined, common, and either with more behind it
    _ACCESS + _AGENT,
    _ACCESS,
    rf"{_ACCESS}(?:{_AGENT})? (?P<more>.*)",
    # syslog, RFC 5424
    (
        rf"<(?P<priority>\d{{1,3}})>1 (?P<time>{_DATED}|-) (?P<host>\S+) (?P<source>\S+) "
        rf"(?P<process>\S+) (?P<id>\S+) (?P<data>-|(?:\[(?:[^\]\"]|{_QUOTED})*\])+) ?{_REST}"
    ),
    # syslog, RFC 3164, and journalctl
    rf"{_HOST}\[(?P<process>\d+)\]: {_REST}",
    rf"{_HOST}(?:\[\d+\])?: {_REST}",
    # Apache's errors
    (
        rf"\[(?P<time>{_DATED})\] \[(?P<source>\w{{1,40}}):(?P<level>{_EVERY})\] "
        rf"(?:\[pid (?P<process>[^\]]+)\] )?{_REST}"
    ),
    # nginx's errors
    rf"(?P<time>{_DATED}) \[(?P<level>{_EVERY})\] (?P<process>\d+#\d+): {_REST}",
    # glog and klog
    (
        r"(?P<level>[IWEF])(?P<time>\d{4} \d\d:\d\d:\d\d\.\d+) +(?P<process>\d+) "
        rf"(?P<source>[^\s\]]+)\] {_REST}"
    ),
    # Spring Boot
    (
        rf"{_TIME} +{_LEVEL} (?P<process>\d+) --- (?P<thread>(?:\[[^\]]*\] ?)+) "
        rf"(?P<source>\S+) *: {_REST}"
    ),
    # PostgreSQL
    (
        rf"(?P<time>{_DATED}(?: [A-Z]{{3,4}})?) \[(?P<process>\d+(?:-\d+)?)\] "
        rf"(?P<level>LOG|STATEMENT|DETAIL|HINT|CONTEXT|DEBUG\d?|{_WORDS}): +{_REST}"
    ),
    # Celery, and what stands in brackets as a whole: env_logger
    rf"\[(?P<time>{_TIMED}): (?P<level>{_EVERY})/(?P<source>[\w-]+)\] {_REST}",
    rf"\[(?P<time>{_TIMED}) (?P<level>{_EVERY}) +(?P<source>[\w:.]+)\] {_REST}",
    # Ruby
    (
        rf"[A-Z], \[(?P<time>{_DATED}) #(?P<process>\d+)\] +(?P<level>{_EVERY}|ANY|UNKNOWN) -- "
        rf"(?P<source>[^:]{{0,60}}): {_REST}"
    ),
    # Kubernetes' containers
    rf"(?P<time>{_DATED}) (?P<stream>stdout|stderr) [FP] {_REST}",
    # Logback, Log4j: time [thread] level logger - message
    rf"{_TIME} +\[(?P<thread>[^\]]{{1,80}})\] +{_LEVEL} +(?P<source>{_NAME})(?: - | ?: ?) *{_REST}",
    rf"{_TIME} +\[(?P<thread>[^\]]{{1,80}})\] +{_LEVEL}{_GAP}{_REST}",
    rf"(?P<time>{_DATED})\t(?P<level>{_EVERY})\t(?P<source>[^\t]{{1,80}})\t{_REST}",
    # time level [source] message, and a source before ":" or a dash
    rf"{_TIME}{_GAP}{_LEVEL}{_GAP}\[(?P<source>[^\]]{{1,80}})\]:? *(?:- )?{_REST}",
    rf"{_TIME}{_GAP}{_LEVEL}{_GAP}(?P<source>{_NAME})\[(?P<process>\d+)\](?: - |: ) *{_REST}",
    rf"{_TIME}{_GAP}{_LEVEL}{_GAP}(?P<source>{_NAME})(?: - | \| |: ) *{_REST}",
    # time source level message: Python's own order
    rf"{_TIME}{_GAP}\[?(?P<source>{_NAME})\]?{_GAP}{_LEVEL}{_GAP}{_REST}",
    rf"{_TIME}{_GAP}{_LEVEL}(?:{_GAP}{_REST})?",
    # level first
    rf"{_LEVEL}{_GAP}{_TIME}{_GAP}(?P<source>{_NAME})(?: - |: ) *{_REST}",
    rf"{_LEVEL}{_GAP}?{_TIME}{_GAP}{_REST}",
    rf"(?P<level>{_EVERY}):(?P<source>[\w.]{{1,80}}):{_REST}",
    # Go: a file and its line
    rf"{_SURE_TIME} (?P<source>[\w./-]+\.\w+:\d+): {_REST}",
    # the kernel's ring
    rf"\[ *(?P<time>\d+\.\d{{6}})\] (?:(?P<source>[\w .:/-]{{1,40}}?): )?{_REST}",
    # a time with a date, and words
    rf"{_SURE_TIME}:?(?: - |[ ]{{1,2}})(?P<message>[A-Za-z\[(\"'<#*/].*)",
    # a level alone
    rf"(?:\[ ?(?P<level>{_EVERY}) ?\]:?|(?P<said>{_WORDS})(?::| -)) +{_REST}",
    # containers, a bar behind their names
    rf"(?P<source>[A-Za-z][\w.]*(?:[-_][\w.]+)*[-_]\d+) +\| ?{_REST}",
)
_LOGFMT = re.compile(rf"(?:[\w.@/-]{{1,60}}=(?:{_QUOTED}|[^\s\"]*)(?: +|\Z))+")
_PAIR = re.compile(rf"([\w.@/-]{{1,60}})=({_QUOTED}|[^\s\"]*)")
_TOLD_BY = frozenset(("time", "ts", "timestamp", "level", "lvl", "severity", "msg", "message"))
_BEGINS = re.compile(
    rf"[\[(<]? {{0,9}}(?:\d|{_DAY}|{_MONTH}|{_EVERY})|[\w.:-]+ \S+ \S+ \[|[\w.@/-]+="
    r"|[IWEF]\d{4} |[A-Z], \[|\S+[-_]\d+ +\|"
)


class Entry(NamedTuple):
    """One entry of a log: the names of its columns, and their cells."""

    names: tuple[str, ...]
    cells: tuple[str, ...]


class Format(NamedTuple):
    """One way to write an entry; without a pattern it is logfmt."""

    names: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def read(self, text: str) -> Entry | None:
        """Return the entry that a line begins, or None where it begins none."""
        if self.pattern is None:
            return _logfmt(text)
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        groups = found.groupdict("")
        if "said" in groups:
            groups["level"] = groups["level"] or groups["said"]
        return Entry(self.names, tuple(groups[name].strip() for name in self.names))


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Return all ways, compiled once and only where an output may hold a log."""
    found = [Format((), None)]
    for words in _PATTERNS:
        pattern = re.compile(words)
        names = tuple(name for name in pattern.groupindex if name != "said")
        found.append(Format(names, pattern))
    return tuple(found)


def may_begin(text: str) -> bool:
    """Say whether a line may be an entry, as far as its first letters tell."""
    return _BEGINS.match(text) is not None


def formats_of(text: str) -> Iterator[Format]:
    """Yield the ways that a line may be written in."""
    for each in formats():
        if each.read(text) is not None:
            yield each


def _logfmt(text: str) -> Entry | None:
    """Return the pairs of a line that is made of them alone."""
    if "=" not in text or not _LOGFMT.fullmatch(text.strip()):
        return None
    pairs: Sequence[tuple[str, str]] = _PAIR.findall(text)
    names = tuple(name for name, _ in pairs)
    if len(pairs) < 2 or len(set(names)) < len(names) or not _TOLD_BY.intersection(names):
        return None
    return Entry(names, tuple(_bare(value) for _, value in pairs))


def _bare(value: str) -> str:
    """Return a value without the quotes around it."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value
