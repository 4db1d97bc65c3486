"""Ask one tool what it accepts: a child process of the tool's own interpreter, kept apart."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from webify.tools.child import SCRATCH, Bounds, Ended, run_child
from webify.tools.finding import Found

PROBE = Path(__file__).resolve().with_name("probe.py")
ROOT = PROBE.parent.parent.parent
OUTPUT_BYTES = 20_000_000  # that a tool may print at --help
GRACE = 1.0  # seconds in which the probe itself may say where the tool hangs
ANSWER_BYTES = 50_000_000
OLDEST = (3, 8)  # the Python that can still read the probe
VERSION_SECONDS = 5.0  # in which an interpreter says its version
SCRATCH_HOMES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)


SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "MIR_SOCKET")  # a window can open nowhere


@dataclass(frozen=True)
class Answer:
    """What a probe found out: a command as plain data, or one sentence and the tool's words.

    no_parser   it ran to its end and made no parser; it will not do so the next time either
    by_hand     the parser that `command` describes did not make the help that was printed
    printed     what it printed at --help, where that says more than a parser: there is none, the
                tool wrote its help by hand, or it lists commands that its parser does not know
    sources     what a program was described from, the best first
    heard       what the parser made of the argument lists that it was to read: for each one
                {"values"} by address, or {"refused", "about"}
    """

    framework: str = ""
    command: Mapping[str, Any] | None = None
    warnings: tuple[str, ...] = ()
    version: str = ""
    error: str = ""
    trace: str = ""
    no_parser: bool = False
    by_hand: bool = False
    printed: str = ""
    sources: tuple[str, ...] = ()
    heard: tuple[Mapping[str, Any], ...] = ()


def probe(
    found: Found,
    seconds: float,
    closing: threading.Event | None = None,
    words: Sequence[str] = (),
    read: Sequence[Sequence[str]] = (),
    hide: Sequence[str] = (),
) -> Answer:
    """Start the tool with --help in an empty folder, and return what its parser accepts.

    words   stand before --help: a command that the tool chooses by hand
    read    argument lists that its parser is to read, without the tool doing its work
    hide    secrets in them: the answer, which is a file for a moment, has judgements only

    Never raises for what the tool does: the answer then says in `error` what happened.
    """
    argv = [*words, "--help"]
    if found.fault:
        return Answer(error=found.fault)
    try:
        with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
            asked = {"argv": argv, "read": [list(each) for each in read], "hide": list(hide)}
            return _probe_in(Path(scratch), found, asked, seconds, closing or threading.Event())
    except OSError as error:
        return Answer(error=f"{found.name} could not be read: {error}.")


def _probe_in(
    scratch: Path,
    found: Found,
    asked: Mapping[str, Any],
    seconds: float,
    closing: threading.Event,
) -> Answer:
    for name in ("home", "tmp", "work"):
        (scratch / name).mkdir()
    out = scratch / "answer.json"
    cwd = Path(found.cwd) if found.cwd else scratch / "work"
    if not cwd.is_dir():
        return Answer(error=f"{found.name} cannot be started: there is no folder {cwd}.")
    order = {
        "root": str(ROOT),
        "target": found.ask,
        "kind": found.kind,
        "out": str(out),
        "cwd": str(cwd),
        "seconds": seconds,
        **asked,
    }
    begun = time.monotonic()
    try:
        ended = run_child(
            [found.interpreter, str(PROBE)],
            order=json.dumps(order).encode() + b"\n",
            env=child_environ(os.environ, found.env, scratch),
            cwd=cwd,
            bounds=Bounds(seconds + GRACE, OUTPUT_BYTES, closing),
        )
    except OSError as error:
        return Answer(error=not_started(found, error))
    answer = read_answer(out) or too_old(found, ended) or no_answer(found, ended, seconds)
    if not ended.cut:
        answer = replace(answer, printed=ended.printed)
    if answer.error and time.monotonic() - begun >= seconds:
        return replace(answer, error=no_answer(found, ended, seconds, late=True).error)
    return answer


def child_environ(
    environ: Mapping[str, str], own: Mapping[str, str], scratch: Path
) -> dict[str, str]:
    """Return the environment of a probe: ours, scratch homes, its own; no screen, no settings."""
    left_out = ("WEBIFY_", *SCREENS)
    env = {name: text for name, text in environ.items() if not name.startswith(left_out)}
    env.update(dict.fromkeys(SCRATCH_HOMES, str(scratch / "home")))
    env.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch / "tmp")))
    env |= {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "200"}
    env |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return env | dict(own)


def not_started(found: Found, error: OSError) -> str:
    """Return the sentence for an interpreter that the system cannot start."""
    python = found.interpreter
    if isinstance(error, FileNotFoundError):
        why = f"there is no interpreter {python}"
    elif isinstance(error, PermissionError):
        why = f"{python} is not executable"
    else:
        why = f"{python} does not start: {error.strerror or error}"
    return f"{found.name} cannot be started: {why}."


def read_answer(out: Path) -> Answer | None:
    """Return what the probe wrote, or None where it wrote nothing that can be read."""
    try:
        if out.stat().st_size > ANSWER_BYTES:
            return None
        data = json.loads(out.read_bytes())
        return Answer(
            framework=str(data.get("framework") or ""),
            command=data.get("command"),
            warnings=tuple(map(str, data.get("warnings") or ())),
            version=str(data.get("version") or ""),
            error=str(data.get("error") or ""),
            trace=str(data.get("trace") or ""),
            no_parser=bool(data.get("no_parser")),
            by_hand=bool(data.get("by_hand")),
            heard=tuple(data.get("heard") or ()),
        )
    except (OSError, ValueError, AttributeError, TypeError):
        return None


def too_old(found: Found, ended: Ended) -> Answer | None:
    """Return the sentence for an interpreter that cannot read the probe, else None."""
    if ended.cut or ended.code == 0:
        return None
    asked = "import sys; sys.stdout.write('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [found.interpreter, "-c", asked],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=VERSION_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.fullmatch(r"([23])\.([0-9]{1,3})\s*", done.stdout.decode("utf-8", "replace"))
    if version is None or (int(version[1]), int(version[2])) >= OLDEST:
        return None
    why = f"{found.name} is started by Python {version[1]}.{version[2]} ({found.interpreter}), "
    why += "and webify can ask Python {}.{} and newer.".format(*OLDEST)
    return Answer(error=why, trace=ended.tail)


def no_answer(found: Found, ended: Ended, seconds: float, *, late: bool = False) -> Answer:
    """Return why there is no answer, with the tool's last words."""
    if late or ended.cut == "time":
        why = f"{found.name} did not answer --help within {seconds:g} s."
    elif ended.cut == "output":
        why = f"{found.name} printed more than {OUTPUT_BYTES // 1_000_000} MB at --help."
    elif ended.cut == "closing":
        why = f"{found.name} was not read: the site was closing."
    elif ended.code < 0:
        why = f"{found.name} was ended by {_signal(-ended.code)} before it said what it accepts."
    else:
        why = f"{found.name} ended with code {ended.code} before it said what it accepts."
    return Answer(error=why, trace=ended.tail)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
