"""usage.py: what fills a folder, and the question that stands before many files."""

import re

import pytest


def test_groups_add_up_largest_first(shell, office):
    lines, _ = shell.run("usage.py", str(office))
    assert lines[0] == "98 files, 10.47 MB in office."
    rows = [re.split(r"  +", line) for line in lines[3:]]
    assert lines[2].split()[:2] == ["Folder", "Files"]
    assert sum(int(row[1]) for row in rows) == 98
    sizes = [float(row[2]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("--by", "kind"), ".tif"),
        (("--by", "year"), "2025"),
        (("--depth", "2", "--exclude", "*.tif", "--exclude", "Scans"), "Archive/2021"),
    ],
)
def test_lines_are_folders_kinds_or_years(shell, office, words, first):
    lines, _ = shell.run("usage.py", *words, USAGE_FOLDER=str(office))
    assert lines[3].split("  ")[0] == first


def test_small_ones_are_left_out_when_told(shell, office):
    lines, _ = shell.run("usage.py", str(office), "--at-least", "1")
    assert len(lines) == 3 + 4
    lines, _ = shell.run("usage.py", str(office), "--top", "2")
    assert lines[-1] == "6 smaller ones are not shown (--top)."


def test_question_without_an_answer_is_told_and_nothing_is_read(shell, office):
    lines, told = shell.run("usage.py", str(office), "--ask-above", "20", code=1)
    assert lines == []
    assert "holds 98 files, more than 20. Read them all?" in told
    assert "Nobody answered, and nothing was read. Add --yes" in told


def test_question_is_answered_by_words_or_by_the_option(shell, office):
    words = (str(office), "--ask-above", "20")
    assert shell.run("usage.py", *words, answers="y\n")[0]
    assert shell.run("usage.py", *words, "--yes")[0]
    lines, told = shell.run("usage.py", *words, answers="n\n", code=1)
    assert lines == []
    assert told.endswith("Error: Nothing was read.\n")


def test_progress_goes_to_standard_error_only(shell, office):
    assert "Reading sizes" in shell.run("usage.py", str(office), "--progress")[1]
    assert shell.run("usage.py", str(office), "--no-progress")[1] == ""
    assert shell.run("usage.py", str(office))[1] == ""


def test_empty_folder_is_no_error(shell):
    lines, _ = shell.run("usage.py")
    assert lines == [f"0 files, 0.00 MB in {shell.folder.name}."]


@pytest.mark.parametrize("words", [("none",), ("--depth", "0"), ("--by", "owner")])
def test_wrong_use_ends_with_two(shell, words):
    _, told = shell.run("usage.py", *words, code=2)
    assert "Error: Invalid value for" in told
