"""Imports go down, never up, never sideways; each library has one home."""

from __future__ import annotations

import sys

import pytest

from tests.source import Source, holds, imports, sources

FLOORS = (
    ("model", "errors"),
    (
        "adapters",
        "faces",
        "places",
        "readers",
        "rows",
        "server_log",
        "settings",
        "site_adapters",
        "store",
        "version",
    ),
    ("manuals", "text"),
    ("runs", "tools"),
    ("conversion", "errands", "keeping"),
    ("checks", "services"),
    ("web",),
    ("server", "commands"),
    ("__main__",),
)
PARTS = {  # files of the top folder that belong to a room of another name
    "site_file": "settings",
    "site_shapes": "settings",
    "tool_settings": "settings",
    "toml_places": "settings",
}
HOMES = {  # library: the paths in webify/ where it may be imported
    "alembic": ("store/",),
    "click": ("__main__.py", "commands/"),
    "flask": ("web/",),
    "flask_wtf": ("web/",),
    "itsdangerous": ("web/",),
    "markupsafe": ("web/",),
    "platformdirs": ("settings.py",),
    "psutil": ("checks/", "runs/", "tools/probing.py", "tools/child.py"),
    "pyodbc": (),
    "sqlalchemy": ("store/",),
    "sqlite3": ("rows/",),
    "tornado": ("server.py", "web/live.py", "web/wsgi.py"),
    "wcwidth": ("readers/",),
    "webify_child": ("runs/ahead/",),  # files of that folder, whose interpreter has no webify
    "webify_doubts": ("runs/ahead/",),
    "webify_deeds": ("runs/ahead/",),
    "webify_stamps": ("runs/ahead/",),
    "webify_deaths": ("runs/ahead/",),
    "webify_trial": ("runs/ahead/",),
    "webify_guise": ("runs/ahead/",),
    "webify_memory": ("runs/ahead/",),
    "webify_spare": ("runs/ahead/",),
    "webify_zygote": ("runs/ahead/",),
    "werkzeug": ("web/",),
    "winpty": ("runs/conpty.py",),
    "xlsxwriter": ("rows/",),
    "yaml": ("readers/",),
}
OLD_PYTHON = ("webify/model/", "webify/adapters/", "webify/tools/probe.py", "webify/runs/ahead/")


@pytest.fixture(scope="module")
def webify():
    return sources("webify")


def room(module: str) -> str:
    """Return the folder, or the file of the top folder, that a module belongs to."""
    parts = module.split(".")
    return PARTS.get(parts[1], parts[1]) if len(parts) > 1 else ""


def floor(name: str) -> int:
    for number, rooms in enumerate(FLOORS):
        if name in rooms:
            return number
    raise AssertionError(f"webify/{name} stands on no floor; choose one in {__file__}")


def wrong_ways(files: list[Source]) -> list[str]:
    faults = []
    for source in files:
        here = room(source.module)
        for each in imports(source):
            there = room(each.name) if each.library == "webify" else ""
            if not here or not there or here == there:
                continue
            if floor(there) >= floor(here):
                way = "up" if floor(there) > floor(here) else "sideways"
                faults.append(f"{source.path}:{each.line} imports {way}: {each.name}")
    return faults


def strangers(files: list[Source]) -> list[str]:
    """Return the imports of libraries outside their homes."""
    faults = []
    for source in files:
        inside = source.path.removeprefix("webify/")
        for each in imports(source):
            if each.library not in HOMES and known(each.library):
                continue
            if inside.startswith("adapters/") and each.inner and reads(inside, each.library):
                continue
            if not any(inside.startswith(home) for home in HOMES.get(each.library, ())):
                faults.append(f"{source.path}:{each.line} imports {each.name} outside its home")
    return faults


def known(library: str) -> bool:
    """Say whether it is ours, Python's, or only there for the type checker."""
    return library in sys.stdlib_module_names or library in ("webify", "_typeshed")


