"""What becomes of texts that are no help, and of help that is damaged or hostile."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from webify.manuals.help_text import manual_page, read_help

FOLDER = Path(__file__).with_name("help")
LICENCE = Path(__file__).parents[2] / "LICENSE"
LIMIT = 6.0  # seconds; a third of that on a machine that does nothing else
NO_HELP = {
    "nothing": "",
    "blanks": "\n \n\t\n",
    "an error": "error: unknown option '--help'\n",
    "an error with advice": "tool: invalid option -- '-'\nTry 'man tool' for what it can do.\n",
    "prose": "This tool reads files.\nThe option -x is for experts, and\n--all is for all.\n",
    "a log": "".join(f"2026-01-01 12:00:0{n} INFO  started worker {n}\n" for n in range(9)),
    "a difference": "--- a/tool.py\n+++ b/tool.py\n@@ -1,3 +1,3 @@\n-old line  here\n+new line\n",
    "a traceback": 'Traceback (most recent call last):\n  File "x.py", line 1\nValueError: no\n',
    "a listing": "total 8\n-rw-r--r--  1 me me  305 Nov 22 a\n-rw-r--r--  1 me me  12 Nov 22 b\n",
    "a table": "NAME    SIZE   USED\ndisk0   10G    -\ndisk1   20G    -\n",
    "bytes": "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00\x01" * 40,
    "a greeting": "Hello, world!\n",
}


@pytest.mark.parametrize("kind", NO_HELP)
def test_a_text_that_is_no_help_gives_nothing(kind: str) -> None:
    assert read_help(NO_HELP[kind], program="tool") is None


def test_a_licence_gives_nothing() -> None:
    assert read_help(LICENCE.read_text(encoding="utf-8"), program="tool") is None


def test_a_manual_page_is_left_to_its_own_reader() -> None:
    text = "TOOL(1)                  General Commands                  TOOL(1)\n\nNAME\n  tool\n"
    assert manual_page(text)
    assert read_help(text + "\nOPTIONS\n  -x  a thing\n  -y  another\n") is None


def colours(text: str) -> str:
    return "\n".join(f"\x1b[1m\x1b[32m{line}\x1b[0m" for line in text.split("\n"))


def struck(text: str) -> str:
    return "".join(f"{letter}\b{letter}" if letter.isalpha() else letter for letter in text)


@pytest.mark.parametrize("name", ["gnu-grep", "clap-just", "cobra-hugo", "psql"])
@pytest.mark.parametrize("change", [colours, struck, lambda text: text.replace("\n", "\r\n")])
def test_how_a_text_is_painted_does_not_matter(name: str, change) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert read_help(change(text)) == read_help(text)


@pytest.mark.parametrize("name", ["gnu-grep", "clap-just", "cobra-hugo", "psql"])
def test_a_text_that_was_cut_off_still_tells_what_is_left(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    whole, half = read_help(text), read_help(text[: len(text) // 2])
    assert 0 < len(half.options if half else ()) <= len(whole.options if whole else ())


HOSTILE = {
    "options": "  -x{n}, --name-{n}=FILE   does a thing, one of: a, b, c (default: a)\n",
    "prose": "words that go on and on --with an option in it, and [brackets] {n}\n",
    "usage": "Usage: tool [-a{n}] [-b FILE] {{x|y}} [[[[<{n}>]]]]\n",
    "brackets": "  -x [[[[[[[[[[((((((({{{{{{{{<<<<<<<<\n",
    "blanks": "   -x                                                           \t\t\t  y\n",
    "dots": "  -x .......................................... --y ............... z\n",
    "titles": "Options {n}:\n\n",
    "commands": "Commands:\n  name{n}, alias{n}  does a thing\n",
    "escapes": "\x1b[1m\x1b[38;5;1mx\x1b]8;;\x1b[ \n",
    "bars": "  -a | -b | -c | -d | -e\n",
}


@pytest.mark.clock
@pytest.mark.parametrize("kind", HOSTILE)
def test_two_megabytes_are_read_in_seconds(kind: str) -> None:
    line = HOSTILE[kind]
    text = "".join(line.format(n=n) for n in range(2_000_000 // len(line)))
    begun = time.process_time()
    read_help(text, program="tool")
    assert time.process_time() - begun < LIMIT


@pytest.mark.clock
@pytest.mark.parametrize("piece", ["-x ", "[-x] ", "a", " ", "[", "| ", "\x1b[", "a\b", "\t", ", "])
def test_a_line_of_a_megabyte_is_read_in_seconds(piece: str) -> None:
    begun = time.process_time()
    read_help("Usage: tool " + piece * (1_000_000 // len(piece)), program="tool")
    read_help("Options:\n  -x  " + piece * (1_000_000 // len(piece)), program="tool")
    assert time.process_time() - begun < LIMIT
