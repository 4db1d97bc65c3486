"""A server that was started without standard files, as some service managers do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

import httpx

from tests.runs.bench import until
from tests.serving import Site

TOOL = """
import argparse, os, sys
argparse.ArgumentParser(description="Look at the standard files.").parse_args()
print("said", os.readlink("/proc/self/fd/1").partition(":")[0], flush=True)
print("told", file=sys.stderr)
"""
# Closes its own before it becomes the server; its errors are not seen, so it is told where it is.
CLOSED = """
import os, sys
for number in (0, 1, 2):
    os.close(number)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Closed(Site):
    """A site whose server has none."""

    def __enter__(self) -> Self:
        words = [sys.executable, "-c", CLOSED, *self.words[1:]]
        self.process = subprocess.Popen(words, env=self.environ, text=True)
        until(self._told, 60)
        self.browser = httpx.Client(base_url=self.address, timeout=30)
        return self

    def _told(self) -> bool:
        """Say whether it listens, which it notes for those who come to its data folder."""
        try:
            said = json.loads((self.data / "server.lock").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        self.address: str = said["address"]
        return bool(self.address)


if sys.platform == "linux":

    def test_server_without_standard_files_serves_and_keeps_what_tools_print(
        tmp_path: Path,
    ) -> None:
        (tmp_path / "tools").mkdir()
        (tmp_path / "tools" / "looks.py").write_text(TOOL, encoding="utf-8")
        with Closed(tmp_path / "tools", tmp_path / "data") as site:
            for number in range(3):
                assert Path(f"/proc/{site.process.pid}/fd/{number}").samefile(os.devnull)
            run = site.run("/tools/looks")
            assert "warned" in site.ended(run)
            assert site.page(f"{run}/out") == "said pipe\n"
            assert site.page(f"{run}/err") == "told\n"
