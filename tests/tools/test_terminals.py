"""What is remembered of commands that want a terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from webify.commands.show import terminals_of
from webify.model.command import Command, Tool
from webify.settings import load_settings
from webify.tool_settings import CommandSettings, ToolSettings
from webify.tools.terminals import Terminals

TOOL = Tool("stock", "Stock", "stock.py", fingerprint="a", command=Command("stock"))


def test_command_is_remembered_until_its_tool_changes(tmp_path: Path) -> None:
    Terminals(tmp_path).note(TOOL, ("put", "all"))
    later = Terminals(tmp_path)
    later.note(TOOL, ())
    assert later.wanted(TOOL, ("put", "all"))
    assert later.wanted(TOOL, ())
    assert not later.wanted(TOOL, ("put",))
    changed = replace(TOOL, fingerprint="b")
    assert not later.wanted(changed, ())
    later.note(changed, ("put",))
    assert not later.wanted(changed, ())
    assert not later.wanted(TOOL, ())


@pytest.mark.parametrize("text", ["", "[]", '{"stock": 3}', '{"stock": ["a", 3]}', "\x00"])
def test_file_that_cannot_be_read_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "terminals.json").write_text(text, encoding="utf-8")
    known = Terminals(tmp_path)
    assert not known.wanted(TOOL, ())
    known.note(TOOL, ())
    assert Terminals(tmp_path).wanted(TOOL, ())


def test_what_cannot_be_written_is_known_until_the_end(tmp_path: Path) -> None:
    known = Terminals(tmp_path / "gone")
    known.note(TOOL, ())
    assert known.wanted(TOOL, ())


def test_settings_tell_what_nobody_said_from_no(tmp_path: Path) -> None:
    text = "[tools.a]\nterminal = false\n[tools.b.commands.put]\nterminal = true\n"
    (tmp_path / "webify.toml").write_text(text, encoding="utf-8")
    tools = load_settings(tmp_path, {"data": tmp_path}, {}).tools
    assert tools["a"].terminal_of(["put"]) is False
    assert tools["b"].terminal_of([]) is None
    assert tools["b"].terminal_of(["put"]) is True


def test_show_names_the_commands_that_start_at_a_terminal(tmp_path: Path) -> None:
    tool = replace(TOOL, command=Command("stock", commands=(Command("put"), Command("get"))))
    Terminals(tmp_path).note(tool, ("put",))
    Terminals(tmp_path).note(tool, ("get",))
    said = ToolSettings(commands={"get": CommandSettings(terminal=False)})
    told = terminals_of(tmp_path, tool, said)
    assert told == "Started at a terminal, as an earlier run wanted it: stock put."
