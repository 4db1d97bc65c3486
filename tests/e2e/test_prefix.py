"""A site below a part of another one's addresses."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx

from tests.serving import Site

TOOL = """
import argparse, pathlib
parser = argparse.ArgumentParser(description="Make a table and a file.")
parser.add_argument("--rows", type=int, default=60)
for row in range(-1, parser.parse_args().rows):
    print(f"{row},{row * row}" if row >= 0 else "number,square")
pathlib.Path("made.txt").write_text("made")
"""
ADDRESS = re.compile(r'\s(?:href|src|action|hx-get|data-[a-z]+)="([^"#]*)')
PREFIX = "/tools-site/a.b"
FORM = re.compile(r"<form[^>]*>")  # leads somewhere with its fields only, or by POST


def addresses(page: str) -> set[str]:
    found = {html.unescape(each) for each in ADDRESS.findall(page)}
    return {each for each in found if each.startswith("/") or "//" in each}


def test_everything_works_below_the_prefix_and_nothing_leads_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "squares.py").write_text(TOOL, encoding="utf-8")
    settings = f'[site]\nprefix = "{PREFIX}"\n'
    (tmp_path / "tools" / "webify.toml").write_text(settings, encoding="utf-8")
    with Site(tmp_path / "tools", tmp_path / "data") as site:
        assert httpx.URL(site.address).path == PREFIX
        site.browser.base_url = httpx.URL(site.address).copy_with(path="/")
        run = site.run(f"{PREFIX}/tools/squares")
        assert site.ended(run) == '{"state": "succeeded"}'
        seen: set[str] = set()
        forms: set[str] = set()
        ahead = {PREFIX, run, f"{run}?tab=details", f"{PREFIX}/go?part=go", f"{PREFIX}/nothing"}
        while ahead - seen and len(seen) < 60:
            path = min(ahead - seen)
            seen.add(path)
            answer = site.browser.get(path, follow_redirects=True)
            assert answer.status_code == (404 if path.endswith("/nothing") else 200), path
            if answer.headers["Content-Type"].startswith("text/html"):
                found = addresses(FORM.sub("", answer.text))
                ahead |= {each for each in found if "/events" not in each}
                forms |= addresses("".join(FORM.findall(answer.text)))
        assert {f"{run}/files/made.txt", f"{run}/tables/1.csv", f"{run}/out?download"} <= seen
        assert forms
        assert [path for path in ahead | forms if not path.startswith(PREFIX)] == []


def test_prefix_is_taken_by_the_letter(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "squares.py").write_text(TOOL, encoding="utf-8")
    with Site(tmp_path / "tools", tmp_path / "data", WEBIFY_PREFIX=PREFIX) as site:
        site.browser.base_url = httpx.URL(site.address).copy_with(path="/")
        run = site.run(f"{PREFIX}/tools/squares")
        for wrong in ("", "/tools-site/aXb", f"{PREFIX}c"):
            path = run.replace(PREFIX, wrong)
            assert site.browser.get(path).status_code == 404
            assert site.browser.get(f"{path}/events").status_code == 404
