"""Programs among the files of a site: found where they know a word for help, opened when asked."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.runs.bench import until
from tests.tools.folder import SITE, settled
from tests.tools.programs import HELP, saying
from tests.tools.test_programs import TREE
from webify.tool_settings import ToolSettings
from webify.tools.catalog import Catalog
from webify.tools.executables import knows_help, parser_in


def program(write: Any, name: str, text: str, mode: int = 0o755) -> Path:
    path: Path = write(name, f"#!/bin/sh\n{text}")
    path.chmod(mode)
    return path


def test_script_that_knows_help_is_a_tool(site: SITE, write: Any) -> None:
    program(write, "pack.sh", saying(HELP))
    (tool,) = settled(site()).values()
    assert (tool.slug, tool.title, tool.error) == ("pack-sh", "Pack", "")
    assert tool.command is not None
    assert tool.start == (str(Path(tool.start[0])),)
    assert tool.sources == ("help text",)


def test_script_that_does_not_know_help_is_never_started(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    program(write, "night.sh", f"touch {tmp_path / 'worked'}\n")
    assert settled(site()) == {}
    assert not (tmp_path / "worked").exists()


def test_what_may_not_be_started_is_no_tool(site: SITE, write: Any) -> None:
    program(write, "pack.sh", saying(HELP), mode=0o644)
    write("notes", "--help is a word of these notes\n").chmod(0o755)
    write("table.csv", "#!/bin/sh --help\n").chmod(0o755)
    assert settled(site()) == {}


def test_program_that_is_named_is_a_tool(site: SITE) -> None:
    tool = settled(site(order=ToolSettings(target="sort")))["order"]
    assert tool.start == (shutil.which("sort"),)
    assert tool.command is not None
    assert {"--reverse", "--key"} <= {w for p in tool.command.parameters for w in p.spellings}


def test_changed_program_is_described_anew(site: SITE, write: Any) -> None:
    program(write, "pack.sh", saying(HELP))
    catalog = site()
    settled(catalog)
    program(write, "pack.sh", saying(HELP.replace("--quiet", "--silent")))
    command = catalog.tool("pack-sh").command
    assert command is not None
    assert "silent" in [each.address for each in command.parameters]


def test_help_printed_by_hand_describes_a_python_tool(site: SITE, write: Any) -> None:
    text = f"if __name__ == '__main__':\n    print({HELP!r})\n"
    write("pack.py", text)
    tool = settled(site(pack=ToolSettings()))["pack"]
    assert tool.command is not None, tool.error
    assert tool.start == (sys.executable, str(Path(tool.start[1])))
    assert "output" in [each.address for each in tool.command.parameters]


def lazy(catalog: Catalog, slug: str) -> list[str]:
    command = catalog.tool(slug).command
    assert command is not None
    return [each.name for _, each in command.walk() if each.lazy]


def test_command_beyond_the_budget_is_read_when_opened_and_kept(
    site: SITE, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webify.tools.subcommands.MOST", 0)
    program(write, "tree", TREE)
    catalog = site()
    settled(catalog)
    assert lazy(catalog, "tree") == ["grow", "cut", "same"]
    opened = catalog.opened("tree", ("grow", "up")).command
    chain = opened.along(("grow", "up")) if opened else None
    assert chain is not None
    assert "--fast" in [word for each in chain[-1].parameters for word in each.spellings]
    assert lazy(catalog, "tree") == ["wide", "cut", "same"]
    assert lazy(site(), "tree") == ["wide", "cut", "same"]


def test_commands_of_a_program_are_read_behind_the_first_look_at_it(
    site: SITE, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webify.tools.subcommands.MOST", 0)
    program(write, "tree", TREE)
    catalog = site()
    settled(catalog)
    catalog.open_ahead(catalog.tool("tree"))
    until(lambda: not lazy(catalog, "tree"))
    assert not lazy(site(), "tree")


@pytest.mark.parametrize(
    ("data", "family"),
    [
        (b"\x7fELF getopt_long --help", "GNU"),
        (b"\x7fELF github.com/spf13/pflag getopt_long", "cobra"),
        (b"\x7fELF src/clap_builder-4.5/", "clap"),
        (b"\x7fELF " + b"x" * (1 << 20) + b"flag: help requested", "go"),
        (b"#!/bin/sh\nwhile getopts ab o; do", "getopt"),
        (b"--help getopt_long", ""),
    ],
)
def test_bytes_of_a_program_show_its_parser(tmp_path: Path, data: bytes, family: str) -> None:
    path = tmp_path / "program"
    path.write_bytes(data)
    assert parser_in(path) == family


def test_word_that_two_pieces_share_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "program"
    path.write_bytes(b"\x7fELF" + b"x" * ((1 << 20) - 7) + b"--help" + b"x" * 100)
    assert knows_help(path)
    assert not knows_help(tmp_path / "gone")
