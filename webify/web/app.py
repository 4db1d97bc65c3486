"""The Flask application: pages, forms and downloads of one site."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, Response
from flask.templating import Environment

from webify import places
from webify.services import Services
from webify.version import installed_version
from webify.web import (
    addresses,
    ansi,
    archive,
    browse,
    compare,
    conversion,
    downloads,
    errors,
    files,
    health,
    home,
    pins,
    questions,
    runs,
    server,
    tables,
    tool,
    viewer,
    ways,
)
from webify.web.assets import offer_assets
from webify.web.filtering import filter_fields
from webify.web.icons import offer_icons
from webify.web.levels import levels_of
from webify.web.links import offer_links
from webify.web.quick import quick_of
from webify.web.safety import protect
from webify.web.site import KEY, settle
from webify.web.states import FILTERS as STATES
from webify.web.uploads import accept_uploads
from webify.web.words import FILTERS as WORDS


class Page(Response):
    """An answer; a letter that is no text, such as half of a file name may be, becomes "?"."""

    def set_data(self, value: bytes | str) -> None:
        """Take the body."""
        super().set_data(value.encode(errors="replace") if isinstance(value, str) else value)


class Templates(Environment):
    """Templates whose globals do not change once the first one is loaded.

    Jinja asks at each import of a macro which names are new; asking a plain dict spares a tenth of
    the time that the page of a run takes.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what templates know without being told."""
        return {**self.globals, **(d or {})}


def create_app(services: Services) -> Flask:
    """Return the application over these services; it holds no state of its own."""
    static = places.static()
    app = Flask("webify", template_folder=str(places.templates()), static_folder=str(static))
    app.response_class, app.jinja_environment = Page, Templates
    app.extensions[KEY] = services
    app.url_map.strict_slashes = False
    protect(app, services.settings)
    accept_uploads(app, services.settings)
    app.before_request(settle)
    link = offer_links(app)
    offer_assets(app, static, link)
    offer_icons(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(WORDS, **STATES, **home.FILTERS, **ansi.FILTERS, **files.FILTERS)
    app.jinja_env.filters.update(conversion.FILTERS, **addresses.FILTERS)
    app.jinja_env.globals.update(
        filter_fields=filter_fields,
        levels_of=levels_of,
        quick_of=quick_of,
        reading_mode=lambda: services.room.sentence,
        site_name=services.settings.name,
        webify_version=installed_version(),
    )
    errors.show_errors(app)
    rooms = (
        *(home, tool, runs, questions, pins, compare, tables, downloads, files, viewer, ways),
        *(archive, browse, conversion, server, health),
    )
    for room in rooms:
        app.register_blueprint(room.pages)
    return app
