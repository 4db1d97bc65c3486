"""What a tool leaves running at its end: daemons that it started, and what could not be ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable

from webify.runs.ending import Ending, end_tree, gone
from webify.runs.leftover import Leftover, leftovers
from webify.runs.tree import Seen, begun_after, everything, members, seen

MOMENT = 0.3  # seconds for those that are about to end, or to become daemons


def left_below(heirs: Collection[int], run_id: str) -> tuple[Leftover, ...]:
    """Return what lives of a run whose tool has ended; heirs: whose children orphans become."""
    ending = Ending(heirs, run_id, heirs)
    gone(ending.look(), time.monotonic() + MOMENT)
    return leftovers(ending.look())


def left_after(tool: int, run_id: str) -> tuple[Leftover, ...]:
    """Return the same where orphans become nobody's children: by the marks of later processes."""
    gone(members(begun_after(tool), (tool,), run_id), time.monotonic() + MOMENT)
    return leftovers(members(begun_after(tool), (tool,), run_id))


def left_marked(run_id: str) -> tuple[Leftover, ...]:
    """Return the processes that live and carry the mark of a run."""
    return leftovers(members(everything(), (), run_id))


def left_of(pids: Callable[[], Iterable[int]]) -> tuple[Leftover, ...]:
    """Return the same where the system holds the processes of a run together and tells them."""
    gone(_seen(pids()), time.monotonic() + MOMENT)
    return leftovers(_seen(pids()))


def _seen(pids: Iterable[int]) -> list[Seen]:
    return [each for each in map(seen, pids) if each is not None]


def end_left(left: Iterable[Leftover], run_id: str) -> None:
    """End what a run has left, and what that has started: asked for first, then by force."""
    roots = [each.pid for each in left if each.living]
    if roots:
        end_tree(roots, run_id)
