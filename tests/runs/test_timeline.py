"""When each chunk of an output came stands in the order in which it was noted."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from webify.runs.pumps import Timeline


def test_times_of_two_streams_never_go_back(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path / "timeline", time.monotonic())

    def note(stream: str) -> None:
        for number in range(5000):
            timeline.note(stream, number)

    threads = [threading.Thread(target=note, args=(stream,)) for stream in ("out", "err")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    noted = (tmp_path / "timeline").read_text(encoding="ascii").splitlines()
    times = [int(line.split()[0]) for line in noted]
    assert len(times) == 10_000
    assert times == sorted(times)
