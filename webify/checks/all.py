"""All checks of a site, in the order in which people read them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from webify.checks.assets import static_files
from webify.checks.check import Check, failure
from webify.checks.clock import clock
from webify.checks.disk import disk
from webify.checks.folders import data_folder, tools_folder
from webify.checks.interpreters import interpreters
from webify.checks.limits import limits
from webify.checks.port import port
from webify.checks.pythons import own_python
from webify.checks.remains import left_running
from webify.checks.runs import runs
from webify.checks.store import store, whole_store
from webify.settings import Settings

LOG = logging.getLogger(__name__)
Checking = Callable[[Settings], Check | tuple[Check, ...]]
QUICK: tuple[tuple[str, Checking], ...] = (
    ("Python", own_python),
    ("Tools folder", tools_folder),
    ("Data folder", data_folder),
    ("Disk", disk),
    ("Run database", store),
    ("Runs", runs),
    ("Limits of runs", limits),
    ("Port", port),
    ("Clock", clock),
)
THOROUGH: tuple[tuple[str, Checking], ...] = (
    *(check for check in QUICK if check[1] is not store),
    ("Run database", whole_store),
    ("Left running", left_running),
    ("Tools' interpreters", interpreters),
    ("Page files", static_files),
)


def checks(settings: Settings, *, thorough: bool = False) -> tuple[Check, ...]:
    """Look at a site and say what is well; works beside its server, in it, and without one.

    Nothing is changed, nothing is raised, and no tool is started.  thorough   starts each
    interpreter of the tools and reads files and database as a whole, which takes seconds;
    without it the answer comes in some 20 ms, as for a page.
    """
    return tuple(_done(settings, THOROUGH if thorough else QUICK))


def _done(settings: Settings, wanted: tuple[tuple[str, Checking], ...]) -> Iterator[Check]:
    for name, check in wanted:
        try:
            found = check(settings)
        except Exception as error:
            LOG.exception("the check of %s failed", name)
            found = failure(name, f"This could not be checked: {error}.", "Look into the log.")
        yield from found if isinstance(found, tuple) else (found,)
