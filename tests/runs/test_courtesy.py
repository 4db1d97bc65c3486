"""What many runs weigh beside the pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.runs.bench import Bench, until
from webify.runs import courtesy
from webify.runs.courtesy import MOST, level_of


def test_a_few_runs_weigh_as_much_as_in_a_shell_and_many_together_no_more_than_few() -> None:
    assert [level_of(runs, 4) for runs in (0, 1, 4)] == [0, 0, 0]
    for runs in (8, 20, 50, 100):
        together = runs * courtesy.STEP ** -level_of(runs, 4)
        assert 3.5 < together < 4.5
    assert level_of(100_000, 1) == MOST


if sys.platform != "win32":  # there it is a class, not a number

    def session(pid: int) -> list[str]:
        """Return how nice the session of a process is, nothing where that cannot be told."""
        group = Path(f"/proc/{pid}/autogroup")
        return group.read_text(encoding="ascii").split()[-1:] if group.exists() else []

    @pytest.mark.clock
    def test_runs_of_a_crowd_step_back_and_their_tools_with_them(
        bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(courtesy, "AGE", 0.0)
        level = min(MOST, os.getpriority(os.PRIO_PROCESS, 0) + 7)  # who tests may be nice too
        monkeypatch.setattr(courtesy, "level_of", lambda _runs, _cores: level)
        run = bench.python("import time; time.sleep(60)")
        process = bench.process(run)
        for pid in (process.pid, process.tool_pid):
            until(lambda pid=pid: os.getpriority(os.PRIO_PROCESS, pid) == level)
            until(lambda pid=pid: session(pid) in ([str(level)], []))
        bench.engine.stop(run.id)
        bench.done(run)
