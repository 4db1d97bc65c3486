"""The small process over each run: starts the tool, keeps what it prints, ends it when asked.

It needs nobody once it has its order: the web server may go, and so may the launcher.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from webify.runs.birth import birth
from webify.runs.fitting import Wish
from webify.runs.folder import RunFolder
from webify.runs.follower import note_fault
from webify.runs.keep import Keep
from webify.runs.order import Answer, Order
from webify.runs.watch import supervise

if sys.platform != "win32":
    from webify.runs.ahead.webify_memory import own
    from webify.runs.borrowing import ask
    from webify.runs.zygote import Zygote
    from webify.runs.zygotes import Zygotes

if sys.platform == "linux":
    from webify.runs.keeper import keep_alive

PIECE = 1 << 16  # bytes of orders read at once
COPIED = 1 << 25  # bytes of memory that it makes its own while it waits
THREADS = 4  # two pumps, the readers, and one that waits for the tool


def take_one_order() -> None:
    """Wait for an order and carry it out in this process; have a spare ready, where asked to."""
    from webify.runs.spare import Spare

    keep = Keep()
    say(1, Answer("ready"))
    for line in lines(0):
        wish = Wish.read(line)
        if wish is not None:
            keep.spare = Spare(wish, _tell)
            continue
        order = Order.read(line)
        say(1, Answer("started", order.id, os.getpid(), birth(os.getpid())))
        obey(order, 1, keep)
        return
    if keep.spare is not None:
        keep.spare.end()


def _tell(said: str, sentence: str) -> None:
    """Say what became of a spare: to the engine, and in its notes."""
    os.write(2, sentence.encode("utf-8", "replace") + b"\n")
    say(1, Answer(said))


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
    printed = partial(say, answers, Answer("printed", order.id))
    try:
        if supervise(order, folder, keep, printed):
            say(answers, Answer("ended", order.id))
    except Exception:  # noqa: BLE001 - the border of a process; the engine sees it is gone
        note_fault(folder.fault_path)


def say(fd: int, answer: Answer) -> None:
    """Tell the engine something, while there is one."""
    try:
        os.write(fd, answer.line())
    except OSError:
        return  # the server has gone; the next one looks at the files


if sys.platform != "win32":

    def stand_by(
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
