"""The server's log keeps what was told, and nothing that could be a secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from webify.server_log import KEPT, LONGEST, ServerLog

OWN, OTHER = logging.getLogger("webify.runs.engine"), logging.getLogger("asyncio")


@pytest.fixture
def log() -> Iterator[ServerLog]:
    log = ServerLog()
    with log.written():
        yield log


def test_newest_entry_comes_first_with_its_level(log: ServerLog) -> None:
    OWN.info("%d runs were removed", 3)
    OWN.warning("%s is read anew", "stock")
    assert [(each.level, each.words) for each in log.entries()] == [
        ("warning", "stock is read anew"),
        ("info", "3 runs were removed"),
    ]


def test_error_is_told_by_kind_and_place_and_never_by_its_text(log: ServerLog) -> None:
    try:
        int("hunter2")
    except ValueError:
        OWN.exception("a page failed")
    [entry] = log.entries()
    assert entry.cause.startswith("ValueError in test_server_log.py, line ")
    assert "hunter2" not in repr(entry)


def test_reason_of_the_system_is_told(log: ServerLog) -> None:
    OWN.error("kept nothing", exc_info=OSError(28, "No space left on device"))
    assert log.entries()[0].cause == "OSError (No space left on device)"


def test_what_others_put_into_their_sentences_is_left_out(log: ServerLog) -> None:
    OTHER.warning("%s took %.3f seconds", "hunter2", 0.4)
    OTHER.info("nothing to see")
    [entry] = log.entries()
    assert entry.words.startswith("asyncio: … took ")
    assert "hunter2" not in repr(entry)


def test_what_is_told_again_and_again_is_one_entry(log: ServerLog) -> None:
    for _ in range(3):
        OWN.warning("the disk is full")
    OWN.info("reading mode is over")
    assert [each.count for each in log.entries()] == [1, 3]


def test_entry_is_one_short_line_and_old_ones_go(log: ServerLog) -> None:
    for count in range(KEPT + 5):
        OWN.info("%d\n\x1b[31m%s", count, "x" * 1000)
    entries = log.entries()
    assert len(entries) == KEPT
    assert all(each.words.isprintable() and len(each.words) == LONGEST + 1 for each in entries)


def test_warning_goes_to_standard_error_with_the_time(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger("webify").level
    with ServerLog().written():
        OWN.warning("the disk is full")
        OWN.info("all is well")
    said = capsys.readouterr().err
    assert said.endswith(" WARNING the disk is full\n")
    assert said[:4].isdigit()
    assert (logging.getLogger().handlers, logging.getLogger("webify").level) == before
