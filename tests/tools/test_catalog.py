"""The catalog of a site: what it keeps, takes up anew and never harms the site with."""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.tools.folder import PARSER, PATIENCE, SITE, count, counting, options, settled
from webify.errors import ToolUnknown
from webify.model.command import Kind
from webify.settings import Settings
from webify.tool_settings import ParameterSettings, ToolSettings
from webify.tools.catalog import Catalog


def test_tools_are_listed_by_folder_and_title(site: SITE, write: Any) -> None:
    for name in ("stock_report.py", "Usage.py", "finance/invoices.py", "finance/late-fees.py"):
        write(name)
    catalog = site()
    assert catalog.settled(PATIENCE)
    assert [(tool.folder, tool.title, tool.slug) for tool in catalog.tools()] == [
        ("", "Stock report", "stock_report"),
        ("", "Usage", "Usage"),
        ("Finance", "Invoices", "finance-invoices"),
        ("Finance", "Late fees", "finance-late-fees"),
    ]


def test_tool_has_what_its_parser_says(site: SITE, write: Any) -> None:
    path = write("hello.py")
    tool = site().tool("hello")
    assert (tool.framework, tool.summary, tool.error) == ("argparse", "Says hello.", "")
    assert (tool.target, tool.start) == ("hello.py", (sys.executable, str(path)))
    assert options(tool) == {"name"}


