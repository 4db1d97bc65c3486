"""What changed in a tool's form is noticed once, and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faces.commands import command, option, tool
from webify.model.command import Kind
from webify.tools.memory import Memory


def version(mark, *parameters):
    return replace(tool(command(*parameters)), fingerprint=mark)


def test_first_description_is_no_change(tmp_path):
    assert Memory(tmp_path).keep(version("1", option("x"))) is None


def test_change_is_told_until_the_next_one(tmp_path):
    memory = Memory(tmp_path)
    memory.keep(version("1", option("x")))
    drift = memory.keep(version("2", option("x", Kind.INTEGER)))
    assert [each.detail for each in drift.changes] == ["integer instead of text"]
    assert Memory(tmp_path).keep(version("2", option("x", Kind.INTEGER))) == drift
    assert memory.keep(version("3", option("x", Kind.INTEGER))) == drift
    later = memory.keep(version("4", option("y", Kind.INTEGER)))
    assert [each.kind for each in later.changes] == ["added", "dropped"]


def test_tool_that_fails_for_a_while_is_compared_with_what_it_was(tmp_path):
    memory = Memory(tmp_path)
    memory.keep(version("1", option("x")))
    assert memory.keep(replace(version("2"), command=None, error="It is broken.")) is None
    assert memory.keep(version("3", option("x"), option("y"))).changes[0].what == "--y"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"command": 5, "fingerprint": "0"}'])
def test_damaged_file_is_as_if_nothing_had_been_kept(tmp_path, text):
    memory = Memory(tmp_path)
    memory.keep(version("1", option("x")))
    for path in (tmp_path / "forms").iterdir():
        path.write_text(text, encoding="utf-8")
    assert memory.keep(version("2", option("y"))) is None


def test_names_that_differ_in_case_only_are_kept_apart(tmp_path):
    memory = Memory(tmp_path)
    memory.keep(replace(version("1", option("x")), slug="Tool"))
    memory.keep(replace(version("1", option("y")), slug="tool"))
    names = [path.name.lower() for path in (tmp_path / "forms").iterdir()]
    assert len(set(names)) == 2
