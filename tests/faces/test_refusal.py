"""At which field a parser's sentence stands."""

from __future__ import annotations

import pytest

from webify.faces.refusal import about, refusal
from webify.model.command import Choice, Command, Kind, Parameter

CHAIN = (
    Command("t", parameters=(Parameter("name", metavar="NAME", required=True),)),
    Command(
        "put",
        parameters=(
            Parameter("put.n", spellings=("-n", "--number"), kind=Kind.INTEGER),
            Parameter("put.mode", spellings=("--mode",), choices=(Choice("a"),)),
            Parameter("put.out_file", metavar="OUT", required=True),
            Parameter("put.password", spellings=("--password",), secret=True),
        ),
    ),
)
PLACES = {
    "argument -n/--number: invalid int value: 'abc'": "put.n",
    "Invalid value for '--number' / '-n': 'abc' is not a valid integer.": "put.n",
    "Invalid value for 'NAME': no.": "name",
    "Missing argument 'OUT'.": "put.out_file",
    "Missing parameter: out_file": "put.out_file",
    "option -n: invalid integer value: 'abc'": "put.n",
    "flag --number=abc: invalid literal for int() with base 10: 'abc'": "put.n",
    "invalid value 'x' for '--mode <MODE>' [possible values: a]": "put.mode",
    "invalid argument ‘x’ for ‘--mode’. Valid arguments are: ‘a’": "put.mode",
    "option requires an argument -- 'x'": "",
    "The function received no value for the required argument: name": "name",
    "Argument of mode expected to be <class 'int'>, not 'abc'": "put.mode",
    "The 'mode' trait of an A instance expected an int, not the str 'abc'.": "put.mode",
    "the following arguments are required: name": "name",
    "invalid date ‘zzz’": "put.mode",
    "unrecognized arguments: --other": "",
    "error in the sky": "",
}


@pytest.mark.parametrize("sentence", PLACES)
def test_sentence_stands_at_the_field_that_it_names(sentence):
    values = {"name": "x y", "put.mode": "zzz"}
    assert list(refusal(CHAIN, values, [sentence])) == [PLACES[sentence]]


def test_required_ones_are_asked_for_each_at_its_field():
    assert refusal(CHAIN, {}, ["the following arguments are required: name, OUT, -n/--number"]) == {
        "name": "Enter name.",
        "put.out_file": "Enter OUT.",
        "put.n": "Enter number.",
    }


def test_sentence_about_a_secret_holds_none_of_it():
    said = refusal(CHAIN, {}, ["argument --password: invalid value: 'hunter2'"])
    assert said == {"put.password": "Enter password again: it cannot be taken as it is."}


def test_several_sentences_of_the_form_are_joined():
    assert refusal(CHAIN, {}, ["one thing", "two things"]) == {"": "One thing. Two things."}


def test_parser_that_was_asked_names_its_field_by_spelling_or_address():
    assert about(CHAIN, "--mode", "not so") == {"put.mode": "Not so."}
    assert about(CHAIN, "name", "not so") == {"name": "Not so."}
    assert about(CHAIN, "", "argument --mode: no") == {"put.mode": "Argument --mode: no."}


def test_converter_without_a_name_is_not_named_to_people():
    said = refusal(CHAIN, {}, ["argument NAME: invalid <lambda> value: '2026-13'"])
    assert said == {"name": "Name: the tool does not take “2026-13”."}
