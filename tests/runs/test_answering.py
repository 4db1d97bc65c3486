"""Where a supervisor takes answers."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from tests.runs.bench import until
from webify.runs.answering import TAKEN, Desk, Given, give
from webify.runs.folder import RunFolder
from webify.runs.prompt import TEXT, Prompt
from webify.runs.question import Open, Question, write_open


def test_desk_closes_while_the_last_answer_is_still_being_taken(tmp_path: Path) -> None:
    folder, taking = RunFolder(tmp_path), threading.Event()

    def take(_given: Given) -> str:
        taking.set()
        until(lambda: desk._closed)
        return TAKEN

    desk = Desk(folder, take)
    desk.start()
    now = datetime.now(UTC)
    write_open(folder, Open(Question(1, Prompt("Go on?", TEXT), now, now), desk.address, desk.key))
    threading.Thread(target=give, args=(folder, Given(1, "y")), daemon=True).start()
    assert taking.wait(10)
    closing = threading.Thread(target=desk.close, daemon=True)
    closing.start()
    closing.join(10)
    assert not closing.is_alive()
