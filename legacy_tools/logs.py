#!/usr/bin/env python3
"""Search and count in log files: by words, level and time, whatever wrote the log."""

import argparse
import gzip
import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

LEVELS = ("debug", "info", "warning", "error", "critical")
SAME = {"warn": "warning", "err": "error", "fatal": "critical", "crit": "critical",
        "notice": "info", "trace": "debug", "alert": "critical", "emerg": "critical",
        "severe": "error"}  # fmt: skip
WORD = "|".join((*LEVELS, *SAME))
COLOURS = {"debug": "90", "info": "32", "warning": "33", "error": "31", "critical": "1;31"}
# 2026-11-20 09:12:03,123 ERROR shop: words   2026/11/20 09:12:03 [error] words
PLAIN = re.compile(
    r"(?P<time>\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d)(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"
    rf"[\s|:-]*(?:\[?(?P<level>{WORD})(?:\]|\b)[\s|:-]*)?(?P<words>.*)",
    re.IGNORECASE,
)
# 192.0.2.7 - - [20/Nov/2026:09:12:03 +0000] "GET / HTTP/1.1" 500 812
ACCESS = re.compile(
    r"(?P<host>\S+) \S+ .*?\[(?P<time>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d)[^\]]*\] "
    r'"(?P<request>.*?)" (?P<status>\d{3})\b'
)
# Nov 20 09:12:03 server program[12]: words
SYSLOG = re.compile(
    r"(?P<time>\w{3} [ \d]\d \d\d:\d\d:\d\d) \S+ (?P<words>[^:\[]+(?:\[\d+\])?: .*)"
)
EPILOG = """
examples:
  logs.py /var/log/shop --find timeout
  logs.py shop.log --level error --level critical --since 2026-11-20
  logs.py shop.log --find 'order \\d+' --regex --count=hour

Reads Python, nginx and ISO-dated logs, web access logs, syslog and JSON lines, packed with gzip
or not.  Lines without a time belong to the line before them.  Times count as they are written.
"""


class Refused(Exception):
    """What the program cannot do, as one sentence."""


@dataclass
class Entry:
    file: str
    line: int
    time: datetime | None
    level: str
    words: str
    more: list[str]


# --- reading ------------------------------------------------------------------------------------


def log_files(paths):
    """Return [(shown name, path)] of files, and of the logs in folders."""
    found = []
    for path in paths:
        if path.is_dir():
            inner = [each for each in sorted(path.rglob("*")) if looks_like_log(each)]
            found += [(each.relative_to(path).as_posix(), each) for each in inner]
        elif path.exists():
            found.append((path.name, path))
        else:
            raise Refused(f"There is no file or folder {path}.")
    if not found:
        raise Refused(f"There is no log file in {', '.join(map(str, paths))}.")
    return found


def looks_like_log(path):
    name = path.name.lower().removesuffix(".gz")
    return bool(re.search(r"\.(log|jsonl)(\.\d+)?$", name)) and path.is_file()


def entries(name, path):
    """Yield the entries of one file; lines without a time are added to the one before."""
    year = datetime.fromtimestamp(path.stat().st_mtime).year
    opened = gzip.open if path.suffix == ".gz" else open
    last = None
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            made = entry(name, number, line.rstrip("\r\n"), year)
            if made.time is None and last is not None:
                last.more.append(made.words)
                continue
            if last is not None:
                yield last
            last = made
    if last is not None:
        yield last


def entry(name, number, line, year):
    for read in (from_plain, from_json, from_access, from_syslog):
        found = read(line, year)
        if found:
            return Entry(name, number, *found, [])
    return Entry(name, number, None, level_in(line), line, [])


def from_plain(line, _):
    found = PLAIN.match(line)
    if not found:
        return None
    time = moment(found["time"].replace("/", "-").replace("T", " "), "%Y-%m-%d %H:%M:%S")
    level = known(found["level"]) if found["level"] else level_in(found["words"][:60])
    return time and (time, level, found["words"])


