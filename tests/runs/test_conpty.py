"""A tool at a pseudo console of Windows, whose place a terminal of this system takes."""

from __future__ import annotations

import os
import select
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from webify.runs.conpty import Drawing, Seated, block, spelled, start_at_console
from webify.runs.keep import Keep
from webify.runs.order import Order, Plan
from webify.runs.terminal import take

SAY = "import sys; print('one'); print('zwei ü'); sys.exit(3)"
ASK = "print('said', input('name: '))"
HEAR = """import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever was ignored around the tests
print('on', flush=True)
while True: input()
"""
PLACE = "import os; print(os.getcwd(), os.environ['WORD'])"


class StandIn:
    """What winpty.PTY is on Windows: a program at a terminal, read and written as text."""

    def __init__(self) -> None:
        self._person, self._side = os.openpty()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def spawn(self, appname: str, cmdline: str, *, cwd: str | None, env: str) -> bool:
        self._process = subprocess.Popen(
            shlex.split(f"{appname} {cmdline}"),
            stdin=self._side,
            stdout=self._side,
            stderr=self._side,
            cwd=cwd,
            env=dict(each.split("=", 1) for each in env.rstrip("\0").split("\0")),
            start_new_session=True,
            preexec_fn=take,
        )
        os.close(self._side)
        return True

    def read(self, blocking: bool = False) -> str:
        if not select.select([self._person], [], [], 0)[0]:
            return ""
        return os.read(self._person, 4096).decode("utf-8")

    def write(self, to_write: str) -> int:
        return os.write(self._person, to_write.encode("utf-8"))

    def isalive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def get_exitstatus(self) -> int | None:
        return self._process.poll() if self._process else None

    def close(self) -> None:
        os.close(self._person)
        if self._process is None:
            os.close(self._side)


class Console:
    """Starts tools at consoles, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keep, self.pty = folder, Keep(), StandIn()

    def start(self, *argv: str, cwd: str = "", **env: str) -> Seated:
        plan = Plan(argv, cwd=cwd or str(self.folder))
        return start_at_console(Order("one", "", plan, env), self.keep, self.pty)

    def python(self, code: str, **env: str) -> Seated:
        return self.start(sys.executable, "-c", code, PYTHONUTF8="1", **env)


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    made = Console(tmp_path)
    yield made
    made.keep.close()
    made.pty.close()


def printed(tool: Seated) -> str:
    """Return all that a tool prints, and wait for its end."""
    waiting = threading.Thread(target=tool.wait)
    waiting.start()
    with os.fdopen(tool.out, "rb") as out, os.fdopen(tool.err, "rb") as err:
        text = out.read().decode("utf-8")
        assert err.read() == b""
    waiting.join()
    return text


def test_what_is_drawn_is_read_from_a_pipe_and_the_exit_code_is_told(console: Console) -> None:
    tool = console.python(SAY)
    assert (printed(tool), tool.code) == ("one\nzwei ü\n", 3)


def test_answer_is_typed_with_the_key_that_ends_a_line(console: Console) -> None:
    tool = console.python(ASK)
    assert tool.stdin is not None
    assert (tool.stdin.echoes, tool.stdin.names) == (True, frozenset())
    tool.stdin.give(b"B\xc3\xb6b\n")
    text = printed(tool)
    assert text.endswith("said Böb\n")
    assert tool.code == 0


def test_tool_is_asked_to_end_by_a_key(console: Console) -> None:
    tool = console.python(HEAR)
    assert tool.stdin is not None
    assert os.read(tool.out, 100) == b"on\n"
    tool.stdin.interrupt()
    assert "KeyboardInterrupt" in printed(tool)


def test_folder_environment_and_odd_words_arrive(console: Console) -> None:
    tool = console.python(PLACE, WORD="a=b c")
    assert printed(tool) == f"{console.folder} a=b c\n"


def test_program_that_is_missing_is_told_as_ever(console: Console) -> None:
    with pytest.raises(FileNotFoundError) as error:
        console.start("no-such-program", PATH="/bin")
    assert error.value.filename == "no-such-program"


def test_console_that_cannot_be_had_is_told_in_words(console: Console) -> None:
    with pytest.raises(OSError, match="its pseudo console could not be had"):
        console.start(sys.executable, cwd=str(console.folder / "missing"), WORD="x")


def test_words_are_quoted_as_windows_reads_them_and_the_program_too() -> None:
    program = r"C:\Program Files\tool.exe"
    said = spelled(program, (program, "two words", 'a "b"', "", "plain"))
    assert said == (rf'"{program}"', r'"two words" "a \"b\"" "" plain')
    assert block({"A": "1", "B": "x=y"}) == "A=1\0B=x=y\0"


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("\x1b[?25l\x1b[2J\x1b[m\x1b[H\x1b]0;title\x07one\r\ntwo\x1b[?25h", "\x1b[mone\ntwo"),
        ("a\x1b[5X\x1b[5Cb\x1b[Kc", "a     b\x1b[Kc"),
        ("\x1b[31mred\x1b[m\r\n\r\nend", "\x1b[31mred\x1b[m\n\nend"),
        ("one\x1b[4;3Hfour", "one\n\n\n  four"),
        ("one\r\n50 %\x1b[2;1H60 %\r70 %", "one\n50 %\r60 %\r70 %"),
        ("\x1b]0;a title\x1b\\plain\x1b[cx", "plainx"),
    ],
)
def test_screen_becomes_lines_however_it_is_cut(drawn: str, text: str) -> None:
    for cut in range(len(drawn)):
        drawing = Drawing()
        assert drawing.feed(drawn[:cut]) + drawing.feed(drawn[cut:]) == text


def test_lines_beyond_the_screen_stay_lines() -> None:
    drawing = Drawing()
    assert drawing.feed("x\r\n" * 80 + "\x1b[50;1Hy") == "x\n" * 80 + "\ry"
