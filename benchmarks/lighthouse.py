"""What Lighthouse says of a finished run whose table shows fifty rows.

    python -m benchmarks.lighthouse [--command "npx lighthouse"]

It needs Node, lighthouse and Chromium; CHROME_PATH says where Chromium is.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.serving import ROOT, Site

TOOLS = ROOT / "legacy_tools"
ASKED = ("performance", "accessibility", "best-practices")
QUIET = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def scores(command: str, address: str, preset: str) -> tuple[dict[str, int], list[str]]:
    """Return the scores from 0 to 100, and what cost some."""
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or "chromium"
    words = [
        *shlex.split(command), address, "--output=json", "--quiet",
        f"--only-categories={','.join(ASKED)}", f"--chrome-flags={QUIET}",
        *(["--preset=desktop"] if preset == "desktop" else []),
    ]  # fmt: skip
    said = subprocess.run(
        words, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, check=True
    )
    report = json.loads(said.stdout)
    found = {name: round(100 * report["categories"][name]["score"]) for name in ASKED}
    audits = report["audits"].values()
    short = [
        f"{audit['id']}: {audit['score']} {audit.get('displayValue', '')}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]
    return found, short


def main() -> None:
    """Print the scores of the page on a desk and on a phone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", default="npx lighthouse")
    command = parser.parse_args().command
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        run = site.run("/tools/stock/levels")
        site.ended(run)
        for preset in ("desktop", "phone"):
            found, short = scores(command, site.address + run, preset)
            print(preset, *(f"{name} {score}" for name, score in found.items()))
            for line in short:
                print(f"    {line}")


if __name__ == "__main__":
    main()
