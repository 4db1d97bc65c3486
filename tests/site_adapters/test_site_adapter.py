"""What a module of the site changes on the pages of its tool."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Site
from tests.site_adapters.office import MODULE, TOOL, furnish

NOUNS = "from dataclasses import replace\nfrom webify.model.command import *\n"


def each_with(change: str) -> str:
    """Return a module that changes each parameter of each command."""
    return (
        f"{NOUNS}\n\ndef describe(command):\n"
        f"    own = tuple(replace(each, {change}) for each in command.parameters)\n"
        "    below = tuple(map(describe, command.commands))\n"
        "    return replace(command, parameters=own, commands=below)\n"
    )


BROKEN = {
    "raises on loading": ("import nothing_of_this_name\n", "line 1: ModuleNotFoundError"),
    "cannot be read": ("def describe(:\n", "line 1: SyntaxError"),
    "raises": (
        "\n\ndef describe(command):\n    return command.nothing\n",
        "line 4: AttributeError",
    ),
    "returns nothing": ("def describe(command):\n    pass\n", "returned NoneType, not a Command"),
    "leaves": ("raise SystemExit(3)\n", "line 1: SystemExit"),
    "names a stranger": ("CHOICES = {'levels.sight': ()}\n", "names “levels.sight”"),
    "reads as nothing known": ("OUTPUT = 'excel'\n", "not “excel”"),
    "puts wrong things in": (
        "import dataclasses\n\ndescribe = lambda c: dataclasses.replace(c, parameters=(3,))\n",
        "The form is as the tool's parser says.",
    ),
    **{
        f"wrong {fault.partition(' ')[0]}": (each_with(fault.partition(" ")[2]), said)
        for fault, said in {
            "kind kind='nope'": "what is no form: kind is 'nope'",
            "label label=5": "what is no form: label is 5",
            "least least='x'": "what is no form: least is 'x'",
            "spellings spellings=['--a']": "what is no form: spellings is ['--a']",
            "default default=Default('value', object())": "what is no form: value is",
            "unit unit=b'x'": "what is no form: unit is b'x'",
            "address address='x'": "two fields have the address 'x'",
            "none address=':csrf'": "the address ':csrf' is none",
            "depends depends=5": "what is no form: depends is 5",
        }.items()
    },
    "makes no command": (
        f"{NOUNS}describe = lambda c: replace(c, syntax=None)\n",
        "syntax is None",
    ),
    "makes no title": (f"{NOUNS}describe = lambda c: replace(c, title=5)\n", "title is 5"),
    "fails in a strange way": (
        "class Odd(Exception):\n    __str__ = None\n\n\ndef describe(c):\n    raise Odd\n",
        "line 6: Odd",
    ),
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the tool with its module."""
    folder = tmp_path_factory.mktemp("site") / "tools"
    furnish(folder)
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site


def options(page: str, address: str) -> list[str]:
    """Return the values of a select."""
    found = re.search(rf'<select[^>]*name="{re.escape(address)}".*?</select>', page, re.DOTALL)
    assert found, f"{address} is no select"
    return re.findall(r'value="([^"]*)"', found[0])


def test_module_amends_what_the_parser_said(stock: Site) -> None:
    assert "Everything on the shelves." in stock.page("/tools/stock")


def test_choices_come_from_the_function(stock: Site) -> None:
    page = stock.page("/tools/stock/levels")
    assert options(page, "levels.region") == ["", "north", "south"]
    assert options(page, "levels.site") == ["", ""]
    assert "Nothing to choose from" in page


def test_choices_follow_another_answer_without_scripts(stock: Site) -> None:
    answers = {"levels.region": "north", "levels.limit": "7", ":choices": "levels.site"}
    page = stock.post("/tools/stock/levels", answers).text
    assert options(page, "levels.site") == ["", "leeds", "hull"]
    assert 'value="7"' in page
    assert 'name=":choices" value="levels.site"' in page


def test_script_gets_only_the_field(stock: Site) -> None:
    stock.page("/tools/stock/levels")
    stock.browser.headers["HX-Request"] = "true"
    try:
        answers = {"levels.region": "south", ":choices": "levels.site"}
        page = stock.post("/tools/stock/levels", answers).text
    finally:
        del stock.browser.headers["HX-Request"]
    assert options(page, "levels.site") == ["", "dover"]
    assert "Dover Harbour" in page
    assert "<html" not in page


def test_value_that_the_function_does_not_offer_is_refused(stock: Site) -> None:
    answers = {"levels.region": "south", "levels.site": "leeds"}
    answer = stock.post("/tools/stock/levels", answers)
    assert answer.status_code == 422
    assert "“leeds” is not one of the choices: Dover Harbour." in answer.text
    assert options(answer.text, "levels.site") == ["", "dover"]


