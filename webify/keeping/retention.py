"""How long runs are kept: the limits of a site, and the sentence about them."""

from __future__ import annotations

from webify.settings import Settings
from webify.store.leaving import Limit, Limits


def limits_of(settings: Settings) -> Limits:
    """Return what the site keeps, with what single tools say."""

    def limit(name: str) -> Limit:
        own = {slug: getattr(tool, name) for slug, tool in settings.tools.items()}
        said = {slug: value for slug, value in own.items() if value is not None}
        return Limit(getattr(settings.limits, name), said)

    return Limits(
        days=limit("keep_days"),
        runs=limit("keep_runs"),
        bytes=limit("keep_bytes"),
        all_bytes=settings.limits.disk_bytes,
    )


def age_kept(settings: Settings) -> str:
    """Return how long runs are kept, as a sentence; "" where nothing is said of their age."""
    days = settings.limits.keep_days
    return f"Runs are kept for {_many(days, 'day')}." if days else ""


def kept(settings: Settings) -> str:
    """Return the rule in one line, for the history."""
    limits = limits_of(settings)
    said = [f"for {_many(limits.days.usual, 'day')}" if limits.days.usual else ""]
    said.append(f"{_many(limits.runs.usual, 'run')} of each tool" if limits.runs.usual else "")
    room = limits.bytes.usual or limits.all_bytes or any(limits.bytes.own.values())
    said.append("as far as there is room for them" if room else "")
    rule = ", ".join(filter(None, said)) or "until somebody deletes them"
    own = any(limit.own for limit in (limits.days, limits.runs, limits.bytes))
    more = "; some tools have limits of their own" if own else ""
    return f"Runs are kept {rule}{more}. Pinned runs stay."


def _many(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
