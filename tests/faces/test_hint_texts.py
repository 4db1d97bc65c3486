"""A hint is one short sentence; what else a help text says is a press away."""

from __future__ import annotations

from webify.faces.labels import hint


def test_a_blank_line_ends_a_sentence_that_has_no_stop() -> None:
    told = hint("Create a new archive\n\nArguments supply the names\nof the files.")
    assert told == ("Create a new archive.", "Arguments supply the names of the files.")


def test_a_line_that_is_only_wrapped_goes_on() -> None:
    assert hint("how many\nrows to show") == ("How many rows to show.", "")


def test_of_a_sentence_as_long_as_a_paragraph_the_beginning_is_shown() -> None:
    told = "Use " + ", ".join(f"word{number}" for number in range(60)) + "."
    first, more = hint(f"{told}\n\nThen stop.")
    assert first.startswith("Use word0, word1")
    assert first.endswith("…")
    assert len(first) < 260
    assert more == f"{told} Then stop."
