"""What is a tool of a site: files of its folder, and what webify.toml names."""

from __future__ import annotations

import os
import sys
import zipapp
from pathlib import Path
from typing import Any

import pytest

from tests.tools.folder import PARSER, SITE, options, settled
from webify.tool_settings import ToolSettings


def test_tools_of_the_same_name_have_each_their_own_word(site: SITE, write: Any) -> None:
    for name in ("stock.py", "north/stock.py", "south/stock.py", "north-stock.py"):
        write(name, option=name.replace("/", "-").removesuffix(".py"))
    catalog = site()
    tools = settled(catalog)
    assert {"stock", "north-stock", "south-stock"} < set(tools)
    assert len(tools) == 4
    assert tools["north-stock"].target == "north-stock.py"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("a b.py", "a-b"),
        ("größe.py", "groe"),
        ("報告.py", "tool"),
        ("v1.2.py", "v1-2"),
        ("a%2e..py", "a-2e"),
        ("<script>.py", "script"),
    ],
)
def test_word_of_a_tool_is_safe_in_an_address(site: SITE, write: Any, name: str, slug: str) -> None:
    write(name)
    assert list(settled(site())) == [slug]


def test_what_is_no_plain_file_is_no_tool_and_holds_nobody_up(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    folder = write("stock.py").parent
    if os.name == "posix":
        os.mkfifo(folder / "pipe.py")
        (folder / "itself.py").symlink_to("itself.py")
        (folder / "nowhere.py").symlink_to(tmp_path / "nowhere")
    (folder / "folder.py").mkdir()
    assert list(settled(site())) == ["stock"]


def test_link_back_to_the_folder_lists_no_tool_twice(site: SITE, write: Any) -> None:
    folder = write("stock.py").parent
    if os.name == "posix":
        (folder / "again").symlink_to(".")
        (folder / "round").symlink_to("round")
    assert list(settled(site())) == ["stock"]


def test_named_file_is_listed_under_its_own_word_only(site: SITE, write: Any) -> None:
    write("stock.py")
    north = ToolSettings(target="stock.py", title="North", env={"DB": "north"})
    south = ToolSettings(target="stock.py", title="South", env={"DB": "south"})
    tools = settled(site(north=north, south=south))
    assert {slug: tool.env for slug, tool in tools.items()} == {
        "north": {"DB": "north"},
        "south": {"DB": "south"},
    }


def test_file_that_looks_like_no_tool_is_one_when_it_is_named(site: SITE, write: Any) -> None:
    write("odd.py", "import importlib\nparser = importlib.import_module('arg' + 'parse')\n"
          "parser.ArgumentParser().parse_args()\n")  # fmt: skip
    assert site().tools() == ()
    assert options(site(odd=ToolSettings(title="Odd")).tool("odd")) == set()


FAULTS = [
    ({"stok": ToolSettings(title="x")},
     "webify.toml names “stok”, but the folder holds no such tool. Did you mean “stock”?"),
    ({"x": ToolSettings(target="gone.py")}, "There is no file {folder}/gone.py."),
    ({"x": ToolSettings(target="no such/thing")}, "There is no file {folder}/no such/thing."),
    ({"x": ToolSettings(target="finance")}, "finance is a folder, not a tool."),
    ({"x": ToolSettings(target="plain.txt")},
     "plain.txt cannot be started: {folder}/plain.txt is not executable."),
    ({"x": ToolSettings(target="shell.bat")},
     ("shell.bat is a batch file: what is given to it may be read as commands. Name the program "
      "that it starts.")),
]  # fmt: skip


@pytest.mark.parametrize(("tools", "sentence"), FAULTS, ids=[text for _, text in FAULTS])
def test_named_tool_that_cannot_be_is_listed_with_the_reason(
    site: SITE, write: Any, tmp_path: Path, tools: dict[str, ToolSettings], sentence: str
) -> None:
    for name in ("stock.py", "finance/invoices.py", "plain.txt"):
        write(name)
    write("shell.bat", "@echo off\n").chmod(0o755)
    (slug,) = tools
    tool = site(**tools).tool(slug)
    assert tool.error == sentence.format(folder=tmp_path / "tools")
    assert (tool.command, tool.reading) == (None, False)


def test_module_is_a_tool_when_it_is_named(site: SITE) -> None:
    tool = site(tidy=ToolSettings(target="json.tool")).tool("tidy")
    assert tool.start == (sys.executable, "-m", "json.tool")
    assert "indent" in options(tool)


def test_package_in_the_folder_is_a_tool_when_it_is_named(site: SITE, write: Any) -> None:
    write("office/__init__.py", "words = 1\n")
    path = write("office/greet.py", "from . import words\n" + PARSER.format(option="name"))
    catalog = site(greet=ToolSettings(target="office.greet"))
    tool = catalog.tool("greet")
    assert options(tool) == {"name"}
    assert tool.env["PYTHONPATH"].split(os.pathsep)[0] == str(path.parent.parent)
    write("office/greet.py", PARSER.format(option="language"))
    assert options(catalog.tool("greet")) == {"language"}


def test_python_program_without_a_suffix_is_a_tool_when_it_is_named(site: SITE, write: Any) -> None:
    path = write("hello", f"#!{sys.executable}\n" + PARSER.format(option="name"))
    path.chmod(0o755)
    tool = site(greet=ToolSettings(target="hello")).tool("greet")
    assert options(tool) == {"name"}
    assert tool.start == (str(path),)


def test_command_that_pip_installed_is_a_tool_when_it_is_named(site: SITE) -> None:
    tool = site(web=ToolSettings(target="flask")).tool("web")
    assert tool.framework == "click"
    assert tool.command is not None
    assert tool.command.find("run")


def test_virtual_environment_beside_a_tool_starts_it(site: SITE, write: Any) -> None:
    python = write(".venv/bin/python", "x").parent / "python"
    python.unlink()
    python.symlink_to(sys.executable)
    home = Path(sys.executable).resolve().parent
    write(".venv/pyvenv.cfg", f"home = {home}\n")
    write("hello.py")
    tool = site().tool("hello")
    assert tool.start[0] == str(python)
    assert options(tool) == {"name"}


def test_command_is_found_beside_the_interpreter_that_is_named(site: SITE, write: Any) -> None:
    path = write("../env/bin/count-words", f"#!{sys.executable}\n" + PARSER.format(option="name"))
    path.chmod(0o755)
    python = path.with_name("python")
    python.symlink_to(sys.executable)
    tool = site(count=ToolSettings(target="count-words", interpreter=str(python))).tool("count")
    assert options(tool) == {"name"}
    assert tool.start == (str(path),)


def test_tool_from_elsewhere_is_in_no_folder_and_called_as_it_is_named(
    site: SITE, write: Any
) -> None:
    path = write("../elsewhere/count.py", option="name")
    write("inside/sums.py")
    tools = settled(
        site(
            count=ToolSettings(target=str(path)),
            tidy=ToolSettings(target="json.tool"),
            sums=ToolSettings(target="inside/sums.py"),
        )
    )
    assert {slug: (tool.title, tool.folder) for slug, tool in tools.items()} == {
        "count": ("Count", ""),
        "tidy": ("Tidy", ""),
        "sums": ("Sums", "Inside"),
    }


# Those of other versions that are installed here, and our own in any case.
PYTHONS = [
    str(python)
    for python in sorted(Path("~/.pyenv/versions").expanduser().glob("3.*/bin/python"))
    if int(python.parts[-3].split(".")[1]) >= 8
] + [sys.executable]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return an interpreter of no virtual environment, which is not the one of the tests."""
    python = tmp_path / "opt" / "bin" / "python3.77"
    python.parent.mkdir(parents=True)
    python.symlink_to(Path(sys.executable).resolve())
    return python


def test_first_line_that_names_an_interpreter_is_followed(
    site: SITE, write: Any, other: Path
) -> None:
    write("hello.py", f"#!{other} -u\n" + PARSER.format(option="name"))
    tool = site().tool("hello")
    assert tool.start[0] == str(other)
    assert options(tool) == {"name"}


def test_first_line_that_names_a_version_is_followed(
    site: SITE, write: Any, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join((str(other.parent), os.environ["PATH"])))
    for name in ("hello.py", "hello"):
        path = write(name, "#!/usr/bin/env python3.77\n" + PARSER.format(option="name"))
        path.chmod(0o755)
    tools = settled(site(named=ToolSettings(target="hello")))
    assert tools["hello"].start[0] == str(other)
    assert options(tools["named"]) == {"name"}


@pytest.mark.parametrize("line", ["/usr/bin/env python3", "/nowhere/python3.9", "env", "/tmp"])
def test_first_line_that_names_any_python_or_none_is_not(site: SITE, write: Any, line: str) -> None:
    write("hello.py", f"#!{line}\n" + PARSER.format(option="name"))
    assert site().tool("hello").start[0] == sys.executable


def test_virtual_environment_beside_goes_before_a_first_line(
    site: SITE, write: Any, other: Path
) -> None:
    python = write(".venv/bin/python", "x").parent / "python"
    python.unlink()
    python.symlink_to(sys.executable)
    write(".venv/pyvenv.cfg", f"home = {Path(sys.executable).resolve().parent}\n")
    write("hello.py", f"#!{other}\n" + PARSER.format(option="name"))
    assert site().tool("hello").start[0] == str(python)


def test_archive_of_python_modules_is_a_tool_when_it_is_named(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    write("../source/__main__.py", "import inner\n")
    write("../source/inner.py", PARSER.format(option="name").replace("__main__", "inner"))
    for name in ("hello.pyz", "hello"):
        zipapp.create_archive(tmp_path / "source", tmp_path / "tools" / name, sys.executable)
    tools = settled(site(one=ToolSettings(target="hello.pyz"), two=ToolSettings(target="hello")))
    assert options(tools["one"]) == options(tools["two"]) == {"name"}


@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: Path(python).parts[-3])
def test_tool_of_another_python_is_described_by_it(site: SITE, write: Any, python: str) -> None:
    text = "import sys, argparse\nparser = argparse.ArgumentParser()\n"
    text += "parser.add_argument('--' + sys.prefix, dest='prefix')\nparser.parse_args()\n"
    write("hello.py", text)
    tool = site(hello=ToolSettings(interpreter=python)).tool("hello")
    assert options(tool) == {"prefix"}


def test_python_that_is_too_old_is_told(site: SITE, write: Any, tmp_path: Path) -> None:
    write("hello.py")
    old = tmp_path / "python2"
    answer = 'case "$1" in -c) echo 2.7 ;; *) echo SyntaxError >&2; exit 1 ;; esac\n'
    old.write_text(f"#!/bin/sh\n{answer}", encoding="utf-8")
    old.chmod(0o755)
    tool = site(hello=ToolSettings(interpreter=str(old))).tool("hello")
    assert tool.error == (
        f"hello.py is started by Python 2.7 ({old}), and webify can ask Python 3.8 and newer."
    )
    assert "SyntaxError" in tool.trace
