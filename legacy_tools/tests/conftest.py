"""The tools as real child processes, on a sample database and a sample folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import postgres

__all__ = ["postgres"]
TOOLS = Path(__file__).resolve().parent.parent


class Shell:
    """Runs the tools in one folder, as a person would."""

    def __init__(self, folder):
        self.folder = folder

    def run(self, tool, *words, code=0, answers="", **env):
        """Run a tool and return (its lines, its words on standard error); check its exit code."""
        named = {"PYTHONUTF8": "1", "COLUMNS": "100", **env}
        done = subprocess.run(
            [sys.executable, "-W", "error", str(TOOLS / tool), *words],
            cwd=self.folder,
            env={**os.environ, **named},
            input=answers,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout.splitlines(), done.stderr


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory):
    """Return the path of the sample database."""
    folder = tmp_path_factory.mktemp("warehouse")
    Shell(folder).run("stock.py", "sample", "stock.db")
    return folder / "stock.db"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Return the path of the sample folder; tests only read it."""
    folder = tmp_path_factory.mktemp("shared") / "office"
    Shell(folder.parent).run("_office_sample.py", "office")
    return folder