def reads(adapter: str, library: str) -> bool:
    """Say whether an adapter is the one of this framework; it imports it when it reads it."""
    return adapter.startswith(f"adapters/{library}_")


def circles(files: list[Source]) -> list[str]:
    """Return one way around for each circle of imports."""
    modules = {source.module for source in files}
    below = {source.module: needed(source, modules) for source in files}
    done: set[str] = set()
    faults: list[str] = []

    def go(module: str, way: list[str]) -> None:
        if module in way:
            faults.append(" -> ".join([*way[way.index(module) :], module]))
        elif module not in done:
            for each in sorted(below[module]):
                go(each, [*way, module])
            done.add(module)

    for module in sorted(below):
        go(module, [])
    return faults


def needed(source: Source, modules: set[str]) -> set[str]:
    found = set()
    for each in imports(source):
        name = each.name if each.name in modules else each.name.rpartition(".")[0]
        if name in modules:
            found.add(name)
    return found


def probe_side_leaks(files: list[Source]) -> list[str]:
    """Return what the old Python of a tool would have to import and cannot."""
    faults = []
    for source in files:
        if not source.path.startswith(OLD_PYTHON):
            continue
        inside = source.path.removeprefix("webify/")
        for each in imports(source):
            ours = room(each.name) in ("model", "adapters") if each.library == "webify" else False
            standard = each.library in sys.stdlib_module_names
            read = each.inner and reads(inside, each.library)
            beside = "runs/ahead/" in HOMES.get(each.library, ()) and inside.startswith(
                "runs/ahead/"
            )
            if not (ours or standard or read or beside):
                faults.append(f"{source.path}:{each.line} imports {each.name}")
    return faults


def test_imports_go_down_and_stay_in_their_folder(webify):
    holds(wrong_ways(webify))


def test_each_library_is_imported_at_its_home_only(webify):
    holds(strangers(webify))


def test_no_module_imports_itself_by_way_of_others(webify):
    holds(circles(webify))


def test_probe_side_imports_the_standard_library_only(webify):
    holds(probe_side_leaks(webify))


def test_each_file_and_folder_stands_on_a_floor(webify):
    assert {floor(room(source.module)) for source in webify if room(source.module)}


BAD = [
    (wrong_ways, "webify/model/run.py", "from webify.web import app"),
    (wrong_ways, "webify/runs/engine.py", "from webify.tools.catalog import Catalog"),
    (wrong_ways, "webify/faces/form.py", "def f():\n    import webify.rows.page"),
    (wrong_ways, "webify/errors.py", "from webify.model.run import Run"),
    (strangers, "webify/services.py", "from flask import abort"),
    (strangers, "webify/tools/catalog.py", "import sqlite3"),
    (strangers, "webify/store/store.py", "import pyodbc"),
    (strangers, "webify/web/app.py", "import requests"),
    (strangers, "webify/adapters/click_.py", "import click"),
    (strangers, "webify/adapters/optparse_.py", "def f():\n    import click"),
    (circles, "webify/model/run.py", "import webify.model.run"),
    (probe_side_leaks, "webify/adapters/click_.py", "from webify.errors import WebifyError"),
    (probe_side_leaks, "webify/tools/probe.py", "import psutil"),
]


@pytest.mark.parametrize(("law", "path", "text"), BAD, ids=[f"{b[0].__name__}-{b[1]}" for b in BAD])
def test_law_finds_a_breach(law, path, text):
    assert law([Source(path, text)])


def test_long_circle_is_found():
    ring = [
        Source("webify/a.py", "from webify.b import x"),
        Source("webify/b.py", "from webify import c"),
        Source("webify/c.py", "def f():\n    import webify.a"),
    ]
    assert circles(ring) == ["webify.a -> webify.b -> webify.c -> webify.a"]


def test_adapter_may_import_its_framework_when_it_reads_it():
    adapter = Source("webify/adapters/click_.py", "def describe(p):\n    import click.core")
    assert strangers([adapter]) == probe_side_leaks([adapter]) == []
