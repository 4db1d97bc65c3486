"""The page of a run that has just begun: sent with its first output, completed at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.bench import until
from tests.web.conftest import Visitor, shown
from webify.services import Services, open_services
from webify.settings import load_settings
from webify.web import runs, unfolding
from webify.web.app import create_app

HALF = '''
"""Print a word, and go on until a file is there."""
import argparse, os, pathlib, time

parser = argparse.ArgumentParser(description="Print a word, and go on until a file is there.")
parser.add_argument("end", type=pathlib.Path)
parser.add_argument("--silent", action="store_true")
parser.add_argument("--ask", action="store_true")
parser.add_argument("--slowly", action="store_true")
given = parser.parse_args()
if given.slowly:
    os.write(1, b"begun")
    time.sleep(0.1)
if not given.silent:
    print("one half <b>")
if given.ask:
    print("got", input("Which? "))
while not given.end.exists():
    time.sleep(0.01)
if not given.silent:
    print("the other half")
'''


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Return the services of a site with one tool."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "half.py").write_text(HALF, encoding="utf-8")
    opened = open_services(load_settings(tools, {"data": str(tmp_path / "data")}, {}))
    yield opened
    opened.close()


@pytest.fixture
def visitor(services: Services, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Return somebody whose pages wait as long as it takes."""
    monkeypatch.setattr(runs, "WAIT", 20.0)
    return Visitor(create_app(services).test_client(), services)


def begun(visitor: Visitor, **given: str) -> tuple[str, Iterator[bytes]]:
    """Start the tool; return the address of the run, and its page as it comes."""
    token = visitor.get("/tools/half").text.partition('name=":csrf" value="')[2]
    visitor.token = token.partition('"')[0]
    address = visitor.post("/tools/half", given).headers["Location"]
    return address, visitor.get(address, buffered=False).iter_encoded()


def test_page_is_sent_with_the_first_output(visitor: Visitor, tmp_path: Path) -> None:
    end = tmp_path / "end"
    _, page = begun(visitor, end=str(end))
    first = next(page).decode()
    assert "one half &lt;b&gt;" in first
    assert "data-events" in first
    assert "</main>" in next(page).decode()
    end.touch()
    rest = b"".join(page).decode()
    assert "the other half" in rest
    assert "Finished" in rest
    assert "data-events" not in rest
    assert rest.count("<main ") == 1
    assert rest.rstrip().endswith("</html>")


def test_icons_are_drawn_where_they_stand_as_the_end_of_the_page_comes_late(
    visitor: Visitor, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    _, page = begun(visitor, end=str(end))
    first = next(page).decode() + next(page).decode()
    assert re.search(r"<svg[^>]*><path[^>]*></svg>Copy link|<svg.*</svg>Copy link", first)
    assert 'href="#i-' not in first
    end.touch()
    rest = b"".join(page).decode()
    assert "</svg>Change and run again" in rest
    assert 'href="#i-' not in rest


def test_title_that_is_sent_before_the_end_is_true_of_the_end_too(
    visitor: Visitor, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    _, page = begun(visitor, end=str(end))
    first = next(page).decode()
    assert "<title>Half" in first
    assert 'data-title="Running: Half' in first
    end.touch()
    assert 'data-title="Half' in b"".join(page).decode()


def test_page_that_comes_back_by_itself_stays_at_its_address(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "WAIT", 0.0)
    address, _ = begun(visitor, end="/nothing", silent="1")
    url = r'http-equiv="refresh" content="3;url=([^"]*)"'
    for asked in (address, f"{address}?tab=raw"):
        page = visitor.get(asked, base_url="http://localhost/office").text
        assert re.findall(url, page) == [f"/office{asked}"]
    visitor.services.engine.stop(address[6:])


def test_question_that_comes_behind_a_prompt_is_on_the_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = iter([20.0, 0.0])  # for the first output, and for the end
    monkeypatch.setattr(unfolding, "_rest", lambda _limit: next(rests))
    address, page = begun(visitor, end="/", ask="1")
    begins = next(page).decode()
    assert "one half" in begins
    folder = visitor.services.engine.folder(visitor.services.store.run(address[6:]))
    until(folder.question_path.exists)
    assert 'id="ask"' in begins + b"".join(page).decode()  # it may have asked before
    visitor.services.engine.stop(address[6:])


def test_first_line_is_waited_for_until_it_ends(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfolding, "LINE", 20.0)
    address, page = begun(visitor, end="/", slowly="1")
    assert "begunone half" in next(page).decode()
    visitor.services.engine.stop(address[6:])


def test_nothing_is_sent_before_something_is_printed(visitor: Visitor, tmp_path: Path) -> None:
    end = tmp_path / "end"
    end.touch()
    _, page = begun(visitor, end=str(end), silent="1")
    whole = b"".join(page).decode()
    assert whole.count("<main ") == 1
    assert "The program finished and printed nothing." in whole


def test_visitor_that_leaves_early_hinders_nothing(visitor: Visitor, tmp_path: Path) -> None:
    end = tmp_path / "end"
    address, page = begun(visitor, end=str(end))
    next(page)
    page.close()  # type: ignore[attr-defined] # a generator, as the server closes it
    end.touch()
    assert visitor.services.engine.wait(address[6:], 20.0).exit_code == 0
    assert "the other half" in shown(visitor.get(address).text)
