"""An output of very many parts."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests.serving import Site

MANY = """
    import argparse
    argparse.ArgumentParser(description="Prints many small tables.").parse_args()
    for n in range(400):
        print(f"Table {n}\\n")
        print(f"{'Code':<8}{'Left':>8}")
        for row in range(3):
            print(f"{'HT-' + str(row):<8}{row * n:>8}")
        print()
"""


def test_page_shows_the_first_parts_and_says_how_many_more(tools: Path, tmp_path: Path) -> None:
    (tools / "many.py").write_text(textwrap.dedent(MANY), encoding="utf-8")
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/many")
        site.ended(run)
        page = site.page(run)
        assert page.count("<tbody") == 100
        assert "300 more parts of the output are not on this page." in page
        assert "<td" in site.page(f"{run}/tables/400")
