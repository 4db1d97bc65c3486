"""Pages carry no script, style or unescaped text of their own: the site forbids it."""

from __future__ import annotations

import re

import pytest

from tests.source import Source, holds, sources

BREACHES = {
    "script without a file": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+(false|off)", re.IGNORECASE),
    "address of another site": re.compile(
        r"(?:src|<link[^>]*href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}
ALLOWED: dict[tuple[str, str], str] = {}  # (path, breach): why it is right there
MARKUP = re.compile(r"\bMarkup\((?!\"(?:[^\"{]|\{\})*\"\)|'(?:[^'{]|\{\})*'\))")
MADE_MARKUP = {  # text that Python calls safe, beside what stands in its own source
    "webify/web/icons.py": "the drawings are our own file",
}


@pytest.fixture(scope="module")
def templates():
    return sources("templates", suffix=".html")


def breaches(files: list[Source]) -> list[str]:
    return [
        f"{source.path}:{number} {name}: {line.strip()[:90]}"
        for source in files
        for number, line in enumerate(source.lines, 1)
        for name, pattern in BREACHES.items()
        if pattern.search(line) and (source.path, name) not in ALLOWED
    ]


def made_markup(files: list[Source]) -> list[str]:
    """Return where text that is not written in the source is called safe."""
    return [
        f"{source.path}:{number} {line.strip()}"
        for source in files
        for number, line in enumerate(source.lines, 1)
        if MARKUP.search(line) and source.path not in MADE_MARKUP
    ]


def test_pages_carry_nothing_inline_and_escape_everything(templates):
    holds(breaches(templates))


def test_each_allowance_is_still_needed(templates):
    seen = {
        (source.path, name)
        for source in templates
        for name, pattern in BREACHES.items()
        if pattern.search(source.text)
    }
    assert set(ALLOWED) <= seen
    assert all(ALLOWED.values())


def test_only_our_own_words_are_called_safe():
    holds(made_markup(sources("webify")))


def test_pages_scripts_and_styles_stay_short(templates):
    own = [*sources("webify/static", suffix=".js"), *sources("webify/static", suffix=".css")]
    files = [*templates, *(source for source in own if "/vendor/" not in source.path)]
    holds([source.path for source in files if len(source.lines) >= 400])


@pytest.mark.parametrize(
    "line",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p { color: red }</style>",
        '<p class="a" style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{{ text|safe }}",
        "{{ text | safe }}",
        "{% autoescape false %}",
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
    ],
)
def test_law_finds_a_breach(line):
    assert breaches([Source("templates/page.html", line)])


@pytest.mark.parametrize(
    "line",
    [
        '<script src="{{ asset("run.js") }}" defer></script>',
        '<input name="online" data-on="x">',
        '<a href="https://example.org/">',
        "{{ safe }}",
    ],
)
def test_law_lets_a_good_page_be(line):
    assert not breaches([Source("templates/page.html", line)])


def test_text_of_others_called_safe_is_found():
    assert made_markup([Source("webify/web/a.py", "x = Markup(text)")])
    assert made_markup([Source("webify/web/a.py", 'x = Markup(f"<b>{text}</b>")')])
    assert not made_markup([Source("webify/web/a.py", "x = Markup('<b>{}</b>').format(text)")])
