"""The services of the site that answers the request at hand."""

from __future__ import annotations

from typing import cast

from flask import current_app, request

from webify.services import Services

KEY = "webify"


def site() -> Services:
    """Return the services that create_app() was given."""
    return cast(Services, current_app.extensions[KEY])


def settle() -> None:
    """Let the store hear of each end that a page has told of, before another page is made."""
    site().engine.settled()


def wants_fragment() -> bool:
    """Say whether the page asks for a piece of itself, to swap in."""
    return request.headers.get("HX-Request") == "true" or bool(request.args.get("part"))
