"""The launcher's own process: it waits for orders, and has a supervisor carry out each.

On POSIX it forks supervisors before their orders come, so that nothing has to be loaded when a run
begins; elsewhere it is the supervisor of one order itself.  How the web server sees it stands in
launcher.py.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import sys
from collections.abc import Iterable
from functools import partial

from webify.runs.birth import birth
from webify.runs.fitting import Wish
from webify.runs.follower import load, rehearse
from webify.runs.order import Answer, Label, Order, Plan
from webify.runs.supervisor import PIECE, say, take_one_order

if sys.platform != "win32":
    from webify.runs.ahead.webify_deaths import woken_by_deaths
    from webify.runs.standby import Ready, Standby
    from webify.runs.supervisor import stand_by
    from webify.runs.zygote import Zygote
    from webify.runs.zygotes import Zygotes

LATER = 30.0  # seconds between two looks for zygotes that nobody uses
CALM = 0.03  # seconds without an order until the next supervisor is forked ahead
SWITCH = 0.0005  # seconds: a busy reader lets the pumps have their turn


def main(each: str) -> None:
    """Take orders from standard input until it closes; each: "one" order only, or "many"."""
    sys.setswitchinterval(SWITCH)
    with contextlib.suppress(Exception):  # said at the run that needs them
        load() if each == "one" else rehearse()
    Order.read(Order("", "", Plan(("",)), {}).line())  # what reads orders is made once
    if sys.platform != "win32" and each == "many":
        fork_for_each_order(Zygotes())
        return
    if sys.platform == "win32":
        signal.signal(signal.SIGBREAK, signal.SIG_IGN)  # for the tool, which shares our console
    take_one_order()


if sys.platform != "win32":

    def fork_for_each_order(zygotes: Zygotes) -> None:
        """Fork one supervisor after the other, each before its order comes."""
        standby = Standby(partial(_fork_ahead, zygotes))
        woken = woken_by_deaths()
        gc.collect()
        gc.freeze()
        say(1, Answer("ready"))
        standby.fill(zygotes)
        rest = b""
        while True:
            full = standby.full(zygotes)
            if _wait(zygotes, None if full else CALM, woken):
                standby.dismiss()  # those to come know of the zygotes as they are now
            if not select.select([0], [], [], 0)[0]:
                standby.fill(zygotes)
                continue
            piece = os.read(0, PIECE)
            if not piece:
                return
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                label = Label.read(line)
                if label is not None:
                    taken = standby.give(label, line + b"\n")
                    say(1, Answer("started", label.id, taken.pid, taken.birth))
                    zygotes.wish(Order.read(line))
                elif wish := Wish.read(line):
                    zygotes.expect(wish)

    def _wait(zygotes: Zygotes, pause: float | None, woken: int) -> bool:
        """Wait for an order, for news of a zygote or so long; say whether a zygote said something.

        What they say stands in the launcher's notes.
        """
        count, told, ready = len(zygotes.known), False, [woken]
        while ready == [woken]:
            calls = [each.calls.fileno() for each in zygotes.known.values() if not each.ready]
            ready = select.select([0, woken, *calls], [], [], pause or zygotes.calm(LATER))[0]
            for number in set(calls).intersection(ready):
                os.write(2, zygotes.hear(number).encode() + b"\n")
                told = True
            if woken in ready:
                os.read(woken, PIECE)
                _bury(zygotes)
        for sentence in zygotes.look():
            os.write(2, sentence.encode() + b"\n")
        return told or len(zygotes.known) != count

    def _fork_ahead(zygotes: Zygotes, asked: Zygote | None, others: Iterable[Ready]) -> Ready:
        """Fork a supervisor; it leaves when the launcher ends before its order comes.

        asked    the zygote of which it has a child wait too
        others   whose pipes it must not hold open
        """
        here, there = os.pipe()
        letter = -1
        if sys.platform == "linux":
            letter = os.memfd_create("order")
        pid = os.fork()
        if pid:
            os.close(here)
            return Ready(pid, birth(pid), there, letter)
        try:
            os.close(there)
            for each in others:
                each.dismiss()
            _leave_home()
            stand_by(here, letter, _answers(), zygotes, asked)
        finally:
            os._exit(0)

    def _leave_home() -> None:
        """Let go of all that ties a supervisor to the server and to other runs."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.setsid()

    def _answers() -> int:
        """Move the pipe to the engine out of the way of standard input and output."""
        answers = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.close(nothing)
        return answers

    def _bury(zygotes: Zygotes) -> None:
        """Bury all that have ended."""
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                zygotes.bury(pid)
