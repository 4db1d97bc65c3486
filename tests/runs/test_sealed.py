"""Secrets of runs that wait: in a process that outlives the server, and is gone when none does."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, until
from webify.errors import NotResumed
from webify.model.command import Values
from webify.model.run import Run, State
from webify.runs.order import Plan
from webify.runs.sealed import Sealed
from webify.runs.vault import PLACE

LINUX = sys.platform == "linux"  # elsewhere secrets are in the server's memory only
ONE, OTHER = {"password": "hunter22", "pins": ["ä\ud800", "2"]}, {"token": "Öq7"}
IMPATIENT = (  # of a process that does not wait long
    "import sys; sys.path.append(sys.argv[2]); from webify.runs import vault;"
    "vault.LOOK, vault.ALONE = 0.01, float(sys.argv[3]); vault.main(sys.argv[1])"
)
FIRST = (  # it waits for one server, however long that takes
    "import select; serve = vault.serve;"
    "vault.serve = lambda end: (select.select([end], [], []), serve(end)); vault.main"
)
ONCE_ASKED = IMPATIENT.replace("vault.main", FIRST)
OF_ANOTHER = ONCE_ASKED.replace("vault.main", "vault.os.geteuid = lambda: -1; vault.main")
WAITS = "import time; print('on', flush=True); time.sleep(60)"


def vaults(data: Path) -> list[psutil.Process]:
    """Return the processes that hold secrets of this data folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            words = process.cmdline()
            if str(data) in words and any("webify.runs.vault" in word for word in words):
                found.append(process)
    return found


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for process in vaults(tmp_path):  # of a test that failed; others are just ending
        with suppress(psutil.NoSuchProcess):
            process.kill()


