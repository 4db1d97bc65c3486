"""What is read of the help texts of real programs, in all layouts that are known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from webify.manuals.facts import Page
from webify.manuals.help_text import read_help

FOLDER = Path(__file__).with_name("help")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_help_text_tells_what_its_file_of_facts_says(name: str, golden: bool) -> None:
    place = FOLDER / f"{name}.json"
    expected = json.loads(place.read_text(encoding="utf-8"))
    page = read_help(text_of(name), program=expected["program"], path=tuple(expected["path"]))
    found = plain(page) if page else {}
    if golden:
        lines = re.sub(
            r"\n {4,}|\n {3}(?=[\]}])", " ", json.dumps({**expected, "page": found}, indent=1)
        )
        place.write_text(lines + "\n", encoding="utf-8")
        expected["page"] = found
    assert found == expected["page"]


def test_there_are_many_texts_and_each_has_its_facts() -> None:
    assert len(NAMES) >= 30
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_spelling_belongs_to_two_options(name: str) -> None:
    page = read_help(text_of(name))
    words = [word for fact in page.options for word in fact.spellings] if page else []
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", NAMES)
def test_every_option_that_is_found_stands_in_the_text(name: str) -> None:
    text = text_of(name)
    page = read_help(text)
    names = [word.strip("-/") for fact in page.options for word in fact.spellings] if page else []
    stripped = re.sub(r"[\[\]]", "", text)
    assert [word for word in names if word not in stripped and len(word) > 1] == []


def test_a_table_behind_the_options_gives_the_choices_of_the_placeholder_in_its_heading() -> None:
    rows = "  warn   go on, and say so\n  exit   stop at once\n"
    text = f"Usage: x [FILE]\n  --on-error=MODE   what to do\n\nMODE is what is done:\n\n{rows}"
    page = read_help(text)
    assert page
    assert [choice.value for choice in page.options[0].choices] == ["warn", "exit"]


def text_of(name: str) -> str:
    """Return a help text as the program printed it."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def plain(page: Page) -> dict[str, Any]:
    """Return a page without what is empty, and choices as plain words."""
    return {key: value for key, value in _plain(page).items() if key not in ("source", "path")}


def _plain(thing: Any) -> Any:
    if isinstance(thing, tuple):
        return [_plain(each) for each in thing]
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    fields = {name: _plain(getattr(thing, name)) for name in thing.__dataclass_fields__}
    if set(fields) == {"value", "label"}:
        return fields["value"] if not fields["label"] else [fields["value"], fields["label"]]
    return {name: value for name, value in fields.items() if value not in ("", [], False, None)}


def test_titles_with_any_line_of_marks_below_them_begin_a_section() -> None:
    page = read_help(
        "Usage: cut FILE [--option=value]...\n\nInput options\n^^^^^^^^^^^^^\n\n--from=<place>\n"
        "  Where it begins.\n\nOutput options\n++++++++++++++\n\n--into=<file>\n  Where it goes.\n",
        program="cut",
    )
    assert page is not None
    found = {each.spellings: (each.group, each.help) for each in page.options}
    assert found[("--from",)] == ("Input options", "Where it begins.")
    assert found[("--into",)] == ("Output options", "Where it goes.")
