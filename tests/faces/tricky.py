"""Texts that parsers stumble over, and the settings of the properties that use them."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from webify.model.command import Command

# How many examples a property tries; a long hunt sets it to some ten thousands.
HUNT = settings(
    max_examples=int(os.environ.get("ROUND_TRIPS", "300")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)

PIECES = (
    "",
    "-",
    "--",
    "---",
    "-x",
    "-a",
    "-ab",
    "-1",
    "-5",
    "-1.5",
    "-.5",
    "-1e5",
    "1e-5",
    "-5\n",
    "--foo",
    "--foo=1",
    "--foobar",
    "--fo",
    "--no-foo",
    "--help",
    "-h",
    "+x",
    "++foo",
    "/x",
    "@",
    "@file",
    "%",
    "%20",
    "=",
    "=x",
    "a=b",
    "-a=b",
    " ",
    "  a",
    "a b",
    "-a b",
    "--foo b",
    "\n",
    "x\ny",
    "\t",
    "é",
    "☃",
    "-é",
    "𝒳",
    "run",
    "add",
    "a",
    "$HOME",
    "`ls`",
    "'",
    '"',
    "\\",
    "*",
    "~",
    "0",
    "None",
)

texts = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(PIECES),
    st.builds(str.__add__, st.sampled_from(PIECES), st.sampled_from(PIECES)),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=5),
)
whole = st.one_of(st.integers(-12, 12), st.integers()).map(str)
numbers = st.one_of(
    whole,
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["-1e5", "1e-5", "-.5", "5.", "+3", "-0.0", "1E+3"]),
)


def address_of(command: Command, names: tuple[str, ...]) -> str:
    """Return the address of the parameter that is spelled, or called, by the first of the names."""
    for each in command.parameters:
        spelled = (*each.spellings, *each.negations)
        if names[0] in spelled or (each.positional and each.name == names[0]):
            return each.address
    raise LookupError(names)


def some(values: st.SearchStrategy[Any], least: int = 0, most: int = 4) -> Any:
    """Return lists of these values."""
    return st.lists(values, min_size=least, max_size=most)
