"""Positional arguments read from usage lines."""

from __future__ import annotations

import pytest

from webify.adapters.naming import Addresses
from webify.adapters.optparse_usage import positionals

ANY = [("args", 0, None)]


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ("", ANY),
        ("x", ANY),
        ("x [options]", ANY),
        ("x [options] FILE", [("file", 1, 1)]),
        ("other.py [options] FILE", [("file", 1, 1)]),
        ("x [options] <source> <target>", [("source", 1, 1), ("target", 1, 1)]),
        ("x [-v] [-o FILE] NAME", [("name", 1, 1)]),
        ("x [options] file...", [("file", 1, None)]),
        ("x [options] FILE [FILE ...]", [("file", 1, None)]),
        ("x [options] [file] ...", [("file", 0, None)]),
        ("x [options] [file ...]", [("file", 0, None)]),
        ("x [options] FILES", [("files", 1, None)]),
        ("x [options] [args]", [("args", 0, None)]),
        ("x OPTIONS address [folder]", [("address", 1, 1), ("folder", 0, 1)]),
        ("x [options] src... dst", [("src", 1, None), ("dst", 1, 1)]),
        ("x [options] [maybe] must", ANY),
        ("x [options] a|b", ANY),
        ("x file [options]", ANY),
        ("x [options] one... two...", ANY),
        ("x [options] a\nx [options] b", ANY),
    ],
)
def test_usage_is_read_where_it_is_plain_and_any_number_is_taken_elsewhere(
    usage: str, expected: list[tuple[str, int, int | None]]
) -> None:
    found = positionals(usage, "x", Addresses(""))
    assert [(each.address, each.least, each.most) for each in found] == expected


def test_an_argument_does_not_take_the_address_of_an_option() -> None:
    addresses = Addresses("")
    addresses.take("file")
    found = positionals("x [options] FILE", "x", addresses)
    assert [each.address for each in found] == ["args"]
