"""A run's state as people see it: a word, a colour and an icon, always together."""

from __future__ import annotations

from dataclasses import dataclass

from webify.faces.labels import in_sentence
from webify.model.exits import meaning
from webify.model.run import Run, State
from webify.web.site import site
from webify.web.words import counted


@dataclass(frozen=True)
class Look:
    """How a state is shown.

    tone: "ok", "bad", "warn", "run" or "idle"
    """

    word: str
    tone: str
    icon: str


LOOKS = {
    State.QUEUED: Look("Queued", "idle", "hourglass-split"),
    State.STARTING: Look("Starting", "run", "arrow-repeat"),
    State.RUNNING: Look("Running", "run", "arrow-repeat"),
    State.WAITING: Look("Waiting for an answer", "warn", "chat-left-dots-fill"),
    State.SUCCEEDED: Look("Finished", "ok", "check-circle-fill"),
    State.WARNED: Look("Finished with warnings", "warn", "exclamation-triangle-fill"),
    State.FAILED: Look("Failed", "bad", "x-circle-fill"),
    State.REFUSED: Look("Not taken", "idle", "exclamation-circle-fill"),
    State.STOPPED: Look("Cancelled", "idle", "slash-circle"),
    State.TIMED_OUT: Look("Timed out", "bad", "hourglass-split"),
    State.LOST: Look("Interrupted", "warn", "exclamation-triangle-fill"),
}


def look(state: State) -> Look:
    """Return how a state is shown."""
    return LOOKS[state]


def outcome(run: Run) -> str:
    """Return the few words that follow the time in a list of runs."""
    if not run.state.ended:
        return ""
    if said := said_of(run):
        return in_sentence(said)
    if run.state in (State.SUCCEEDED, State.WARNED):
        return counted(run.rows, "row") if run.rows else "no table"
    if run.state is State.FAILED and run.exit_code is not None:
        return f"exit code {run.exit_code}"
    return LOOKS[run.state].word.lower()


def said_of(run: Run) -> str:
    """Return what webify.toml says of the exit code of a run that ended with it, else ""."""
    settings = site().settings.tools.get(run.tool)
    if settings is None or not run.reason or run.exit_code is None:
        return ""
    exits = [each for one in settings.along(run.path)[::-1] for each in one.exits]
    told = meaning((*exits, *settings.exits), run.exit_code)
    words = " ".join(told.words.split()).rstrip(".") if told else ""
    return words if run.reason.startswith(words) else ""


FILTERS = {"look": look, "outcome": outcome, "said_of": said_of}
