"""Cells are ordered as people order them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webify.rows.keys import natural, number_of, sort_key, sort_keys


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
        ("92233720368547758070", 9.223372036854776e19),
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


@given(st.lists(st.from_regex(r"-?\d{1,4}(,\d{3})?(\.\d\d)?%?|[a-z0-9]{0,3}", fullmatch=True)))
def test_a_column_at_once_gives_the_keys_of_its_cells(cells):
    keys, numbers, _ = sort_keys(cells)
    assert keys == [sort_key(cell) for cell in cells]
    assert numbers <= sum(1 for key in keys if isinstance(key, (int, float)))


def test_leading_zeros_are_a_code_and_no_number():
    assert sort_keys(["007", "12"])[1] == 1


def test_units_of_a_column_are_told():
    assert sort_keys(["1%", "2%"])[2] == {"%"}
    assert sort_keys(["€1", "$2", "x"])[2] == {"€", "$"}
