"""Lines that tell how far a tool has come: a bar, a percent, a line that is written over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from webify.model.block import PROGRESS
from webify.readers.shapes import Answer, Body, Taken
from webify.readers.terminal import Line, Terminal

NAME = "progress"
HOLDS = re.compile("%")

_LONGEST = 400  # characters of a line that tells of progress
_FEWEST = 3  # lines alike, where none was written over
_MOST_WORDS = 200  # characters that are shown
_PERCENT = re.compile(r"(?<![\w.,-])(?P<percent>\d{1,3}(?:\.\d{1,3})?) ?%(?!\w)")
_NUMBER = r"\d{1,12}(?:\.\d{1,3})?"
_OF = re.compile(rf"(?<![\w.,/-])(?P<done>{_NUMBER})(?:/| of )(?P<all>{_NUMBER})(?![\w/-]|[.,:]\d)")
_BAR = re.compile(
    r"[█▉▊▋▌▍▎▏▓▒░■□━╸╺⣿●○▰▱]{5,}"
    r"|[|\[(](?=[^\])|]{5})[#=*>█▉▊▋▌▍▎▏.:o-]*[> ._█·-]*[|\])]|[#=]{8,}>?"
)
_WGET = re.compile(r" *\d+[KM] [ .,]{10,}")
_SIZE = r"[\d.]+[kMGTP]?"
_CURL = re.compile(
    rf" *(?P<percent>\d{{1,3}}) +(?P<all>{_SIZE}) +(?P<got>\d{{1,3}}) +(?P<received>{_SIZE})"
    rf" +(?P<gone>\d{{1,3}}) +(?P<sent>{_SIZE})(?: +\S+){{4,}}"
)
_CURL_HEAD = re.compile(r" *(?:% Total +% Received|Dload +Upload +Total) .*")
_METER_END = re.compile(r"(?:[\d%\])|]|-:--|[kKMGT]?i?B(?:/s)?)\Z")  # no words follow
_NO_TOTAL = re.compile(r"\d[kMGT]?\w* \[\d+:\d\d")  # tqdm: 4000it [00:00, 47.3it/s]


class Told(NamedTuple):
    """What a line tells: its words, and the share from 0 to 1 where it says one."""

    words: str
    share: float | None


def read_progress(line: Line, *, going: bool = False) -> Told | None:
    """Return what a line tells of progress, or None.

    going: it is not ended yet; then one that is written over tells of work by that alone.
    """
    text = line.text.strip()
    if not text or len(line.text) > _LONGEST or line.more:
        return None
    share = share_of(text)
    drawn = _BAR.search(text) is not None
    if share is None or not (line.rewritten or drawn or (going and "%" in text)):
        return Told(text[:_MOST_WORDS], None) if going and line.rewritten else None
    return Told(text[:_MOST_WORDS], share)


def share_of(text: str) -> float | None:
    """Return the share that a line says: 45 %, or 3 of 25."""
    curl = _CURL.fullmatch(text)
    if curl is not None and curl["percent"] == "100" and curl["got"] == curl["gone"] == "0":
        return None  # of a size that is not known all that has come is 100 %
    found = curl or _PERCENT.search(text)
    if found is not None:
        percent = float(found["percent"])
        return percent / 100 if percent <= 100 else None
    counted = _OF.search(text)
    if counted is None or not float(counted["all"]):
        return None
    share = float(counted["done"]) / float(counted["all"])
    return share if share <= 1 else None


def read_count(lines: Sequence[Line]) -> Told | None:
    """Return what lines tell that count up to one number, each with a line of its own, or None."""
    found = [(line, _OF.search(line.text)) for line in lines if len(line.text) <= _LONGEST]
    counted = [(line, match["done"], match["all"]) for line, match in found if match]
    counted = [each for each in counted if each[1].isdecimal() and each[2] == counted[-1][2]]
    steps = [int(done) for _, done, _ in counted]
    if len(steps) < 2 or steps != sorted(steps) or steps[0] == steps[-1]:
        return None
    if len(steps) < _FEWEST and steps[1] != steps[0] + 1:
        return None  # two lines by chance
    last = counted[-1][0]
    share = share_of(last.text)
    over = share == 1 and any(line.text.strip() for line in lines if line.start > last.start)
    return None if share is None or over else Told(last.text.strip()[:_MOST_WORDS], share)


def besides(data: bytes) -> bytes:
    """Return the lines that say something besides how far the work has come."""
    terminal = Terminal()
    lines = [*terminal.feed(data), *terminal.finish()]
    return b"".join(
        data[line.start : line.end]
        for line in lines
        if not _only_progress(line, data[line.start : line.end].rstrip(b"\r\n"))
    )


def _only_progress(line: Line, raw: bytes) -> bool:
    text = line.text.rstrip()
    if _CURL_HEAD.fullmatch(text):
        return True
    if b"\r" not in raw or not text:
        return False
    meter = share_of(text) is not None or _NO_TOTAL.search(text)
    return bool(_CURL.fullmatch(text) or (meter and _METER_END.search(text)))


def bare(words: str) -> str:
    """Return the words without the bar and the percent, which are shown otherwise."""
    if curl := _CURL.fullmatch(words):
        come = curl["sent"] if curl["gone"] != "0" else curl["received"]
        return come if share_of(words) is None else f"{come} of {curl['all']}"
    rest = _BAR.sub(" ", _PERCENT.sub(" ", words))
    return " ".join(rest.replace("|", " ").split()).strip(" :,-")


def look(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Find a line that was written over or has a bar, or three whose percent rises."""
    line = lines[at]
    if "%" not in line.text and not line.rewritten:
        return Answer.NO
    told = read_progress(line)
    if told is not None and (line.rewritten or told.share is not None):
        return Meter(_kind(line.text)) if line.rewritten else _several(lines, at, over=over)
    return _several(lines, at, over=over)


