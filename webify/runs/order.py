"""What a supervisor is told to start, and what it answers: one line of JSON each."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from webify.model.allowance import Allowance
from webify.model.exits import Exit
from webify.model.plain import from_plain, to_plain
from webify.model.recipe import Recipe
from webify.model.run import Run

MARK = "WEBIFY_RUN"  # in the environment of a tool and all that it starts: the run's id
NOTHING = "none"  # a tool's input is empty
TAB = b"\t"  # between a label and its order; JSON holds none

Columns = dict[str, dict[str, str | bool]]  # name -> type, unit, title, hidden


@dataclass(frozen=True)
class Plan:
    """How one run of a tool is started and read.  Holds secrets: it is never written to disk.

    env         what is added to the environment of webify
    cwd         where the tool starts
    seconds     the time limit, 0 for none
    output      how what it prints is read, where that was said
    adapter     the file of the site's module that reads it, or ""
    columns     what is said of the columns of its tables, by their names
    secrets     texts of which webify's own sentences about the run show dots
    allowance   what it may take
    exits       what its exit codes mean
    warm        how its modules are imported beforehand, None where they are not
    stdin       what its standard input begins with: secrets that are no arguments
    input       "ask" people for what it reads, or "none": it finds its input empty
    terminal    it is started at a terminal of its own
    end_left    what it leaves running at its own end is ended too
    patience    seconds for which an answer of theirs is waited for
    """

    argv: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    cwd: str = ""
    seconds: float = 0.0
    output: str = ""
    adapter: str = ""
    columns: Columns = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    allowance: Allowance = field(default_factory=Allowance)
    exits: tuple[Exit, ...] = ()
    stdin: str = ""
    input: str = "ask"
    patience: float = 600.0
    terminal: bool = False
    end_left: bool = False
    warm: Recipe | None = None


@dataclass(frozen=True)
class Label:
    """What stands before an order, for who hands it on: reading all of it takes longer.

    key   of the recipe of a process that may wait for the run, () where none may
    """

    id: str
    key: tuple[str, ...] = ()

    def line(self) -> bytes:
        """Return the words that say this."""
        return json.dumps([self.id, *self.key]).encode("ascii")

    @classmethod
    def read(cls, line: bytes) -> Label | None:
        """Return the label of an order, None where a line says something else."""
        label, tab, _ = line.partition(TAB)
        if not tab:
            return None
        run_id, *key = json.loads(label)
        return cls(run_id, tuple(key))


@dataclass(frozen=True)
class Order:
    """One run to start.  Holds secrets: it goes by a pipe and is never written to disk.

    folder      the run's folder
    env         the whole environment of the tool
    run_bytes   how much of the output is kept, 0 for all
    given       the files that are there beforehand
    """

    id: str
    folder: str
    plan: Plan
    env: dict[str, str]
    run_bytes: int = 0
    given: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def reads(self) -> bool:
        """Say whether its tool can be given something at its standard input."""
        return bool(self.plan.stdin) or self.plan.input != NOTHING

    def line(self) -> bytes:
        """Return the line that says this, its label first."""
        warm = self.plan.warm
        label = Label(self.id, warm.key if warm else ())
        said = vars(self) | {"plan": to_plain(self.plan)}
        return label.line() + TAB + json.dumps(said).encode("ascii") + b"\n"

    def shown(self, run: Run) -> dict[str, object]:
        """Return what is kept of it beside what comes of it; no secrets, the run masks them."""
        return {
            "id": run.id,
            "tool": run.tool,
            "path": run.path,
            "argv": run.argv,
            "user": run.user,
            "created": run.created,
            "cwd": self.plan.cwd,
            "seconds": self.plan.seconds,
            "terminal": self.plan.terminal,
            "given": self.given,
        }

    @classmethod
    def read(cls, line: bytes) -> Order:
        """Return the order that a line says."""
        data: dict[str, Any] = json.loads(line.partition(TAB)[2])
        plan = from_plain(Plan, data.pop("plan"))
        given = {name: tuple(stamp) for name, stamp in data.pop("given").items()}
        return cls(plan=plan, given=given, **data)


@dataclass(frozen=True)
class Answer:
    """What a supervisor says to the engine; `said` is one of these.

    ready     it waits for an order
    started   it has taken the order
    printed   something stands in the file of standard output
    ended     all is written down
    failed    no supervisor could be had
    spare     a process waits beside it for the tool's run
    doubt     none can
    gone      it has ended while it waited
    """

    said: str
    id: str = ""
    pid: int = 0
    birth: str = ""

    def line(self) -> bytes:
        """Return the line that says this."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Answer:
        """Return the answer that a line says."""
        return cls(**json.loads(line))


def environment(added: Mapping[str, str], run_id: str) -> dict[str, str]:
    """Return the environment of a tool: this process's own without webify's settings, and more.

    Words of a Python tool arrive when they are printed, and as UTF-8.  Windows has files in
    other encodings, so there only the streams are told; and a tool that takes the name for an
    encoding of its own (csvkit does) must find one, so no way to treat errors is added to it.
    """
    found = {name: value for name, value in os.environ.items() if not _ours(name)}
    found.update({"PYTHONIOENCODING": "utf-8"} if sys.platform == "win32" else {"PYTHONUTF8": "1"})
    found.update(PYTHONUNBUFFERED="1", TERM="dumb", COLUMNS="160")
    found.update(added)
    found[MARK] = run_id
    return found


def _ours(name: str) -> bool:
    return name.startswith("WEBIFY_") or name in ("FORCE_COLOR", "CLICOLOR_FORCE")
