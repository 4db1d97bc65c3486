"""A real site for tests and benchmarks: a server of its own, a browser without scripts."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
SURE = re.compile(r'name=":sure" value="([^"]+)"')
TOKEN = re.compile(r'name=":csrf"[^>]*value="([^"]+)"')
PATIENCE = 60.0  # seconds until a server must listen


class Site:
    """`webify serve FOLDER` on a port of the system's choice; use it in a `with`."""

    def __init__(self, folder: Path, data: Path, *options: str, **environ: str) -> None:
        """Keep what the server will be started with."""
        self.words = [
            sys.executable, "-m", "webify", "serve", str(folder),
            "--port", "0", "--data", str(data), *options,
        ]  # fmt: skip
        self.data = data
        self.environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environ
        self.said: list[str] = []
        self.errors: IO[str] | None = None  # where its standard error goes
        self.process: subprocess.Popen[str]
        self.browser: httpx.Client
        self.token = ""

    def __enter__(self) -> Self:
        """Start the server and wait until it listens."""
        self.process = subprocess.Popen(
            self.words, env=self.environ, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
            stderr=self.errors, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout is not None
        while " at http" not in (line := self.process.stdout.readline()):
            assert line, f"the server ended with {self.process.wait(PATIENCE)}: {self.said}"
            self.said.append(line)
        self.said.append(line)
        self.address = line.split()[-1]
        self.browser = httpx.Client(base_url=self.address, timeout=30)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server as Ctrl C does; its runs go on."""
        self.browser.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.kill()

    def kill(self) -> None:
        """End the server at once, as `kill -9` does."""
        self.process.kill()
        self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def memory(self) -> int:
        """Return the resident bytes of the server process."""
        return psutil.Process(self.process.pid).memory_info().rss

    def page(self, path: str) -> str:
        """Return the text of a page that must be there."""
        answer = self.browser.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:400]}"
        return answer.text

    def post(
        self,
        path: str,
        answers: Mapping[str, str | Sequence[str]] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """Post a form as a browser does: with the token of a page, and the Origin."""
        if not self.token:
            found = TOKEN.search(self.page(path))
            assert found, f"{path} has no form"
            self.token = html.unescape(found[1])
        return self.browser.post(
            path,
            data={":csrf": self.token, **(answers or {})},
            files=files,
            headers={"Origin": self.browser.base_url.copy_with(raw_path=b"").__str__().rstrip("/")},
        )

    def run(
        self,
        path: str,
        answers: Mapping[str, str | Sequence[str]] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> str:
        """Run a tool from its form; return the path of the run's page."""
        answer = self.post(path, answers, files)
        if ":sure" in (answers or {}) and (word := SURE.search(answer.text)):
            answer = self.post(path, {**(answers or {}), ":sure": word[1]}, files)
        main = answer.text.partition("<main")[2]
        assert answer.status_code == 303, f"{path}: {answer.status_code} {main[:2000]}"
        return httpx.URL(answer.headers["Location"]).path

    def ended(self, run: str, seconds: float = 30.0) -> str:
        """Wait by the run's event stream until it has ended; return how."""
        limit = time.monotonic() + seconds
        with self.browser.stream("GET", f"{run}/events", timeout=seconds) as events:
            ending = False
            for line in events.iter_lines():
                ending = ending or line == "event: end"
                if ending and line.startswith("data: "):
                    return line[6:]
                assert time.monotonic() < limit, f"{run} did not end in {seconds} s"
        raise AssertionError(f"the events of {run} ended without saying how")
