"""Readers that fail or are slow, through a real run: each alone is switched off, the text stays.

A module of the site runs where the readers run, so that it can break one of them.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.serving import Site

SAY = r"""
    import argparse
    argparse.ArgumentParser().parse_args()
    print("name,amount\na,1\nb,2\nc,3\n")
    print('[{"id": 1, "kind": "first"}, {"id": 2, "kind": "second"}]')
"""
FAILS = """
    from webify.readers import csv_

    def look(lines, at, *, over):
        raise RuntimeError("<b>no</b> such luck")

    csv_.look = look

    def read(lines):
        return None
"""
SLOW = """
    import time
    from webify.readers import csv_, panel
    from webify.readers.shapes import Answer

    panel.SECONDS = 0.05

    def look(lines, at, *, over):
        began = time.thread_time()
        while time.thread_time() - began < 0.1:
            pass
        return Answer.NO

    csv_.look = look

    def read(lines):
        return None
"""
SAID = {
    FAILS: "The reader “csv” failed and was switched off: &lt;b&gt;no&lt;/b&gt; such luck. The raw",
    SLOW: "The reader “csv” took too long and was switched off. The raw output is whole.",
}


@pytest.mark.parametrize("module", [FAILS, SLOW], ids=["fails", "slow"])
def test_reader_that_fails_or_is_slow_is_switched_off_alone(
    tools: Path, tmp_path: Path, module: str
) -> None:
    (tools / "say.py").write_text(textwrap.dedent(SAY), encoding="utf-8")
    (tools / "adapters").mkdir()
    (tools / "adapters" / "say.py").write_text(textwrap.dedent(module), encoding="utf-8")
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/say")
        assert "succeeded" in site.ended(run)
        page = site.page(run)
        assert "The tables are not complete" in page
        assert SAID[module] in page
        assert "name,amount" in page
        assert "2 rows, 2 columns" in page
        (notes,) = (tmp_path / "data").glob("runs/*/*/*/*/fault.txt")
        told = notes.read_text(encoding="utf-8")
        assert "The reader “csv”" in told
        assert ("RuntimeError: <b>no</b> such luck" in told) == (module is FAILS)
