"""Do the runs that have not ended have processes that watch over them."""

from __future__ import annotations

from webify.checks.check import Check, ok, warning
from webify.keeping.hold import holder
from webify.runs.birth import alive
from webify.runs.folder import RunFolder
from webify.settings import Settings
from webify.store.inspection import inspect_store


def runs(settings: Settings) -> Check:
    """Say how many runs go on, and whether something was left behind."""
    unfinished = inspect_store(settings.data / "webify.db").unfinished
    if not unfinished:
        return ok("Runs", "No run goes on.")
    watched = sum(_watched(RunFolder.of(settings.data / "runs", run)) for run in unfinished)
    bare = len(unfinished) - watched
    if holder(settings.data) is not None:
        waiting = f", and {bare:,} not yet" if watched and bare else ""
        return ok(
            "Runs",
            f"{_many(watched)} at work{waiting}." if watched else f"{_many(bare)} about to begin.",
        )
    if not bare:
        return warning(
            "Runs",
            f"{_many(watched)} at work, and no server looks at them.",
            "Start the site: it takes them up where they are.",
        )
    return warning(
        "Runs",
        f"{_many(bare)} not ended in the history, and nothing works on them any more.",
        "Start the site: it says of each how it ended, or that it was lost.",
    )


def _watched(folder: RunFolder) -> bool:
    process = folder.process()
    return process is not None and alive(process.pid, process.birth)


def _many(count: int) -> str:
    return "1 run is" if count == 1 else f"{count:,} runs are"
