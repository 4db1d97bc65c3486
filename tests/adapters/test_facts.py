"""What names, converters and defaults give away, and what they do not."""

from __future__ import annotations

import functools
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from webify.adapters.converters import converted, ordered
from webify.adapters.defaults import default_of, hidden_default
from webify.adapters.naming import Addresses, path_kind, secret, version_in, words
from webify.model.command import Default, Kind


@pytest.mark.parametrize(
    "name",
    ["--password", "-passwd", "dbPassword", "--api-key", "API_TOKEN", "aws_secret_access_key"],
)
def test_names_of_secrets_are_known(name: str) -> None:
    assert secret([name])


@pytest.mark.parametrize(
    "name",
    ["--tokens", "--tokenizer", "--password-file", "--key", "--secretary", "--token-count", "-p"],
)
def test_names_beside_secrets_are_none(name: str) -> None:
    assert not secret([name])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("--input-file", Kind.PATH),
        ("FILE", Kind.PATH),
        ("outputPath", Kind.PATH),
        ("--target-dir", Kind.DIRECTORY),
        ("--profile", Kind.TEXT),
        ("--file-type", Kind.TEXT),
        ("--xpath", Kind.TEXT),
    ],
)
def test_paths_are_told_by_their_last_word(name: str, kind: Kind) -> None:
    assert path_kind([name]) is kind


def test_words_of_a_name_are_parted_at_signs_and_capitals() -> None:
    assert words("--apiKey_2-used") == ["api", "key", "used"]


def test_addresses_of_one_command_differ_and_hold_no_dots() -> None:
    addresses = Addresses("put.")
    taken = [addresses.take(each) for each in ("a.b", "a_b", "a_b", "")]
    assert taken == ["put.a_b", "put.a_b_2", "put.a_b_3", "put.value"]


@pytest.mark.parametrize(
    ("text", "version"),
    [("tool 1.2.3", "1.2.3"), ("v2", ""), ("tool, version 4.0rc1 (x)", "4.0rc1"), (None, "")],
)
def test_version_is_taken_out_of_its_sentence(text: object, version: str) -> None:
    assert version_in(text) == version


def _today_or_day(text: str) -> date:
    if text == "today":
        return datetime.now(UTC).date()
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (int, Kind.INTEGER),
        (Path, Kind.PATH),
        (open, Kind.FILE_IN),
        (io.open, Kind.FILE_IN),
        (functools.partial(open, mode="w"), Kind.FILE_OUT),
        (date.fromisoformat, Kind.DATE),
        (datetime.fromisoformat, Kind.DATETIME),
        (lambda text: datetime.strptime(text, "%H:%M"), Kind.TIME),  # noqa: DTZ007 - as authors write it
        (lambda text: datetime.strptime(text, "%Y-%m-%d"), Kind.DATE),  # noqa: DTZ007 - as authors write it
        (_today_or_day, Kind.TEXT),
        (lambda text: text.split(","), Kind.TEXT),
        (str.upper, Kind.TEXT),
        (object(), Kind.TEXT),
    ],
)
def test_kind_is_taken_from_a_converter_only_where_that_is_certain(
    function: Any, kind: Kind
) -> None:
    assert converted(function).kind is kind


def test_the_format_that_holds_date_and_time_is_spelled() -> None:
    found = ordered(("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"))
    assert found.kind is Kind.DATETIME
    assert found.formats[0] == "%Y-%m-%dT%H:%M:%S"


def test_formats_that_leave_the_day_open_are_text() -> None:
    assert ordered(("%Y-%m",)).kind is Kind.TEXT
    assert ordered(("%B",)).kind is Kind.TEXT
    assert ordered(("%m-%d %H:%M",)).kind is Kind.TEXT


def test_a_day_is_spelled_in_the_format_that_has_it() -> None:
    found = ordered(("%Y-%m", "%d.%m.%Y", "%Y"))
    assert found.kind is Kind.DATE
    assert found.formats[0] == "%d.%m.%Y"


def test_default_of_a_secret_leaves_no_trace() -> None:
    assert "hunter2" not in str(hidden_default(Default("value", "hunter2")))


def test_default_below_home_is_told_without_the_home_of_the_probe() -> None:
    assert default_of(str(Path.home() / "x" / "y")) == Default("computed", text="~/x/y")


def test_default_of_this_moment_is_computed() -> None:
    assert default_of(datetime.now(UTC)) == Default("computed", text="now")
