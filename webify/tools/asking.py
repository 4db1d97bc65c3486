"""Ask a program with words of its own: a few seconds, an empty folder, no terminal, no screen."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from webify.tools.child import SCRATCH, Bounds, Ended, run_child
from webify.tools.probing import OUTPUT_BYTES, child_environ

WORKED = (
    "It seems to have gone on to work when it was asked “{}”. "
    "A command that does not say what it accepts is known by its name only."
)
# Words that stand in nearly every help text, and in complaints about a word for help.
_OF_HELP = re.compile(r"(?i)\b(?:usage|synopsis|options?|help|commands?|arguments?)\b|(?<!\w)-\w")
# Text without colours, pages, marks of a language or lines cut at the width of a terminal.
QUIET = {
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "LANGUAGE": "en",
    "PAGER": "cat",
    "MANPAGER": "cat",
    "GIT_PAGER": "cat",
    "SYSTEMD_PAGER": "cat",
    "MANWIDTH": "200",
    "MAN_KEEP_FORMATTING": "1",  # without a terminal, man would take the marks of bold away
    "CLICOLOR": "0",
    "FORCE_COLOR": "0",
}


@dataclass(frozen=True)
class Said:
    """What a program said when it was asked.

    words   that it was asked with
    cut     "" or why it was ended: "time", "output", "closing", "start" (it did not start)
    """

    words: tuple[str, ...]
    out: str = ""
    err: str = ""
    code: int = 0
    cut: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what it printed, the stream that is the likelier one to be read first."""
        return tuple(text for text in (self.out, self.err) if text.strip())

    @property
    def worked(self) -> bool:
        """Say whether it seems to have done its work instead of saying how it is called."""
        if self.cut or self.code:
            return self.cut in ("time", "output")
        return not any(_OF_HELP.search(text) for text in self.texts)

    @property
    def tail(self) -> str:
        """Return the last that it printed."""
        return "\n".join(self.texts)[-20_000:]


@dataclass
class Asker:
    """Asks one program again and again, and keeps to a limit for all of it.

    start    the words that start the program
    seconds  that one try may take
    until    when the last try must be over, by time.monotonic()
    """

    start: tuple[str, ...]
    seconds: float
    until: float
    env: Mapping[str, str] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def left(self) -> float:
        """Return how many seconds the next try may take, 0 where there shall be none."""
        if self.closing.is_set():
            return 0.0
        return max(0.0, min(self.seconds, self.until - time.monotonic()))

    def ask(self, *words: str) -> Said:
        """Start the program with these words, and return what it said."""
        return self.run((*self.start, *words), words)

    def run(self, argv: Sequence[str], words: Sequence[str] = ()) -> Said:
        """Start any program, such as one that knows this one's manual, within the same limits."""
        seconds = self.left
        if not seconds:
            return Said(tuple(words), cut="closing" if self.closing.is_set() else "time")
        try:
            with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
                ended = self._in(Path(scratch), argv, seconds)
        except (OSError, ValueError) as error:  # a null byte in a word
            return Said(tuple(words), err=str(error), code=-1, cut="start")
        return Said(tuple(words), ended.out, ended.err, ended.code, ended.cut)

    def _in(self, scratch: Path, argv: Sequence[str], seconds: float) -> Ended:
        for name in ("home", "tmp", "work"):
            (scratch / name).mkdir()
        return run_child(
            argv,
            order=b"",
            env=child_environ(os.environ, {**QUIET, **self.env}, scratch),
            cwd=scratch / "work",
            bounds=Bounds(seconds, OUTPUT_BYTES, self.closing),
        )


def why_not(name: str, said: Said, seconds: float) -> str:
    """Return in one sentence what a program did instead of saying what it accepts."""
    asked = " ".join(said.words) or "its own name"
    if said.cut == "time":
        return f"{name} did not answer {asked} within {seconds:g} s."
    if said.cut == "output":
        return f"{name} printed more than {OUTPUT_BYTES // 1_000_000} MB at {asked}."
    if said.cut == "closing":
        return f"{name} was not read: the site was closing."
    if said.cut == "start":
        return f"{name} cannot be started: {said.err}."
    if said.code < 0:
        return f"{name} was ended by {_signal(-said.code)} at {asked}."
    if not said.texts:
        return f"{name} says nothing at {asked}, and ends with code {said.code}."
    return f"What {name} says at {asked} is no help text that webify can read."


def _signal(number: int) -> str:
    if os.name == "nt":
        return f"code {number}"
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
