"""A site with nothing but an engine and a store, and small tools to run on it."""

from __future__ import annotations

import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from webify.model.allowance import Allowance
from webify.model.exits import Exit
from webify.model.run import Run
from webify.runs import launcher
from webify.runs.engine import Engine
from webify.runs.folder import End, Process, RunFolder
from webify.runs.order import Plan
from webify.settings import Limits, Settings
from webify.store.store import Store
from webify.tool_settings import ToolSettings

BOOT = launcher.BOOT
LIMIT = 45.0  # seconds after which a test gives up waiting: tools that are ended sleep for 60


@dataclass(frozen=True)
class Done:
    """A run that has ended, with what is left of it."""

    run: Run
    folder: RunFolder
    end: End

    @property
    def out(self) -> bytes:
        return self.folder.out_path.read_bytes()

    @property
    def err(self) -> bytes:
        return self.folder.err_path.read_bytes()


class Bench:
    """Starts tools as launch() does."""

    def __init__(
        self,
        folder: Path,
        run_bytes: int = 10**9,
        others: float = 10.0,
        tools: Mapping[str, ToolSettings] | None = None,
        **limits: Any,
    ) -> None:
        self.settings = Settings(
            folder=folder,
            data=folder / "data",
            limits=Limits(run_bytes=run_bytes, **limits),
            tools=tools or {},
        )
        self.settings.data.mkdir(exist_ok=True)
        self.store = Store(f"sqlite:///{(self.settings.data / 'webify.db').as_posix()}")
        self.engine = Engine(self.settings, self.store, others=others)

    def close(self) -> None:
        self.engine.close()
        self.store.close()

    def add(self, shown: Sequence[str] = ("tool",), tool: str = "tool", user: str = "") -> Run:
        """Keep a run that is not started yet."""
        run = Run(
            secrets.token_hex(13), tool, tool.title(), argv=tuple(shown), user=user, created=now()
        )
        self.folder(run).make()
        return self.store.add(run)

    def folder(self, run: Run) -> RunFolder:
        return self.engine.folder(run)

    def start(
        self,
        argv: Sequence[str],
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        seconds: float = 60.0,
        run: Run | None = None,
        allowance: Allowance | None = None,
        exits: tuple[Exit, ...] = (),
    ) -> Run:
        run = run or self.add()
        where = str(cwd or self.folder(run).files)
        plan = Plan(
            tuple(argv),
            env or {},
            where,
            seconds,
            allowance=allowance or Allowance(),
            exits=exits,
        )
        return self.engine.start(run, plan)

    def python(self, code: str, *argv: str, **more: Any) -> Run:
        """Start a Python tool."""
        return self.start([sys.executable, "-c", code, *argv], **more)

    def process(self, run: Run) -> Process:
        """Wait until the processes of a run are known: its output may come a moment earlier."""
        until(lambda: self.folder(run).process())
        process = self.folder(run).process()
        assert process
        return process

    def done(self, run: Run, seconds: float = LIMIT) -> Done:
        """Wait for the end of a run."""
        ended = self.engine.wait(run.id, seconds)
        assert ended.state.ended, f"still {ended.state} after {seconds} s"
        end = self.folder(run).end()
        assert end
        assert end.state is ended.state
        return Done(ended, self.folder(run), end)


def now() -> datetime:
    return datetime.now(UTC)


def until(met: Callable[[], object], seconds: float = LIMIT) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + seconds
    tick = threading.Event()
    while not met():
        assert time.monotonic() < limit, "it did not come about in time"
        tick.wait(0.005)


def with_moment(patch: pytest.MonkeyPatch, module: str, name: str, seconds: float) -> None:
    """Have the launchers of benches made from now on wait so long in a module of runs."""
    begin = f"from webify.runs import {module}; {module}.{name} = {seconds}; main("
    patch.setattr(launcher, "BOOT", BOOT.replace("main(", begin))


def with_zygotes(patch: pytest.MonkeyPatch, bounds: str) -> None:
    """Have the launchers of benches made from now on keep zygotes within these bounds."""
    begin = f"import *; fork_for_each_order(Zygotes({bounds}))"
    patch.setattr(launcher, "BOOT", BOOT.replace("import main; main(sys.argv[1])", begin))


def named(script: Path) -> list[int]:
    """Return the processes whose command line names a script."""
    found = psutil.process_iter(["cmdline"])
    return [each.pid for each in found if str(script) in (each.info["cmdline"] or ())]


def older(run: Run, seconds: float) -> Run:
    """Return the run as if it had been asked for earlier."""
    assert run.created is not None
    return replace(run, created=datetime.fromtimestamp(run.created.timestamp() - seconds, UTC))
