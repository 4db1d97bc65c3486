"""What a call does, and whether somebody is asked before it does so."""

from __future__ import annotations

import pytest

from webify.faces import effects
from webify.model.command import DESTROYS, READS, WRITES, Command, Kind, Parameter, Value

TRY = Parameter("try", ("--dry-run",), kind=Kind.FLAG, least=0, most=0)
WIPE = Parameter("wipe", ("--wipe",), kind=Kind.FLAG, least=0, most=0, effect=DESTROYS)
PLAIN, WRITER = Command("plain"), Command("writer", effect=WRITES)
COPIER = Command("copier", parameters=(TRY,))
GONE = Command("gone", destructive="It is gone.")
BOTH = Command("both", effect=WRITES, destructive="It is gone.")
LOGS = Command("logs", parameters=(WIPE,), effect=READS)


@pytest.mark.parametrize(
    ("chain", "values", "told", "asked"),
    [
        ((PLAIN,), {}, "", False),
        ((WRITER,), {}, WRITES, False),
        ((COPIER,), {}, WRITES, True),
        ((COPIER,), {"try": True}, READS, False),
        ((COPIER,), {"try": False}, WRITES, True),
        ((GONE,), {}, DESTROYS, True),
        ((GONE, PLAIN), {}, DESTROYS, True),
        ((GONE, LOGS), {}, READS, False),
        ((BOTH,), {}, DESTROYS, True),
        ((BOTH, WRITER), {}, WRITES, False),
        ((LOGS,), {"wipe": True}, DESTROYS, True),
        ((LOGS,), {"wipe": False}, READS, False),
        ((WRITER, PLAIN), {}, "", False),
    ],
)
def test_call_does_the_worst_that_is_said_of_it(
    chain: tuple[Command, ...], values: dict[str, Value], told: str, asked: bool
) -> None:
    assert (effects.effect(chain, values), effects.asks(chain, values)) == (told, asked)


@pytest.mark.parametrize(
    ("command", "may"),
    [(PLAIN, False), (WRITER, False), (COPIER, True), (GONE, True), (LOGS, True)],
)
def test_command_may_ask_where_some_answers_destroy_or_could_be_tried(
    command: Command, may: bool
) -> None:
    assert effects.may_ask((command,)) is may


def test_person_is_told_in_the_words_of_the_site_else_in_plain_ones() -> None:
    assert effects.sentence((GONE, PLAIN)) == "It is gone."
    assert effects.sentence((Command("wipe", effect=DESTROYS),)) == effects.DESTROYING
    assert effects.sentence((COPIER,)) == effects.MAY_CHANGE
    assert effects.sentence((GONE, WRITER)) == effects.MAY_CHANGE


@pytest.mark.parametrize(
    "other",
    [
        ("other", ("put",), {"n": 1}, (b"a",)),
        ("stock", (), {"n": 1}, (b"a",)),
        ("stock", ("put",), {"n": 2}, (b"a",)),
        ("stock", ("put",), {"n": 1}, (b"b",)),
        ("stock", ("put",), {"n": 1}, ()),
    ],
)
def test_confirmation_of_one_call_is_that_of_no_other(other: tuple) -> None:
    call = effects.call_of("stock", ("put",), {"n": 1, "m": "x"}, (b"a",))
    assert call == effects.call_of("stock", ("put",), {"m": "x", "n": 1}, (b"a",))
    slug, path, values, files = other
    assert effects.call_of(slug, path, {"m": "x", **values}, files) != call


@pytest.mark.parametrize(
    ("chain", "begins"),
    [
        ((PLAIN,), "Yes. It may change"),
        ((PLAIN, GONE), "Yes. It is gone."),
        ((PLAIN, COPIER), "Yes, unless tried first. "),
        ((PLAIN, LOGS), "No, it only reads."),
        ((PLAIN, PLAIN), "Some commands of this tool do."),
    ],
)
def test_command_is_not_said_to_do_what_another_one_does(
    chain: tuple[Command, ...], begins: str
) -> None:
    assert effects.told(chain).startswith(begins)
