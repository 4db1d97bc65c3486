"""The module that `webify adapter` writes."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT
from tests.site_adapters.office import TOOL
from webify.model.command import Command, Kind, Parameter, Tool
from webify.site_adapters.modules import SiteAdapters
from webify.site_adapters.writing import starting

STOCK = Command(
    "stock",
    parameters=(Parameter("database", ("--database",)),),
    commands=(
        Command("levels", parameters=(Parameter("levels.site", ("--site",)),)),
        Command("purge", parameters=(Parameter("purge.all", ("--all",), kind=Kind.FLAG, most=0),)),
    ),
)
HOSTILE = Command("x", parameters=(Parameter('a"""b\\', ('--\n\'"""',), metavar="\x1b[31m"),))
TOOLS = [
    Tool("stock", "Stock", "stock.py", command=STOCK),
    Tool("none", "Asks nothing", "none.py", command=Command("none")),
    Tool("x", 'T"""\n\\', 'C:\\x"', command=HOSTILE),
]


def webify(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webify", *words], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.slug)
def test_module_says_nothing_as_it_stands(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "adapters").mkdir()
    path = tmp_path / "adapters" / f"{tool.slug}.py"
    path.write_text(starting(tool), encoding="utf-8")
    assert tool.command is not None
    assert SiteAdapters(tmp_path).described(tool.slug, tool.command) == (tool.command, "", [])


@pytest.mark.parametrize("tool", TOOLS[:2], ids=lambda tool: tool.slug)
def test_module_works_without_its_comment_signs(tool: Tool, tmp_path: Path) -> None:
    text = re.sub(r"^# ?", "", starting(tool), flags=re.MULTILINE)
    path = tmp_path / "module.py"
    path.write_text(text, encoding="utf-8")
    module = runpy.run_path(str(path))
    made = module["describe"](tool.command)
    assert isinstance(made, Command)
    assert module["choices"]("database", {}) == ["one", ("two", "What people read")]
    assert module["read"](["a"])[0]["rows"] == [["a"]]
    if tool.slug == "stock":
        assert made.parameters[0].label == "In our words"
        assert made.commands[0].destructive


def test_command_writes_the_addresses_of_the_tool_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "my-stock.py").write_text(TOOL, encoding="utf-8")
    done = webify("adapter", "my-stock", str(tmp_path))
    path = tmp_path / "adapters" / "my_stock.py"
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    assert "levels.region  --region (text)" in path.read_text(encoding="utf-8")
    path.write_text("mine = 1\n", encoding="utf-8")
    again = webify("adapter", "my-stock", str(tmp_path))
    assert again.returncode == 1
    assert "is there already and stays as it is" in again.stderr
    assert path.read_text(encoding="utf-8") == "mine = 1\n"


def test_command_names_a_tool_that_is_not_there(tmp_path: Path) -> None:
    done = webify("adapter", "stok", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no tool “stok”." in done.stderr
