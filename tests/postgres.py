"""A PostgreSQL server of our own for one test session: private folder, private port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

import pytest

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postgres:
    """Where the server listens; the person `webify` needs no password."""

    port: int
    host: str = "127.0.0.1"
    user: str = "webify"
    database: str = "postgres"

    def create(self, name: str) -> Postgres:
        """Make a fresh database of this name (an old one goes) and return it."""
        for sql in (f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"'):
            self.execute(sql)
        return Postgres(self.port, self.host, self.user, name)

    def execute(self, sql: str) -> str:
        """Run one statement with psql and return its rows, cells apart by |."""
        call = [_program("psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]
        where = ["-h", self.host, "-p", str(self.port), "-U", self.user, "-d", self.database]
        done = subprocess.run([*call, *where], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def url(self) -> str:
        """Return the address for SQLAlchemy with psycopg."""
        return f"postgresql+psycopg://{self.user}@{self.host}:{self.port}/{self.database}"

    @property
    def odbc(self) -> str:
        """Return the connection string for ODBC."""
        return (
            f"Driver={{PostgreSQL Unicode}};Server={self.host};Port={self.port};"
            f"Database={self.database};Uid={self.user};Pwd=unused"
        )


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start a server for this session, and stop it."""
    with running() as server:
        yield server


@contextmanager
def running() -> Iterator[Postgres]:
    """Start a server in a temporary folder; it and the folder are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.name == "posix" else None))
    as_user = _as_user(folder)
    data = str(folder / "data")
    _call([*as_user, _program("initdb"), "-D", data, "-U", "webify", "-A", "trust", "-E", "UTF8",
           "--locale=C", "--no-sync"], folder)  # fmt: skip
    port = _free_port()
    told = [f"-c {name}={value}" for name, value in QUICK.items()]
    options = " ".join([f"-p {port}", "-h 127.0.0.1", f"-k {folder}", *told])
    control = [*as_user, _program("pg_ctl"), "-D", data]
    _call([*control, "-w", "-l", str(folder / "log"), "-o", options, "start"], folder)
    try:
        yield Postgres(port)
    finally:
        _call([*control, "-m", "immediate", "-w", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(folder: Path) -> list[str]:
    """Return the words before a command that make it run as a person other than root."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _program(name: str) -> str:
    """Return where a program of PostgreSQL lies."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(places[-1]) if places else shutil.which(name)
    assert found, f"{name} is missing: install the PostgreSQL server (postgresql)"
    return found


def _free_port() -> int:
    """Return a port that nobody has, of those which systems give to nobody who wants any."""
    for port in SystemRandom().sample(range(20_000, 30_000), 100):
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a hundred ports are taken")


def _call(words: list[str], folder: Path) -> None:
    with (folder / "calls").open("w+b") as said:  # a file, as the server would hold a pipe open
        done = subprocess.run(words, stdout=said, stderr=said, cwd=folder, timeout=60)
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")