if LINUX:

    def test_what_is_kept_outlives_its_server_and_goes_with_the_last(data: Path) -> None:
        before = Sealed(data)
        before.keep("a", ONE)
        before.keep("b", OTHER)
        before.keep("c", OTHER)
        before.drop("c")
        before.close()
        after = Sealed(data)
        after.take_up(["a", "b", "c", "d"])
        assert [after.of(each) for each in "abcd"] == [ONE, OTHER, {}, {}]
        after.drop("a")
        assert len(vaults(data)) == 1
        after.drop("b")
        until(lambda: not vaults(data))
        assert not (data / PLACE).exists()

    def test_the_next_server_keeps_only_what_still_waits(data: Path) -> None:
        before = Sealed(data)
        before.keep("a", ONE)
        before.keep("b", OTHER)
        before.close()
        after = Sealed(data)
        after.take_up(["b"])
        after.close()
        last = Sealed(data)
        last.take_up(["a", "b"])
        assert (last.of("a"), last.of("b")) == ({}, OTHER)
        last.take_up([])
        until(lambda: not vaults(data))

    def test_one_that_was_killed_is_replaced_and_has_all(data: Path) -> None:
        sealed = Sealed(data)
        sealed.keep("a", ONE)
        sealed.look()
        [killed] = vaults(data)
        killed.kill()
        until(lambda: not vaults(data))
        until(lambda: sealed.look() or vaults(data))  # its end of the line closes a little later
        sealed.close()
        after = Sealed(data)
        after.take_up(["a"])
        assert after.of("a") == ONE
        after.drop("a")

    def test_one_that_was_killed_just_before_the_server_stops_is_replaced(data: Path) -> None:
        before = Sealed(data)
        before.keep("a", ONE)
        vaults(data)[0].kill()
        before.close()
        after = Sealed(data)
        after.take_up(["a"])
        assert after.of("a") == ONE
        after.drop("a")

    def test_it_is_told_all_when_it_was_killed_before_something_changes(data: Path) -> None:
        sealed = Sealed(data)
        for name in "abc":
            sealed.keep(name, ONE)
        vaults(data)[0].kill()
        sealed.drop("a")
        vaults(data)[0].kill()
        sealed.keep("d", OTHER)
        sealed.close()
        after = Sealed(data)
        after.take_up("abcd")
        assert [after.of(each) for each in "abcd"] == [{}, ONE, ONE, OTHER]
        after.take_up([])
        until(lambda: not vaults(data))

    def test_only_this_account_gets_to_it_and_no_process_shows_a_secret(data: Path) -> None:
        sealed = Sealed(data)
        sealed.keep("a", ONE)
        assert stat.S_IMODE((data / PLACE).stat().st_mode) == 0o600
        [vault] = vaults(data)
        shown = [*vault.cmdline(), *vault.environ().values(), *map(str, vault.open_files())]
        assert not any("hunter22" in text for text in shown)
        assert [each for each in data.rglob("*") if each.is_file()] == []
        sealed.drop("a")

    def test_words_of_a_server_that_was_killed_while_it_spoke_change_nothing(data: Path) -> None:
        sealed = Sealed(data)
        sealed.keep("a", ONE)
        sealed.close()
        with socket.socket(socket.AF_UNIX) as half:
            half.connect(str(data / PLACE))
            half.sendall(json.dumps({"keep": {}, "drop": ["a"]}).encode())
        after = Sealed(data)
        after.take_up(["a"])
        assert after.of("a") == ONE
        after.drop("a")

    def impatient(data: Path, alone: float, boot: str = IMPATIENT) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).parents[2])
        words = [sys.executable, "-c", boot, str(data), root, str(alone)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE)
        assert process.stdout
        with process.stdout as silence:
            silence.read()
        return process

    def test_another_account_is_told_nothing(data: Path) -> None:
        process = impatient(data, 3600, OF_ANOTHER)
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(data / PLACE))
            assert stranger.recv(1) == b""
        assert process.wait(20) == 0

    def test_a_process_of_another_account_gets_no_secret(
        data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        said: list[object] = []
        monkeypatch.setattr("webify.runs.sealed.ours", lambda _end: False)
        monkeypatch.setattr("webify.runs.sealed.Line.tell", lambda *words: said.append(words))
        Sealed(data).keep("a", ONE)
        assert said == []
        assert "is somebody else's" in caplog.text

    @pytest.mark.parametrize("held", [True, False])
    def test_it_ends_where_no_server_comes(data: Path, held: bool) -> None:
        process = impatient(data, 0.1, ONCE_ASKED) if held else impatient(data, 3600)
        if held:
            sealed = Sealed(data)
            sealed.keep("a", ONE)
            sealed.close()
        assert process.wait(20) == 0
        assert not (data / PLACE).exists()

    def test_it_ends_when_its_data_folder_has_gone(tmp_path: Path) -> None:
        data = tmp_path / "data"
        data.mkdir()
        process = impatient(data, 3600, ONCE_ASKED)
        sealed = Sealed(data)
        sealed.keep("a", ONE)
        sealed.close()
        (data / PLACE).unlink()
        data.rmdir()
        assert process.wait(20) == 0

    def test_a_folder_with_a_long_name_has_one_too(data: Path) -> None:
        deep = data / ("long" * 30)
        deep.mkdir()
        sealed = Sealed(deep)
        sealed.keep("a", ONE)
        sealed.close()
        after = Sealed(deep)
        after.take_up(["a"])
        assert after.of("a") == ONE
        after.drop("a")

    def test_where_none_can_be_had_secrets_stay_with_the_server(
        tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / PLACE).mkdir()  # in the way of the socket
        sealed = Sealed(tmp_path)
        sealed.keep("a", ONE)
        assert "what waits with a secret would be lost" in caplog.text
        assert "hunter22" not in caplog.text
        assert sealed.of("a") == ONE
        sealed.drop("a")
        sealed.close()


def restarted(tmp_path: Path) -> tuple[list[Values], State]:
    """Let a run with a secret wait when its server goes; return what the next one has of it."""
    before = Bench(tmp_path, runs=1)
    first = before.python(WAITS)
    until(lambda: before.folder(first).sizes()[0])  # it is no run that waits
    run = before.add()
    before.engine.start(run, Plan((sys.executable, "-c", "")), OTHER)
    before.close()
    after, seen = Bench(tmp_path, runs=1), list[Values]()

    def again(_run: Run, secrets: Values) -> Plan:
        if secrets not in seen:  # it may be asked twice, by who waits for the answer too
            seen.append(secrets)
        if not secrets:
            raise NotResumed("Interrupted: why.")
        return Plan((sys.executable, "-c", ""), cwd=str(tmp_path))

    after.engine.reattach(again)
    after.engine.stop(first.id)
    state = after.done(run).run.state
    after.done(first)
    after.close()
    return seen, state


def test_a_run_that_waits_begins_with_its_secrets_under_the_next_server(tmp_path: Path) -> None:
    seen, state = restarted(tmp_path)
    assert (seen, state) == (([OTHER], State.SUCCEEDED) if LINUX else ([{}], State.LOST))
    until(lambda: not vaults(tmp_path / "data"))


def test_a_run_that_begins_at_once_or_has_no_secret_needs_no_process(tmp_path: Path) -> None:
    bench = Bench(tmp_path, runs=1)
    first = bench.add()
    bench.engine.start(first, Plan((sys.executable, "-c", WAITS)), ONE)
    waits = bench.python("")
    assert vaults(tmp_path / "data") == []
    bench.engine.stop(waits.id)
    bench.engine.stop(first.id)
    bench.done(first)
    bench.close()


def test_a_run_that_is_withdrawn_takes_its_secret_with_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, runs=1)
    first, waits = bench.python(WAITS), bench.add()
    bench.engine.start(waits, Plan((sys.executable, "-c", "")), ONE)
    assert len(vaults(tmp_path / "data")) == LINUX
    bench.engine.stop(waits.id)
    until(lambda: not vaults(tmp_path / "data"))
    assert bench.engine.line.sealed.of(waits.id) == {}
    bench.engine.stop(first.id)
    bench.done(first)
    bench.close()
