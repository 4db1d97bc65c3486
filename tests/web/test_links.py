"""Addresses that templates ask for again and again."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template_string, url_for

ASKED = "{% autoescape false %}{{ url_for('tool.show', **place) }}{% endautoescape %}"
PLACES: tuple[dict[str, Any], ...] = (
    {"slug": "echo"},
    {"slug": "a b", "words": "é/x"},
    {"slug": "echo", "page": 1},
    {"slug": "echo", "page": True},
)


def test_remembered_address_is_the_one_that_flask_makes(app: Flask) -> None:
    for prefix in ("", "/tools", ""):
        for place in PLACES * 2:
            with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": prefix}):
                drawn = render_template_string(ASKED, place=place)
                assert drawn == url_for("tool.show", **place)
                assert drawn.startswith(prefix or "/tools/")
