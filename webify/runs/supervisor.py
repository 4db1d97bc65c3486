"""The small process over each run: starts the tool, keeps what it prints, ends it when asked.

It is started by the engine and needs nobody afterwards: the web server may go.  On POSIX one
waiting process forks itself for each order, so that nothing has to be loaded when a run begins;
elsewhere each process takes one order, and the engine keeps one waiting.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from webify.runs.birth import birth
from webify.runs.fitting import Wish
from webify.runs.folder import RunFolder
from webify.runs.follower import load, note_fault, rehearse
from webify.runs.keep import Keep
from webify.runs.order import Answer, Label, Order, Plan
from webify.runs.watch import supervise

if sys.platform != "win32":
    from webify.runs.ahead.webify_deaths import woken_by_deaths
    from webify.runs.ahead.webify_memory import own
    from webify.runs.borrowing import ask
    from webify.runs.standby import Ready, Standby
    from webify.runs.zygotes import Zygote, Zygotes

if sys.platform == "linux":
    from webify.runs.keeper import keep_alive

PIECE = 1 << 16  # bytes of orders read at once
LATER = 30.0  # seconds between two looks for zygotes that nobody uses
CALM = 0.03  # seconds without an order until the next supervisor is forked ahead
COPIED = 1 << 25  # bytes of memory that it makes its own while it waits
THREADS = 4  # of a supervisor: two pumps, the readers, and one that waits for the tool
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


def take_one_order() -> None:
    """Wait for an order and carry it out in this process; have a spare ready, where asked to."""
    from webify.runs.spare import Spare

    keep = Keep()
    _say(1, Answer("ready"))
    for line in lines(0):
        wish = Wish.read(line)
        if wish is not None:
            keep.spare = Spare(wish, _tell)
            continue
        order = Order.read(line)
        _say(1, Answer("started", order.id, os.getpid(), birth(os.getpid())))
        obey(order, 1, keep)
        return
    if keep.spare is not None:
        keep.spare.end()


def _tell(said: str, sentence: str) -> None:
    """Say what became of a spare: to the engine, and in its notes."""
    os.write(2, sentence.encode("utf-8", "replace") + b"\n")
    _say(1, Answer(said))


def lines(fd: int) -> Iterator[bytes]:
    """Yield whole lines; a half one at the end is no order."""
    rest = b""
    while piece := os.read(fd, PIECE):
        rest += piece
        *whole, rest = rest.split(b"\n")
        yield from whole


def obey(order: Order, answers: int, keep: Keep | None = None) -> None:
    """Carry out one order, or go on with it, and say that it ended."""
    folder = RunFolder(Path(order.folder))
    printed = partial(_say, answers, Answer("printed", order.id))
    try:
        if supervise(order, folder, keep, printed):
            _say(answers, Answer("ended", order.id))
    except Exception:  # noqa: BLE001 - the border of a process; the engine sees it is gone
        note_fault(folder.fault_path)


def _say(fd: int, answer: Answer) -> None:
    try:
        os.write(fd, answer.line())
    except OSError:
        return  # the server has gone; the next one looks at the files


if sys.platform != "win32":

    def fork_for_each_order(zygotes: Zygotes) -> None:
        """Fork one supervisor after the other, each before its order comes."""
        standby = Standby(partial(_fork_ahead, zygotes))
        woken = woken_by_deaths()
        gc.collect()
        gc.freeze()
        _say(1, Answer("ready"))
        standby.fill(zygotes)
        rest, given = b"", list[bytes]()
        while True:
            settled = standby.full(zygotes) and not given
            if _wait(zygotes, None if settled else CALM, woken):
                standby.dismiss()  # those to come know of the zygotes as they are now
            if not select.select([0], [], [], 0)[0]:
                while given:  # not before: the runs have need of the processors
                    zygotes.wish(Order.read(given.pop(0)))
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
                    _say(1, Answer("started", label.id, taken.pid, taken.birth))
                    given.append(line)
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
            _stand_by(here, letter, _answers(), zygotes, asked)
        finally:
            os._exit(0)

    def _stand_by(
        here: int, letter: int, answers: int, zygotes: Zygotes, asked: Zygote | None
    ) -> None:
        """Carry out the order that comes, through the death of its supervisor where it can be."""
        keep = Keep()
        take = partial(_take_order, here, letter, answers, keep, zygotes, asked)
        if sys.platform == "linux":
            keep_alive(keep, take, zygotes.forget)
        else:
            take()

    def _take_order(
        here: int,
        letter: int,
        answers: int,
        keep: Keep,
        zygotes: Zygotes,
        asked: Zygote | None,
    ) -> None:
        """Wait until the order is there, and carry it out."""
        if asked is not None and not keep.deaths:
            ask(asked.calls, keep, reads=asked.wish.reads)
            keep.hands.ready(THREADS)
        own(COPIED, lambda seconds: bool(select.select([here], [], [], seconds)[0]))
        line = next(lines(here), b"") if letter < 0 else _read_letter(here, letter)
        os.close(here)
        if line:
            order = Order.read(line)
            zygotes.lend(order, asked, keep)
            obey(order, answers, keep)

    def _read_letter(here: int, letter: int) -> bytes:
        """Return the order when it has come; it stays there for a supervisor that comes next."""
        os.read(here, 1)
        line = os.pread(letter, os.fstat(letter).st_size, 0)
        return line if line.endswith(b"\n") else b""

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
