"""The settings of a site: where each comes from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from webify.errors import SettingsWrong
from webify.model.command import Kind
from webify.settings import Limits, Settings, load_settings, runs_at_once


def load(folder: Path, text: str = "", *, options: Any = None, **environ: str) -> Settings:
    site = folder / "site"
    site.mkdir(exist_ok=True)
    if text:
        (site / "webify.toml").write_text(text, encoding="utf-8")
    return load_settings(site, {"data": folder / "data", **(options or {})}, environ)


def fault(folder: Path, text: str = "", **more: Any) -> str:
    with pytest.raises(SettingsWrong) as caught:
        load(folder, text, **more)
    return str(caught.value)


def test_site_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.folder == tmp_path / "site"
    assert (settings.name, settings.host, settings.port) == ("webify", "127.0.0.1", 8000)
    assert settings.limits == Limits()
    assert not settings.tools
    assert settings.data.is_dir()


def test_option_wins_over_environment_and_environment_over_file(tmp_path: Path) -> None:
    text = '[site]\nname = "file"\nport = 1\nprefix = "file"'
    settings = load(tmp_path, text, options={"port": 3}, WEBIFY_PORT="2", WEBIFY_NAME="environ")
    assert (settings.port, settings.name, settings.prefix) == (3, "environ", "/file")


def test_option_that_is_none_is_not_given(tmp_path: Path) -> None:
    assert load(tmp_path, options={"port": None, "host": None}).port == 8000


def test_limits_of_the_queue_are_read_for_the_site_and_for_a_tool(tmp_path: Path) -> None:
    text = "[limits]\nruns = 3\nruns_per_person = 2\n[tools.put]\nruns = 1\n"
    (tmp_path / "webify.toml").write_text(
        f'{text}concurrency_group = "db"\n[tools.purge]\nconcurrency_group = ["db", "disk"]\n',
        encoding="utf-8",
    )
    settings = load_settings(tmp_path, {"data": tmp_path / "data"}, {})
    assert (settings.limits.runs, settings.limits.runs_per_person) == (3, 2)
    assert (settings.tools["put"].runs, settings.tools["put"].concurrency_group) == (1, ("db",))
    assert settings.tools["purge"].concurrency_group == ("db", "disk")


def test_ordinary_sites_have_room_for_their_runs_on_any_machine() -> None:
    assert [runs_at_once(cores) for cores in (1, 4, 16)] == [20, 20, 64]


def test_environment_reaches_limits_and_lists(tmp_path: Path) -> None:
    settings = load(tmp_path, WEBIFY_PROBE_SECONDS="2.5", WEBIFY_HOSTS="tools.example, other")
    assert settings.limits.probe_seconds == 2.5
    assert settings.hosts == ("tools.example", "other")


def test_data_and_folder_are_filled_in(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        '[[prepare]]\ncreates = "{data}/stock.db"\nrun = ["stock.py", "sample", "{data}/stock.db"]'
        '\n[tools.stock]\nenv = { DB = "sqlite:///{data}/stock.db", HERE = "{folder}" }',
    )
    assert settings.prepare[0].creates == settings.data / "stock.db"
    assert settings.prepare[0].run[2] == f"{settings.data}/stock.db"
    assert settings.tools["stock"].env["DB"] == f"sqlite:///{settings.data}/stock.db"
    assert settings.tools["stock"].env["HERE"] == str(settings.folder)


def test_parameter_settings_are_read_by_address(tmp_path: Path) -> None:
    text = '[tools.stock.parameters."levels.site"]\nlabel = "Warehouse"\nkind = "date"'
    parameter = load(tmp_path, text).tools["stock"].parameters["levels.site"]
    assert (parameter.label, parameter.kind, parameter.hidden) == ("Warehouse", Kind.DATE, None)


def test_data_folder_of_a_site_is_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "tools").mkdir(parents=True)
    home = {"XDG_DATA_HOME": str(tmp_path / "home")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", home["XDG_DATA_HOME"])
        patch.setenv("LOCALAPPDATA", home["XDG_DATA_HOME"])
        patch.setenv("HOME", home["XDG_DATA_HOME"])
        one = load_settings(tmp_path / "one" / "tools", {}, {}).data
        two = load_settings(tmp_path / "two" / "tools", {}, {}).data
    assert one != two
    assert re.fullmatch(r"tools-[0-9a-f]{8}", one.name)


def test_file_saved_by_windows_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    raw = b"\xef\xbb\xbf[site]\r\nname = 'Office'\r\n"
    (tmp_path / "site" / "webify.toml").write_bytes(raw)
    assert load(tmp_path).name == "Office"
