"""Addresses of style sheets and scripts: new with new content, so that browsers may keep them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
TEXTS = (".css", ".js", ".svg")


def pack(response: Response, data: bytes) -> None:
    """Put packed bytes in the place of the file that an answer has open.

    Only files that are the same for everybody are packed: a packed page would tell by its length
    how much of a secret in it somebody guessed.
    """
    response.close()
    response.direct_passthrough = False
    response.set_data(data)
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    response.set_etag(f"{tag}-gzip")
    response.make_conditional(request)


def offer_assets(app: Flask, folder: Path, address: Callable[..., str]) -> None:
    """Give templates `asset(name)`, and answers with static files their time to live.

    address   is url_for(), or what does the same
    """
    versions = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        for path in folder.rglob("*")
        if path.suffix in (".css", ".js", ".svg", ".woff2")
    }

    def asset(name: str) -> str:
        """Return the address of a static file, with its version."""
        return address("static", filename=name, v=versions[name])

    @cache  # one entry for each text file that is ours
    def packed(name: str) -> bytes:
        """Return a static file as gzip."""
        return gzip.compress((folder / name).read_bytes(), mtime=0)

    def keep(response: Response) -> Response:
        """Let a browser keep a static file, and send texts packed to those that can unpack."""
        if request.endpoint == "static" and response.status_code < 400:
            response.headers["Cache-Control"] = FOR_EVER if "v" in request.args else FOR_A_DAY
            name = (request.view_args or {}).get("filename", "")
            if name in versions and name.endswith(TEXTS):
                response.vary.add("Accept-Encoding")
                if response.status_code == 200 and request.accept_encodings.quality("gzip") > 0:
                    pack(response, packed(name))
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)
