"""rename.py: new names, and that no file is ever lost."""

import pytest


@pytest.fixture
def scans(shell):
    for name in ("IMG_2.JPG", "IMG_10.JPG", "notes.txt"):
        (shell.folder / name).write_text(name, encoding="utf-8")
    return shell


def names(shell):
    return {path.name: path.read_text(encoding="utf-8") for path in shell.folder.iterdir()}


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        (("--find", "IMG_", "--to", "scan-"), "scan-2.JPG", "scan-10.JPG"),
        (("--lower",), "img_2.jpg", "img_10.jpg"),
        (("--find", "img_", "--upper"), None, None),
        (("--to", "page {n}", "--start", "9", "--digits", "2"), "page 09.JPG", "page 10.JPG"),
        (("--regex", "--find", r"IMG_(\d+)", "--to", r"\1 of 99"), "2 of 99.JPG", "10 of 99.JPG"),
    ],
)
def test_new_names_keep_what_is_inside(scans, words, first, second):
    scans.run("rename.py", "--only", "*.jpg", *words)
    found = names(scans)
    assert found["notes.txt"] == "notes.txt"
    assert found[first or "IMG_2.JPG"] == "IMG_2.JPG"
    assert found[second or "IMG_10.JPG"] == "IMG_10.JPG"
    assert len(found) == 3


def test_dry_run_shows_the_table_and_changes_nothing(scans):
    before = names(scans)
    lines, _ = scans.run("rename.py", "--find", "IMG_", "--to", "scan-", "--dry-run")
    assert lines == [
        "2 of 3 files would get a new name. Nothing was changed.",
        "",
        "Old name    New name",
        "----------  -----------",
        "IMG_2.JPG   scan-2.JPG",
        "IMG_10.JPG  scan-10.JPG",
    ]
    assert names(scans) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--to", "same", "--only", "*.jpg"), "IMG_2.JPG and IMG_10.JPG would both be called"),
        (("--find", "IMG_2", "--to", "IMG_10"), "that file is there already"),
        (("--find", "IMG", "--to", "a/b"), "it holds '/'"),
        (("--find", "IMG", "--to", "..\\b"), "it holds '\\\\'"),
        (("--find", "notes", "--to", "CON"), "is no file name on Windows"),
        (("--find", "notes", "--to", "x" * 300), "is longer than 255 bytes"),
        (("--find", "x(", "--regex"), "does not do"),
        (("--find", "IMG", "--to", r"\7", "--regex"), "does not do"),
        (("none", "--lower"), "There is no folder none."),
        (("notes.txt", "--lower"), "notes.txt is a file."),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_changes(scans, words, sentence):
    before = names(scans)
    _, told = scans.run("rename.py", *words, code=1)
    assert sentence in told
    assert told.count("\n") == 1
    assert names(scans) == before


def test_names_may_change_places(shell):
    for name in ("1.txt", "2.txt", "3.txt"):
        (shell.folder / name).write_text(name, encoding="utf-8")
    shell.run("rename.py", "--to", "{n}", "--start", "2", "--digits", "1")
    assert names(shell) == {"2.txt": "1.txt", "3.txt": "2.txt", "4.txt": "3.txt"}


def test_name_that_differs_in_case_only_is_not_written_over(shell):
    for name in ("A.txt", "a.txt"):  # one file where case does not count
        (shell.folder / name).write_text(name, encoding="utf-8")
    before = sorted(names(shell).values())
    _, told = shell.run("rename.py", "--lower", code=len(before) - 1)
    assert ("Nothing was renamed." in told) == (len(before) == 2)
    assert sorted(names(shell).values()) == before


def test_files_below_are_renamed_in_their_folder(shell):
    (shell.folder / "in").mkdir()
    (shell.folder / "in" / "A.TXT").write_text("a", encoding="utf-8")
    lines, _ = shell.run("rename.py", "--lower", "--recursive")
    assert lines[-1] == "in/A.TXT  a.txt"
    assert (shell.folder / "in" / "a.txt").read_text(encoding="utf-8") == "a"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "nothing to do"),
        (("--lower", "--upper"), "not allowed with argument"),
        (("--find", "", "--to", "x"), "argument --find: it is empty"),
        (("--lower", "--start", "-1"), "argument --start: -1 is below 0"),
        (("--lower", "--digits", "0"), "invalid choice"),
    ],
)
def test_wrong_use_ends_with_two(scans, words, sentence):
    _, told = scans.run("rename.py", *words, code=2)
    assert sentence in told


def test_folder_of_the_environment_is_used_where_none_is_named(scans):
    empty = scans.folder / "empty"
    empty.mkdir()
    lines, _ = scans.run("rename.py", "--lower", RENAME_FOLDER=str(empty))
    assert lines == ["0 of 0 files get a new name."]
