from __future__ import annotations

from webify import places


def test_templates_lie_in_a_folder_that_is_there():
    assert places.templates().is_dir()
    assert places.templates().name == "templates"


def test_static_files_lie_inside_the_package():
    assert places.static().parent == places.PACKAGE


def test_legacy_tools_lie_in_a_folder_that_is_there():
    assert places.legacy_tools().is_dir()


def test_what_lies_inside_the_package_comes_before_what_lies_beside_it(tmp_path, monkeypatch):
    package = tmp_path / "webify"
    (package / "templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "legacy_tools").mkdir()
    monkeypatch.setattr(places, "PACKAGE", package)
    assert places.templates() == package / "templates"
    assert places.legacy_tools() == tmp_path / "legacy_tools"
