"""Where a tool takes the path of a file, a file may be sent from one's own machine."""

from __future__ import annotations

import re


def test_file_is_sent_instead_of_a_path(visitor, upload):
    files = {"paths": [upload("a.csv", 42), upload("b.csv", 7)]}
    text = visitor.get(visitor.run("/tools/reader", files)).text
    assert "path a.csv 42" in text
    assert "path b.csv 7" in text
    assert "path rules.txt is not there" in text


def test_default_of_a_path_gives_way_to_the_file(visitor, upload):
    answers = {"paths": "/no/such", "rules": upload("mine.txt", 9)}
    text = visitor.get(visitor.run("/tools/reader", answers)).text
    assert "path such is not there" in text
    assert "path mine.txt 9" in text
    given = {**answers, "rules": ["rules.txt", upload("mine.txt", 9)]}
    assert "path mine.txt 9" in visitor.get(visitor.run("/tools/reader", given)).text


def test_path_and_file_together_are_a_fault_of_the_field(visitor, upload):
    answer = visitor.post("/tools/reader", {"paths": ["/etc/hosts", upload("a.csv")]})
    assert answer.status_code == 422
    assert answer.text.count("Enter a path or choose a file, not both.") == 2
    assert "Passwords and files are not sent back" in answer.text


def test_large_file_for_a_path_is_a_fault(visitor, upload):
    answer = visitor.post("/tools/reader", {"paths": upload("big.csv", 2500)})
    assert answer.status_code == 422
    assert "The limit is" in answer.text


def test_file_that_was_sent_is_given_again(visitor, upload):
    run = visitor.run("/tools/reader", {"paths": upload("a.csv", 42), "rules": "/tmp"})
    page = visitor.get(run).text
    assert ">Run again<" not in re.sub(r"<svg.*?</svg>", "", page)
    form = visitor.get(f"/tools/reader?from={run[6:]}").text
    assert "a.csv" not in form.partition("<aside")[0]
    assert 'value="/tmp"' in form


def test_path_that_was_typed_is_filled_in_again(visitor):
    run = visitor.run("/tools/reader", {"paths": "/no/such"})
    assert ">Run again<" in re.sub(r"<svg.*?</svg>", "", visitor.get(run).text)
    assert 'value="/no/such"' in visitor.get(f"/tools/reader?from={run[6:]}").text


def test_file_that_is_written_is_not_asked_for(visitor):
    names = re.findall(r'type="file" id="[^"]+" name="([^"]+)"', visitor.get("/tools/reader").text)
    assert names == ["paths", "rules"]