def test_output_is_read_by_the_module(stock: Site) -> None:
    run = stock.run("/tools/stock/levels", {"levels.region": "south", "levels.site": "dover"})
    assert stock.ended(run) == '{"state": "succeeded"}'
    assert stock.browser.get(f"{run}/tables/1.csv").text.splitlines()[1:] == [
        "A0,dover,0", "A1,dover,10", "A2,dover,20",
    ]  # fmt: skip
    page = stock.page(run)
    assert "Levels" in page
    assert "Articles" in page


def test_destructive_command_asks_once_and_says_what_it_does(stock: Site) -> None:
    page = stock.page("/tools/stock/purge")
    assert "It deletes all old orders." in page
    asked = stock.post("/tools/stock/purge", {"purge.before": "2019"})
    assert asked.status_code == 200
    assert "Yes, run it" in asked.text
    assert "Try without changing anything" not in asked.text
    run = stock.run("/tools/stock/purge", {"purge.before": "2019", ":sure": "1"})
    stock.ended(run)
    assert stock.browser.get(f"{run}/out").text == "gone 2019\n"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, str]]]:
    """Serve a tool for each fault, with its module; yield the slugs by the faults too."""
    folder = tmp_path_factory.mktemp("broken") / "tools"
    (folder / "adapters").mkdir(parents=True)
    slugs = {fault: fault.replace(" ", "_") for fault in BROKEN}
    for fault, (text, _said) in BROKEN.items():
        (folder / f"{slugs[fault]}.py").write_text(TOOL, encoding="utf-8")
        (folder / "adapters" / f"{slugs[fault]}.py").write_text(text, encoding="utf-8")
    with Site(folder, tmp_path_factory.mktemp("data")) as site:
        yield site, slugs


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_module_is_told_and_the_form_stays(
    fault: str, broken: tuple[Site, dict[str, str]]
) -> None:
    site, slug = broken[0], broken[1][fault]
    page = site.page(f"/tools/{slug}/levels").replace("&#39;", "'")
    assert f"adapters/{slug}.py" in page
    assert BROKEN[fault][1] in page
    run = site.run(f"/tools/{slug}/levels", {"levels.site": "x"})
    assert site.ended(run) == '{"state": "succeeded"}'


def test_module_is_taken_anew_when_it_changes(tmp_path: Path) -> None:
    path = furnish(tmp_path / "tools")
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        assert "Everything on the shelves." in site.page("/tools/stock")
        path.write_text(MODULE.replace("Everything", "Whatever stands"), encoding="utf-8")
        page = ""
        for _ in range(600):
            page = site.page("/tools/stock")
            if "Whatever stands on the shelves." in page:
                break
        assert "Whatever stands on the shelves." in page


def test_choices_that_fail_or_hang_leave_a_text_box_and_a_sentence(tmp_path: Path) -> None:
    module = (
        "import threading\nCHOICES = ['levels.site', 'levels.region']\n"
        "def choices(address, values):\n"
        "    if address == 'levels.site':\n        return 1 / 0\n"
        "    threading.Event().wait()\n"
    )
    furnish(tmp_path / "tools", module)
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        page = site.page("/tools/stock/levels")
        assert "adapters/stock.py, line 5: ZeroDivisionError: division by zero" in page
        assert "adapters/stock.py, line 6, did not answer within 3 s" in page
        assert re.search(r'<input[^>]*name="levels.site"', page)


def test_read_that_fails_leaves_the_text(tmp_path: Path) -> None:
    furnish(tmp_path / "tools", "def read(lines):\n    return lines[99]\n")
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        run = site.run("/tools/stock/levels", {"levels.site": "x"})
        assert json.loads(site.ended(run)) == {"state": "succeeded"}
        page = site.page(run)
        assert "adapters/stock.py, line 2: IndexError: list index out of range" in page
        assert "A2|x|20" in page


@pytest.mark.parametrize(("output", "tables"), [("text", 0), ("csv", 1)])
def test_output_is_read_as_the_settings_say(output: str, tables: int, tmp_path: Path) -> None:
    tool = (
        "import argparse\nargparse.ArgumentParser().parse_args()\n"
        "print('name,size')\nfor n in range(4): print(f'n{n},{n}')\n"
    )
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "rows.py").write_text(tool, encoding="utf-8")
    settings = f"[tools.rows]\noutput = '{output}'\n"
    (tmp_path / "tools" / "webify.toml").write_text(settings, encoding="utf-8")
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        run = site.run("/tools/rows")
        site.ended(run)
        assert (site.browser.get(f"{run}/tables/1.csv").status_code == 200) == bool(tables)
