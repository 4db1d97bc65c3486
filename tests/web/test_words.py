"""Times, sizes and numbers read as people say them."""

from __future__ import annotations

from datetime import datetime

import pytest

from webify.web import words


def here(*parts: int) -> datetime:
    return datetime(*parts).astimezone()  # a time of this place


NOW = here(2026, 11, 22, 10, 5)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((2026, 11, 22, 9, 42), "Today 09:42"),
        ((2026, 11, 21, 16, 20), "Yesterday 16:20"),
        ((2026, 11, 20, 17, 44), "Fri 20 Nov 17:44"),
        ((2025, 11, 3, 8, 0), "3 Nov 2025 08:00"),
    ],
)
def test_time_is_told_from_today(moment, said):
    assert words.when(here(*moment), NOW) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0.004, "0.1 s"),
        (1.84, "1.8 s"),
        (9.97, "10 s"),
        (59.7, "1 min 0 s"),
        (192, "3 min 12 s"),
        (7500, "2 h 5 min"),
    ],
)
def test_duration_is_told_in_the_unit_that_fits(seconds, said):
    assert words.took(seconds) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (84_000, "84 kB"),
        (999_600, "1.0 MB"),
        (31_000_000, "31 MB"),
    ],
)
def test_size_is_told_in_powers_of_1000(count, said):
    assert words.size(count) == said


def test_counts_have_commas_and_agree():
    assert words.counted(1, "row") == "1 row"
    assert words.counted(1204, "row") == "1,204 rows"
    assert words.clock(47) == "0:47"
    assert words.clock(3725) == "1:02:05"


def test_spelling_becomes_words():
    assert words.in_words("--include-discontinued") == "Include discontinued"
    assert words.first_sentence("In, out. And more.\n\nRest.") == "In, out"
