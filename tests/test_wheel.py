"""webify finds its files from a wheel, from an editable install and from a bare checkout."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.source import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
PLACES = """
from webify import places
for folder in places.templates(), places.static(), places.legacy_tools():
    assert any(folder.iterdir()), folder
    print(folder)
"""
HISTORY = """
import sys
from pathlib import Path
from webify.store.store import RunFilter, Store
print([run.id for run in Store(Path(sys.argv[1])).runs(RunFilter())])
"""
FOLDERS = {"templates": ".html", "webify/static": "", "webify/store": "", "legacy_tools": ""}


class Environment:
    """A fresh virtual environment that borrows the libraries of ours, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run([sys.executable, "-m", "venv", "--without-pip", str(folder)])
        self.python = folder / SCRIPTS / "python"
        libraries = folder / sysconfig.get_path("purelib", vars={"base": "", "platbase": ""})[1:]
        (libraries / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    def install(self, *words: str) -> None:
        pip = [sys.executable, "-m", "pip", "--python", str(self.python)]
        run([*pip, "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", *words])

    def webify(self, *words: str) -> list[str]:
        return [str(self.folder / SCRIPTS / "webify"), *words]

    def places(self, folder: Path, **environ: str) -> list[str]:
        """Return where webify finds its folders when it is called in another one."""
        return run([str(self.python), "-c", PLACES], cwd=folder, env=environ).splitlines()


def run(words, cwd=ROOT, env=None) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        words, cwd=cwd, env={**clean, "PYTHONUTF8": "1", **(env or {})}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)])
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    environment = Environment(tmp_path_factory.mktemp("installed"))
    environment.install(str(wheel))
    return environment


def files(folder: str, suffix: str) -> set[str]:
    """Return the files that the checkout has below a folder and a wheel should have."""
    root = ROOT / folder
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob(f"*{suffix}")
        if path.is_file() and not {"__pycache__", "tests"} & set(path.parts[len(ROOT.parts) :])
    }


def test_wheel_holds_every_page_style_and_tool(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder, suffix in FOLDERS.items():
        inside = f"webify/{folder.removeprefix('webify/')}/"
        assert {n.removeprefix(inside) for n in names if n.startswith(inside)} == files(
            folder, suffix
        )


def test_wheel_holds_nothing_but_the_package(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"webify"}
    assert not [name for name in names if "/tests/" in name or "__pycache__" in name]


def test_installed_wheel_finds_its_files(installed, tmp_path):
    found = installed.places(tmp_path)
    assert found
    assert all(Path(place).is_relative_to(installed.folder.resolve()) for place in found)


def test_installed_command_says_its_version(installed, tmp_path):
    assert run(installed.webify("--version"), tmp_path) == f"webify, version {VERSION}\n"


def test_installed_demo_serves_the_shipped_tools(installed, tmp_path):
    words = installed.webify("demo", "--port", "0", "--data", str(tmp_path / "data"))
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stdout.readline, "")
            address = next(line.split()[-1] for line in lines if " at http" in line)
            assert get(f"{address}/health")[0] == 200
            status, home = get(f"{address}/")
            assert status == 200
            assert "Stock report" in home
            assert "vendor/bootstrap.min.css" in home
        finally:
            process.terminate()
            process.wait(20)


def test_installed_wheel_opens_the_data_folder_of_an_older_version(installed, tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "webify.db")) as database:
        database.executescript((ROOT / "tests/store/versions/sqlite-1.sql").read_text("utf-8"))
    said = run([str(installed.python), "-c", HISTORY, str(tmp_path / "webify.db")], tmp_path)
    assert said.endswith("['second', 'first']\n")


def get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, answer.read().decode("utf-8")


def test_editable_install_finds_the_files_of_the_checkout(tmp_path):
    environment = Environment(tmp_path / "environment")
    environment.install("-e", str(ROOT))
    found = environment.places(tmp_path)
    assert found == [str(ROOT / place) for place in ("templates", "webify/static", "legacy_tools")]


def test_bare_checkout_finds_its_files(tmp_path):
    environment = Environment(tmp_path / "environment")
    found = environment.places(tmp_path, PYTHONPATH=str(ROOT))
    assert found == [str(ROOT / place) for place in ("templates", "webify/static", "legacy_tools")]
    words = [str(environment.python), "-m", "webify", "--help"]
    assert "serve" in run(words, tmp_path, {"PYTHONPATH": str(ROOT)})
