"""Somebody looks at the form of a warm tool: what its first run needs is got ready meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from tests.runs.bench import LIMIT, until
from webify.runs.regulars import MOST_EARLY
from webify.services import Services, expect, launch, open_services
from webify.settings import load_settings
from webify.web.app import create_app

TOOL = """
import argparse
import os
argparse.ArgumentParser(description="Says what began it.").parse_args()
with open(f"/proc/{os.getppid()}/cmdline") as words:
    print("waited for" if os.path.basename(__file__) in words.read() else "anew")
"""
SETTINGS: Mapping[str, str] = {
    "early": "",
    "passed": "",
    "headed": "",
    "foreseen": "",
    "cold": "warm = false",
    "limited": "cpu_seconds = 100",
    "dialog": "terminal = true",
    "secret": "env = { API_TOKEN = 'hunter22' }",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Services]:
    tools, settings = tmp_path / "tools", ""
    tools.mkdir()
    for name, said in SETTINGS.items():
        (tools / f"{name}.py").write_text(TOOL, encoding="utf-8")
        settings += f"[tools.{name}]\n{said}\n" + "warm = true\n" * ("warm" not in said)
    (tools / "webify.toml").write_text(settings, encoding="utf-8")
    services = open_services(load_settings(tools, {"data": tmp_path / "data"}))
    yield services
    services.close()


def notes(site: Services) -> str:
    return (site.settings.data / "runs" / "supervisor.log").read_text(encoding="utf-8")


def run(site: Services, name: str) -> bytes:
    """Run a tool, and return what it printed."""
    made = launch(site, site.catalog.tool(name), (), {})
    return site.engine.folder(site.engine.wait(made.id, LIMIT)).out_path.read_bytes()


def test_look_at_a_form_gets_its_tool_ready_before_the_first_run(site: Services) -> None:
    visitor = create_app(site).test_client()
    for path in ("/", "/runs", "/server"):
        visitor.get(path)
    visitor.head("/tools/headed")
    visitor.get("/tools/foreseen", headers={"Sec-Purpose": "prefetch"})
    visitor.get("/tools/early")
    until(lambda: "early.py starts warm" in notes(site))
    assert notes(site).count(".py starts") == 1
    until(lambda: run(site, "early") == b"waited for\n")


def test_nothing_is_got_ready_that_no_run_would_take(site: Services) -> None:
    reading = replace(site, room=SimpleNamespace(sentence="The disk is full"))  # type: ignore[arg-type]  # or so it says
    expect(reading, site.catalog.tool("passed"), ())
    for name in ("cold", "limited", "dialog", "secret", "early"):  # one after the other
        expect(site, site.catalog.tool(name), ())
    until(lambda: "early.py starts warm" in notes(site))
    assert notes(site).count(".py starts") == 1


def test_looks_at_many_forms_get_few_tools_ready(site: Services, tmp_path: Path) -> None:
    for name in ("early", "passed", "headed", "foreseen"):
        expect(site, site.catalog.tool(name), ())
    until(lambda: notes(site).count("starts warm") == MOST_EARLY)
    until(lambda: site.errands._worker is None)
    run(site, "cold")  # what was told before is done
    started = [each.info["cmdline"] for each in psutil.process_iter(["cmdline"])]
    assert not [each for each in started if str(tmp_path / "tools" / "foreseen.py") in (each or ())]
    launcher = psutil.Process(site.engine._launcher._waiting.pid)
    until(lambda: len(launcher.children()) == MOST_EARLY + 1)  # and one supervisor for any tool
