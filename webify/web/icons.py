"""Icons: only the symbols that a page uses, inlined at its end; in fragments, each in its place."""

from __future__ import annotations

import json

from flask import Flask, g
from markupsafe import Markup

from webify import places
from webify.web.site import wants_fragment

FALLBACK = "terminal"


def offer_icons(app: Flask) -> None:
    """Let the templates of this application draw icons."""
    text = (places.static() / "vendor" / "icons.json").read_text(encoding="utf-8")
    symbols = {name: Markup(drawing) for name, drawing in json.loads(text).items()}  # noqa: S704 # our own file

    def icon_drawing(name: str) -> Markup | None:
        """Return the drawing to put here, or None where the page's end holds the symbol."""
        if wants_fragment():
            return symbols.get(name, symbols[FALLBACK])
        used_icons()[icon_name(name)] = symbols[icon_name(name)]
        return None

    def icon_name(name: str) -> str:
        """Return the name, or the fallback's for one that we do not have."""
        return name if name in symbols else FALLBACK

    app.jinja_env.globals.update(
        icon_drawing=icon_drawing, icon_name=icon_name, used_icons=used_icons
    )


def used_icons() -> dict[str, Markup]:
    """Return the symbols that this page has used so far."""
    if "icons" not in g:
        g.icons = {}
    found: dict[str, Markup] = g.icons
    return found
