"""Lines that many programs print alike without a head, and the names of their columns.

Each pattern follows what writes such lines: the manual page named beside it.  A pattern takes
a whole line, its groups are the cells, and no two of its parts can match the same words, so
that a line is read once from left to right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 4096  # characters of a line that may be one of these

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_MODE = r"[-bcdlpsDCMnP?][-r][-w][-xsS][-r][-w][-xsSl][-r][-w][-xtT][.+@]?"
# ls --time-style: month and day, long ISO, full ISO, day first, a figure (+%s)
_WHEN = (
    rf"(?:{_MONTH} +\d{{1,2}} +(?:{_CLOCK}(?: \d{{4}})?|\d{{4}})"
    rf"|\d{{4}}-\d\d-\d\d {_CLOCK}(?:\.\d+ [-+]\d{{4}})?|\d\d-\d\d {_CLOCK}"
    rf"|\d{{1,2}} {_MONTH} +(?:{_CLOCK}|\d{{4}})|{_DAY} {_MONTH} +\d{{1,2}} {_CLOCK} \d{{4}})"
)
_HASH = r"(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})"
_MAC = r"(?:[0-9a-fA-F]{1,2}(?:[:-][0-9a-fA-F]{1,2}){5}|<incomplete>|\(incomplete\))"
_SOURCE = r"(?:(?:UUID|LABEL|PARTUUID|PARTLABEL)=\S+|/\S*|\S+)"
_TIMES = r"(?:[\d*][\d*/,-]{0,40}|[A-Za-z]{3}(?:[,-][A-Za-z]{3}){0,6})"


@dataclass(frozen=True)
class Familiar:
    """Lines of one kind.

    columns   their names; one that ends with ? is left out where the first line has no such cell
    holds     words that each of them holds, as a quick check
    first     begins a line that may stand above them
    comments  lines that begin with # may stand between them
    """

    columns: tuple[str, ...]
    line: re.Pattern[str]
    holds: str = ""
    first: str = ""
    comments: bool = False


def _kind(
    columns: str, line: str, *, holds: str = "", first: str = "", comments: bool = False
) -> Familiar:
    pattern = re.compile(line + r"\s*")
    return Familiar(tuple(columns.split(", ")), pattern, holds, first, comments)


FAMILIAR = (
    _kind(  # ls(1) of GNU and BSD: -l, with -i or -s before it
        "Inode?, Mode, Links, Owner, Group?, Size, Modified, Name",
        rf" *(\d+ +)?({_MODE}) +(\d+) +(\S+) +(?:(\S+) +)?(\d+, +\d+|[\d.,]+[KMGTPEBi]*) +"
        rf"({_WHEN}) (\S.*)",
        first="total ",
    ),
    _kind(  # last(1), lastb(1): the program does not name its columns
        "User, Terminal, Host, Login, Logout, Duration",
        r"([\w.$@*-]+) +((?:system boot|runlevel|[\w:/~.-]+)) +(?:(\S+) +)?"
        rf"({_DAY} {_MONTH} +\d{{1,2}} {_CLOCK}(?: \d{{4}})?)(?: +(?:- +)?"
        rf"({_DAY} {_MONTH} +\d{{1,2}} {_CLOCK}(?: \d{{4}})?|{_CLOCK}|crash|down|shutdown"
        r"|still logged in|still running|gone - no logout)(?: +\(([\d:+-]+)\))?)?",
        holds=":",
    ),
    _kind(  # who(1): name, line, time, and where from
        "User, Terminal, Time, Comment",
        rf"([\w.$@-]+) +[-+?]? *([\w:/.]+) +((?:\d{{4}}-\d\d-\d\d|{_MONTH} +\d{{1,2}}) {_CLOCK})"
        rf"(?: +(\S.*))?",
        holds=":",
    ),
    _kind(  # cmd.exe: dir
        "Date, Time, Size, Name",
        r"(\d\d[/.-]\d\d[/.-]\d{4}|\d{4}[/.-]\d\d[/.-]\d\d)  ?"
        r"(\d\d:\d\d(?: [AaPp]\.?[Mm]\.?)?) +(<\w+>|[\d.,\u00a0]+) +(\S.*)",
        holds=":",
    ),
    _kind(  # fstab(5), and /proc/mounts, which follows it
        "Device, Mount point, Type, Options, Dump, Pass",
        rf"({_SOURCE})\s+(/\S*|none|swap)\s+([a-z][\w.,-]*)\s+([\w=,.:/@%+\\-]+)\s+"
        r"(\d)\s+(\d)(?:\s+#.*)?",
        comments=True,
    ),
    _kind(  # mount(8)
        "Device, Mount point, Type, Options",
        r"(\S(?:(?! on /).)*+) on (/(?:(?! type ).)*+) type ([\w.-]+) \(([^()]*)\)(?: \[.*\])?",
        holds=" type ",
    ),
    _kind(  # mount(8) of BSD and macOS
        "Device, Mount point, Type and options",
        r"(\S(?:(?! on /).)*+) on (/(?:(?! \([\w.]).)*+) \(([\w.]+(?:, [\w. -]+)*)\)",
        holds=" on /",
    ),
    _kind(  # sha256sum(1) and the like; * is said of binary files
        "Sum, File", rf"(\\?{_HASH}) [ *](\S.*)"
    ),
    _kind(  # arp(8) -a
        "Host, Address, Hardware address, Interface",
        rf"([\w.?-]+) \(([\w.:]+)\) at ({_MAC}) (?:\[\w+\] )?(?:PERM )?on ([\w.-]+)(?: .*)?",
        holds=") at ",
    ),
    _kind(  # lsusb(8)
        "Bus, Device, ID, Name",
        r"Bus (\d+) Device (\d+): ID ([0-9a-f]{4}:[0-9a-f]{4})(?: (.*))?",
        holds="Bus ",
    ),
    _kind(  # lspci(8)
        "Slot, Class, Device",
        r"((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) ([A-Z][^:]{2,60}): (\S.*)",
        holds=": ",
    ),
    _kind(  # proc(5): /proc/PID/maps
        "Address, Permissions, Offset, Device, Inode, Path",
        r"([0-9a-f]{8,16}-[0-9a-f]{8,16}) ([r-][w-][x-][ps]) ([0-9a-f]{8,16}) "
        r"([0-9a-f]{2,3}:[0-9a-f]{2,3}) (\d+)(?: +(\S.*))?",
        holds="-",
    ),
    _kind(  # crontab(5)
        "Minute, Hour, Day, Month, Weekday, Command",
        rf"(?=[^a-zA-Z]{{0,40}}\*)({_TIMES})\s+({_TIMES})\s+({_TIMES})\s+({_TIMES})\s+({_TIMES})"
        r"\s+(\S.*)",
        comments=True,
        holds="*",
    ),
    _kind(  # aws s3 ls: the size is ten wide
        "Modified, Size, Name",
        r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?=.{10} ) *(\d+) (\S.*)",
        holds=":",
    ),
    _kind(  # nm(1)
        "Value, Type, Name",
        r"([0-9a-f]{16}|[0-9a-f]{8}| {16}(?= [Uwv])| {8}(?= [Uwv])) ([A-Za-z?-]) (\S+)",
    ),
)


def cells(kind: Familiar, text: str) -> list[str] | None:
    """Return the cells of a line, or None where it is none of its kind."""
    if len(text) > LONGEST or kind.holds not in text:
        return None
    found = kind.line.fullmatch(text)
    return None if found is None else [(cell or "").strip() for cell in found.groups()]
