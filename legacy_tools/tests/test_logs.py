"""logs.py: every log format, and choosing by words, level and time."""

import gzip
import re

import pytest

FORMATS = """\
2026-11-20 09:12:03,123 ERROR shop: gateway timeout
Traceback (most recent call last):
  ValueError: a traceback belongs to its entry
2026-11-20T09:13:00.5+00:00 [warn] slow answer
2026/11/20 09:14:00 [crit] 12#0: disk full
192.0.2.7 - - [20/Nov/2026:09:15:00 +0000] "GET /basket HTTP/1.1" 503 812
Nov 20 09:16:00 leeds printd[12]: error: paper jam
{"time": "2026-11-20T09:17:00", "severity": "DEBUG", "msg": "json words"}
"""


@pytest.fixture(autouse=True)
def log(shell):
    path = shell.folder / "shop.log"
    path.write_text(FORMATS, encoding="utf-8")
    return path


def test_every_format_is_read(shell):
    lines, _ = shell.run("logs.py", "shop.log")
    year = lines[5][:4]  # syslog names no year: the file's own
    assert lines == [
        "Time                 Level     File         Line  Message",
        "2026-11-20 09:12:03  error     shop.log        1  shop: gateway timeout (+2 lines)",
        "2026-11-20 09:13:00  warning   shop.log        4  slow answer",
        "2026-11-20 09:14:00  critical  shop.log        5  12#0: disk full",
        "2026-11-20 09:15:00  error     shop.log        6  503 GET /basket HTTP/1.1 from 192.0.2.7",
        f"{year}-11-20 09:16:00  error     shop.log        7  printd[12]: error: paper jam",
        "2026-11-20 09:17:00  debug     shop.log        8  json words",
        "",
        "6 entries found.",
    ]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--find", "TIMEOUT"), 1),
        (("--find", "TIMEOUT", "--match-case"), 0),
        (("--find", "its entry"), 1),
        (("--find", "o.*y", "--regex"), 1),
        (("--find", "o.*y"), 0),
        (("--find", "error", "--invert"), 4),
        (("--level", "error", "--level", "critical"), 4),
        (("--since", "2026-11-20T09:14:00", "--until", "2026-11-20T09:15:00"), 2),
    ],
)
def test_entries_are_chosen(shell, words, count):
    lines, _ = shell.run("logs.py", "shop.log", *words)
    assert lines[-1] == f"{count} {'entry' if count == 1 else 'entries'} found."


def test_following_lines_are_shown_when_told(shell):
    lines, _ = shell.run("logs.py", "shop.log", "--find", "timeout", "--whole")
    assert lines[2:4] == [
        "    Traceback (most recent call last):",
        "      ValueError: a traceback belongs to its entry",
    ]


def test_colours_come_when_told_and_never_into_a_file(shell):
    lines, _ = shell.run("logs.py", "shop.log", "--color=always", "--level", "error")
    assert "  \x1b[31merror\x1b[0m     shop.log" in lines[1]
    lines, _ = shell.run("logs.py", "shop.log", "--level", "error")
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("by", ["level", "hour", "day", "file"])
def test_counts_add_up(shell, office, by):
    lines, _ = shell.run("logs.py", str(office / "Logs"), "--count", by)
    assert lines[0].split()[:2] == [by.title(), "Entries"]
    entries = [int(re.split(r"  +", line)[1]) for line in lines[1:-2]]
    assert sum(entries) == 1800
    assert lines[-1] == "1,800 entries found."


def test_folder_holds_its_packed_and_numbered_logs(shell):
    (shell.folder / "old").mkdir()
    with gzip.open(shell.folder / "old" / "web.log.3.gz", "wt", encoding="utf-8") as file:
        file.write("2026-01-02 03:04:05 INFO packed\n")
    (shell.folder / "picture.jpg").write_bytes(b"\xff\xd8")
    lines, _ = shell.run("logs.py")
    found = next(line for line in lines if "packed" in line).split()
    assert found == ["2026-01-02", "03:04:05", "info", "old/web.log.3.gz", "1", "packed"]
    assert lines[-1] == "7 entries found."


def test_bytes_that_are_no_text_are_shown_as_such(shell):
    (shell.folder / "x.log").write_bytes(b"2026-01-02 03:04:05 INFO caf\xe9 \x00\r\n")
    lines, _ = shell.run("logs.py", "x.log")
    assert "caf\N{REPLACEMENT CHARACTER}" in lines[1]


def test_limit_says_that_there_is_more(shell, office):
    lines, _ = shell.run("logs.py", "--limit", "2", LOGS_FOLDER=str(office / "Logs"))
    assert lines[-1] == "There are more: only the first 2 are shown (--limit)."
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("none.log",), 1, "There is no file or folder none.log."),
        (("empty",), 1, "There is no log file in empty."),
        ((__file__, "--find", "x(", "--regex"), 1, "'x(' is not a regular expression"),
        (("--level", "loud"), 2, "invalid choice: 'loud'"),
        (("--since", "soon"), 2, "argument --since: invalid"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), 2, "argument --until:"),
        (("--limit", "-3"), 2, "argument --limit: -3 is below 0"),
    ],
)
def test_wrong_use_is_told(shell, words, code, sentence):
    (shell.folder / "empty").mkdir()
    _, told = shell.run("logs.py", *words, code=code)
    assert sentence in told
