"""A run's state as people see it: a word, a colour and an icon, always together."""

from __future__ import annotations

from dataclasses import dataclass

from webify.faces.labels import in_sentence
from webify.model.exits import Exit, meaning
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
    """Return what the site, or the tool's own writing, says of the exit code of a run, else ""."""
    if not run.reason or run.exit_code is None:
        return ""
    told = meaning(exits_of(run), run.exit_code)
    words = " ".join(told.words.split()).rstrip(".") if told else ""
    return words if run.reason.startswith(words) else ""


def exits_of(run: Run) -> tuple[Exit, ...]:
    """Return what is said of the exit codes of a run's command, the innermost first.

    Of a tool that is no longer there, or is still being read, the settings may say something.
    """
    tool = site().catalog.known(run.tool)
    chain = tool.command.along(run.path) if tool and tool.command else None
    if chain is not None:
        return tuple(each for command in reversed(chain) for each in command.exits)
    settings = site().settings.tools.get(run.tool)
    if settings is None:
        return ()
    below = (each for one in settings.along(run.path)[::-1] for each in one.exits)
    return (*below, *settings.exits)


FILTERS = {"look": look, "outcome": outcome, "said_of": said_of}
