"""What cyclopts says of apps that are hard to read, and what it makes of arguments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

import pytest
from cyclopts import App, Group, Parameter, validators

from tests.adapters.probed import ROOT, probed
from webify.adapters import cyclopts_
from webify.adapters.hearing import Refused
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import parameters
from webify.model.command import Kind

TOOLS = ROOT / "tests" / "adapters" / "tools"


ONE = Group("One", validator=validators.LimitedChoice(1))


@dataclass
class Place:
    host: str
    port: Annotated[int, Parameter(validator=validators.Number(gte=1, lte=65535))] = 80


def bare_app() -> App:
    return App(name="tool", help_flags=[], version_flags=[])


def test_parameters_of_the_default_command_are_not_those_of_its_sub_commands() -> None:
    app = bare_app()

    @app.default
    def main(*, needed: str) -> None:
        raise AssertionError

    @app.command
    def below(*, own: int = 1) -> None:
        raise AssertionError

    root = cyclopts_.describe(app)
    chain = root.along(("below",)) or ()
    assert [each.address for each in parameters((root,))] == ["needed"]
    assert [each.address for each in parameters(chain)] == ["below.own"]
    assert spell(chain, {"below.own": "2"}) == ["below", "--own=2"]
    with pytest.raises(ValuesRefused):
        spell(chain, {"needed": "x"})


def test_options_of_a_meta_app_are_those_of_every_command(tmp_path: Path) -> None:
    words = ["--account=x", "add", "bolt", "a", "--price=2"]
    found = probed(TOOLS / "cyclopts_groups.py", tmp_path, read=[words, ["add"], ["ls", "all"]])
    heard, refused, aliased = found["heard"]
    assert heard["values"] == {
        "account": "x",
        "add.name": "bolt",
        "add.files": ["a"],
        "add.price": "2",
    }
    assert "requires an argument" in refused["refused"]
    assert aliased["values"] == {}


def test_a_value_that_is_called_as_a_command_stays_a_value() -> None:
    app = bare_app()

    @app.default
    def main(word: str, /) -> None:
        raise AssertionError

    app.command(App(name="add", help_flags=[], version_flags=[]))
    words = spell((cyclopts_.describe(app),), {"word": "add"})
    assert words == ["--", "add"]
    assert cyclopts_.read(app, words) == {"word": "add"}


def test_a_flag_that_is_on_and_has_no_other_spelling_can_be_turned_off() -> None:
    app = bare_app()

    @app.default
    def main(*, fast: Annotated[bool, Parameter(negative=())] = True) -> None:
        raise AssertionError

    root = cyclopts_.describe(app)
    assert root.parameters[0].kind is Kind.SWITCH
    assert cyclopts_.read(app, spell((root,), {"fast": False})) == {"fast": False}


def test_fields_of_a_dataclass_are_options_of_their_own() -> None:
    app = bare_app()

    @app.default
    def main(*, place: Place) -> None:
        raise AssertionError

    root = cyclopts_.describe(app)
    host, port = root.parameters
    assert host.spellings == ("--place.host",)
    assert host.required
    assert (port.bounds and port.bounds.least, port.bounds and port.bounds.most) == (1, 65535)
    words = spell((root,), {host.address: "-x", port.address: "81"})
    assert cyclopts_.read(app, words) == {host.address: "-x", port.address: "81"}


def test_a_group_that_takes_one_of_its_members_is_exclusive() -> None:
    app = bare_app()

    @app.default
    def main(
        *,
        up: Annotated[bool, Parameter(group=ONE)] = False,
        down: Annotated[bool, Parameter(group=ONE)] = False,
    ) -> None:
        raise AssertionError

    (rule,) = cyclopts_.describe(app).constraints
    assert (rule.kind, rule.members, rule.required) == ("exclusive", ("up", "down"), True)
    with pytest.raises(Refused, match="be specified"):
        cyclopts_.read(app, ["--up", "--down"])


def test_a_broken_command_loses_none_of_the_others() -> None:
    app = bare_app()
    app.command("no_such_module_at_all:thing", name="gone")

    @app.command
    def whole(*, it: int = 1) -> None:
        raise AssertionError

    gone, whole_ = cyclopts_.describe(app).commands
    assert "no_such_module_at_all" in gone.error
    assert whole_.parameters[0].kind is Kind.INTEGER


def test_an_app_that_stands_below_itself_is_described_once() -> None:
    app, other = bare_app(), App(name="other")
    app.command(other)
    other.command(app, name="again")
    root = cyclopts_.describe(app)
    assert [path for path, _ in root.walk()] == [(), ("other",)]
    assert root.commands[0].lost


def test_ten_thousand_choices_are_spelled_by_the_names_of_their_members() -> None:
    many = Enum("many", {f"VALUE_{each}": each for each in range(10_000)})
    app = bare_app()

    def main(*, it: many) -> None:  # type: ignore[valid-type] # made at run time
        raise AssertionError

    main.__annotations__["it"] = many
    app.default(main)
    (it,) = [each for each in cyclopts_.describe(app).parameters if each.address == "it"]
    assert len(it.choices) == 10_000
    assert it.choices[7].value == "value-7"


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (["--count=x"], "--count"),
        (["--nope"], "--nope"),
        (["a", "b"], ""),
        (["--count=0"], "--count"),
    ],
)
def test_a_refusal_is_in_the_words_of_cyclopts(words: list[str], about: str) -> None:
    app = bare_app()

    @app.default
    def main(
        word: str = "",
        /,
        *,
        count: Annotated[int, Parameter(validator=validators.Number(gt=0))] = 1,
    ) -> None:
        raise AssertionError

    with pytest.raises(Refused) as refused:
        cyclopts_.read(app, words)
    assert refused.value.about == about or not about
    assert "Function defined in" not in refused.value.sentence
