"""A server process for test_wsgi.py: small WSGI applications behind the bridge, below /app."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from webify.web.wsgi import WSGIHandler

CLOSED = threading.Event()
RELEASED = threading.Event()


class Endless:
    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return b"x" * 100_000

    def close(self) -> None:
        CLOSED.set()


def slow() -> Iterator[bytes]:
    yield b"first\n"
    yield b"last\n" if RELEASED.wait(20) else b"nobody asked\n"


def count(environ: dict[str, Any]) -> bytes:
    length = int(environ["CONTENT_LENGTH"])
    found = 0
    while data := environ["wsgi.input"].read(1_000_000):
        found += len(data)
    return str(found).encode() if found == length else f"{found} of {length}".encode()


def site(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    page = environ["PATH_INFO"].split("/")[1]
    if page == "slow":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return slow()
    if page == "large":
        start_response("200 OK", [("Content-Length", "200000000")])
        return (b"x" * 1_000_000 for _ in range(200))
    if page == "endless":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Endless()
    if page == "unchanged":
        start_response("304 Not Modified", [("ETag", '"mine"')])
        return []
    if page == "fails":
        raise RuntimeError("on purpose")
    if page == "count":
        body = count(environ)
    elif page == "release":
        RELEASED.set()
        body = b"released"
    elif page == "closed":
        body = b"closed" if CLOSED.wait(20) else b"open"
    else:
        body = json.dumps({k: v for k, v in environ.items() if isinstance(v, str)}).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


async def main() -> None:
    handler = {
        "app": site,
        "executor": ThreadPoolExecutor(8),
        "prefix": "/app",
        "body_bytes": 300_000_000,
        "made": set(),
    }
    server = HTTPServer(Application([(r".*", WSGIHandler, handler)]))
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    print(sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
