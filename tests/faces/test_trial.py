"""Which flag makes a command only try."""

from __future__ import annotations

import argparse

import pytest

from webify.adapters import argparse_
from webify.faces.trial import dry_run


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    below = parser.add_subparsers()
    below.add_parser("copy").add_argument("--dry-run", "-n", action="store_true")
    below.add_parser("move").add_argument("--what-if", action="store_true")
    below.add_parser("list").add_argument("--dry-run-file")
    return parser


@pytest.mark.parametrize(
    ("word", "address"), [("copy", "copy.dry_run"), ("move", "move.what_if"), ("list", "")]
)
def test_each_command_has_its_own_trial(word: str, address: str) -> None:
    chain = argparse_.describe(parser()).along((word,))
    assert chain is not None
    assert dry_run(chain) == address
