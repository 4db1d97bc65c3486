"""The addresses that templates ask for, each made once: a page holds dozens of the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

KEPT = 4096  # addresses


def offer_links(app: Flask) -> Callable[..., str]:
    """Give templates a url_for() that remembers, and return it; what it gives is the same."""

    @lru_cache(maxsize=KEPT)
    def made(_prefix: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return url_for(endpoint, **dict(values))

    def link(endpoint: str, **values: Any) -> str:
        """Return an address; only texts are a key, as True and 1 are the same one."""
        if endpoint.startswith(".") or any(type(value) is not str for value in values.values()):
            return url_for(endpoint, **values)
        return made(request.script_root, endpoint, tuple(values.items()))

    app.jinja_env.globals.update(url_for=link)
    return link
