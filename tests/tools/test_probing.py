"""One probe: what a tool does at --help stays in its own process, and is told in a sentence."""

from __future__ import annotations

import json
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from webify.settings import Settings
from webify.tool_settings import ToolSettings
from webify.tools.child import TAIL
from webify.tools.finding import Finder, Found
from webify.tools.probing import Answer, probe

PARSER = """
import argparse
parser = argparse.ArgumentParser(description="Says hello.")
parser.add_argument("--name")
parser.parse_args()
"""


def found(folder: Path, text: str, **settings: Any) -> Found:
    (folder / "hello.py").write_text(textwrap.dedent(text), encoding="utf-8")
    tools = {"hello": ToolSettings(target="hello.py", **settings)}
    tool = (Finder(Settings(folder, folder / "data", tools=tools), "1").find() or ())[0]
    assert not tool.fault
    return tool


def ask(folder: Path, text: str, seconds: float = 20.0, **settings: Any) -> Answer:
    return probe(found(folder, text, **settings), seconds)


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_parser_of_a_tool_is_told(tmp_path: Path) -> None:
    answer = ask(tmp_path, PARSER)
    assert (answer.framework, answer.error) == ("argparse", "")
    assert answer.command is not None
    assert "name" in [each["address"] for each in answer.command["parameters"]]


@pytest.mark.clock
def test_tool_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    answer = ask(tmp_path, "import time\ntime.sleep(600)", 0.5)
    assert answer.error == "hello.py did not answer --help within 0.5 s."
    assert time.monotonic() - begun < 10
    assert "time.sleep(600)" in answer.trace


def test_tool_that_answers_no_signal_is_ended_in_time(tmp_path: Path) -> None:
    text = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
    assert ask(tmp_path, text, 0.5).error == "hello.py did not answer --help within 0.5 s."


def test_tool_that_prints_a_gigabyte_fills_neither_memory_nor_disk(tmp_path: Path) -> None:
    before = psutil.Process().memory_info().rss
    answer = ask(tmp_path, "while True: print('x' * 1_000_000)", 120)
    assert answer.error == "hello.py printed more than 20 MB at --help."
    assert len(answer.trace) <= TAIL
    assert psutil.Process().memory_info().rss - before < 30_000_000


def test_files_written_at_import_leave_nothing_behind(tmp_path: Path) -> None:
    note = tmp_path / "note.json"
    text = f"""
        import json, os, tempfile
        places = [os.getcwd(), os.path.expanduser("~"), tempfile.gettempdir()]
        for place in places:
            open(os.path.join(place, "litter.txt"), "w").close()
        open({str(note)!r}, "w").write(json.dumps(places))
    """
    assert ask(tmp_path, textwrap.dedent(text) + PARSER).error == ""
    places = json.loads(note.read_text("utf-8"))
    assert len(set(places)) == 3
    assert not any(Path(place).exists() for place in places)
    assert {path.name for path in tmp_path.iterdir()} == {"hello.py", "note.json"}


def test_tool_that_exits_at_import_is_told_with_its_words(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import sys\nsys.exit('no licence found')")
    assert answer.error
    assert "no licence found" in answer.error + answer.trace


FORKS = {
    "a child of its own": "pid = os.fork()",
    "a child in another session": "pid = os.fork()\nif not pid: os.setsid()",
    "a daemon": """
pid = os.fork()
if not pid:
    os.setsid()
    if os.fork(): os._exit(0)
    os.closerange(0, 50)
""",
}


@pytest.mark.parametrize("fork", FORKS.values(), ids=FORKS)
def test_child_that_a_tool_leaves_behind_is_ended(tmp_path: Path, fork: str) -> None:
    note = tmp_path / "pid"
    text = f"""
import os, time
{fork}
if not pid:
    with open({str(note) + ".new"!r}, "w") as file: file.write(str(os.getpid()))
    os.rename({str(note) + ".new"!r}, {str(note)!r})
    time.sleep(600)
while not os.path.exists({str(note)!r}): time.sleep(0.01)
"""
    assert ask(tmp_path, text + PARSER).error == ""
    assert gone(int(note.read_text("utf-8")))


def test_missing_interpreter_is_named(tmp_path: Path) -> None:
    answer = ask(tmp_path, PARSER, interpreter="./python9")
    assert answer.error == (
        f"hello.py cannot be started: there is no interpreter {tmp_path / 'python9'}."
    )


def test_interpreter_that_is_not_executable_is_named(tmp_path: Path) -> None:
    (tmp_path / "python9").touch(mode=0o644)
    answer = ask(tmp_path, PARSER, interpreter="./python9")
    assert answer.error == (
        f"hello.py cannot be started: {tmp_path / 'python9'} is not executable."
    )


def test_interpreter_that_is_no_python_is_told(tmp_path: Path) -> None:
    answer = ask(tmp_path, PARSER, interpreter="false")
    assert answer.error == "hello.py ended with code 1 before it said what it accepts."


def test_missing_working_folder_is_named(tmp_path: Path) -> None:
    answer = ask(tmp_path, PARSER, cwd="gone")
    assert answer.error == (f"hello.py cannot be started: there is no folder {tmp_path / 'gone'}.")


def test_syntax_error_is_shown_with_its_line(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import argparse\nprint 'hello'\n")
    assert answer.command is None
    assert answer.error
    assert "SyntaxError" in answer.trace
    assert "hello.py" in answer.trace
    assert "print 'hello'" in answer.trace


def test_missing_dependency_is_named(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import nowhere_to_be_found\n")
    assert "nowhere_to_be_found" in answer.error
    assert "ModuleNotFoundError" in answer.trace


def test_tool_that_is_killed_is_told_with_its_signal(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert answer.error == "hello.py was ended by SIGKILL before it said what it accepts."


def test_standard_input_of_a_tool_is_empty(tmp_path: Path) -> None:
    answer = ask(tmp_path, "import sys\nassert sys.stdin.read() == ''\n" + PARSER)
    assert answer.error == ""


def test_environment_of_a_tool_holds_its_own_and_none_of_webify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBIFY_DATA", "/srv")
    text = "import os\nassert os.environ['DB'] == 'x' and 'WEBIFY_DATA' not in os.environ\n"
    assert ask(tmp_path, text + PARSER, env={"DB": "x"}).error == ""


def test_tool_is_started_in_its_own_working_folder_where_it_has_one(tmp_path: Path) -> None:
    (tmp_path / "hello.ini").touch()
    assert ask(tmp_path, "open('hello.ini').close()\n" + PARSER, cwd=".").error == ""


def test_interpreter_of_the_tool_is_used(tmp_path: Path) -> None:
    link = tmp_path / "python-of-the-tool"
    link.symlink_to(sys.executable)
    text = f"import sys\nassert sys.executable == {str(link)!r}, sys.executable\n"
    assert ask(tmp_path, text + PARSER, interpreter=str(link)).error == ""
