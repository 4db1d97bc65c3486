"""Usage lines of a command: in which order its positional arguments stand, and who gets what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from webify.model.command import Way


def order(
    ways: Sequence[Way], counts: Mapping[str, int], options: Collection[str]
) -> list[str] | None:
    """Return the addresses in the order in which their words have to stand, or None.

    counts: how many words there are for each positional argument that is given; options: which
    options are.  The parser takes the first way that fits; it must hand out the words just so.
    """
    total = sum(counts.values())
    for way in ways:
        found = [address for address, _, _ in way.places if counts.get(address)]
        if len(found) == len(counts):
            taken = next((each for each in ways if _fits(each, options, total)), None)
            shares = _shares(taken, total) if taken else None
            if shares == [(address, counts[address]) for address in found]:
                return found
    return None


def _fits(way: Way, options: Collection[str], total: int) -> bool:
    known = set(way.needs) <= set(options) <= set(way.takes)
    return known and _shares(way, total) is not None


def _shares(way: Way, total: int) -> list[tuple[str, int]] | None:
    """Return how many words each argument gets: each takes all that it can."""
    found = []
    for address, least, most in way.places:
        count = total if most is None else min(most, total)
        if count < least:
            return None
        total -= count
        if count:
            found.append((address, count))
    return None if total else found
