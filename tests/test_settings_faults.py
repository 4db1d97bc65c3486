"""How a fault in the settings of a site is told: where it stands, and what would be right."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.test_settings import fault
from webify import site_shapes
from webify.errors import SettingsWrong
from webify.model.block import OUTPUTS
from webify.settings import load_settings
from webify.toml_places import Place, places

FAULTS = [
    (
        "[site]\nnaem = 'x'",
        "webify.toml, line 2: “naem” is no setting in [site]. Did you mean “name”?",
    ),
    (
        "# a comment\n\n[sites]\nname = 'x'",
        "webify.toml, line 3: “sites” is no setting of the file. Did you mean “site”?",
    ),
    (
        "[limits]\nqqq = 1",
        (
            "webify.toml, line 2: “qqq” is no setting in [limits]. "
            f"There are {', '.join(site_shapes.LIMITS)}."
        ),
    ),
    (
        "[tools.stock]\ntitle = 'Stock'\n[tools.usage]\ntime_limt = 5",
        (
            "webify.toml, line 4: “time_limt” is no setting in [tools.usage]. "
            "Did you mean “time_limit”?"
        ),
    ),
    (
        "[site]\nport = 'abc'",
        (
            "webify.toml, line 2: site.port must be a whole number from 0 to 65,535, like 8,000, "
            "not “abc”."
        ),
    ),
    (
        "[site]\nport = 70000",
        (
            "webify.toml, line 2: site.port must be a whole number from 0 to 65,535, like 8,000, "
            "not 70000."
        ),
    ),
    (
        "[site]\nname = true",
        "webify.toml, line 2: site.name must be text in quotes, not true.",
    ),
    (
        "[site]\nhosts = 'one'",
        'webify.toml, line 2: site.hosts must be a list of texts, like ["one", "two"], not “one”.',
    ),
    (
        "[site]\nprefix = 'a b'",
        (
            "webify.toml, line 2: site.prefix must be the first part of each address, "
            'like "/tools", not “a b”.'
        ),
    ),
    (
        "[limits]\nrun_seconds = 0",
        (
            "webify.toml, line 2: limits.run_seconds must be a number of seconds above 0, "
            "like 1,800, not 0."
        ),
    ),
    (
        "[tools.stock]\nenv = { A = 1 }",
        (
            "webify.toml, line 2: tools.stock.env must be texts by name, like "
            '{ REGION = "north" }, not a table.'
        ),
    ),
    (
        "[tools.stock]\nchanges = 'yes'",
        "webify.toml, line 2: tools.stock.changes must be true or false, not “yes”.",
    ),
    (
        "[tools.'a b']\ntitle = 'x'",
        (
            "webify.toml, line 1: “a b” cannot be the name of a tool. "
            "Use letters, digits, “-” and “_”."
        ),
    ),
    (
        "[tools.stock.parameters.levels.site]\nlabel = 'x'",
        'webify.toml, line 1: an address stands in quotes: [tools.stock.parameters."levels.site"].',
    ),
    (
        "[tools.stock.parameters.'levels.site']\n\nlable = 'x'",
        (
            'webify.toml, line 3: “lable” is no setting in [tools.stock.parameters."levels.site"]. '
            "Did you mean “label”?"
        ),
    ),
    (
        "[tools.stock.parameters.site]\nkind = 'flag'",
        (
            "webify.toml, line 2: tools.stock.parameters.site.kind must be one of text, integer, "
            "number, date, datetime, time, uuid, file in, file out, directory, path, not “flag”."
        ),
    ),
    (
        "[tools.stock]\ntitle = 'x'\ndestructive = 3",
        (
            "webify.toml, line 3: tools.stock.destructive must be true, false or a sentence that "
            "says what it does, not 3."
        ),
    ),
    (
        "[tools.stock]\noutput = 'excel'",
        (
            "webify.toml, line 2: tools.stock.output must be "
            f"one of {', '.join(OUTPUTS)}, not “excel”."
        ),
    ),
    (
        "[tools.stock.commands.put]\n\ntitel = 'x'",
        (
            "webify.toml, line 3: “titel” is no setting in [tools.stock.commands.put]. "
            "Did you mean “title”?"
        ),
    ),
    (
        "[tools.stock.commands.put.all]\ntitle = 'x'",
        ('webify.toml, line 1: an address stands in quotes: [tools.stock.commands."put.all"].'),
    ),
    (
        "[tools.stock.parameters.site]\nwidget = 'slider'",
        (
            "webify.toml, line 2: tools.stock.parameters.site.widget must be one of radios, "
            "select, checks, list, text, textarea, password, number, stepper, date, datetime, "
            "time, not “slider”."
        ),
    ),
    (
        "[tools.stock.parameters.site]\norder = 'first'",
        (
            "webify.toml, line 2: tools.stock.parameters.site.order must be a number, like 1 or "
            "-1, not “first”."
        ),
    ),
    (
        "[tools]\nstock = 'stock.py'",
        "webify.toml, line 2: tools.stock must be a table, not “stock.py”.",
    ),
    (
        "[prepare]\ncreates = 'x'",
        "webify.toml, line 1: prepare is written with two brackets: [[prepare]].",
    ),
    (
        "[[prepare]]\ncreates = 'x'\nrun = ['y']\n\n[[prepare]]\ncreates = 'x'",
        "webify.toml, line 5: [[prepare]] needs “run”.",
    ),
    (
        "[[prepare]]\ncreates = 'x'\nrun = []",
        (
            "webify.toml, line 3: prepare.run must be a list of words, "
            'like ["stock.py", "sample"], not [].'
        ),
    ),
    (
        "[site]\nname = office",
        "webify.toml, line 2: “name = office” is not right: invalid value, at column 8.",
    ),
    (
        "[site]\nname = 'one'\nname = 'two'",
        "webify.toml, line 3: “name = 'two'” is not right: cannot overwrite a value.",
    ),
    (
        "[site]\nhosts = [\n'one',\n",
        "webify.toml, line 3: “'one',” is not right: invalid value.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), FAULTS, ids=[text for text, _ in FAULTS])
def test_broken_file_is_told_with_line_and_key(tmp_path: Path, text: str, sentence: str) -> None:
    assert fault(tmp_path, text) == sentence


def test_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "webify.toml").write_bytes(b"[site]\nname = 'B\xfcro'\n")
    assert fault(tmp_path) == "webify.toml, line 2: the file is not UTF-8 text."


def test_wrong_environment_variable_is_named(tmp_path: Path) -> None:
    assert fault(tmp_path, WEBIFY_PORT="abc") == (
        "WEBIFY_PORT must be a whole number from 0 to 65,535, like 8,000, not “abc”."
    )


def test_wrong_option_is_named(tmp_path: Path) -> None:
    assert fault(tmp_path, options={"port": 70000}) == (
        "--port must be a whole number from 0 to 65,535, like 8,000, not 70000."
    )


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match=re.escape(f"There is no folder {tmp_path / 'no'}.")):
        load_settings(tmp_path / "no")


def test_file_instead_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "tool.py").touch()
    with pytest.raises(SettingsWrong) as caught:
        load_settings(tmp_path / "tool.py")
    assert str(caught.value) == (
        f"{tmp_path / 'tool.py'} is a file. Name the folder that holds your tools."
    )


def test_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "full").touch()
    data = tmp_path / "full" / "data"
    sentence = fault(tmp_path, options={"data": data})
    assert sentence.startswith(f"The data folder {data} cannot be written: ")
    assert sentence.endswith(". Name another with --data or WEBIFY_DATA.")


TEXTS = [
    "a = 1\nb.c = 2\n[d]\ne = 'x'\n[d.f]\ng = 3\n",
    '[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n[[a.e]]\nf = 4\n[[a.e]]\n"g h" = 5\n',
    "a = \"\"\"\n[not]\nb = 1\n\"\"\"\nc = '''\nd = 2\n'''\n",
    "a = [ # one\n  1, [2, 3], # e = 4\n  { b = 1, c.d = [5] },\n]\nf = 1.5\n",
    "a = { b = { c = 1, d = [ { e = 2 } ] }, f = 'g = 9' }\nh = 1979-05-27T07:32:00.5Z\n",
    '\'a.b\'."c\\"d"."\\u00e9" = 1\n[ x . \'y\' ]\nz = true # [no]\n',
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_key_of_a_text_has_the_line_it_stands_on(text: str) -> None:
    found, lines = places(text), text.splitlines()
    for place in keys_of(tomllib.loads(text)):
        assert place in found
        last = next(word for word in reversed(place) if isinstance(word, str))
        assert last.replace('"', '\\"').replace("é", "\\u00e9") in lines[found[place] - 1]


def keys_of(value: Any, place: Place = ()) -> list[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[Place] = []
    for key, item in inner:
        if isinstance(value, dict):
            found.append((*place, key))
        if isinstance(item, dict | list):
            found += keys_of(item, (*place, key))
    return found


def test_line_of_a_key_is_exact() -> None:
    found = places('[a]\n\nb = """\n\n"""\nc = [\n 1,\n]\nd = 1\n')
    assert {key: found["a", key] for key in "bcd"} == {"b": 3, "c": 6, "d": 9}