def test_library_beside_the_tools_is_neither_listed_nor_started(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    write("hello.py", "import shared\n" + PARSER.format(option="name"))
    write("night.py", counting(tmp_path, "if __name__ == '__main__': pass\n"))
    write("shared.py", "import argparse\ndef parser(): return argparse.ArgumentParser()\n")
    assert list(settled(site())) == ["hello"]
    assert count(tmp_path) == 0


def test_known_tool_is_not_started_again(site: SITE, write: Any, tmp_path: Path) -> None:
    write("hello.py", counting(tmp_path))
    first = settled(site())["hello"]
    again = site()
    assert again.settled(0)
    assert again.tool("hello") == first
    assert count(tmp_path) == 1


def test_changed_tool_is_read_anew(site: SITE, write: Any) -> None:
    write("hello.py", option="name")
    catalog = site()
    assert options(catalog.tool("hello")) == {"name"}
    write("hello.py", option="language")
    assert options(catalog.tool("hello")) == {"language"}


def test_list_takes_up_a_change_by_itself(site: SITE, write: Any) -> None:
    write("hello.py", option="name")
    catalog = site()
    settled(catalog)
    write("hello.py", option="language")
    catalog.tools()
    assert options(settled(catalog)["hello"]) == {"language"}


def test_changed_file_beside_a_tool_makes_it_another(site: SITE, write: Any) -> None:
    write("hello.py", "from shared import parser\nif __name__ == '__main__': parser.parse_args()")
    text = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--{}')\n"
    write("shared.py", text.format("name"))
    catalog = site()
    assert options(catalog.tool("hello")) == {"name"}
    write("shared.py", text.format("language"))
    assert options(catalog.tool("hello")) == {"language"}


def test_added_and_removed_tools_are_taken_up(site: SITE, write: Any) -> None:
    path = write("hello.py")
    catalog = site()
    assert list(settled(catalog)) == ["hello"]
    write("other.py")
    catalog.tools()
    assert list(settled(catalog)) == ["hello", "other"]
    path.unlink()
    catalog.tools()
    assert list(settled(catalog)) == ["other"]
    with pytest.raises(ToolUnknown, match="There is no tool “hello”"):
        catalog.tool("hello")


def test_folder_that_is_away_for_a_while_keeps_its_tools(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    write("hello.py")
    catalog = site()
    settled(catalog)
    (tmp_path / "tools").rename(tmp_path / "away")
    assert [tool.slug for tool in catalog.tools()] == ["hello"]


def test_tool_that_breaks_stays_listed_until_it_is_mended(site: SITE, write: Any) -> None:
    write("hello.py")
    catalog = site()
    settled(catalog)
    write("hello.py", PARSER.format(option="name") + "\nprint 'broken'\n")
    broken = catalog.tool("hello")
    assert broken.command is None
    assert "SyntaxError" in broken.trace
    assert [tool.slug for tool in catalog.tools()] == ["hello"]
    write("hello.py", option="mended")
    assert options(catalog.tool("hello")) == {"mended"}


def test_old_form_is_shown_while_the_new_one_is_read(site: SITE, write: Any) -> None:
    write("hello.py")
    catalog = site()
    settled(catalog)
    write("hello.py", "import time\ntime.sleep(600)\n" + PARSER.format(option="name"))
    assert options(catalog.tools()[0]) == {"name"}
    assert not catalog.settled(0)


def test_tool_says_that_it_is_being_read(site: SITE, write: Any) -> None:
    write("hello.py", "import time\ntime.sleep(600)\n" + PARSER.format(option="name"))
    (tool,) = site().tools()
    assert (tool.error, tool.reading, tool.command) == ("Being read…", True, None)


@pytest.mark.clock
def test_tool_that_hangs_is_told_and_tried_again_at_the_next_start(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    write("hello.py", counting(tmp_path, "import time\ntime.sleep(600)\n" + PARSER))
    for times in (1, 2):
        tool = site(probe_seconds=0.5).tool("hello")
        assert tool.error == "hello.py did not answer --help within 0.5 s."
        assert not tool.reading
        assert count(tmp_path) == times


@pytest.mark.clock
def test_one_bad_tool_does_not_hold_the_others(site: SITE, write: Any) -> None:
    write("a_hangs.py", "import time\ntime.sleep(600)\n" + PARSER)
    write("b_broken.py", "raise RuntimeError('no')\n" + PARSER)
    write("hello.py")
    tools = settled(site(probe_seconds=2.0))
    assert {slug for slug, tool in tools.items() if tool.error} == {"a_hangs", "b_broken"}


def test_tool_without_a_parser_is_listed_with_the_reason_and_started_once(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    text = "import argparse\nmake = argparse.ArgumentParser\nif __name__ == '__main__': pass"
    write("hello.py", counting(tmp_path, text))
    for _ in range(2):
        tool = site().tool("hello")
        assert tool.command is None
        assert "parser" in tool.error
    assert count(tmp_path) == 1


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe garbage\n", b"half", b'{"command": 3}\n'])
def test_damaged_cache_only_means_that_tools_are_asked_again(
    site: SITE, write: Any, tmp_path: Path, damage: bytes
) -> None:
    write("hello.py", counting(tmp_path))
    settled(site())
    cache = tmp_path / "data" / "cache" / "tools.jsonl"
    line = cache.read_bytes().strip()
    half = line[: len(line) // 2]
    cache.write_bytes({b"half": half}.get(damage, line[:65] * bool(damage) + damage))
    assert options(site().tool("hello")) == {"name"}
    assert count(tmp_path) == 2
    assert options(site().tool("hello")) == {"name"}
    assert count(tmp_path) == 2


def test_cache_of_a_wrong_shape_only_means_that_tools_are_asked_again(
    site: SITE, write: Any, tmp_path: Path
) -> None:
    write("hello.py", counting(tmp_path))
    settled(site())
    cache = tmp_path / "data" / "cache" / "tools.jsonl"
    fingerprint = cache.read_bytes().strip()[:64]
    answer = b'{"framework":"","command":{"wrong":[1]},"warnings":[],"version":""}'
    cache.write_bytes(fingerprint + b" " + answer + b"\n")
    assert options(site().tool("hello")) == {"name"}
    assert count(tmp_path) == 2


def test_cache_that_cannot_be_written_does_no_harm(site: SITE, write: Any, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cache").touch()
    write("hello.py")
    assert options(site().tool("hello")) == {"name"}


def test_settings_amend_what_the_parser_says(site: SITE, write: Any) -> None:
    write("hello.py")
    name = ParameterSettings(label="Who", unit="people", kind=Kind.DATE, choices=("a", "b"))
    tool = site(
        hello=ToolSettings(
            title="Greeting", summary="Greets", folder="Office", tags=("x",), owner="me",
            time_limit=5.0, changes=True, parameters={"name": name},
        )
    ).tool("hello")  # fmt: skip
    assert (tool.title, tool.summary, tool.folder) == ("Greeting", "Greets", "Office")
    assert (tool.tags, tool.owner, tool.time_limit, tool.changes) == (("x",), "me", 5.0, True)
    assert tool.command is not None
    parameter = next(each for each in tool.command.parameters if each.address == "name")
    assert (parameter.label, parameter.unit, parameter.kind) == ("Who", "people", Kind.DATE)
    assert [choice.value for choice in parameter.choices] == ["a", "b"]
    assert parameter.help == "Who."


def test_amended_parameter_that_is_not_there_is_told(site: SITE, write: Any) -> None:
    write("hello.py")
    tool = site(hello=ToolSettings(parameters={"naem": ParameterSettings(label="x")})).tool("hello")
    assert tool.warnings == (
        "webify.toml amends “naem”, which this tool does not have. Did you mean “name”?",
    )


def test_hidden_tool_is_reached_by_its_word_only(site: SITE, write: Any) -> None:
    write("hello.py")
    catalog = site(hello=ToolSettings(hidden=True))
    assert catalog.tools() == ()
    assert options(catalog.tool("hello")) == {"name"}


@pytest.mark.parametrize("option", ["dry-run", "simulate", "what-if"])
def test_flag_that_only_tries_marks_a_tool_that_changes_things(
    site: SITE, write: Any, option: str
) -> None:
    text = PARSER.format(option=option).replace('help="Who."', 'action="store_true"')
    write("hello.py", text)
    tool = site().tool("hello")
    assert tool.changes


@pytest.mark.clock
def test_closing_ends_the_probes_that_run(site: SITE, write: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        port = server.getsockname()[1]
        write(
            "hello.py",
            "import os, socket, time\n"
            f"told = socket.create_connection(('127.0.0.1', {port}))\n"
            "told.sendall(str(os.getpid()).encode())\ntold.shutdown(1)\ntime.sleep(600)\n" + PARSER,
        )
        catalog = site()
        link, _ = server.accept()
        with link:
            pid = int(link.makefile().read())
    begun = time.monotonic()
    catalog.close()
    assert time.monotonic() - begun < 5
    assert not psutil.pid_exists(pid)


def test_tool_is_looked_for_again_before_it_is_called_unknown(write: Any, tmp_path: Path) -> None:
    path = write("hello.py")
    whole = path.read_text(encoding="utf-8")
    path.write_text("", encoding="utf-8")  # an editor is saving it
    catalog = Catalog(Settings(tmp_path / "tools", tmp_path / "data"), rescan_seconds=600)
    with closing(catalog):
        catalog.start()
        path.write_text(whole, encoding="utf-8")
        assert options(catalog.tool("hello")) == {"name"}


def test_catalog_may_be_asked_from_many_threads(site: SITE, write: Any) -> None:
    for number in range(6):
        write(f"hello{number}.py")
    catalog, faults = site(), []

    def ask(number: int) -> None:
        try:
            for turn in range(20):
                catalog.tools()
                if number == 0:
                    write("hello0.py", option=f"turn{turn}")
                options(catalog.tool(f"hello{number}"))
        except BaseException as error:  # noqa: BLE001 - told by the test
            faults.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert faults == []
    assert options(settled(catalog)["hello0"]) == {"turn19"}


def test_forgotten_tools_leave_the_cache(site: SITE, write: Any, tmp_path: Path) -> None:
    write("hello.py")
    settled(site())
    cache = tmp_path / "data" / "cache" / "tools.jsonl"
    with cache.open("ab") as file:
        for number in range(100):
            file.write(f"{number:064x} {{}}\n".encode())
    assert options(site().tool("hello")) == {"name"}
    assert len(cache.read_bytes().splitlines()) == 1


def test_what_cannot_be_kept_stops_no_worker(
    site: SITE, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise TypeError("not JSON")

    monkeypatch.setattr("webify.tools.memory.Memory.keep", fails)
    for number in range(6):
        write(f"tool_{number}.py")
    tools = settled(site())
    assert len(tools) == 6
    assert not any(tool.error or tool.reading for tool in tools.values())
