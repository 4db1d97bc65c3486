"""Words for argparse, with the habits of its own that only a real parser shows."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from webify.adapters import argparse_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.model.command import Command


def refused(*chain: Command, **values: Any) -> dict[str, str]:
    with pytest.raises(ValuesRefused) as refusal:
        spell(chain, values)
    return refusal.value.fields


def parsed(parser: argparse.ArgumentParser, path: tuple[str, ...], **values: Any) -> Any:
    chain = argparse_.describe(parser).along(path)
    assert chain is not None
    words = spell(chain, {name.replace("__", "."): value for name, value in values.items()})
    return parser.parse_args(words)


def test_a_value_that_a_sub_parser_would_overwrite_is_spelled_at_it() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", type=int, default=1)
    parser.add_subparsers(dest="command").add_parser("put").add_argument("--level", type=int)
    assert parsed(parser, ("put",), level="5").level == 5
    assert parsed(parser, ("put",), put__level="6").level == 6


def test_a_value_that_a_sub_parser_overwrites_for_good_is_refused() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", type=int, default=1)
    parser.add_subparsers(dest="command").add_parser("put").set_defaults(level=3)
    chain = argparse_.describe(parser).along(("put",))
    assert chain is not None
    assert refused(*chain, level="5") == {
        "level": "The tool forgets this answer when “put” is called. Leave it blank."
    }


def test_a_remainder_keeps_its_words() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--known")
    parser.add_argument("command")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    for words in (["--known", "x"], ["--", "x"], ["x", "--", "--"], ["-1"]):
        assert parsed(parser, (), command="run", words=words).words == words


def test_a_remainder_that_begins_with_a_dash_and_has_nothing_before_it_is_refused() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("words", nargs=argparse.REMAINDER)
    root = argparse_.describe(parser)
    assert set(refused(root, words=["--x"])) == {"words"}
    assert parsed(parser, (), words=["x", "--", "--y"]).words == ["x", "--", "--y"]


def test_a_positional_separator_is_kept_or_refused() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("first")
    parser.add_argument("second")
    assert parsed(parser, (), first="--", second="x").first == "--"
    assert set(refused(argparse_.describe(parser), first="x", second="--")) == {"second"}


def test_an_argument_of_one_of_a_required_group_at_its_default_is_given() -> None:
    parser = argparse.ArgumentParser()
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--name", default="all")
    group.add_argument("--size", type=int, default=5)
    group.add_argument("--color", nargs="?")
    assert parsed(parser, (), name="all").name == "all"
    assert set(refused(argparse_.describe(parser), size="5")) == {"size"}
    assert set(refused(argparse_.describe(parser), color=True)) == {"color"}
