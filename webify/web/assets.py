"""Addresses of style sheets and scripts: new with new content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"


def offer_assets(app: Flask, folder: Path) -> None:
    """Give templates `asset(name)`, and answers with static files their time to live."""
    versions = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        for path in folder.rglob("*")
        if path.suffix in (".css", ".js", ".svg", ".woff2")
    }

    def asset(name: str) -> str:
        """Return the address of a static file, with its version."""
        return url_for("static", filename=name, v=versions[name])

    def keep(response: Response) -> Response:
        """Let a browser keep a static file."""
        if request.endpoint == "static" and response.status_code < 400:
            response.headers["Cache-Control"] = FOR_EVER if "v" in request.args else FOR_A_DAY
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)
