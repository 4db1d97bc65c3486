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


WIDE = """
    import argparse
    argparse.ArgumentParser(description="Prints a table of many columns.").parse_args()
    print(*(f"c{n}" for n in range(5_000)), sep=",")
    for row in range(30):
        print(*range(row, row + 5_000), sep=",")
"""


def test_table_of_5000_columns_shows_200_and_downloads_all(tools: Path, tmp_path: Path) -> None:
    (tools / "wide.py").write_text(textwrap.dedent(WIDE), encoding="utf-8")
    with Site(tools, tmp_path / "data") as site:
        run = site.run("/tools/wide")
        site.ended(run)
        page = site.page(f"{run}/tables/1")
        assert (page.count("<tbody"), page.count('<th scope="col"')) == (1, 200)
        lines = site.page(f"{run}/tables/1.csv").splitlines()
        assert (len(lines), lines[1].count(","), lines[1][-5:]) == (31, 4_999, ",4999")
