"""Can the site's port be had, and who has it."""

from __future__ import annotations

import contextlib
import socket

import psutil

from webify.checks.check import Check, failure, ok
from webify.keeping.hold import holder
from webify.settings import Settings


def port(settings: Settings) -> Check:
    """Say whether the port is free, or held by this site's own server or by somebody else."""
    where = f"Port {settings.port} on {settings.host or 'all addresses'}"
    if settings.port == 0:
        return ok("Port", "The system chooses a port at each start.")
    try:
        family, _, _, _, address = socket.getaddrinfo(
            settings.host or None, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family) as tried:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except PermissionError:
        return failure(
            "Port", f"{where} may not be used by this account.", "Choose one above 1023."
        )
    except OSError as error:
        return _taken(settings, where, error)
    return ok("Port", f"{where} is free.")


def _taken(settings: Settings, where: str, error: OSError) -> Check:
    pid, name = _listener(settings.port)
    server = holder(settings.data)
    if server is not None and pid == server.pid:
        return ok("Port", f"{where} is held by this site's own server, process {pid}.")
    if pid:
        return failure(
            "Port",
            f"{where} is in use by {name}, process {pid}.",
            f"Stop it, or choose another port, like --port {settings.port + 1}.",
        )
    return failure(
        "Port",
        f"{where} cannot be had: {error.strerror}.",
        f"Choose another port or host, like --port {settings.port + 1}.",
    )


def _listener(number: int) -> tuple[int, str]:
    """Return the process that listens on a port; (0, "") where the system does not tell."""
    with contextlib.suppress(psutil.Error):
        for each in psutil.net_connections("tcp"):
            if each.status == psutil.CONN_LISTEN and each.laddr[1:2] == (number,) and each.pid:
                return each.pid, psutil.Process(each.pid).name()
    return 0, ""
