"""Answers to what a tool asks, as a browser without scripts sends them."""

from __future__ import annotations

import pytest

from tests.kept import kept
from tests.runs.bench import until
from tests.web.conftest import Visitor
from webify.runs.answering import ANSWERED, GONE, Given
from webify.runs.question import LONGEST, read_question
from webify.web.questions import fault_of
from webify.web.said import EMPTY, LINES, LONG, ODD, SAID


def asked(visitor: Visitor, kind: str = "name") -> str:
    """Start a tool that asks, wait for its question, and return the address of the run."""
    address = visitor.post("/tools/asker", {"kind": kind}).headers["Location"]
    services = visitor.services
    folder = services.engine.folder(services.store.run(address.rpartition("/")[2]))
    until(lambda: read_question(folder))
    return str(address)


def ended(visitor: Visitor, address: str) -> str:
    visitor.services.engine.wait(address.rpartition("/")[2], 20.0)
    return visitor.get(address).text


def test_answer_of_a_form_leads_back_to_the_run(visitor: Visitor) -> None:
    address = asked(visitor)
    page = visitor.get(address).text
    assert 'http-equiv="refresh"' not in page
    assert "<title>? Asker" in page
    answer = visitor.post(f"{address}/answer", {"number": "1", "text": "Ann"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert "Hello Ann" in ended(visitor, address)


@pytest.mark.parametrize(
    ("kind", "sent", "fault"),
    [
        ("name", {"number": "1", "text": "two\r\nlines"}, LINES),
        ("name", {"number": "1", "text": "a\x1b[2Jb"}, ODD),
        ("yes", {"number": "1", "text": " "}, EMPTY),
        ("name", {"number": "2", "text": "early"}, GONE),
        ("name", {"number": "one", "text": "?"}, ANSWERED),
        ("name", {"text": "no number"}, ANSWERED),
    ],
)
def test_answer_that_does_not_do_is_not_sent_and_said(
    visitor: Visitor, kind: str, sent: dict[str, str], fault: str
) -> None:
    address = asked(visitor, kind)
    answer = visitor.post(f"{address}/answer", sent)
    assert answer.headers["Location"] == f"{address}?answer={fault}"
    page = visitor.get(answer.headers["Location"]).text
    assert SAID[fault].replace("“", "") in page.replace("“", "")
    assert 'id="ask"' in page
    visitor.post(f"{address}/stop")


def test_answer_has_a_longest_length() -> None:
    assert fault_of(Given(1, "x" * LONGEST), None, chosen=False) == ""
    assert fault_of(Given(1, "x" * (LONGEST + 1)), None, chosen=False) == LONG


def test_answer_without_the_token_of_a_page_is_refused(visitor: Visitor) -> None:
    address = asked(visitor)
    answer = visitor.client.post(f"{address}/answer", data={"number": "1", "text": "x"})
    assert answer.status_code == 403
    foreign = visitor.post(
        f"{address}/answer", {"number": "1", "text": "x"}, headers={"Origin": "http://evil.example"}
    )
    assert foreign.status_code == 403
    assert 'id="ask"' in visitor.get(address).text
    visitor.post(f"{address}/stop")


def test_answer_after_the_end_is_told(visitor: Visitor) -> None:
    address = asked(visitor)
    visitor.post(f"{address}/stop")
    ended(visitor, address)
    answer = visitor.post(f"{address}/answer", {"number": "1", "text": "late"})
    assert SAID[GONE] in visitor.get(answer.headers["Location"]).text


def test_question_is_shown_and_never_trusted(visitor: Visitor) -> None:
    address = asked(visitor, "hostile")
    page = visitor.get(address).text
    assert "<b>bold</b>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    visitor.post(f"{address}/stop")


def test_password_is_nowhere_on_the_page_and_in_no_file(visitor: Visitor) -> None:
    address = asked(visitor, "word")
    assert 'type="password"' in visitor.get(address).text
    visitor.post(f"{address}/answer", {"number": "1", "text": "Gr8-secret"})
    page = ended(visitor, address)
    assert "Gr8-secret" not in page + visitor.get("/runs").text
    for path, data in kept(visitor.services.settings.data):
        assert b"Gr8-secret" not in data, path


def test_setting_of_a_command_holds_for_those_below_it(visitor: Visitor) -> None:
    said = visitor.services.catalog.found("office").settings
    assert (said.input_of([]), said.input_of(["levels"]), said.input_of(["orders"])) == (
        "ask",
        "none",
        "ask",
    )
