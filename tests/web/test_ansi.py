"""A tool's words reach the page as text, whatever they are."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from webify.readers.terminal import Terminal
from webify.web.ansi import line_html, tone


def shown(data: bytes) -> str:
    terminal = Terminal()
    return "\n".join(line_html(line) for line in [*terminal.feed(data), *terminal.finish()])


@given(some.binary(max_size=200))
def test_only_our_own_spans_are_markup(data):
    page = shown(data)
    bare = re.sub(r'<span class="[a-z0-9 -]*">|</span>', "", page)
    assert not set(bare) & set("<>\"'")
    assert page.count("<span") == page.count("</span>")
    assert html.unescape(bare).count("<") <= data.count(b"<")


def test_link_of_a_terminal_is_dropped():
    assert shown(b"\x1b]8;;javascript:alert(1)\x1b\\press\x1b]8;;\x1b\\") == "press"


def test_half_an_escape_does_no_harm():
    assert "\x1b" not in shown(b"a\x1b[31")


def test_colours_become_classes_of_a_terminal():
    assert shown(b"\x1b[1;31mred\x1b[0m") == '<span class="a-b a-fg-red">red</span>'


@pytest.mark.parametrize(
    ("line", "class_"),
    [
        (b"error: no such file", "e"),
        (b"renamer: error: no such file", "e"),
        (b"Traceback (most recent call last):", "e"),
        (b"KeyError: 'PO-1180'", "e"),
        (b"sqlite3.OperationalError: no such table: x", "e"),
        (b"Errors: 3", ""),
        (b"warning: no date", "y"),
        (b"no errors found", ""),
        (b"checking 3 files", ""),
    ],
)
def test_lines_of_standard_error_have_a_tone(line, class_):
    assert tone(shown(line)) == class_
