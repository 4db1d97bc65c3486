"""What a call does to the world, and whether somebody is asked before it does so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from webify.faces.trial import dry_run
from webify.model.command import DESTROYS, READS, WRITES, Command, Value

ORDER = ("", READS, WRITES, DESTROYS)
MAY_CHANGE = "It may change data or files, and that cannot be undone from here."
DESTROYING = "It deletes or overwrites something, and that cannot be undone from here."


def effect(chain: Sequence[Command], values: Mapping[str, Value] | None = None) -> str:
    """Return what a call does: "reads", "writes", "destroys", or "" where nobody says so.

    values: those of one call; a flag that destroys counts where it is given.
    """
    tries = dry_run(chain)
    if values is not None and tries and values.get(tries):
        return READS
    own = _own(chain) or (WRITES if tries else "")
    given = (
        each.effect
        for command in chain
        for each in command.parameters
        if values is not None and values.get(each.address) not in (None, False, "", [])
    )
    return max((own, *given), key=ORDER.index)


def _own(chain: Sequence[Command]) -> str:
    """Return the gravest that is said of the innermost command, else of those above it.

    What destroys above destroys below too, unless something is said of the command itself.
    """
    if chain and chain[-1].destructive:
        return DESTROYS
    if chain and chain[-1].effect:
        return chain[-1].effect
    return DESTROYS if any(each.destructive for each in chain) else ""


def sentence(chain: Sequence[Command]) -> str:
    """Return what a command does, for a person who has to confirm it."""
    if effect(chain) != DESTROYS:
        return MAY_CHANGE
    return next((each.destructive for each in chain[::-1] if each.destructive), DESTROYING)


def told(chain: Sequence[Command]) -> str:
    """Return in words whether a command changes data; some command of its tool does."""
    found = effect(chain)
    if found == READS:
        return "No, it only reads."
    if not found and len(chain) > 1:
        return "Some commands of this tool do."
    return f"Yes{', unless tried first' if dry_run(chain) else ''}. {sentence(chain)}"


def asks(chain: Sequence[Command], values: Mapping[str, Value]) -> bool:
    """Say whether a call is confirmed first: it destroys, or it could have been tried."""
    found = effect(chain, values)
    return found == DESTROYS or (found == WRITES and bool(dry_run(chain)))


def may_ask(chain: Sequence[Command]) -> bool:
    """Say whether there are answers with which a call is confirmed first."""
    tries = dry_run(chain)
    given = {each.address for command in chain for each in command.parameters} - {tries}
    return asks(chain, dict.fromkeys(given, True))


def call_of(
    slug: str, path: Sequence[str], values: Mapping[str, Value], files: Sequence[bytes]
) -> str:
    """Return what tells one call from all others; files: the digests of what was uploaded."""
    sent = [slug, list(path), sorted(values.items()), [each.hex() for each in files]]
    return hashlib.sha256(json.dumps(sent).encode("ascii")).hexdigest()
