"""webify's bridge to WSGI beside Tornado's own: first byte of a slow answer, and memory.

    python -m benchmarks.streaming

Each bridge serves the same application in a process of its own.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.wsgi import WSGIContainer

from webify.web.wsgi import WSGIHandler

MEGABYTE = 1_000_000
LARGE = 200


def slow() -> Iterator[bytes]:
    """Yield twenty lines in two seconds."""
    for number in range(20):
        yield b"line %d\n" % number
        time.sleep(0.1)


def site(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer /slow and /large, and count what is posted."""
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    if environ["PATH_INFO"] == "/slow":
        return slow()
    if environ["PATH_INFO"] == "/large":
        return (b"x" * MEGABYTE for _ in range(LARGE))
    count = 0
    while data := environ["wsgi.input"].read(MEGABYTE):
        count += len(data)
    return [str(count).encode()]


async def serve(bridge: str) -> None:
    """Serve the application by one of the two bridges until the process is ended."""
    executor = ThreadPoolExecutor(4)
    if bridge == "tornado":
        target: Any = WSGIContainer(site, executor)
    else:
        given = {
            "app": site,
            "executor": executor,
            "prefix": "",
            "body_bytes": 2 * LARGE * MEGABYTE,
            "made": set(),
        }
        target = Application([(r".*", WSGIHandler, given)])
    server = HTTPServer(target, max_body_size=2 * LARGE * MEGABYTE)
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    print(sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


def measure(bridge: str) -> tuple[float, float, float]:
    """Return seconds to the first byte, and megabytes that a download and an upload take."""
    words = [sys.executable, "-m", "benchmarks.streaming", bridge]
    first, memory = 0.0, []
    for path in ("/slow", "/large", "/upload"):
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            address = f"http://127.0.0.1:{int(server.stdout.readline())}"
            process = psutil.Process(server.pid)
            before = process.memory_info().rss
            with httpx.Client(base_url=address, timeout=60) as client:
                if path == "/slow":
                    began = time.monotonic()
                    with client.stream("GET", path) as answer:
                        next(answer.iter_raw())
                        first = time.monotonic() - began
                elif path == "/large":
                    with client.stream("GET", path) as answer:
                        for _ in answer.iter_raw(MEGABYTE):
                            pass
                else:
                    length = {"Content-Length": str(LARGE * MEGABYTE)}
                    pieces = (b"x" * MEGABYTE for _ in range(LARGE))
                    assert client.post(path, content=pieces, headers=length).text
            memory.append((peak(process) - before) / MEGABYTE)
            server.kill()
    return first, memory[1], memory[2]


def peak(process: psutil.Process) -> int:
    """Return the most resident bytes that a process ever had, where the system tells."""
    if sys.platform == "win32":
        return process.memory_info().peak_wset
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except OSError:
        return process.memory_info().rss


def main() -> None:
    print("bridge       first byte of 2 s   200 MB down   200 MB up")
    for bridge in ("tornado", "webify"):
        first, down, up = measure(bridge)
        print(f"{bridge:<10} {first:16.2f} s {down:10.0f} MB {up:8.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(serve(sys.argv[1]))
    else:
        main()
