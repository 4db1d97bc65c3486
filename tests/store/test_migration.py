"""Older data folders open and keep their runs: one file of SQL for each version that there was."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from scripts.migration import write
from tests.store.old_versions import FIRST, SECOND, VERSIONS
from webify.errors import SettingsWrong
from webify.store import migration
from webify.store.store import RunFilter, Store
from webify.store.tables import METADATA, SCHEMA, VERSION

SAYING = ("webify.store.migration", "webify.store.tables", "webify.store.opening")
STEPS = migration.SCRIPTS / "versions"
OPEN = """
import sys
from webify.store.store import RunFilter, Store
sys.stdin.readline()
print([run.id for run in Store(sys.argv[1]).runs(RunFilter())], "alembic" in sys.modules)
"""
WAITING = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{VERSION + 1}", "{VERSION}"

def upgrade():
    with op.batch_alter_table("runs") as runs:
        runs.add_column(sa.Column("waiting", sa.Text(), nullable=False, server_default=""))
        runs.alter_column("door", nullable=True)  # SQLite: the table is made anew
"""
Old = Callable[[int], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    """Return what makes a database as that version left it, and its address."""

    def make(version: int) -> str:
        sql = (VERSIONS / f"{request.param}-{version}.sql").read_text("utf-8")
        if request.param == "postgresql":
            base = request.getfixturevalue("postgres").create(f"version {version}")
            base.execute(sql)
            return str(base.url)
        with sqlite3.connect(tmp_path / "webify.db") as database:
            database.executescript(sql)
        database.close()
        return f"sqlite:///{(tmp_path / 'webify.db').as_posix()}"

    return make


def rows(url: str, sql: str) -> list[Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(sql).fetchall()
    engine.dispose()
    return [tuple(row) for row in found]


def later(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Make webify one with a further version of its tables."""
    shutil.copytree(migration.SCRIPTS, folder / "migrations")
    (folder / "migrations" / "versions" / f"version_{VERSION + 1}.py").write_text(text, "utf-8")
    monkeypatch.setattr(migration, "SCRIPTS", folder / "migrations")
    for module in SAYING:
        monkeypatch.setattr(f"{module}.VERSION", VERSION + 1)


def test_each_version_has_its_step_and_its_database_of_old() -> None:
    numbers = set(range(1, VERSION + 1))
    assert {path.name for path in STEPS.glob("version_*.py")} == {
        f"version_{number}.py" for number in numbers
    }
    assert {path.name for path in VERSIONS.iterdir()} == {
        f"{name}-{number}.sql" for name in ("sqlite", "postgresql") for number in numbers
    }


def test_steps_make_the_very_tables_of_a_new_store(lasting_url: str) -> None:
    engine = create_engine(lasting_url)
    with engine.connect() as connection:
        SCHEMA.create(connection)
        command.upgrade(migration.configuration(connection), "head")
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_data_folder_of_an_older_version_opens_and_keeps_its_runs(old: Old, version: int) -> None:
    store = Store(old(version))
    second, first = store.runs(RunFilter())
    assert (first, second) == (replace(FIRST, number=1), replace(SECOND, number=2))
    assert set(store.pins([first, second])) == ({"second"} if version > 1 else set())
    assert store.add(replace(FIRST, id="third")).number == 3
    store.pin("third")
    store.close()


def test_file_is_copied_beside_itself_before_it_is_changed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(tmp_path / "webify.db") as database:
        database.executescript((VERSIONS / "sqlite-1.sql").read_text("utf-8"))
    database.close()
    with caplog.at_level(logging.WARNING):
        Store(tmp_path / "webify.db").close()
    copy = tmp_path / "webify-version-1.db"
    assert f"from version 1 to version {VERSION}; a copy of it as it was is {copy}" in caplog.text
    assert rows(f"sqlite:///{copy}", "SELECT version FROM webify_schema") == [(1,)]
    assert rows(f"sqlite:///{copy}", "SELECT id FROM runs") == [("first",), ("second",)]
    caplog.clear()
    Store(tmp_path / "webify.db").close()
    assert not caplog.text


def test_step_that_makes_a_table_anew_takes_no_row_along(
    old: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = old(VERSION)
    later(tmp_path, monkeypatch, WAITING)
    store = Store(url)
    assert set(store.pins(store.runs(RunFilter()))) == {"second"}
    store.close()
    assert rows(url, "SELECT id, waiting FROM runs ORDER BY id") == [("first", ""), ("second", "")]
    assert rows(url, "SELECT version FROM webify_schema") == [(VERSION + 1,)]
    assert rows(url, "SELECT version_num FROM alembic_version") == [(str(VERSION + 1),)]


def test_step_that_fails_leaves_everything_as_it_was(
    old: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = old(1)
    later(tmp_path, monkeypatch, f"{WAITING}    op.execute('SELECT * FROM nothing')\n")
    with pytest.raises(SettingsWrong, match="cannot be opened"):
        Store(url)
    engine = create_engine(url)
    assert set(inspect(engine).get_table_names()) == {"runs", "webify_schema"}
    engine.dispose()
    assert rows(url, "SELECT version FROM webify_schema") == [(1,)]


def test_step_that_would_leave_rows_without_their_run_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "webify.db") as database:
        database.executescript((VERSIONS / f"sqlite-{VERSION}.sql").read_text("utf-8"))
    database.close()
    later(tmp_path, monkeypatch, f"{WAITING}    op.execute('DELETE FROM runs')\n")
    with pytest.raises(SettingsWrong, match="Nothing was changed"):
        Store(tmp_path / "webify.db")
    url = f"sqlite:///{tmp_path / 'webify.db'}"
    assert rows(url, "SELECT count(*) FROM runs") == [(2,)]


def test_servers_that_start_at_the_same_time_change_the_tables_once(old: Old) -> None:
    url = old(1)
    call = [sys.executable, "-c", OPEN, url]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    servers = [subprocess.Popen(call, **pipes) for _ in range(3)]
    for server in servers:
        server.stdin.write("\n")
        server.stdin.flush()
    said = [server.communicate(timeout=60)[0] for server in servers]
    assert all(each.startswith("['second', 'first']") for each in said), said
    assert [server.returncode for server in servers] == [0, 0, 0]
    assert rows(url, "SELECT version FROM webify_schema") == [(VERSION,)]


def test_store_of_this_version_is_opened_without_alembic(old: Old) -> None:
    call = [sys.executable, "-c", OPEN, old(VERSION)]
    done = subprocess.run(call, input="\n", capture_output=True, text=True, timeout=60)
    assert done.stdout == "['second', 'first'] False\n", done.stderr


def test_next_step_is_written_from_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(tmp_path, monkeypatch, "")
    for path in (tmp_path / "migrations" / "versions").glob("version_[!1]*.py"):
        path.unlink()
    for module in ("scripts.migration", *SAYING):
        monkeypatch.setattr(f"{module}.VERSION", 2)
    write("Keep all that came since")
    made = (tmp_path / "migrations" / "versions" / "version_2.py").read_text("utf-8")
    assert made.startswith('"""Keep all that came since."""\n\nfrom __future__')
    with sqlite3.connect(tmp_path / "webify.db") as database:
        database.executescript((VERSIONS / "sqlite-1.sql").read_text("utf-8"))
    database.close()
    store = Store(tmp_path / "webify.db")
    assert store.pin("first").run == "first"
    store.close()
