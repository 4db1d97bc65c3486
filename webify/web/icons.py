"""Icons: only the symbols that a page uses, inlined at its end; in fragments each in its place.

So they are on a page that is sent while it is made: what stands at its end would come too late.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from webify import places
from webify.web.site import wants_fragment

FALLBACK = "terminal"


def offer_icons(app: Flask) -> None:
    """Let the templates of this application draw icons."""
    text = (places.static() / "vendor" / "icons.json").read_text(encoding="utf-8")
    symbols = {name: Markup(drawing) for name, drawing in json.loads(text).items()}  # noqa: S704 # our own file

    @cache  # one entry for each icon and tone of our templates
    def written(name: str, tone: str, drawing: Markup | None) -> Markup:
        """Return the HTML of an icon, as its template writes it."""
        module: Any = app.jinja_env.get_template("icons.html").module
        return Markup(module.written(name, tone, drawing))  # noqa: S704 # escaped there

    def draw(name: str, tone: str = "") -> Markup:
        """Return an icon: a symbol of the page's end, or in a fragment the drawing itself."""
        known = name if name in symbols else FALLBACK
        used = used_icons()
        if used is None:
            return written(known, tone, symbols[known])
        used[known] = symbols[known]
        return written(known, tone, None)

    app.jinja_env.globals.update(draw_icon=draw, used_icons=used_icons)


def draw_in_place() -> None:
    """Draw each icon of the page at hand where it stands, as in a fragment."""
    g.icons = None


def used_icons() -> dict[str, Markup] | None:
    """Return the symbols that this page has used so far, None where it is a fragment."""
    if "icons" not in g:
        g.icons = None if wants_fragment() else {}
    found: dict[str, Markup] | None = g.icons
    return found