def from_json(line, _):
    if not line.startswith("{"):
        return None
    try:
        data = json.loads(line)
    except ValueError:
        return None
    text = next((str(data[key]) for key in ("time", "timestamp", "ts", "@timestamp")
                 if key in data), "")  # fmt: skip
    time = moment(text[:19].replace("T", " "), "%Y-%m-%d %H:%M:%S")
    words = next((str(data[key]) for key in ("message", "msg", "event") if key in data), line)
    level = str(data.get("level", data.get("severity", "info")))
    return time and (time, known(level), words)


def from_access(line, _):
    found = ACCESS.match(line)
    if not found:
        return None
    time = moment(found["time"], "%d/%b/%Y:%H:%M:%S")
    level = {"4": "warning", "5": "error"}.get(found["status"][0], "info")
    return time and (time, level, f"{found['status']} {found['request']} from {found['host']}")


def from_syslog(line, year):
    found = SYSLOG.match(line)
    if not found:
        return None
    time = moment(f"{year} {found['time']}", "%Y %b %d %H:%M:%S")
    return time and (time, level_in(found["words"]), found["words"])


def moment(text, pattern):
    try:
        return datetime.strptime(text, pattern)
    except ValueError:
        return None


def known(level):
    level = level.lower()
    return SAME.get(level, level if level in LEVELS else "info")


def level_in(words):
    found = re.search(rf"\b({WORD})\b", words, re.IGNORECASE)
    return known(found[1]) if found else "info"


# --- choosing and printing ----------------------------------------------------------------------


def chooser(args):
    """Return a function that says whether an entry is wanted."""
    try:
        pattern = re.compile(
            (args.find or "") if args.regex else re.escape(args.find or ""),
            0 if args.match_case else re.IGNORECASE,
        )
    except re.error as error:
        raise Refused(f"{args.find!r} is not a regular expression: {error}.") from None
    levels, since, until = set(args.level), plain_time(args.since), plain_time(args.until)

    def wanted(entry):
        if levels and entry.level not in levels:
            return False
        if (since or until) and entry.time is None:
            return False
        if (since and entry.time < since) or (until and entry.time > until):
            return False
        return any(pattern.search(text) for text in (entry.words, *entry.more)) != args.invert

    return wanted


def plain_time(time):
    return time.astimezone().replace(tzinfo=None) if time and time.tzinfo else time


def line_of(cells, widths, right):
    parts = zip(cells, widths, right, strict=True)
    return "  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in parts).rstrip()


def print_entries(found, files, args):
    """Print entries as they are found; the columns' widths are known beforehand."""
    width = max(4, *(len(name) for name, _ in files))
    widths, right = (19, 8, width, 7, 0), (False, False, False, True, False)
    heads = line_of(("Time", "Level", "File", "Line", "Message"), widths, right)
    shown = 0
    for shown, each in enumerate(found, 1):
        if args.limit and shown > args.limit:
            print(f"\nThere are more: only the first {args.limit:,} are shown (--limit).")
            return
        if shown == 1:
            print(heads)
        print_entry(each, widths, right, args)
    print("\n" * bool(shown) + f"{shown:,} {'entry' if shown == 1 else 'entries'} found.")


def print_entry(each, widths, right, args):
    time = f"{each.time:%Y-%m-%d %H:%M:%S}" if each.time else "-"
    words = " ".join(each.words.split()) or "-"
    if each.more and not args.whole:
        words += f" (+{len(each.more)} {'line' if len(each.more) == 1 else 'lines'})"
    line = line_of((time, each.level, each.file, str(each.line), words), widths, right)
    print(coloured(line, each.level) if args.colour else line)
    if args.whole:
        for text in each.more:
            print(f"    {text}")


def coloured(line, level):
    start = 21
    return f"{line[:start]}\033[{COLOURS[level]}m{level}\033[0m{line[start + len(level) :]}"


