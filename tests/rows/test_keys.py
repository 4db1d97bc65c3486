"""Cells are ordered as people order them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webify.rows.keys import natural, naturals, number_of, padded, unit_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-3.5", -3.5),
        ("−7", -7),
        ("+4", 4),
        (".5", 0.5),
        ("1,234,567.25", 1234567.25),
        ("40 %", 40),
        ("99.5%", 99.5),
        ("€1,200", 1200),
        ("-$3.10", -3.1),
        ("$-3", -3),
        ("12 EUR", 12),
        ("1e-05", 1e-05),
        ("007", 7),
        ("9223372036854775807", 9223372036854775807),
        ("92233720368547758070", 92233720368547758070),
    ],
)
def test_a_number_is_read_as_written(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "1,23", "12,34,567", "1 200", "1_000", "12e4", "nan", "inf", "0x10", "12kg"),
        *("1.2.3", "12:30", "2026-11-22", "--3", "€12%", "１２", "3,", "٣"),
    ],
)
def test_what_is_no_plain_number_is_text(text):
    assert number_of(text) is None


def test_text_sorts_naturally_without_case_or_accents():
    words = ["B1", "a10", "A9", "Zoë", "zoe 2", "Ähre", "a9b", "a009"]
    assert sorted(words, key=natural) == ["A9", "a009", "a9b", "a10", "Ähre", "B1", "Zoë", "zoe 2"]


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_figures_in_text_sort_by_their_size(a, b):
    assert (natural(f"x{a}y") < natural(f"x{b}y")) == (a < b)


@pytest.mark.parametrize("text", ["007", "-01", "+00"])
def test_leading_zeros_are_padding(text):
    assert padded(text)


@pytest.mark.parametrize("text", ["0", "0.5", "10", "", "-", "0x1f"])
def test_other_figures_are_not_padded(text):
    assert not padded(text)


@pytest.mark.parametrize(("text", "unit"), [("1%", "%"), ("€1", "€"), ("2 EUR", "EUR"), ("x", "")])
def test_unit_of_a_figure_is_told(text, unit):
    assert unit_of(text) == unit


@pytest.mark.parametrize(
    ("text", "number"),
    [("12,5", 12.5), ("1.234,50", 1234.5), ("-0,25 €", -0.25), ("7", 7), ("1.234", 1234)],
)
def test_decimals_may_stand_behind_a_comma(text, number):
    assert number_of(text, comma=True) == number


def test_a_figure_of_hundreds_of_digits_is_read_whole():
    assert number_of("9" * 400) == int("9" * 400)
    assert number_of("9" * 5000) is None


@given(st.lists(st.text(st.characters(max_codepoint=200), max_size=12).map(str.strip), min_size=1))
def test_many_cells_at_once_have_the_keys_of_each(cells):
    assert naturals(cells) in (None, [natural(cell) for cell in cells])


def test_plain_cells_are_read_at_once():
    assert naturals(["Part 12", "a009", ""]) == ["part 212", "a19", ""]
