"""Whether the site is well, for a monitor: GET /health."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webify.errors import ReadingOnly
from webify.web.site import site

pages = Blueprint("health", __name__)


@pages.get("/health")
def health() -> ResponseReturnValue:
    """Say that the catalog and the store answer, and how much they hold."""
    services = site()
    if fault := services.room.fault:
        return jsonify(status="reading mode", fault=fault), ReadingOnly.status
    return jsonify(
        status="ok",
        tools=len(services.catalog.tools()),
        unfinished=len(services.store.unfinished()),
    )