def print_counts(found, args):
    """Print how many entries of each level, hour, day or file there are."""
    keys = {
        "level": lambda entry: entry.level,
        "hour": lambda entry: f"{entry.time:%Y-%m-%d %H}:00" if entry.time else "no time",
        "day": lambda entry: f"{entry.time:%Y-%m-%d}" if entry.time else "no time",
        "file": lambda entry: entry.file,
    }
    counts = Counter((keys[args.count](each), each.level) for each in found)
    names = sorted({name for name, _ in counts})
    if args.count == "level":
        names = [level for level in LEVELS if level in names]
        columns = []
    else:
        columns = [level for level in LEVELS if any(level == each for _, each in counts)]
    heads = (args.count.title(), "Entries", *(level.title() for level in columns))
    rows = [
        (
            name,
            f"{sum(number for (each, _), number in counts.items() if each == name):,}",
            *(f"{counts[name, level]:,}" for level in columns),
        )
        for name in names
    ]
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    right = (False, *(True for _ in heads[1:]))
    if rows:
        print(*(line_of(row, widths, right) for row in (heads, *rows)), sep="\n")
    total = sum(counts.values())
    print("\n" * bool(rows) + f"{total:,} {'entry' if total == 1 else 'entries'} found.")


# --- the command line ---------------------------------------------------------------------------


def build_parser():
    parser = argparse.ArgumentParser(
        description="Searches and counts in log files, by words, level and time.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version="logs.py 2.0")
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="log files, or folders that hold some (default: $LOGS_FOLDER, else this folder)",
    )
    which = parser.add_argument_group("Which entries")
    which.add_argument("-e", "--find", metavar="WORDS", help="entries that contain these words")
    which.add_argument("--regex", action="store_true", help="the words are a regular expression")
    which.add_argument("--match-case", action="store_true", help="tell capitals from small letters")
    which.add_argument("--invert", action="store_true", help="entries that do not contain them")
    which.add_argument("--level", action="append", choices=LEVELS, default=[],
                       help="entries of this level; may be given several times")  # fmt: skip
    when = {"type": datetime.fromisoformat, "metavar": "TIME"}
    which.add_argument("--since", **when, help="from then on, like 2026-11-20T09:00")
    which.add_argument("--until", **when, help="up to then, like 2026-11-20T17:30")
    shown = parser.add_argument_group("What to show")
    shown.add_argument("--count", choices=("level", "hour", "day", "file"),
                       help="count the entries instead, by this")  # fmt: skip
    shown.add_argument("--whole", action="store_true", help="print the lines that follow an entry,"
                       " such as a traceback")  # fmt: skip
    shown.add_argument("--limit", type=int, default=1000, metavar="N",
                       help="stop after N entries; 0 for all (default: %(default)s)")  # fmt: skip
    shown.add_argument("--color", choices=("auto", "always", "never"), default="auto",
                       help="colour the levels (default: when writing to a terminal)")  # fmt: skip
    return parser


def run(args):
    paths = args.paths or [Path(os.environ.get("LOGS_FOLDER") or ".")]
    files = log_files(paths)
    wanted = chooser(args)
    args.colour = args.color == "always" or (args.color == "auto" and sys.stdout.isatty())
    found = (each for name, path in files for each in entries(name, path) if wanted(each))
    if args.count:
        print_counts(found, args)
    else:
        print_entries(found, files, args)


def main():
    sys.stdout.reconfigure(errors="replace")
    parser = build_parser()
    args = parser.parse_args()
    if args.limit < 0:
        parser.error(f"argument --limit: {args.limit} is below 0")
    if args.since and args.until and plain_time(args.until) < plain_time(args.since):
        parser.error(f"argument --until: {args.until} is before {args.since}")
    try:
        run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # as in: logs.py shop.log | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Refused, OSError, EOFError) as error:
        print(f"logs.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
