"""Answers that travel in an address, so that a page between form and form loses none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from flask import url_for

from webify.faces.chain import REST, choosers, parameters
from webify.model.command import Command
from webify.web.addresses import address_of

Pairs = list[tuple[str, str]]
LONGEST = 16_000  # letters of an address; servers and proxies take no more of them


def carried(chain: Sequence[Command], lists: Iterable[tuple[str, Sequence[str]]]) -> Pairs:
    """Return the answers that may stand in an address: those of this form, and no secrets."""
    known = {each.address for each in parameters(chain) if not each.secret}
    whole = {each.name for each in choosers(chain)} | {REST}
    return [
        (name, text)
        for name, many in lists
        if name in whole or (not name.startswith(":") and name.split(":")[0] in known)
        for text in many
    ]


def raw_of(pairs: Pairs) -> dict[str, list[str]]:
    """Return such answers as a form holds them."""
    raw: dict[str, list[str]] = {}
    for name, text in pairs:
        raw.setdefault(name, []).append(text)
    return raw


def form_address(slug: str, path: Sequence[str], pairs: Pairs) -> str:
    """Return the address of a form that is filled with answers."""
    return _address("tool.show", slug, path, pairs)


def browse_address(
    slug: str, path: Sequence[str], pairs: Pairs, fields: Mapping[str, str] | None = None
) -> str:
    """Return the address of the page that looks through the folders of the server.

    fields   what it is asked itself: ":for", ":root", ":in", ":q" and ":page"
    """
    own = [(name, text) for name, text in (fields or {}).items() if text]
    return _address("browse.show", slug, path, [*own, *pairs])


def _address(page: str, slug: str, path: Sequence[str], pairs: Pairs) -> str:
    below = address_of(path)
    bare = url_for(page, slug=slug, words=below) if path else url_for(page, slug=slug)
    return f"{bare}?{urlencode(pairs, errors='replace')}" if pairs else bare
