"""A parser reads arguments back, or refuses them in its own words."""

from __future__ import annotations

import argparse
import optparse
from pathlib import Path
from typing import Any

import pytest

from webify.adapters import argparse_, optparse_
from webify.adapters.hearing import Refused


def with_argparse(**settings: Any) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tool", **settings)
    parser.add_argument("--count", "-c", type=int, metavar="NUMBER")
    parser.add_argument("--mode", choices=["a", "b"])
    parser.add_argument("--out", type=argparse.FileType("w"))
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true")
    either.add_argument("--no", action="store_true")
    below = parser.add_subparsers(dest="command")
    put = below.add_parser("put", aliases=["p"])
    put.add_argument("name")
    put.add_argument("where", nargs="*", default=[])
    put.add_argument("--as", dest="kind", required=True)
    return parser


@pytest.mark.parametrize("settings", [{}, {"exit_on_error": False}])
@pytest.mark.parametrize(
    ("words", "sentence", "about"),
    [
        (["--count", "x"], "argument --count/-c: invalid int value: 'x'", "count"),
        (["--mode=c"], "argument --mode: invalid choice: 'c'", "mode"),
        (["--yes", "--no"], "argument --no: not allowed with argument --yes", "no"),
        (["--count"], "argument --count/-c: expected one argument", "count"),
        (["put", "x"], "the following arguments are required: --as", "put.kind"),
        (["p"], "the following arguments are required: name, --as", "put.name, put.kind"),
        (["nothing"], "argument command: invalid choice: 'nothing'", ""),
        (["--unknown"], "unrecognized arguments: --unknown", "--unknown"),
    ],
)
def test_argparse_refuses_in_its_own_words_and_names_the_argument(
    settings: dict[str, Any],
    words: list[str],
    sentence: str,
    about: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Refused) as refused:
        argparse_.read(with_argparse(**settings), words)
    assert refused.value.sentence.startswith(sentence)
    assert refused.value.about == about
    assert capsys.readouterr() == ("", "")


def test_argparse_reads_each_command_under_its_own_address() -> None:
    words = ["-c", "3", "p", "--as=k", "n", "a", "b"]
    assert argparse_.read(with_argparse(), words) == {
        "count": 3,
        "put.kind": "k",
        "put.name": "n",
        "put.where": ["a", "b"],
    }


def test_argparse_opens_no_file_and_keeps_nothing_of_our_words(tmp_path: Path) -> None:
    parser, place = with_argparse(), tmp_path / "out"
    before = dict(vars(parser))
    assert argparse_.read(parser, [f"--out={place}"]) == {"out": str(place)}
    assert not place.exists()
    assert vars(parser) == before
    assert isinstance(parser._actions[3].type, argparse.FileType)


def test_argparse_that_shows_its_help_has_read_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert argparse_.read(with_argparse(), ["--help"]) == {"help": True}
    assert capsys.readouterr() == ("", "")


def test_argparse_passes_on_what_it_does_not_know_where_the_tool_does() -> None:
    parser = argparse.ArgumentParser("tool")
    parser._passes_unknown_words_on = True  # type: ignore[attr-defined] # as the hooks mark it
    assert argparse_.read(parser, ["--x", "y"]) == {":rest": ["--x", "y"]}


def with_optparse() -> optparse.OptionParser:
    def not_to_be_called(*given: Any) -> None:
        raise AssertionError(given)

    parser = optparse.OptionParser("usage: %prog [options] SRC DST", prog="tool")
    parser.add_option("-n", "--number", type="int")
    parser.add_option("--mode", choices=["a", "b"])
    parser.add_option("--call", action="callback", callback=not_to_be_called, type="str")
    parser.add_option("-v", action="count")
    return parser


@pytest.mark.parametrize(
    ("words", "sentence", "about"),
    [
        (["-n", "x"], "option -n: invalid integer value: 'x'", "number"),
        (["--number=x"], "option --number: invalid integer value: 'x'", "number"),
        (["--mode=c"], "option --mode: invalid choice: 'c'", "mode"),
        (["--mode"], "--mode option requires 1 argument", "mode"),
        (["--unknown"], "no such option: --unknown", ""),
    ],
)
def test_optparse_refuses_in_its_own_words_and_names_the_option(
    words: list[str], sentence: str, about: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refused) as refused:
        optparse_.read(with_optparse(), words)
    assert refused.value.sentence.startswith(sentence)
    assert refused.value.about == about
    assert capsys.readouterr() == ("", "")


def test_optparse_reads_options_and_places_and_calls_nothing_back() -> None:
    words = ["-vv", "--call=x", "-n3", "a", "b"]
    assert optparse_.read(with_optparse(), words) == {
        "number": 3,
        "call": "x",
        "v": 2,
        "src": "a",
        "dst": "b",
    }
