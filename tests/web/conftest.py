"""A site over real services, asked through Flask's own client."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.runs.bench import LIMIT
from tests.serving import ROOT
from webify.services import Services, open_services
from webify.settings import load_settings
from webify.web.app import create_app

collect_ignore = [] if sys.platform == "linux" else ["test_expecting.py"]  # where tools are forked
MOMENTS = (  # that a page gives to what it could show a little later too
    *("web.compare.WAIT", "web.ways.WAIT", "web.view.COUNTING", "web.view.REACHING"),
    *("web.view.SEARCHING", "web.viewer.GOING", "web.viewer.COUNTING"),
)
SURE = re.compile(r'name=":sure" value="([^"]+)"')
TOKEN = re.compile(r'name=":csrf" value="([^"]+)"')
ECHO = '''
"""Say what was given."""
import argparse, pathlib, sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--count", type=int, default=3, help="How many rows.")
parser.add_argument("--word", default="", help="Any word.")
parser.add_argument("--password", help="Never shown.")
parser.add_argument("--list", type=argparse.FileType("rb"), help="A file to read.")
parser.add_argument("--code", type=int, default=0, help="How to end.")
given = parser.parse_args()
if given.list:
    print("file", pathlib.Path(given.list.name).name, len(given.list.read()))
if given.word:
    print("word", given.word)
if given.code:
    print("echo: error: asked to fail", file=sys.stderr)
    sys.exit(given.code)
print("\\nname,size")
for number in range(given.count):
    print(f"item {number},{number * 10}")
pathlib.Path("made.txt").write_text("made\\n")
'''
COPIER = '''
"""Copy files."""
import argparse

parser = argparse.ArgumentParser(description="Copy files.")
parser.add_argument("--dry-run", action="store_true")
parser.add_argument("--to", default="")
given = parser.parse_args()
print("tried" if given.dry_run else "copied")
'''
OFFICE = '''
"""Two commands."""
import argparse

parser = argparse.ArgumentParser(description="Two commands.")
commands = parser.add_subparsers(required=True, dest="command")
commands.add_parser("levels", help="On the shelf").add_argument("--site", choices=["leeds", "hull"])
commands.add_parser("orders", help="On the way")
print(parser.parse_args())
'''
FOLDERS = '''
"""Make files in a folder."""
import argparse, os, pathlib

argparse.ArgumentParser(description="Make files in a folder.").parse_args()
pathlib.Path("by site").mkdir()
pathlib.Path("by site/leeds.csv").write_text("a,b\\n")
if os.name != "nt":
    os.symlink("/etc/passwd", "way-out")
'''
VANDAL = '''
"""Delete what its run has kept."""
import argparse, os

argparse.ArgumentParser(description="Delete what its run has kept.").parse_args()
print("said")
for name in ("out.log", "err.log") if os.name != "nt" else ():
    os.unlink(f"../{name}")
'''
READER = '''
"""Say what lies at some paths."""
import argparse, pathlib

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("paths", nargs="+", type=pathlib.Path)
parser.add_argument("--rules", type=pathlib.Path, default=pathlib.Path("rules.txt"))
parser.add_argument("--output", type=pathlib.Path)
given = parser.parse_args()
for path in (*given.paths, given.rules):
    print("path", path.name, path.stat().st_size if path.is_file() else "is not there")
'''
MIXED = '''
"""Print text and a table."""
import argparse

argparse.ArgumentParser(description="Print text and a table.").parse_args()
print("word alpha,1")
print("word beta,2")
print("That was all of it.")
print("\\nname,size\\nwheel,3\\nframe,12\\nbell,4")
'''
BROKEN = "import argparse\nimport no_module_of_this_name\nargparse.ArgumentParser().parse_args()\n"
ASKER, HASTY = (
    (ROOT / "tests/browser/asking" / name).read_text(encoding="utf-8")
    for name in ("asker.py", "hasty.py")
)
SHELF = (ROOT / "tests/browser/tools/shelf.py").read_text(encoding="utf-8")
SETTINGS = """
[site]
name = "Test & Sons"

[limits]
upload_bytes = 2000
upload_files = 2

[tools.office]
title = "Office"
tags = ["daily"]
owner = "Priya Nair"

[tools.office.commands.levels]
input = "none"

[tools.mixed.columns]
"size" = { type = "size", unit = "kB", title = "Size on disk" }
"""


class Visitor:
    """Someone with a browser that keeps cookies."""

    def __init__(self, client: FlaskClient, services: Services) -> None:
        """Begin without a token."""
        self.client = client
        self.services = services
        self.token = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **options)

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """Send a form with the token of its page."""
        if not self.token:
            found = TOKEN.search(self.get("/tools/echo").text)
            assert found
            self.token = found[1]
        return self.client.post(path, data={":csrf": self.token, **(data or {})}, **options)

    def run(self, path: str, data: Mapping[str, Any] | None = None) -> str:
        """Run a tool to its end; return the address of its page."""
        answer = self.post(path, data)
        if ":sure" in (data or {}) and (word := SURE.search(answer.text)):
            answer = self.post(path, {**(data or {}), ":sure": word[1]})
        assert answer.status_code == 303, answer.text[:3000]
        address = answer.headers["Location"]
        self.services.engine.wait(address.rpartition("/")[2], LIMIT)
        return str(address)


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Open a site of small tools."""
    folder = tmp_path_factory.mktemp("tools")
    tools = {"echo": ECHO, "copier": COPIER, "office": OFFICE, "broken": BROKEN, "mixed": MIXED}
    tools |= {"shelf": SHELF, "asker": ASKER, "hasty": HASTY}
    for name, text in (tools | {"folders": FOLDERS, "vandal": VANDAL, "reader": READER}).items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "webify.toml").write_text(SETTINGS, encoding="utf-8")
    services = open_services(load_settings(folder, {"data": tmp_path_factory.mktemp("data")}))
    assert services.catalog.settled(60.0)
    yield services
    services.close()


@pytest.fixture(scope="session")
def app(services: Services) -> Flask:
    """Return the application of that site."""
    return create_app(services)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages wait for what they show, as long as it takes on a machine that is shared."""
    for moment in MOMENTS:
        monkeypatch.setattr(f"webify.{moment}", 20.0)


@pytest.fixture
def visitor(app: Flask, services: Services) -> Visitor:
    """Return someone who has not been here before."""
    return Visitor(app.test_client(), services)


@pytest.fixture
def upload() -> Any:
    """Return how a test makes a file to send."""
    return lambda name, size=10: (BytesIO(b"x" * size), name)


def shown(page: str) -> str:
    """Return a page as a browser shows it: a later main takes the place of an earlier one."""
    head, *_, last = page.split("<main ")
    return f"{head}<main {last}"


def folder_of(services: Services, address: str) -> Path:
    """Return the folder of a run by the address of its page."""
    run = services.store.run(address.rpartition("/")[2])
    return services.engine.folder(run).path
