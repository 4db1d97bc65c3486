"""What others print when their tool has ended: an output on its way is kept, talk is given up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.runs.bench import Bench, until
from webify.model.run import State
from webify.runs.draining import FLOOD, WINDOW, Flood
from webify.runs.tree import seen

# Prints for as long as it is read, some megabytes a second, from a process that outlives it.
FOREVER = """
import os, time
if os.fork():
    os._exit(0)
while True:
    os.write(1, b'x' * 99_999 + b'\\n')
    time.sleep(0.005)
"""
SUPERVISE = """
import sys
from pathlib import Path
from webify.runs import draining, watch
from webify.runs.folder import RunFolder
from webify.runs.order import Order, Plan
draining.PATIENCE = 0.01
draining.Flood.lasts = lambda flood, kept, now: True
folder = RunFolder(Path(sys.argv[1]))
folder.make()
plan = Plan((sys.executable, "-c", sys.argv[2]), {}, str(folder.files))
watch.supervise(Order("run", str(folder.path), plan, {}), folder)
end = folder.end()
print(end.state.value, end.out_bytes, end.left)
"""


def test_so_much_in_a_while_is_a_flood_and_less_is_none() -> None:
    flood = Flood(0)
    begun = flood._since
    much = int(FLOOD * WINDOW)
    assert not flood.lasts(much, begun + WINDOW / 2)
    assert flood.lasts(much, begun + WINDOW)
    assert flood.lasts(much, begun + WINDOW * 1.5)
    assert not flood.lasts(much + much // 2, begun + WINDOW * 2)


if sys.platform == "linux":

    def test_output_that_is_on_its_way_when_a_tool_ends_is_waited_for(tmp_path: Path) -> None:
        """Talk would be listened to for a moment only; much comes, so it is no talk."""
        tool = FOREVER.replace("while True", "for _ in range(20)")
        words = [sys.executable, "-c", SUPERVISE, str(tmp_path), tool]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.split() == ["succeeded", "2000000", "()"]

    def test_stop_of_what_prints_when_its_tool_has_ended_ends_it_and_says_so(bench: Bench) -> None:
        run = bench.python(FOREVER)
        process = bench.process(run)
        until(lambda: seen(process.tool_pid) is None and bench.folder(run).sizes()[0])
        bench.engine.stop(run.id, by="Anna")
        done = bench.done(run)
        (left,) = done.end.left
        assert not left.living
        assert (done.run.state, done.run.exit_code) == (State.WARNED, 0)
        why = "Stopped by Anna after its own end, with what it had left running"
        assert done.run.reason == why
