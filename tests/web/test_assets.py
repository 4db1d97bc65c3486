"""What is served beside the pages is what VERSIONS says, and is small."""

from __future__ import annotations

import gzip
import hashlib
import re

from tests.serving import ROOT

STATIC = ROOT / "webify" / "static"
BUDGET = 60_000  # bytes of scripts, compressed, on the page that has the most


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
    assert kept == {"bootstrap", "bootstrap-icons", "htmx.org", "inter", "jetbrains-mono"}


def test_scripts_keep_to_their_budget():
    scripts = list(STATIC.rglob("*.js"))
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) < BUDGET


def test_nothing_points_to_another_host_or_a_source_map():
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("vendor/*.min.*")):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path
        assert not re.search(r"url\([\"']?(?:https?:)?//", text), path
