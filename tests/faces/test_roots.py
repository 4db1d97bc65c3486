"""No path leaves the folders that the site names: neither by its words nor by a link."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as some

from webify.errors import ValuesRefused
from webify.faces.roots import place, plain, settled, within
from webify.faces.settling import settled_values
from webify.faces.values import form_values, read_values
from webify.model.command import Command, Default, Item, Kind, Parameter, PathRule, Root

DATA = Root("Data", "C:\\Data")
SHARE = Root("Share", "\\\\server\\share\\in")
POSIX = Root("Data", "/srv/data")
LINKS = os.name != "nt"  # there, links need rights


@pytest.mark.parametrize(
    "text",
    [
        "C:\\Data", "C:\\Data\\x.csv", "c:\\DATA\\x.csv", "C:/Data/x.csv", "C:\\Data\\a\\..\\x",
        "C:\\Data\\REPORT~1.CSV", "\\\\SERVER\\Share\\in\\x", "//server/share/in/x",
        "C:\\Data\\with space\\ü.csv",
    ],
)  # fmt: skip
def test_path_inside_is_taken_on_windows_whatever_its_case(text):
    assert within(text, [DATA, SHARE], PureWindowsPath)


@pytest.mark.parametrize(
    "text",
    [
        "C:\\Windows", "D:\\Data\\x", "C:\\Database\\x", "C:\\Data\\..\\Windows", "C:\\Data\\..",
        "C:Data\\x", "C:x", "\\Data\\x", "/Data/x", "\\\\evil\\share\\in\\x",
        "\\\\server\\other\\x", "\\\\server\\share\\x", "\\\\server\\share\\in\\..\\x",
        "\\\\?\\C:\\Data\\x", "//?/C:/Data/x", "\\\\.\\C:\\Data\\x", "\\??\\C:\\Data\\x",
        "\\\\.\\pipe\\x", "\\\\?\\UNC\\server\\share\\in\\x", "C:\\Data\\x.csv:stream",
        "C:\\Data\\x::$DATA", "C:\\Data\\con", "C:\\Data\\NUL.txt", "C:\\Data\\com1",
        "C:\\Data\\CONIN$", "C:\\Data\\x.csv.", "C:\\Data\\x.csv ", "C:\\Data\\..  \\x",
        "C:\\Data\\... \\x", "C:\\Data\\x\0", "C:\\Data\\x\n", "C:\\DATA~1\\x", "file:///C:/Data/x",
    ],
)  # fmt: skip
def test_path_outside_is_not_taken_on_windows(text):
    assert not within(text, [DATA, SHARE], PureWindowsPath)


@pytest.mark.parametrize(
    "text",
    [
        "/etc", "/srv/database/x", "/srv/data/../x", "/srv/data/a/../../x", "//srv/data/x",
        "/SRV/data/x", "/", "/..", "/srv/data\0", "/srv/data/x\n", "/srv/data/\x7f", "",
        "srv/data/x", "file:///srv/data/x", "~/x", "/srv/data/./../../etc/passwd",
    ],
)  # fmt: skip
def test_path_outside_is_not_taken_elsewhere(text):
    assert not within(text, [POSIX], PurePosixPath)


@pytest.mark.parametrize(
    "text",
    [
        "~/.ssh/id", "~root/x", "$HOME/x", "%USERPROFILE%", "file:///etc/passwd",
        "file:/etc/passwd", "https://example.com/x", "s3://bucket/x", "../x", "a/../../x",
        "..", "C:x", "a\0b", "a\tb",
    ],
)  # fmt: skip
@pytest.mark.parametrize("flavour", [PurePosixPath, PureWindowsPath])
def test_what_a_tool_may_read_as_another_place_is_no_plain_path(text, flavour):
    assert plain(text, flavour) is None


@pytest.mark.parametrize("text", ["rules.txt", "a/b.csv", "a/../b", "12.30.csv", "ü", "a~1"])
def test_plain_name_stays_in_the_folder_of_its_run(text):
    assert plain(text, PurePosixPath) is not None


@given(some.text(some.sampled_from("aC:\\/.~$ \0x"), max_size=20))
@pytest.mark.parametrize(("flavour", "root"), [(PurePosixPath, "/a"), (PureWindowsPath, "C:\\a")])
def test_no_words_lead_out_of_a_root(flavour, root, text):
    for path in (text, f"{root}/{text}", f"{root}\\{text}"):
        if within(path, [Root("", root)], flavour):
            assert plain(path, flavour).is_relative_to(flavour(root))
            assert ".." not in plain(path, flavour).parts


@pytest.fixture
def root(tmp_path):
    """Make a folder that may be read beside one that may not."""
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    for name in ("in/a.csv", "in/deep/b.csv", "out/secret.csv"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return Root("In", str(tmp_path / "in"))


def linked(root, name, target):
    """Make a link in the root; say whether links can be made here."""
    if LINKS:
        (Path(root.folder) / name).symlink_to(target)
    return LINKS


def test_link_out_of_a_root_is_not_followed(root):
    inside = Path(root.folder)
    if linked(root, "way-out", inside.parent / "out"):
        assert place(str(inside / "way-out/secret.csv"), [root]) is None
        assert place(str(inside / "way-out"), [root]) is None
        # the words alone stay inside, the way that the system goes does not
        assert place(str(inside / "way-out/../out/secret.csv"), [root]) is None
    assert place(str(inside / "a.csv"), [root]) == (inside / "a.csv").resolve()


def test_link_inside_of_a_root_is_followed(root):
    inside = Path(root.folder)
    if linked(root, "latest", "deep"):
        assert place(str(inside / "latest/b.csv"), [root]) == (inside / "deep/b.csv").resolve()


def test_circle_of_links_is_nowhere(root):
    if linked(root, "one", "two") and linked(root, "two", "one"):
        assert place(f"{root.folder}/one", [root]) in (None, Path(root.folder).resolve() / "one")


def test_root_that_is_a_link_itself_may_be_read_by_both_names(root, tmp_path):
    if LINKS:
        (tmp_path / "alias").symlink_to(root.folder)
        alias = Root("In", str(tmp_path / "alias"))
        for way in (alias.folder, root.folder):
            assert place(f"{way}/a.csv", [alias]) == (Path(root.folder) / "a.csv").resolve()


def test_root_that_is_away_holds_nothing(tmp_path):
    gone = Root("Gone", str(tmp_path / "gone"))
    real = place(str(tmp_path / "gone/x"), [gone])
    assert real is None or not real.exists()


def command(*parameters: Parameter) -> tuple[Command, ...]:
    return (Command("tool", parameters=parameters),)


def path(root: Root | None, kind: Kind = Kind.PATH, **more: object) -> Parameter:
    roots = (root,) if root else ()
    return Parameter("file", ("--file",), kind=kind, roots=roots, **more)


def refused(chain, text):
    with pytest.raises(ValuesRefused) as caught:
        read_values(chain, {"file": [text]})
    return caught.value.fields["file"]


def test_path_outside_is_refused_with_the_folders_that_may_be_read(root):
    said = f"/etc is not in a folder this tool may read: In ({root.folder})."
    for kind in (Kind.PATH, Kind.DIRECTORY, Kind.FILE_IN):
        assert refused(command(path(root, kind)), "/etc") == said


def test_refusal_does_not_tell_whether_a_path_outside_is_there(root):
    chain = command(path(root, path=PathRule(exists=True)))
    there, gone = (refused(chain, text) for text in ("/etc/passwd", "/etc/no-such-file"))
    assert there == gone.replace("no-such-file", "passwd")


def test_tool_that_may_read_no_folder_says_so():
    said = refused(command(path(None)), "/etc/\x01")
    assert said == "/etc/\ufffd is not in a folder this tool may read: there is none."


def test_path_that_is_missing_inside_is_told_as_before(root):
    chain = command(path(root, path=PathRule(exists=True)))
    assert refused(chain, f"{root.folder}/no.csv").startswith("There is no")


def test_default_of_the_tool_may_lie_anywhere(root):
    chain = command(path(root, default=Default("value", "/etc/rules")))
    assert read_values(chain, {"file": ["/etc/rules"]}) == {"file": "/etc/rules"}
    assert settled_values(chain, {"file": "/etc/rules"}, Path(root.folder)) == {
        "file": "/etc/rules"
    }


def test_without_roots_paths_are_as_they_were():
    chain = command(replace(path(None), roots=None))
    assert read_values(chain, {"file": ["~/x"]}) == {"file": "~/x"}


def test_file_of_the_server_stands_for_one_that_is_sent(root):
    chain = command(path(root, Kind.FILE_IN))
    text = f"{root.folder}/a.csv"
    values = read_values(chain, {"file": [text]})
    assert values == {"file": text}
    assert form_values(chain, values) == {"file": [text]}
    assert refused(chain, root.folder).endswith(" is a folder, not a file.")
    assert "may read" in refused(chain, "a.csv")


def test_each_place_of_a_row_is_held_inside(root):
    items = (Item(Kind.TEXT), Item(Kind.PATH, roots=(root,)))
    chain = command(Parameter("file", ("--file",), items=items, least=2, most=2, roots=None))
    with pytest.raises(ValuesRefused):
        read_values(chain, {"file": ["/etc", "/etc"]})
    assert read_values(chain, {"file": ["/etc", f"{root.folder}/a.csv"]})


def test_link_that_is_turned_after_the_form_is_refused_at_launch(root):
    inside = Path(root.folder)
    if linked(root, "list.csv", inside / "a.csv"):
        chain = command(path(root))
        values = read_values(chain, {"file": [f"{root.folder}/list.csv"]})
        (inside / "list.csv").unlink()
        (inside / "list.csv").symlink_to(inside.parent / "out/secret.csv")
        with pytest.raises(ValuesRefused) as caught:
            settled_values(chain, values, inside.parent / "run")
        assert "may read" in caught.value.fields["file"]


def test_tool_is_given_the_path_without_its_links(root, tmp_path):
    real = (Path(root.folder) / "deep").resolve()
    several = path(root, least=0, most=None)
    given = [f"{root.folder}/deep/../deep/b.csv", "uploaded.csv"]
    found = settled_values(command(several), {"file": given}, tmp_path)
    assert found == {"file": [str(real / "b.csv"), "uploaded.csv"]}


def test_relative_path_starts_where_the_run_does(root, tmp_path):
    chain, files = command(path(root)), tmp_path / "run"
    files.mkdir()
    assert settled_values(chain, {"file": "x.csv"}, files) == {"file": "x.csv"}
    with pytest.raises(ValuesRefused):
        settled_values(chain, {"file": "secret.csv"}, files, str(tmp_path / "out"))
    assert settled_values(chain, {"file": "a.csv"}, files, root.folder) == {"file": "a.csv"}


def test_settled_path_is_never_outside(root, tmp_path):
    for text in ("../out/secret.csv", "/etc/passwd", "~/x", f"{root.folder}/../out"):
        assert settled(text, [root], tmp_path / "run") is None
