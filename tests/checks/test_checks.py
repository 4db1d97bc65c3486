"""What the checks say of sites that are well, and of sites that are not."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.runs.test_remains import left_over, noted
from tests.store.old_versions import FIRST, VERSIONS
from webify.__main__ import main
from webify.checks.all import QUICK, THOROUGH, checks
from webify.checks.check import Check, Verdict
from webify.checks.clock import clock
from webify.checks.disk import disk
from webify.checks.folders import data_folder, tools_folder
from webify.checks.interpreters import interpreters
from webify.checks.port import port
from webify.checks.remains import left_running
from webify.checks.runs import runs
from webify.checks.store import store, whole_store
from webify.keeping.hold import Hold
from webify.model.run import Run
from webify.settings import Settings, load_settings
from webify.store.store import Store
from webify.store.tables import VERSION

TOOL = "import argparse\nargparse.ArgumentParser().parse_args()\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "tools").mkdir()
    return load_settings(tmp_path / "tools", {"data": str(tmp_path / "data"), "port": 0}, {})


def add(settings: Settings, **fields: object) -> Run:
    with closing(Store(settings.data / "webify.db")) as history:
        return history.add(replace(FIRST, **fields))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is shared may be slow, and is well."""
    monkeypatch.setattr("webify.checks.store.SLOW", 60.0)
    monkeypatch.setattr("webify.checks.clock.APART", 60.0)


def test_site_that_is_well_has_no_remedy(settings: Settings) -> None:
    found = checks(settings, thorough=True)
    assert {check.name for check in found} >= {name for name, _ in (*QUICK, *THOROUGH)}
    assert [check for check in found if check.state is not Verdict.OK or check.remedy] == []
    assert all(check.sentence.endswith(".") for check in found)


def test_check_that_itself_fails_is_told_and_the_others_are_made(settings: Settings) -> None:
    (settings.data / "runs").mkdir()
    with closing(sqlite3.connect(settings.data / "webify.db")) as database:
        database.execute("CREATE TABLE webify_schema (version)")
    [broken] = [check for check in checks(settings) if check.state is Verdict.FAILURE][:1]
    assert broken.remedy
    assert len(checks(settings)) == len(QUICK)


def test_data_folder_that_others_read_is_a_warning(settings: Settings) -> None:
    settings.data.chmod(0o755)
    assert data_folder(settings).remedy == f"chmod 700 {settings.data}"
    settings.data.chmod(stat.S_IRWXU)
    assert data_folder(settings).state is Verdict.OK


def test_folder_that_is_gone_is_a_failure(settings: Settings) -> None:
    settings.folder.rmdir()
    assert "cannot be read: No such file" in tools_folder(settings).sentence
    settings.data.rmdir()
    assert "cannot be written: No such file" in data_folder(settings).sentence
    assert "could not be checked" in checks(settings)[3].sentence


def test_disk_that_is_nearly_full_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert disk(settings).sentence.endswith(f"are free in {settings.data}.")
    monkeypatch.setattr("webify.checks.disk.LEAST", 10**18)
    found = disk(settings)
    assert found.state is Verdict.FAILURE
    assert found.sentence.endswith(": runs will wait for room.")
    assert "disk_bytes" in found.remedy


def test_what_runs_left_running_is_told_and_what_to_do(settings: Settings) -> None:
    assert left_running(settings).state is Verdict.OK
    with left_over() as there:
        for number in range(1, 8):
            noted(settings.data / "runs", there, number=number)
        found = left_running(settings)
        assert found.state is Verdict.WARNING
        assert found.sentence.startswith("7 runs left something that still runs: python (")
        assert f"python ({there.pid}) of Stock, run 7; " in found.sentence
        assert found.sentence.endswith("run 3; and 2 more.")
        assert "Server page" in found.remedy
    assert left_running(settings).state is Verdict.OK


def test_port_of_another_program_is_told_with_its_name(settings: Settings) -> None:
    call = [sys.executable, "-c", LISTENS]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        number = int(other.stdout.readline())
        found = port(replace(settings, port=number))
        assert found.state is Verdict.FAILURE
        assert f"Port {number} on 127.0.0.1 is in use by python" in found.sentence
        assert f"process {other.pid}." in found.sentence
        other.stdin.close()
    assert port(replace(settings, port=number)).state is Verdict.OK


LISTENS = """
import socket, sys
with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    print(taken.getsockname()[1], flush=True)
    sys.stdin.read()
"""


def test_port_of_the_sites_own_server_is_as_it_should_be(settings: Settings) -> None:
    with socket.socket() as taken, Hold(settings.data):
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = port(replace(settings, port=taken.getsockname()[1]))
    assert found.state is Verdict.OK
    assert f"this site's own server, process {os.getpid()}." in found.sentence


def test_older_and_later_and_broken_history_are_told(settings: Settings) -> None:
    path = settings.data / "webify.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((VERSIONS / "sqlite-1.sql").read_text("utf-8"))
        assert store(settings).state is (Verdict.WARNING if VERSION > 1 else Verdict.OK)
        database.execute("UPDATE webify_schema SET version = 99")
        database.commit()
    assert "a later webify (version 99" in store(settings).sentence
    path.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    assert "file is not a database" in store(settings).sentence


