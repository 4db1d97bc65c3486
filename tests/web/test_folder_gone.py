"""The folder of a run was deleted by hand: every page that had to do with it still answers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.runs.bench import until
from tests.web.conftest import Visitor, folder_of
from webify.model.run import State
from webify.services import Services

PLACES = (
    "", "?tab=raw", "?tab=errors", "?tab=details", "?part=raw", "?part=result", "?part=page",
    "?read=text", "/out", "/err", "/out?download", "/output", "/output?q=word", "/errors",
    "/files.zip", "/files/book.csv", "/view/book.csv", "/tables/1", "/tables/1?sort=1",
    "/tables/1.csv", "/tables/1.xlsx", "/tables/1.json",
)  # fmt: skip
OTHERS = ("/", "/runs", "/server", "/conversion", "/tools/mixed", "/tools/shelf", "/go?q=mixed")


@pytest.mark.parametrize("tool", ["mixed", "shelf"])
def test_every_page_of_a_run_without_a_folder_answers(
    services: Services, visitor: Visitor, tool: str
) -> None:
    run = visitor.run(f"/tools/{tool}")
    shutil.rmtree(folder_of(services, run))
    answers = {place: visitor.get(f"{run}{place}").status_code for place in PLACES}
    assert {
        place: code for place, code in answers.items() if code not in (200, 302, 303, 404)
    } == {}
    assert answers[""] == answers["?tab=details"] == 200
    for place in (*OTHERS, f"/tools/{tool}?from={run.rpartition('/')[2]}"):
        assert visitor.get(place).status_code == 200, place


def test_page_says_that_its_files_are_gone(services: Services, visitor: Visitor) -> None:
    run = visitor.run("/tools/mixed")
    shutil.rmtree(folder_of(services, run))
    assert "The files of this run are gone" in visitor.get(run).text


def test_folder_that_is_gone_hinders_no_button(services: Services, visitor: Visitor) -> None:
    run = visitor.run("/tools/mixed")
    shutil.rmtree(folder_of(services, run))
    for what in ("pin", "unpin", "stop", "answer"):
        assert visitor.post(f"{run}/{what}").status_code == 303, what
    assert visitor.post(f"{run}/read", {"way": "csv", "block": "0"}).status_code < 500


def removed(folder: Path) -> bool:
    """Remove a folder into which others write, as far as they let it go; say whether it went."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


if os.name == "posix":  # elsewhere a file that is open cannot be deleted

    def test_run_that_goes_on_without_its_folder_says_so_and_can_be_cancelled(
        services: Services, visitor: Visitor
    ) -> None:
        started = visitor.post("/tools/asker", {"kind": "yes", "times": "1"})
        run = started.headers["Location"]
        until(lambda: "Measure it too?" in visitor.get(f"{run}/out").text)
        until(lambda: removed(folder_of(services, run)))
        answers = {place: visitor.get(f"{run}{place}").status_code for place in PLACES}
        assert {place: code for place, code in answers.items() if code not in (200, 404)} == {}
        assert answers[""] == answers["?part=page"] == 200
        assert "What it prints and makes from now on is not kept" in visitor.get(run).text
        assert visitor.post(f"{run}/answer", {"number": "1", "text": "y"}).status_code == 303
        assert visitor.post(f"{run}/stop", {"sure": "1"}).status_code == 303
        ended = services.engine.wait(run.rpartition("/")[2], 20.0)
        assert (ended.state, visitor.get(run).status_code) == (State.STOPPED, 200)
        page = visitor.get(run).text
        assert "The files of this run were deleted while it went on" in page
        assert "The program wrote nothing" not in page
