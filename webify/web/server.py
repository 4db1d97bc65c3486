"""The Server page: what runs, what waits, the limits, and whether all is well."""

from __future__ import annotations

import platform
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webify.checks.all import checks
from webify.checks.check import Check, Verdict, failure, ok, warning
from webify.model.run import Run, State
from webify.runs.costly import Answer
from webify.runs.folder import Process
from webify.runs.line import Entry
from webify.runs.usage import memory_of
from webify.runs.verdict import duration
from webify.server_log import KEPT
from webify.services import Services
from webify.settings import Limits
from webify.site_file import NAME
from webify.web.answers import answers
from webify.web.beside import tool_of
from webify.web.left import LeftRow, left_rows
from webify.web.site import site
from webify.web.storage import NAMED, Storage, storage, storage_check
from webify.web.waiting import name_of
from webify.web.words import counted, number, size

pages = Blueprint("server", __name__)
FREE = 4  # free workers that have a row each; more of them share one
SHOWN = 50  # runs of the queue that have a row
MEMORY, CHECKED, MEASURED = 2.0, 20.0, 60.0  # seconds for which each figure is kept
BAD = (State.FAILED, State.TIMED_OUT, State.LOST)
TONES = {Verdict.OK: "ok", Verdict.WARNING: "warn", Verdict.FAILURE: "bad"}


@dataclass(frozen=True)
class Row:
    """A run that goes on or waits, as its row shows it.

    place    "Worker 1" or "Queue 1"
    seconds  since it began, or for how long it has waited
    memory   bytes, None where they are not known
    said     the answers that tell it from others of its tool
    """

    place: str
    run: Run
    name: str
    seconds: float
    memory: int | None = None
    said: str = ""

    @property
    def asks(self) -> bool:
        """Say whether it waits for the answer of a person."""
        return self.run.state is State.WAITING


@dataclass(frozen=True)
class Overview:
    """All that the page shows; checked: how many seconds ago, None where they are being made."""

    going: Sequence[Row]
    waiting: Sequence[Row]
    left: Sequence[LeftRow]
    workers: int
    free: Sequence[str]
    today: dict[str, int]
    storage: Storage | None
    checks: Sequence[Check]
    checked: float | None
    limits: Sequence[tuple[str, str]]
    about: Sequence[tuple[str, str]]

    @property
    def people(self) -> bool:
        """Say whether it is known who asked for them."""
        rows = (*self.going, *self.waiting)
        return any(
            run.user for run in (*(row.run for row in rows), *(row.run for row in self.left))
        )

    @property
    def memory(self) -> int:
        """Return the memory of all that go on, as far as it is known."""
        return sum(row.memory or 0 for row in self.going)

    @property
    def failures(self) -> list[Check]:
        """Return what does not work."""
        return [check for check in self.checks if check.state is Verdict.FAILURE]

    @property
    def warnings(self) -> list[Check]:
        """Return what has to be looked at some day; the room for runs has a day of its own."""
        dated = NAMED if self.storage and self.storage.soon else ""
        found = (check for check in self.checks if check.state is Verdict.WARNING)
        return [check for check in found if check.name != dated]


@pages.get("/server")
def show() -> ResponseReturnValue:
    """Show how the server is."""
    services = site()
    file = NAME if (services.settings.folder / NAME).exists() else ""
    return render_template(
        "server.html",
        seen=overview(services),
        file=file,
        shown=SHOWN,
        since=services.since,
        tones=TONES,
    )


@pages.get("/server/log")
def log() -> ResponseReturnValue:
    """Show what the server has told since it was started, the newest first."""
    services = site()
    entries = services.log.entries()
    return render_template("server_log.html", entries=entries, kept=KEPT, since=services.since)


def overview(services: Services) -> Overview:
    """Return how the server is now; what is costly is some seconds old."""
    figures(services)
    services.costly.first()
    memory, found, room = figures(services)
    going, waiting = services.engine.line.entries()
    total = services.engine.line.rules.runs
    return Overview(
        going=[working(services, entry, memory.value or {}) for entry in going],
        waiting=[queued(services, entry, at) for at, entry in enumerate(waiting, 1)],
        left=left_rows(services),
        workers=total,
        free=free_workers(total, [entry.worker for entry in going]),
        today=today(services),
        storage=room.value,
        checks=(
            *own_checks(services),
            *storage_check(room.value),
            *(found.value or ()),
        ),
        checked=None if found.value is None else found.age,
        limits=limits(services.settings.limits),
        about=about(services),
    )