def test_history_is_read_as_a_whole_where_asked(settings: Settings) -> None:
    for number in range(50):
        add(settings, id=f"run{number}")
    path = settings.data / "webify.db"
    assert whole_store(settings).sentence.startswith("All of it is sound")
    data = bytearray(path.read_bytes())
    data[8192:12288] = b"\xff" * 4096
    path.write_bytes(data)
    assert whole_store(settings).state is Verdict.FAILURE


def test_checks_change_nothing(settings: Settings) -> None:
    add(settings)
    before = {path: path.read_bytes() for path in settings.data.rglob("*") if path.is_file()}
    checks(settings, thorough=True)
    after = {path: path.read_bytes() for path in settings.data.rglob("*") if path.is_file()}
    assert {path.name: after[path] == data for path, data in before.items()} == {"webify.db": True}


def test_run_that_nothing_works_on_any_more_is_told(settings: Settings) -> None:
    assert runs(settings).sentence == "No run goes on."
    add(settings, state=Run("a", "b", "c").state)
    found = runs(settings)
    assert (found.state, found.remedy[:15]) == (Verdict.WARNING, "Start the site:")
    with Hold(settings.data):
        assert runs(settings).state is Verdict.OK


def test_run_from_the_future_and_a_clock_before_webify_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clock(settings).state is Verdict.OK
    add(settings, created=datetime.now(UTC) + timedelta(days=3))
    assert "which is to come" in clock(settings).sentence
    monkeypatch.setattr("webify.checks.clock.DAY", -(10**10))
    assert "before webify was installed" in clock(settings).sentence


def interpreters_of(settings: Settings, tool: str, python: str) -> list[Check]:
    (settings.folder / "sizes.py").write_text(tool, "utf-8")
    text = f"[tools.sizes]\ninterpreter = {json.dumps(python)}\n"
    (settings.folder / "webify.toml").write_text(text, "utf-8")
    return list(interpreters(load_settings(settings.folder, {"data": str(settings.data)}, {})))


def test_interpreter_that_is_missing_or_broken_is_told_with_its_tools(settings: Settings) -> None:
    [found] = interpreters_of(settings, TOOL, "/nowhere/python")
    assert found.state is Verdict.FAILURE
    assert "/nowhere/python, which starts sizes.py, does not work: No such file" in found.sentence
    broken = settings.folder / "python"
    broken.write_text("#!/bin/sh\necho no library >&2\nexit 3\n", "utf-8")
    broken.chmod(0o755)
    [found] = interpreters_of(settings, TOOL, str(broken))
    assert "does not work: no library." in found.sentence


def test_old_python_of_a_tool_is_a_warning(settings: Settings) -> None:
    old = settings.folder / "python"
    old.write_text('#!/bin/sh\necho \'{"version": [3, 6, 8], "drivers": []}\'\n', "utf-8")
    old.chmod(0o755)
    [found] = interpreters_of(settings, TOOL, str(old))
    assert found.state is Verdict.WARNING
    assert "is Python 3.6.8: its parser cannot be asked" in found.sentence


def test_drivers_are_told_where_a_tool_imports_pyodbc(settings: Settings) -> None:
    assert len(interpreters_of(settings, TOOL, sys.executable)) == 1
    _, found = interpreters_of(settings, f"import pyodbc\n{TOOL}", sys.executable)
    assert found.name == "ODBC drivers"
    bare = settings.folder / "python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S "$@"\n', "utf-8")
    bare.chmod(0o755)
    _, found = interpreters_of(settings, f"import pyodbc\n{TOOL}", str(bare))
    assert "which does not work in" in found.sentence
    assert "No module named 'pyodbc'" in found.sentence


def test_doctor_says_what_to_do_and_ends_with_1_where_something_does_not_work(
    settings: Settings,
) -> None:
    words = ["doctor", str(settings.folder), "--data", str(settings.data), "--port", "0"]
    well = CliRunner().invoke(main, words)
    assert (well.exit_code, well.output.splitlines()[-1][-16:]) == (0, "checks are well.")
    (settings.data / "webify.db").write_bytes(b"no database at all" * 100)
    ill = CliRunner().invoke(main, words)
    assert ill.exit_code == 1
    assert "FAILURE  Run database" in ill.output
    assert "What to do: Stop the site" in ill.output
    told = json.loads(CliRunner().invoke(main, [*words, "--json"]).output)
    assert {"name", "state", "sentence", "remedy"} == set(told[0])
    assert "failure" in [each["state"] for each in told]


def test_doctor_tells_wrong_settings_as_a_failure(tmp_path: Path) -> None:
    (tmp_path / "webify.toml").write_text("[site]\nprot = 1\n", "utf-8")
    done = CliRunner().invoke(main, ["doctor", str(tmp_path)])
    assert done.exit_code == 1
    assert "webify.toml, line 2" in done.output
    assert done.output.endswith("\n1 failure and no warnings in 1 check.\n")
