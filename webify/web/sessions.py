"""The cookie that ties a form to its browser; a clock that is set, there or back, ends none."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class Sessions(SecureCookieSessionInterface):
    """Sessions that last as long as the browser keeps them.

    Flask's own are refused when they seem older than a month, or to come from the future.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what a request's cookie holds."""
        signer = self.get_signing_serializer(app)
        word = request.cookies.get(self.get_cookie_name(app))
        if signer is None:
            return None
        try:
            return self.session_class(signer.loads(word) if word else None)
        except BadSignature:
            return self.session_class()
