"""What every request passes: host, origin and token in, safe headers out."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

from webify.errors import RequestRefused
from webify.settings import Settings
from webify.web.sessions import Sessions

ALWAYS_ALLOWED = ("localhost", "127.0.0.1", "::1")
KEY_BYTES = 32
LONGEST_NAME = 100  # letters of a foreign host that are repeated
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class WrongHost(RequestRefused):
    """The request was meant for another host than this site."""

    status = 421


def protect(app: Flask, settings: Settings) -> None:
    """Check every request, and set the headers of every answer."""
    key = secret_key(settings.data)
    app.config.update(
        SECRET_KEY=key,
        SESSION_COOKIE_NAME=f"webify-{hashlib.sha256(key).hexdigest()[:8]}",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_FIELD_NAME=":csrf",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the origin is checked below, behind proxies too
    )
    app.session_interface = Sessions()
    names = own_names(settings)
    app.before_request(lambda: check(names))
    CSRFProtect(app)
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.after_request(with_headers)


def own_names(settings: Settings) -> frozenset[str]:
    """Return the names that the site answers to, in lower case.

    A site that other machines can reach answers to the names of its own machine too.
    """
    names = {*ALWAYS_ALLOWED, *settings.hosts, settings.host}
    if settings.host not in ALWAYS_ALLOWED:
        names |= {socket.gethostname(), socket.getfqdn()}
    return frozenset(name.lower() for name in names if name)


def is_ours(host: str, names: frozenset[str]) -> bool:
    """Say whether a request's host is one of our names, or an address in figures.

    The check is there for foreign names that were made to point here (DNS rebinding); figures
    cannot be made to point elsewhere.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in names
    return True


def check(names: frozenset[str]) -> None:
    """Refuse a request for another host, and a change that another site asks for.

    Raises WrongHost, RequestRefused.
    """
    host = host_name(request.host)
    if not is_ours(host, names):
        raise WrongHost(
            f"This site does not answer to the name “{host[:LONGEST_NAME]}”. "
            "Its owner can add it to “hosts” in webify.toml."
        )
    if request.method in CHANGES and not from_our_pages():
        raise RequestRefused("This request did not come from a page of this site.")


def from_our_pages() -> bool:
    """Say whether the browser says that one of our pages sent this; a program says nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()
    except ValueError:
        return False


def host_name(host: str) -> str:
    """Return a Host header without its port and without the brackets of IPv6."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def with_headers(response: Response) -> Response:
    """Set the headers that keep a browser from doing more than we mean."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store, private"
    return response


def secret_key(data: Path) -> bytes:
    """Return the site's key, made on the first call and readable by its account only.

    One that was cut off, as when the computer went down, is made anew.  Where nothing can be
    written there is one for as long as the server goes.
    """
    try:
        return kept_key(data)
    except OSError:
        return secrets.token_bytes(KEY_BYTES)


def kept_key(data: Path) -> bytes:
    """Return the key from its file, which is made where there is none; raises OSError."""
    place = data / "secret-key"
    try:
        key = place.read_bytes()
        if len(key) >= KEY_BYTES:
            return key
        place.unlink()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"secret-key.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        put_in_place(fresh, place)
    finally:
        fresh.unlink(missing_ok=True)
    return place.read_bytes()


def put_in_place(fresh: Path, place: Path) -> None:
    """Name a file as it shall be called; where another process was first its file stays."""
    try:
        fresh.rename(place) if os.name == "nt" else os.link(fresh, place)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        fresh.replace(place)
