"""Uploads are bounded, and their names are harmless on every system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from webify.web.uploads import NAME_BYTES, safe_name, unlike


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("november.xlsx", "november.xlsx"),
        ("..\\..\\x.csv", "x.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\rosa\\list.csv", "list.csv"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("COM1.csv", "_COM1.csv"),
        ("a:b", "a_b"),
        ("nul\0l.txt", "nul_l.txt"),
        ("trailing. . ", "trailing"),
        (".bashrc", "_.bashrc"),
        ("--help", "_--help"),
        ("@file", "_@file"),
        ("...", "file"),
        ("", "file"),
        ("/", "file"),
        ("Größe 10 €.csv", "Größe 10 €.csv"),
        ("e\u0301.csv", "\u00e9.csv"),
        ("gnp.\u202excod.exe", "gnp._xcod.exe"),
        ("\udcff.csv", "?.csv".replace("?", "_")),
    ],
)
def test_name_is_made_safe(sent, kept):
    assert safe_name(sent) == kept


def test_long_name_keeps_its_suffix():
    kept = safe_name("ü" * 300 + ".csv")
    assert kept.endswith("ü.csv")
    assert len(kept.encode()) <= NAME_BYTES


@given(some.text(max_size=400))
def test_any_name_becomes_one_plain_word(name):
    kept = safe_name(name)
    assert kept not in ("", ".", "..")
    assert not set(kept) & set('/\\:*?"<>|\0')
    assert kept == kept.rstrip(". ")
    assert kept[0] not in "-.@~"
    assert len(kept.encode()) <= NAME_BYTES
    assert safe_name(kept) == kept


def test_equal_names_are_told_apart_whatever_their_case():
    taken: set[str] = set()
    assert [unlike(name, taken) for name in ("a.csv", "A.csv", "a.csv")] == [
        "a.csv",
        "A (2).csv",
        "a (3).csv",
    ]


def test_upload_reaches_the_tool_under_its_safe_name(visitor, upload):
    run = visitor.run("/tools/echo", {"list": upload("../CON.csv", 42)})
    assert "file _CON.csv 42" in visitor.get(f"{run}/out").text


def test_large_file_is_a_fault_of_its_field(visitor, upload):
    answer = visitor.post("/tools/echo", {"list": upload("big.csv", 2500), "count": "x"})
    assert answer.status_code == 422
    assert "big.csv is 2.5 kB. The limit is 2.0 kB." in answer.text
    assert "2 answers need another look" in answer.text


def test_too_many_files_are_refused(visitor, upload):
    files = [upload(f"{number}.csv") for number in range(3)]
    answer = visitor.post("/tools/echo", {"list": files})
    assert answer.status_code == 413
    assert "2 files at most" in answer.text


def test_body_past_the_limit_is_refused_with_its_size(visitor, upload):
    answer = visitor.post("/tools/echo", {"list": upload("big.csv", 90_000)})
    assert answer.status_code == 413
    assert "Nothing was run" in answer.text


def test_nothing_stays_in_the_staging_folder(visitor, upload, services):
    visitor.run("/tools/echo", {"list": upload("a.csv")})
    visitor.post("/tools/echo", {"list": upload("a.csv"), "count": "x"})
    visitor.post("/tools/echo", {"list": [upload(f"{n}.csv") for n in range(3)]})
    staging = services.settings.data / "uploads"
    assert list(staging.iterdir()) == []
