"""Let supervisors die before each line of what carries an output, and others go on after them.

python -m tests.runs.dying FOLDER pipe|terminal prints how many died, and once each log that came
of it.
"""

from __future__ import annotations

import os
import pty
import signal
import sys
import tty
from pathlib import Path
from types import FrameType
from typing import Any

from webify.runs import ledger, pumps
from webify.runs.keep import Keep
from webify.runs.masking import Secrets

SECRET = "hunter22"
PIECES = (b"abchunt", b"er22 hu", b"nter\n")  # as they are taken
TRACED = {pumps.__file__, ledger.__file__}
COUNTED = ("Pump._", "Pump.finish", "Ledger.", "Disk.write", "put")


class Death:
    """Comes before the line of this number."""

    def __init__(self, line: int) -> None:
        self.left = line

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in TRACED:
            return None
        if not frame.f_code.co_qualname.startswith(COUNTED):
            return None
        if event == "line":
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def supervise(keep: Keep, folder: Path, source: int, death: Death | None) -> None:
    """Do what a pump's threads do, one after the other."""
    timeline = pumps.Timeline(folder / "timeline", 0.0)
    disk, budget = pumps.Disk(folder / "full"), pumps.Budget(0, 0, keep)
    ledger = keep.ledgers[0]
    made = pumps.Pump("out", folder / "out", disk, budget, timeline, Secrets([SECRET]), ledger)
    made._source, made._releases = source, True
    sys.settrace(death)
    made._resume()
    while made._enter(ledger):
        made._keep(made._veil.release())
    made.finish()
    for file in {made._fd, made._end, made._nowhere, timeline._fd} - {-1}:
        os.close(file)


def died(keep: Keep, folder: Path, source: int, death: Death) -> bool:
    child = os.fork()
    if child == 0:
        supervise(keep, folder, source, death)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def opened(terminal: bool) -> tuple[int, int]:
    """Return the ends of a pipe or of a terminal, to read from and to print to."""
    source, end = pty.openpty() if terminal else os.pipe()
    if terminal:
        tty.setraw(end)
    return source, end


def main(folder: Path, terminal: bool) -> None:
    pumps.CHUNK = len(PIECES[0])
    line, found, going = 1, set(), True
    while going:
        (source, end), keep = opened(terminal), Keep()
        os.write(end, b"".join(PIECES))
        os.close(end)
        going = died(keep, folder, source, Death(line))
        if going:
            supervise(keep, folder, source, None)
        found.add((folder / "out").read_bytes())
        (folder / "out").unlink()
        os.close(source)
        keep.close()
        line += going
    print(line - 1, *found, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "terminal")
