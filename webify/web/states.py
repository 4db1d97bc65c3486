"""A run's state as people see it: a word, a colour and an icon, always together."""

from __future__ import annotations

from dataclasses import dataclass

from webify.faces.labels import in_sentence
from webify.model.exits import Exit, meaning
from webify.model.run import Run, State
from webify.runs.verdict import stopped_with
from webify.web.site import site
from webify.web.words import counted

IN_A_LIST = 60  # characters of a reason in a short list of runs


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
CANCELLING = Look("Cancelling", "idle", "hourglass-split")


def look(run: Run, state: State | None = None) -> Look:
    """Return how a run is shown; state: where it stands, where that is known better."""
    return CANCELLING if being_cancelled(run) else LOOKS[state or run.state]


def outcome(run: Run) -> str:
    """Return the few words that follow the time in a list of runs."""
    if said := said_of(run):
        return in_sentence(said)
    if run.state in (State.SUCCEEDED, State.WARNED):
        return counted(run.rows, "row") if run.rows else "no table"
    if run.state is State.FAILED:
        told = in_sentence(shortened(why_of(run), IN_A_LIST))
        return told or (f"exit code {run.exit_code}" if run.exit_code else "failed")
    return look(run).word.lower()


def why_of(run: Run) -> str:
    """Return why a run went wrong, where that is more than its exit code, and what codes mean."""
    if said := said_of(run):
        return said
    if run.state not in (State.FAILED, State.TIMED_OUT):
        return ""
    return "" if run.reason == stopped_with(run.exit_code) else run.reason


def being_cancelled(run: Run) -> bool:
    """Say whether somebody has asked for the end of a run, and it has not come yet."""
    return not run.state.ended and site().engine.folder(run).stop_path.exists()


def shortened(text: str, most: int) -> str:
    """Return the beginning of a text that is longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


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


FILTERS = {
    "look": look,
    "outcome": outcome,
    "being_cancelled": being_cancelled,
    "shortened": shortened,
    "why_of": why_of,
}
