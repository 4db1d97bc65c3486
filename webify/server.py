"""The composition root: Tornado in front, Flask behind, one shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import re
import signal
import socket
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from webify.errors import SettingsWrong
from webify.keeping.hold import Hold
from webify.server_log import ServerLog
from webify.services import Services, open_services
from webify.settings import Settings
from webify.web.app import create_app
from webify.web.live import EventsHandler
from webify.web.safety import own_names
from webify.web.uploads import emptied
from webify.web.wsgi import WSGIHandler

LOG = logging.getLogger(__name__)
THREADS = 24  # requests that Flask answers at a time; a young run's page holds one for 0.3 s
LAST_WORD = 3.0  # seconds that pages which are being made have when the server is told to stop
LEAVE = 1.0  # seconds that what still answers has to see that its connection is closed


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve the site until SIGINT or SIGTERM; call `ready` with its address once it listens.

    Raises SettingsWrong where the port or the host cannot be had, and where another server
    has the data folder.
    """
    with Hold(settings.data) as hold:
        sockets = listen(settings.host, settings.port)
        hold.tell(address(settings, sockets[0]))
        log = ServerLog()
        with log.written():
            services = open_services(settings, log)
            try:
                asyncio.run(answer(services, sockets, ready))
            finally:
                services.close()


def listen(host: str, port: int) -> list[socket.socket]:
    """Bind the address, or say in a sentence why that cannot be."""
    try:
        return bind_sockets(port, host or None)
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
            raise SettingsWrong(
                f"Port {port} on {host} is in use by another program. "
                f"Choose another one, like --port {port + 1}."
            ) from error
        if error.errno == errno.EACCES:
            raise SettingsWrong(
                f"Port {port} may not be used by this account. Choose one above 1023."
            ) from error
        raise SettingsWrong(f"webify cannot listen on {host}:{port}: {error.strerror}.") from error


async def answer(
    services: Services, sockets: list[socket.socket], ready: Callable[[str], None]
) -> None:
    """Answer requests until told to stop."""
    stopping = asyncio.Event()
    stop_on_signals(asyncio.get_running_loop(), stopping)
    with ThreadPoolExecutor(THREADS, thread_name_prefix="page") as executor:
        made: set[asyncio.Future[Any]] = set()
        server = HTTPServer(application(services, executor, made), idle_connection_timeout=75)
        server.add_sockets(sockets)
        LOG.info("The site is served at %s", address(services.settings, sockets[0]))
        ready(address(services.settings, sockets[0]))
        await stopping.wait()
        server.stop()
        await asyncio.to_thread(services.catalog.close)  # pages may wait for a tool that is read
        await ends(made, LAST_WORD)
        with contextlib.suppress(TimeoutError):  # somebody still reads: the end comes all the same
            await asyncio.wait_for(server.close_all_connections(), LAST_WORD)
        await ends(asyncio.all_tasks() - {asyncio.current_task()}, LEAVE)


async def ends(what: Collection[asyncio.Future[Any]], seconds: float) -> None:
    """Wait until all of it has come to its own end, or the time is over."""
    if what:
        await asyncio.wait(what, timeout=seconds)


def application(
    services: Services,
    executor: ThreadPoolExecutor,
    made: set[asyncio.Future[Any]] | None = None,
) -> Application:
    """Return Tornado's application: the event streams are its own, all else is Flask's.

    made   holds the answers that are being made
    """
    settings = services.settings
    body_bytes = settings.limits.upload_bytes * settings.limits.upload_files
    flask = {
        "app": create_app(services),
        "executor": executor,
        "prefix": settings.prefix,
        "body_bytes": body_bytes,
        "made": set() if made is None else made,
        "spool": emptied(settings.data),
    }
    events = {"services": services, "hosts": own_names(settings)}
    return Application(
        [
            (rf"{re.escape(settings.prefix)}/runs/([a-z0-9]+)/events", EventsHandler, events),
            (r".*", WSGIHandler, flask),
        ],
        log_function=lambda _handler: None,
    )


def address(settings: Settings, bound: socket.socket) -> str:
    """Return the address to open in a browser."""
    port = bound.getsockname()[1]
    host = settings.host
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 # compared, not bound
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{settings.prefix}"


def open_to_others(host: str) -> bool:
    """Say whether other machines can reach a server that is bound to this host."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def stop_on_signals(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    """Set the event on Ctrl C, SIGTERM, and Ctrl Break on Windows."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopping.set)

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, stop)
