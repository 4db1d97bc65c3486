"""The examples of docs/adapters.md, run as they stand there."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import ROOT, Site

TEXT = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
FILES = {block[2:].partition("\n")[0]: block for block in BLOCKS if block.startswith("# ")}
LINES = [block for block in BLOCKS if not block.startswith("# ")]

ROUTE = """
import argparse
parser = argparse.ArgumentParser(description="Route.")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--mode", choices=["van", "rail"])
parser.add_argument("--dist", type=int, default=50)
print(parser.parse_args())
"""
ORDERS = """
import argparse
parser = argparse.ArgumentParser(description="Orders.")
parser.add_argument("--region")
parser.add_argument("--depot")
print(parser.parse_args().depot)
"""
PURGE = """
import argparse
parser = argparse.ArgumentParser(description="Purge.")
parser.add_argument("--year", type=int, default=2019)
given = parser.parse_args()
for number in range(3):
    print(f"O-{number} <- Customer {number}")
print("done with", given.year)
"""
TOOLS = {"route": ROUTE, "orders": ORDERS, "purge": PURGE}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve three tools with the modules of the page."""
    folder = tmp_path_factory.mktemp("office") / "tools"
    (folder / "adapters").mkdir(parents=True)
    for name, text in TOOLS.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        path = f"adapters/{name}.py"
        (folder / path).write_text(FILES[path], encoding="utf-8")
    with sqlite3.connect(folder / "orders.db") as database:
        database.execute("CREATE TABLE depots (region, code, town)")
        rows = [("north", "LDS", "Leeds"), ("north", "HUL", "Hull"), ("south", "DVR", "Dover")]
        database.executemany("INSERT INTO depots VALUES (?, ?, ?)", rows)
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def test_labels_units_and_order_are_those_of_the_page(office: Site) -> None:
    page = office.page("/tools/route")
    assert "Finds the next depot." in page
    labels = re.findall(r"<label[^>]*>\s*([^<]*\w)", page)
    assert labels.index("Longest way") < labels.index("By")
    assert '<span class="unit">km</span>' in page
    assert '<select class="form-select' in page
    form = page.partition("<form")[2].partition("</form>")[0]
    assert "seed" not in re.sub(r'value="[^"]*"', "", form).lower()  # nor by chance in a token


def test_choices_come_from_the_database(office: Site) -> None:
    answers = {"region": "north", ":choices": "depot"}
    page = office.post("/tools/orders", answers).text
    assert re.findall(r'<option value="(\w+)"[^>]*>([^<]+)', page) == [
        ("north", "north"), ("south", "south"), ("HUL", "Hull"), ("LDS", "Leeds"),
    ]  # fmt: skip
    assert office.post("/tools/orders", {"region": "south", "depot": "HUL"}).status_code == 422
    run = office.run("/tools/orders", {"region": "south", "depot": "DVR"})
    office.ended(run)
    assert office.browser.get(f"{run}/out").text == "DVR\n"


def test_destructive_command_asks_and_its_output_is_read(office: Site) -> None:
    assert "It deletes all orders of that year." in office.post("/tools/purge").text
    run = office.run("/tools/purge", {":sure": "1"})
    office.ended(run)
    table = office.browser.get(f"{run}/tables/1.csv").text
    assert table.splitlines()[1:] == [f"O-{n},Customer {n}" for n in range(3)]
    page = office.page(run)
    assert "Deleted" in page
    assert "done with 2019" in page


def test_every_module_of_the_page_is_run_here() -> None:
    assert set(FILES) == {
        *(f"adapters/{name}.py" for name in TOOLS),
        "tinycli.py",
        "greet.py",
        "webify/adapters/tinycli_.py",
    }


@pytest.fixture(scope="module")
def framework(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add the framework of the page to a copy of webify; return the folder that holds it."""
    folder = tmp_path_factory.mktemp("framework")
    ignored = shutil.ignore_patterns("static")  # what Python compiled comes along
    shutil.copytree(ROOT / "webify", folder / "webify", ignore=ignored)
    (folder / "tools").mkdir()
    for name in ("tinycli.py", "greet.py"):
        (folder / "tools" / name).write_text(FILES[name], encoding="utf-8")
    path = "webify/adapters/tinycli_.py"
    (folder / path).write_text(FILES[path], encoding="utf-8")
    for name, table, line in (
        ("webify/adapters/__init__.py", "ADAPTERS: Mapping[str, str] = {\n", LINES[0]),
        ("webify/tools/reading.py", "MAKERS = {\n", LINES[1]),
    ):
        before = (folder / name).read_text(encoding="utf-8")
        assert table in before
        after = before.replace(table, table + line)
        (folder / name).write_text(after, encoding="utf-8")
    return folder


def webify(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the copy of webify that lies in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "webify", *words], cwd=folder, capture_output=True, text=True
    )


def test_new_framework_is_described(framework: Path) -> None:
    done = webify(framework, "show", "greet", "tools", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    tool = json.loads(done.stdout)
    assert (tool["framework"], tool["summary"]) == ("tinycli", "Greets somebody.")
    names = [(each["address"], each.get("kind")) for each in tool["command"]["parameters"]]
    assert names == [("name", None), ("times", "integer")]


def test_values_reach_a_tool_of_the_new_framework_as_they_are(framework: Path) -> None:
    done = webify(framework, "show", "greet", "tools", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "DIFFERS" not in done.stdout
    assert re.search(r"(\d+) values of 2 settings: \1 came back equal", done.stdout)


def test_module_for_a_framework_takes_less_than_60_lines() -> None:
    assert len(FILES["webify/adapters/tinycli_.py"].splitlines()) < 60
