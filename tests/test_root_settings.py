"""Folders of the server in webify.toml: where they lie, and how a fault in them is told."""

from __future__ import annotations

import pytest

from tests.test_settings import fault, load

FAULTS = [
    (
        "[roots]\nDeliveries = '/srv'\n[tools.stock]\nroots = ['Delivery']",
        "webify.toml, line 4: [roots] has no “Delivery”. Did you mean “Deliveries”?",
    ),
    (
        "[tools.stock.parameters.file]\nroot = 'In'",
        "webify.toml, line 2: [roots] has no “In”. There are none.",
    ),
    (
        "[roots]\nIn = ''",
        'webify.toml, line 2: roots.In must be a folder, like "/srv/deliveries", not “”.',
    ),
    ("roots = 1", "webify.toml, line 1: roots must be a table, not 1."),
]


def test_folder_starts_where_the_tools_lie(tmp_path):
    text = "[roots]\n'A b' = '../in'\nData = '{data}/x'\n[tools.t]\nroots = ['A b']"
    settings = load(tmp_path, text)
    assert settings.roots == {"A b": tmp_path / "in", "Data": settings.data / "x"}
    assert settings.tools["t"].roots == ("A b",)


def test_tool_has_all_roots_where_nothing_is_said(tmp_path):
    settings = load(tmp_path, "[roots]\nIn = '/srv'\n[tools.t]\n[tools.u]\nroots = []")
    assert (settings.tools["t"].roots, settings.tools["u"].roots) == (None, ())


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_fault_is_told_with_its_line(tmp_path, text, sentence):
    assert fault(tmp_path, text) == sentence
