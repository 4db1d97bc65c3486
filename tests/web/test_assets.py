"""What is served beside the pages is what VERSIONS says, and is small."""

from __future__ import annotations

import gzip
import hashlib
import re

from tests.serving import ROOT

STATIC = ROOT / "webify" / "static"
BUDGET = 60_000  # bytes of scripts, compressed, on the page that has the most
ON_DEMAND = {STATIC / "vendor" / "chart.umd.min.js"}  # fetched when a chart is opened


def test_vendored_files_are_those_that_were_written_down():
    lines = (STATIC / "vendor" / "VERSIONS").read_text(encoding="utf-8").splitlines()
    written = {}
    for line in lines:
        name, package, licence, digest = re.split(r"  +", line)
        assert package
        assert licence
        written[name] = digest.removeprefix("sha256:")
    there = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "VERSIONS" and path.parent.name != "licences"
    }
    assert written == there


def test_each_package_has_its_licence():
    kept = {path.stem for path in (STATIC / "vendor" / "licences").iterdir()}
    assert kept == {
        "bootstrap", "bootstrap-icons", "chart.js", "htmx.org", "inter", "jetbrains-mono",
    }  # fmt: skip


def test_scripts_keep_to_their_budget():
    scripts = set(STATIC.rglob("*.js")) - ON_DEMAND
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) < BUDGET


def test_no_page_loads_what_is_fetched_on_demand():
    assert all(path.is_file() for path in ON_DEMAND)
    for page in (ROOT / "templates").glob("*.html"):
        for script in re.findall(r"<script[^>]*>", page.read_text(encoding="utf-8")):
            assert not any(path.name in script for path in ON_DEMAND), page


def test_nothing_points_to_another_host_or_a_source_map():
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("vendor/*.min.*")):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path
        assert not re.search(r"url\([\"']?(?:https?:)?//", text), path


def test_styles_and_scripts_are_packed_for_those_that_can_unpack(visitor):
    path = "/static/vendor/bootstrap.min.css"
    zipped = {"Accept-Encoding": "gzip"}
    with visitor.get(path, headers=zipped) as packed, visitor.get(path) as plain:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(packed.data) == plain.data == (STATIC.parent / path[1:]).read_bytes()
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 4
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["ETag"] != plain.headers["ETag"]
        known = zipped | {"If-None-Match": packed.headers["ETag"]}
    assert visitor.get(path, headers=known).status_code == 304


def test_pages_with_secrets_and_fonts_are_not_packed(visitor):
    for path in ("/tools/echo", "/static/vendor/fonts/inter-latin.woff2"):
        with visitor.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert "Content-Encoding" not in answer.headers