def figures(services: Services) -> tuple[Answer, Answer, Answer]:
    """Return the memory of the runs, the checks and the storage, as they are known."""
    costly = services.costly
    return (
        costly.get("memory", partial(memory_now, services), MEMORY),
        costly.get("checks", partial(checks, services.settings), CHECKED),
        costly.get("storage", partial(storage, services), MEASURED),
    )


def working(services: Services, entry: Entry, memory: dict[str, int]) -> Row:
    """Return the row of a run that goes on."""
    run = services.engine.now(entry.run)
    place = f"Worker {entry.worker}"
    age = services.engine.age(run)
    return Row(place, run, name_of(run), age, memory.get(run.id), said(services, run))


def queued(services: Services, entry: Entry, at: int) -> Row:
    """Return the row of a run that waits; those that are not shown need no answers."""
    run = entry.run
    told = said(services, run) if at <= SHOWN else ""
    return Row(f"Queue {at}", run, name_of(run), services.engine.age(run), said=told)


def said(services: Services, run: Run) -> str:
    """Return the answers of a run."""
    return answers(run, tool_of(services, run))


def free_workers(total: int, taken: Sequence[int]) -> list[str]:
    """Return the names of the workers that have nothing to do; many of them share a name."""
    free = [worker for worker in range(1, total + 1) if worker not in taken][: total - len(taken)]
    if len(free) <= FREE:
        return [f"Worker {worker}" for worker in free]
    return [f"{number(len(free))} workers"]


def today(services: Services) -> dict[str, int]:
    """Return how many runs were asked for today, and how many went wrong or were cancelled."""
    midnight = datetime.combine(datetime.now().astimezone().date(), time()).astimezone()
    found = services.store.outcomes(midnight)
    return {
        "all": sum(found.values()),
        "failed": sum(found.get(state, 0) for state in BAD),
        "cancelled": found.get(State.STOPPED, 0),
    }


def memory_now(services: Services) -> dict[str, int]:
    """Return how much memory each run takes that goes on."""
    going, _ = services.engine.line.entries()
    found: dict[str, Process] = {}
    for entry in going:
        process = services.engine.folder(entry.run).process()
        if process is not None:
            found[entry.run.id] = process
    return memory_of(found)


def own_checks(services: Services) -> list[Check]:
    """Return what only the server itself can say: reading mode, its event streams, its tools."""
    fault = services.room.fault
    told = f"{fault}, so nothing can be run."
    shut = [failure("Reading mode", told, "It ends by itself once that is mended.")]
    open_pages = len(services.listening)
    streams = f"{counted(open_pages, 'page')} open." if open_pages else "No page is open."
    tools = services.catalog.tools(hidden=True)
    broken = sum(tool.command is None and not tool.reading for tool in tools)
    said = f"{counted(len(tools), 'tool')} loaded, {counted(broken, 'error')}."
    loaded = (
        warning("Tools", said, "The page Conversion says what is the matter with each.")
        if broken
        else ok("Tools", said)
    )
    return [*(shut if fault else ()), ok("Event streams", streams), loaded]


def limits(of: Limits) -> list[tuple[str, str]]:
    """Return the limits of the site, in words."""
    kept = f"{counted(of.keep_days, 'day')}" if of.keep_days else "ever"
    of_one = {
        "Memory of a run": size(of.run_memory_bytes) if of.run_memory_bytes else "",
        "Processor time of a run": duration(of.run_cpu_seconds) if of.run_cpu_seconds else "",
        "Processors of a run": f"{of.run_cpus:g}" if of.run_cpus else "",
        "Processes of a run": number(of.run_processes) if of.run_processes else "",
        "Largest file of a run": size(of.run_file_bytes) if of.run_file_bytes else "",
    }
    return [
        ("Runs at the same time", number(of.runs)),
        ("Runs of one person", number(of.runs_per_person) if of.runs_per_person else "any number"),
        ("Longest run", duration(of.run_seconds)),
        ("A question waits", duration(of.answer_seconds)),
        *((name, said) for name, said in of_one.items() if said),
        ("Largest upload", size(of.upload_bytes)),
        ("Output kept for each run", f"the first {size(of.run_bytes)}"),
        ("Run storage", size(of.disk_bytes) if of.disk_bytes else "as much as the disk has"),
        ("History kept for", kept),
    ]


def about(services: Services) -> list[tuple[str, str]]:
    """Return which server this is."""
    return [
        ("Python", platform.python_version()),
        ("Host", socket.gethostname()),
        ("Data folder", str(services.settings.data)),
    ]
