"""A large table with many people at it, who leave early, and a server that is killed."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serving import Site

ROWS = 40_000
WRITE = f"""
    import argparse, pathlib, time
    parser = argparse.ArgumentParser(description="Prints many rows.")
    parser.add_argument("--until", default="", help="A file that ends the wait.")
    until = parser.parse_args().until
    print("id,name,place,amount")
    for at in range({ROWS}):
        place = ("north", "south", "west")[at % 3]
        print(f"{{at}},part {{at * 7919 % {ROWS}}},{{place}},{{at % 500}}")
    print(end="", flush=True)
    while until and not pathlib.Path(until).exists():
        time.sleep(0.01)
"""
KEPT = {
    *("order.json", "process.json", "out.log", "err.log", "timeline", "end.json", "files"),
    *("blocks.json", "rows.db", "rows-found.db", "made.json"),
}


@pytest.fixture
def large(tools: Path) -> Path:
    (tools / "many.py").write_text(textwrap.dedent(WRITE), encoding="utf-8")
    return tools


def rows_of(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))[1:]


def asks(run: str, other: str, going: str) -> dict[str, Callable[[httpx.Client, int], bool]]:
    """Return what people do, and whether the answer was right."""
    table = f"{run}/tables/1"
    both = {"a": run.rpartition("/")[2], "b": other.rpartition("/")[2]}

    def sort(site: httpx.Client, n: int) -> bool:
        rows = rows_of(site.get(f"{table}.csv?sort=-0&q=south"))
        return len(rows) == ROWS // 3 and rows[0][0] == str(ROWS - 3) and n >= 0

    def search(site: httpx.Client, n: int) -> bool:
        found = json.loads(site.get(f"{table}.json", params={"q": f"part {n * 100 + 7} "}).text)
        return {"id", "name", "place", "amount"} == set(found[0])

    def book(site: httpx.Client, n: int) -> bool:
        return (
            site.get(f"{table}.xlsx", params={"q": f"part {n}", "sort": "3"}).content[:2] == b"PK"
        )

    def compare(site: httpx.Client, n: int) -> bool:
        return site.get("/compare", params=both).status_code == 200 and n >= 0

    def look(site: httpx.Client, n: int) -> bool:
        return site.get(going).status_code == 200 and n >= 0

    return {each.__name__: each for each in (sort, search, book, compare, look)}


def test_twenty_people_at_one_large_table_get_right_answers(large: Path, tmp_path: Path) -> None:
    until = tmp_path / "until"
    with Site(large, tmp_path / "data") as site:
        run, other = site.run("/tools/many"), site.run("/tools/many")
        going = site.run("/tools/many", {"until": str(until)})
        for each in (run, other):
            site.ended(each, 60)
        wanted = asks(run, other, going)

        def person(number: int) -> list[str]:
            names = sorted(wanted)[number % 5 :] + sorted(wanted)[: number % 5]
            with httpx.Client(base_url=site.address, timeout=120) as browser:
                return [name for name in names if not wanted[name](browser, number)]

        with ThreadPoolExecutor(20) as people:
            wrong = [name for names in people.map(person, range(20)) for name in names]
        assert wrong == []
        assert site.memory < 350_000_000
        until.touch()
        assert "succeeded" in site.ended(going)
        assert f"{ROWS:,} rows" in site.page(going)


def test_people_who_leave_and_a_killed_server_leave_nothing_behind(
    large: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with Site(large, data) as site:
        run = site.run("/tools/many")
        site.ended(run, 60)
        for ending in ("csv?sort=-1", "xlsx?sort=1", "json?sort=1&q=south"):
            with site.browser.stream("GET", f"{run}/tables/1.{ending}") as answer:
                assert next(answer.iter_raw())
        site.page(f"{run}?1.sort=1")
        site.kill()
    with Site(large, data) as site:
        first = rows_of(site.browser.get(f"{run}/tables/1.csv?sort=-0"))[0]
        assert first[0] == str(ROWS - 1)
        assert "part 0" in site.page(f"{run}?1.sort=1&1.size=25")
        (rows,) = data.glob("runs/*/*/*/*/rows.db")
        left = {
            each.name for each in rows.parent.iterdir() if not each.name.endswith(("-wal", "-shm"))
        }
        assert {name for name in left if not name.startswith("xlsx-")} <= KEPT