def _several(lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
    """Take lines that say the same with a percent that does not fall."""
    kind, last = _kind(lines[at].text), -1.0
    for line in lines[at : at + _FEWEST]:
        percent = _PERCENT.search(line.text) if len(line.text) <= _LONGEST else None
        share = share_of(line.text) if percent else None
        if share is None or share < last or _kind(line.text) != kind or line.more:
            return Answer.NO
        last = share
    if len(lines) - at >= _FEWEST:
        return Meter(kind) if last > (share_of(lines[at].text) or 0) else Answer.NO
    return Answer.NO if over else Answer.WAIT


def _kind(text: str) -> str:
    """Return the words of a line before its first figure: what it is the progress of."""
    if _WGET.match(text):
        return "wget"
    if _CURL.fullmatch(text.rstrip()):
        return "curl"
    return re.split(r"[\d%\[|#█]", text.strip(), maxsplit=1)[0].strip()


class Meter:
    """The body of a progress: the last words and the share of lines that say the same."""

    kind = PROGRESS
    title = ""
    columns: tuple[str, ...] = ()
    used = 0

    def __init__(self, kind: str) -> None:
        """Take lines that are the progress of this."""
        self._kind = kind
        self._told = Told("", None)

    def take(self, lines: Sequence[Line]) -> Taken:
        """Read the next lines."""
        for index, line in enumerate(lines):
            share = share_of(line.text) if len(line.text) <= _LONGEST else None
            alike = share is not None and _kind(line.text) == self._kind
            falls = share is not None and share < (self._told.share or 0)
            if not alike or line.more or falls:
                return self._news(rest=lines[index:], done=True)
            self._told = Told(line.text.strip()[:_MOST_WORDS], share)
        return self._news()

    def pause(self) -> Taken:
        """Give out what is known; it goes on."""
        return self._news()

    def finish(self) -> Taken:
        """Give out the last words."""
        return self._news(done=True)

    def _news(self, *, rest: Sequence[Line] = (), done: bool = False) -> Taken:
        return Taken(rest=rest, done=done, title=self._told.words, share=self._told.share)
