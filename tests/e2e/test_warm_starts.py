"""A tool that is slow to import, on a site that says nothing of it: tried, and then begun warm."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.runs.bench import until
from tests.runs.test_trials import PATIENCE
from tests.serving import Site

TOOL = """
import argparse
import {library}
import os
parser = argparse.ArgumentParser(description="Says a word.")
parser.add_argument("--whose", action="store_true", help="say what began it instead")
given = parser.parse_args()
if given.whose:
    with open(f"/proc/{{os.getppid()}}/cmdline") as words:
        print("waited for" if "{library}_tool.py" in words.read() else "anew")
else:
    print({library}.WORD, sorted(vars({library})), sorted(os.environ.keys() - {{"WEBIFY_RUN"}}))
    open("made.txt", "w").write({library}.WORD)
    raise SystemExit(3)
"""
COMPUTES = "import time\nwhile time.process_time() < 0.15:\n    pass\nWORD = 'wörd'\n"
LIBRARIES = {
    "heavy": COMPUTES,
    "threads": f"{COMPUTES}import threading\nthreading.Thread(target=int).start()\n",
}
TRIED = "_tool.py was tried"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    tools, libraries = tmp_path_factory.mktemp("tools"), tmp_path_factory.mktemp("libraries")
    settings = ""
    for name, text in LIBRARIES.items():
        (tools / f"{name}_tool.py").write_text(TOOL.format(library=name), encoding="utf-8")
        (libraries / f"{name}.py").write_text(text, encoding="utf-8")
        settings += f"[tools.{name}_tool.env]\nPYTHONPATH = '{libraries}'\n"
    (tools / "webify.toml").write_text(settings, encoding="utf-8")
    with Site(tools, tmp_path_factory.mktemp("data")) as site:
        yield site


@dataclass(frozen=True)
class Tool:
    """One of the tools, and what is seen of it from outside."""

    site: Site
    name: str

    def run(self, *parts: str, **answers: str) -> tuple[str, ...]:
        """Run it; return how it ended, and what it left."""
        run = self.site.run(f"/tools/{self.name}", answers)
        ended = self.site.ended(run)
        return (ended, *(self.site.browser.get(f"{run}/{part}").text for part in parts))

    def whose(self) -> str:
        return self.run("out", whose="true")[1].strip()

    def notes(self) -> list[str]:
        """Return what the launcher has noted of it."""
        notes = (self.site.data / "runs" / "supervisor.log").read_text(encoding="utf-8")
        return [line for line in notes.splitlines() if line.startswith(f"{self.name}.py")]

    def shown(self) -> str:
        """Return what `webify show` says."""
        call = [sys.executable, "-m", "webify", "show", self.name, self.site.words[4]]
        env = os.environ | {"WEBIFY_DATA": str(self.site.data), "PYTHONUTF8": "1"}
        return subprocess.run(call, env=env, stdout=subprocess.PIPE, check=True).stdout.decode()


@pytest.mark.parametrize(
    ("library", "noted", "told"),
    [
        ("heavy", " starts warm: ", "It starts warm where it is run again within 5 minutes"),
        ("threads", " starts ahead: ", "without its modules: importing threads starts a thread."),
    ],
)
def test_imports_are_done_before_where_a_trial_shows_that_nobody_can_tell(
    site: Site, library: str, noted: str, told: str
) -> None:
    tool = Tool(site, f"{library}_tool")
    anew = tool.run("out", "err", "files/made.txt")
    assert tool.whose() == "anew"
    until(lambda: TRIED in str(tool.notes()) or not tool.whose(), PATIENCE)  # once its text is read
    until(lambda: noted in str(tool.notes()).partition(TRIED)[2], PATIENCE)
    until(lambda: tool.whose() == "waited for", PATIENCE)
    assert tool.run("out", "err", "files/made.txt") == anew
    assert told in tool.shown()
