"""What a site says of the columns of a tool's tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_settings import fault, load
from webify.model.block import TYPES

FAULTS = [
    (
        "[tools.stock.columns]\nSize = { unit = 'MB', typ = 'size' }",
        (
            "webify.toml, line 2: “typ” is no setting in [tools.stock.columns.Size]. "
            "Did you mean “type”?"
        ),
    ),
    (
        "[tools.stock]\n\n[tools.stock.columns.'Use %']\n\ntype = 'money'",
        (
            'webify.toml, line 5: tools.stock.columns."Use %".type must be one of '
            f"{', '.join(TYPES)}, not “money”."
        ),
    ),
    (
        "[tools.stock.columns]\nSize = 'MB'",
        "webify.toml, line 2: tools.stock.columns.Size must be a table, not “MB”.",
    ),
    (
        "[tools.stock.columns.on.hand]\nhidden = true",
        'webify.toml, line 1: a name stands in quotes: [tools.stock.columns."on.hand"].',
    ),
    (
        "[tools.stock.commands.put.columns.Size]\nhidden = 'no'",
        (
            "webify.toml, line 2: tools.stock.commands.put.columns.Size.hidden must be true or "
            "false, not “no”."
        ),
    ),
    (
        "[tools.stock.commands.put]\ncolumns = 3",
        "webify.toml, line 2: tools.stock.commands.put.columns must be a table, not 3.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), FAULTS, ids=[text for text, _ in FAULTS])
def test_broken_column_is_told_with_line_and_key(tmp_path: Path, text: str, sentence: str) -> None:
    assert fault(tmp_path, text) == sentence


def test_columns_of_a_command_are_those_of_its_tool_and_more(tmp_path: Path) -> None:
    text = """
        [tools.stock.columns]
        "Size" = { type = "size", unit = "MB" }
        "Id" = { hidden = true }
        [tools.stock.commands.orders.columns]
        "Id" = { hidden = false }
        [tools.stock.commands."orders.open".columns."Size"]
        unit = "kB"
        title = "Size on disk"
    """
    stock = load(tmp_path, text).tools["stock"]
    size = {"type": "size", "unit": "MB"}
    assert stock.columns_of(()) == {"Size": size, "Id": {"hidden": True}}
    assert stock.columns_of(("put",)) == stock.columns_of(())
    assert stock.columns_of(("orders",)) == {"Size": size, "Id": {"hidden": False}}
    below = stock.columns_of(("orders", "open"))
    assert below["Size"] == {"type": "size", "unit": "kB", "title": "Size on disk"}
    assert below["Id"] == {"hidden": False}
