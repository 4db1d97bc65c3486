"""The server keeps house: real folders, a real store, and clocks that tests turn."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.runs.bench import until
from tests.runs.test_remains import left_over
from webify.errors import RunUnknown, StoreUnusable
from webify.keeping import keeper as keeper_module
from webify.keeping.keeper import Keeper
from webify.keeping.removal import GONE
from webify.keeping.retention import age_kept, kept
from webify.keeping.steady import DAY, SteadyClock
from webify.model.run import Run, State
from webify.runs.folder import End, RunFolder
from webify.runs.remains import note
from webify.settings import Limits, Settings
from webify.store.store import RunFilter, Store
from webify.tool_settings import ToolSettings

NOW = datetime.now(UTC)
STILL = "what it left behind still runs"
MANY = "Runs are kept for 90 days, 1,000 runs of each tool, as far as there is room for them"


class House:
    """A data folder with runs in it, and its keeper."""

    def __init__(self, data: Path, tools: dict[str, ToolSettings], **limits: int) -> None:
        self.settings = Settings(data, data, limits=Limits(**limits), tools=tools)
        self.root = data / "runs"
        self.store = Store(data / "webify.db")
        self.keeper = self.trusting()

    def trusting(self) -> Keeper:
        """Return a keeper whose clock has been steady for a day."""
        made = Keeper(self.settings, self.store, begin=0.0)
        made._clock._since -= DAY
        return made

    def run(self, name: str, age: float = 0.0, size: int = 0, **fields: Any) -> Path:
        created = NOW - timedelta(days=age)
        run = Run(name, "stock", "Stock", created=created, state=State.SUCCEEDED)
        run = self.store.add(replace(run, **fields))
        folder = RunFolder.of(self.root, run)
        folder.make()
        folder.out_path.write_bytes(b"x" * size)
        return folder.path

    def left(self) -> str:
        """Return the names of the runs that have both a folder and a line in the history."""
        folders = {path.name for path in self.root.glob("*/*/*/*")}
        assert folders == self.store.known(sorted(folders | set("abcdefgh")))
        assert not list((self.root / GONE).glob("*"))
        return "".join(sorted(folders))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Any]:
    made: list[House] = []

    def build(tools: dict[str, ToolSettings] | None = None, **limits: int) -> House:
        made.append(House(tmp_path, tools or {}, **limits))
        return made[-1]

    yield build
    for each in made:
        each.keeper.close()
        each.store.close()


def test_old_runs_go_with_their_folders_and_pinned_ones_stay(house: Any) -> None:
    home = house()
    for name, age in {"a": 200, "b": 100, "c": 80, "d": 0}.items():
        home.run(name, age)
    home.store.pin("a")
    home.keeper.look()
    assert home.left() == "acd"


def test_runs_go_by_number_and_by_the_room_that_they_take(house: Any) -> None:
    home = house({"share": ToolSettings(keep_runs=1)}, disk_bytes=3_000_000)
    for name in "abcd":
        home.run(name, size=1_000_000)
    home.run("e", tool="share")
    home.run("f", tool="share")
    home.keeper.look()
    assert home.left() == "cdf"
    assert 2_000_000 <= home.store.bytes() <= 3_000_000


def test_tool_has_limits_of_its_own_by_age_number_and_room(house: Any) -> None:
    tools = {
        "aged": ToolSettings(keep_days=10),
        "counted": ToolSettings(keep_runs=1),
        "large": ToolSettings(keep_bytes=1_500_000),
    }
    home = house(tools)
    for names, tool in (("ab", "aged"), ("cde", "counted"), ("fgh", "large")):
        for age, name in zip((20, 9, 8), names, strict=False):
            home.run(name, age, size=1_000_000 if tool == "large" else 0, tool=tool)
    home.store.pin("c")
    home.keeper.look()
    assert home.left() == "bceh"


def test_run_that_grew_since_is_measured_again(house: Any) -> None:
    home = house(keep_bytes=2_000_000)
    path = home.run("a", size=500_000)
    home.run("b")
    home.keeper.look()
    (path / "reread").mkdir()
    (path / "reread" / "rows.db").write_bytes(b"x" * 3_000_000)
    home.keeper.look()
    assert home.left() == "ab"
    home.store.measure("a", None)
    home.keeper.look()
    assert home.left() == "b"


def test_clock_in_the_future_removes_nothing(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    home = house()
    home.run("a", 1)
    home.keeper.look()
    turned = NOW + timedelta(days=3650)
    monkeypatch.setattr("webify.keeping.steady._wall", lambda _given: turned)
    home.keeper.look()
    assert home.left() == "a"
    fresh = Keeper(home.settings, home.store)
    fresh.look()
    assert home.left() == "a"


def test_run_that_cannot_be_moved_just_now_goes_later(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = house()
    for name in "abc":
        home.run(name, 100)

    def held(path: Path, gone: Path) -> Path | None:
        if path.name == "b":
            raise PermissionError(13, "somebody reads it")  # as Windows says it
        return put_away(path, gone)

    put_away = keeper_module.put_away
    monkeypatch.setattr(keeper_module, "put_away", held)
    home.keeper.look()
    assert home.left() == "b"
    monkeypatch.undo()
    home.keeper.look()
    assert home.left() == ""


def test_run_stays_while_something_that_it_left_lives_and_is_told_once(
    house: Any, caplog: pytest.LogCaptureFixture
) -> None:
    home = house(keep_runs=1)
    caplog.set_level("INFO", "webify")
    with left_over() as there:
        for name in "abc":
            path = home.run(name, 100)
            RunFolder(path).close(End(State.SUCCEEDED, left=(there,) if name == "a" else ()))
        home.keeper.look()
        home.keeper.look()
        assert home.left() == "a"
        assert caplog.text.count(f"run a is kept for now: {STILL}: python ({there.pid})") == 1
    home.keeper.look()
    assert home.left() == ""


def test_folder_of_no_run_stays_while_something_in_it_is_at_work(house: Any) -> None:
    home = house()
    path = home.run("a", 10).parent / "stray"
    path.mkdir()
    os.utime(path, (0, 0))
    with left_over() as there:
        note(RunFolder(path), Run("stray", "stock", "Stock"), (there,))
        home.keeper.look()
        assert path.exists()
    home.keeper._swept = None
    home.keeper.look()
    assert not path.exists()


def test_run_that_is_pinned_while_it_goes_is_put_back(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = house()
    home.run("a", 100)
    put_away = keeper_module.put_away

    def pinned_meanwhile(path: Path, gone: Path) -> Path | None:
        home.store.pin("a")
        return put_away(path, gone)

    monkeypatch.setattr(keeper_module, "put_away", pinned_meanwhile)
    home.keeper.look()
    assert home.left() == "a"


def test_history_that_cannot_be_written_keeps_run_and_folder(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = house()
    home.run("a", 100)
    home.keeper._measure()
    monkeypatch.setattr("webify.store.opening.BUSY", 0.01)
    busy = Store(home.settings.data / "webify.db")
    keeper = Keeper(home.settings, busy)
    keeper._clock._since -= DAY
    with home.store._writing(), pytest.raises(StoreUnusable):
        keeper.look()
    busy.close()
    assert home.left() == "a"


def test_what_a_crash_left_half_way_is_put_back_or_erased(house: Any) -> None:
    home = house()
    path = home.run("a", 1)
    (home.root / GONE / "b" / "files").mkdir(parents=True)
    path.rename(home.root / GONE / "a")
    home.keeper.look()
    assert home.left() == "a"


def test_folder_of_no_run_goes_after_a_day_and_those_of_another_store_stay(house: Any) -> None:
    home = house()
    known = home.run("a", 10)
    ages = {"young": 0.5, "stray": 2, "before": 50, "ancient": 95}
    for name, age in ages.items():
        path = known.parent / name
        (path / "files").mkdir(parents=True)
        when = time.time() - age * DAY
        os.utime(path, (when, when))
    empty = home.root / "2001" / "01" / "01"
    empty.mkdir(parents=True)
    os.utime(empty, (when, when))
    home.keeper.look()
    assert {path.name for path in known.parent.iterdir()} == {"a", "young", "before"}
    assert not (home.root / "2001").exists()


def test_comparisons_that_nobody_looks_at_go_after_a_week(house: Any) -> None:
    home = house()
    compared = home.settings.data / "compared"
    compared.mkdir()
    for name, age in {"old.db": 8, "used.db": 6}.items():
        (compared / name).touch()
        when = time.time() - age * DAY
        os.utime(compared / name, (when, when))
    home.keeper.look()
    assert [path.name for path in compared.iterdir()] == ["used.db"]


@pytest.mark.clock
def test_keeper_works_by_itself_and_stops_at_once(house: Any) -> None:
    home = house(keep_runs=1)
    for name in "abc":
        home.run(name)
    home.keeper.start()
    until(lambda: len(home.store.known(["a", "b", "c"])) == 1)
    began = time.monotonic()
    home.keeper.close()
    assert time.monotonic() - began < 1.0
    with pytest.raises(RunUnknown):
        home.store.run("a")


@pytest.mark.clock
def test_pages_never_wait_for_the_keeper(house: Any) -> None:
    home = house(keep_runs=1)
    for number in range(60):
        path = home.run(f"run{number}")
        for file in range(20):
            (path / "files" / str(file)).touch()
    home.keeper.start()
    slowest = 0.0
    while len(home.store.known([f"run{number}" for number in range(60)])) > 1:
        began = time.monotonic()
        home.store.runs(RunFilter())
        home.store.add(Run(f"new{began}", "other", "Other", created=NOW))
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 0.5


@pytest.mark.parametrize(
    ("limits", "tools", "said"),
    [
        ({}, {}, "Runs are kept for 90 days. Pinned runs stay."),
        ({"keep_days": 1}, {}, "Runs are kept for 1 day. Pinned runs stay."),
        ({"keep_days": 0}, {}, "Runs are kept until somebody deletes them. Pinned runs stay."),
        (
            {"keep_runs": 1000, "disk_bytes": 10**9},
            {"a": ToolSettings(keep_days=5)},
            f"{MANY}; some tools have limits of their own. Pinned runs stay.",
        ),
    ],
)
def test_rule_is_said_in_one_line(
    tmp_path: Path, limits: dict[str, int], tools: dict[str, ToolSettings], said: str
) -> None:
    settings = Settings(tmp_path, tmp_path, limits=Limits(**limits), tools=tools)
    assert kept(settings) == said
    days = limits.get("keep_days", 90)
    age = {0: "", 1: "Runs are kept for 1 day.", 90: "Runs are kept for 90 days."}
    assert age_kept(settings) == age[days]


def test_time_that_is_noted_is_read_by_the_next_server(tmp_path: Path) -> None:
    clock = SteadyClock(tmp_path)
    clock._since -= DAY
    assert clock.look()
    assert SteadyClock(tmp_path).look()
