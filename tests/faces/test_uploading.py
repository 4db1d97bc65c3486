"""Which paths may be sent as files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faces.commands import argument, choices, command, option
from webify.faces.uploading import may_upload, was_sent, with_uploads
from webify.model.command import Kind, Parameter, PathRule


@pytest.mark.parametrize(
    "parameter",
    [
        argument("file", Kind.PATH),
        argument("files", Kind.PATH, most=None),
        option("config", Kind.PATH),
        option("rules", Kind.PATH, path=PathRule(exists=True)),
    ],
)
def test_path_of_a_file_that_is_read_may_be_sent(parameter: Parameter) -> None:
    assert may_upload(parameter)


@pytest.mark.parametrize(
    "parameter",
    [
        option("folder", Kind.DIRECTORY),
        option("word"),
        option("output", Kind.PATH),
        argument("outFile", Kind.PATH),
        option("into", Kind.PATH, metavar="DEST_FILE"),
        option("log", Kind.PATH, path=PathRule(writable=True)),
        option("root", Kind.PATH, path=PathRule(file_okay=False)),
        option("key", Kind.PATH, secret=True),
        option("theme", Kind.PATH, choices=choices("a", "b")),
        option("rules", Kind.PATH, widget="text"),
        option("maybe", Kind.PATH, least=0),
        argument("more", Kind.PATH, rest=True),
    ],
)
def test_other_values_may_not(parameter: Parameter) -> None:
    assert not may_upload(parameter)


def test_only_what_was_sent_becomes_a_file() -> None:
    chain = (command(argument("file", Kind.PATH), option("rules", Kind.PATH), option("word")),)
    (made,) = with_uploads(chain, {"file": ["a.csv"], "rules": [], "word": ["x"]})
    kinds = [each.kind for each in made.parameters]
    assert kinds == [Kind.FILE_IN, Kind.PATH, Kind.TEXT]


def test_value_that_names_a_file_of_the_run_was_sent() -> None:
    path = argument("file", Kind.PATH)
    assert was_sent(path, ["a.csv"], {"a.csv"})
    assert not was_sent(path, ["a.csv", "/b"], {"a.csv"})
    assert not was_sent(path, None, {"a.csv"})
    assert was_sent(replace(path, kind=Kind.FILE_IN), "x", ())
