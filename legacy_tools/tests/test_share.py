"""share.py: sizes, ages and owners of a folder, and the form of Windows shares."""

import os
import re
import subprocess
import sys

import pytest

from legacy_tools.tests.conftest import TOOLS

DAY = ("--as-of", "2026-11-20")


def test_largest_files_come_first_and_are_counted(shell, office):
    lines, _ = shell.run("share.py", str(office), "--largest", "3", *DAY)
    assert lines[0] == "98 files in 9 folders, 10.5 MB."
    sizes = [float(line.split()[0]) for line in lines[4:]]
    assert len(sizes) == 3
    assert sizes == sorted(sizes, reverse=True)


def test_age_is_counted_up_to_the_day(shell, office):
    lines, _ = shell.run("share.py", str(office), "--older-than", "1000", "--sort", "age", *DAY)
    ages = [int(line.split()[2].replace(",", "")) for line in lines[4:]]
    assert len(ages) == 4
    assert ages == sorted(ages, reverse=True)
    assert min(ages) > 1000
    lines, _ = shell.run("share.py", str(office), "--newer-than", "1", *DAY)
    assert lines[0].startswith("4 files in 2 folders")


@pytest.mark.parametrize("by", ["type", "owner", "folder"])
def test_summary_has_a_line_for_each(shell, office, by):
    lines, _ = shell.run("share.py", str(office), "--by", by, "--unit", "MB")
    assert lines[2].split()[0] == by.title()
    files = [int(re.split(r"  +", line)[1]) for line in lines[4:]]
    assert sum(files) == 98


def test_files_are_chosen_by_type_owner_size_depth_and_pattern(shell):
    (shell.folder / "a" / "b").mkdir(parents=True)
    for name, size in {"x.PDF": 3000, "a/y.txt": 10, "a/b/z.pdf": 900, ".hid": 5}.items():
        (shell.folder / name).write_bytes(bytes(size))
    os.symlink(shell.folder, shell.folder / "a" / "round")

    def found(*words):
        return shell.run("share.py", *words)[0][0].split()[0]

    assert found() == "3"
    assert found("--hidden") == "4"
    assert found("--type", "pdf") == "2"
    assert found("--depth", "1") == "1"
    assert found("--larger-than", "0.9") == "2"
    assert found("--exclude", "B", "--exclude", "*.txt") == "1"
    assert found("--owner", "nobody-of-this-name") == "0"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("\\\\server", "names no share"),
        ("\\\\server\\", "names no share"),
        ("\\\\\\share", "names no server"),
        ("\\\\bad name\\share", "names no server"),
        ("\\\\server\\sh|are", "holds '|', which no share has"),
        ("\\\\.\\pipe\\x", "is a device, not a shared folder"),
    ],
)
def test_malformed_share_is_refused_on_every_system(shell, name, sentence):
    _, told = shell.run("share.py", name, code=1)
    assert sentence in told
    assert told.count("\n") == 1


NO_FOLDER, MALFORMED = "There is no folder", "A shared folder is written"
ELSEWHERE = "does not run Windows. Name the folder where the share is mounted, like /mnt/share."


@pytest.mark.parametrize(
    ("name", "on_windows", "elsewhere"),
    [
        ("\\\\server\\share", NO_FOLDER, ELSEWHERE),
        ("\\\\?\\UNC\\server\\share\\a b", NO_FOLDER, ELSEWHERE),
        ("\\\\?\\C:\\folder", NO_FOLDER, ELSEWHERE),
        ("//server/share/folder", NO_FOLDER, NO_FOLDER),
        ("//server", MALFORMED, NO_FOLDER),
    ],
)
def test_good_share_is_opened_on_windows_and_explained_elsewhere(name, on_windows, elsewhere):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import share\n"
        "for windows in (True, False):\n"
        "    try: share.checked_folder(sys.argv[2], windows)\n"
        "    except share.Refused as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(TOOLS), name], capture_output=True, text=True
    )
    told = done.stdout.splitlines()
    assert on_windows in told[0]
    assert elsewhere in told[1]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("nothing",), 1, "There is no folder nothing."),
        (("a", "b"), 2, "one folder only"),
        (("--largest=-1",), 2, "option --largest: -1 is below 0"),
        (("--as-of", "soon"), 2, "'soon' is not a date like 2026-11-20"),
        (("--by", "colour"), 2, "invalid choice"),
        ((__file__,), 1, "is a file. Name a folder."),
    ],
)
def test_wrong_use_is_told(shell, words, code, sentence):
    _, told = shell.run("share.py", *words, code=code)
    assert sentence in told


def test_folder_of_the_environment_is_read_where_none_is_named(shell, office):
    lines, _ = shell.run("share.py", SHARE_FOLDER=str(office))
    assert lines[0].startswith("98 files")
