"""The readers at work: each is asked until it fails or takes too long."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from typing import NamedTuple

from webify.readers.shapes import Answer, Body, Reader, Taken
from webify.readers.terminal import Line

SECONDS = 10.0  # of computing that one reader may take of any output
SECONDS_OF_A_BYTE = 5e-6  # and so much more for each byte of it
_MOST_SIGNS = 1_000  # that are remembered

Door = tuple[Callable[[str], object], Reader]


class Fault(NamedTuple):
    """Why a reader was switched off: a sentence, and the traceback where there is one."""

    said: str
    trace: str = ""


class Panel:
    """The readers of one output.  One that fails or is slow is asked no more; the text stays."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        """Ask these, in this order."""
        self._readers = tuple(readers)
        self._doors = Doors(self._readers)
        self._spent = {reader.NAME: 0.0 for reader in readers}
        self._together = 0.0  # seconds that all have taken, on the clock of the wall
        self._began = time.process_time()
        self.faults: tuple[Fault, ...] = ()
        self.size = 0
        self.found_by = ""

    def ask(self, lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
        """Return the first answer that is not NO; found_by then names who gave it."""
        if self._together > self._most / 2:
            return self._carefully(lines, at, over=over)
        clock = time.perf_counter
        before = clock()
        answer = self._quickly(lines, at, over=over)
        self._together += clock() - before
        return answer

    def _quickly(self, lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
        """Ask without a look at the clock: it would take longer than most answers."""
        text, rewritten = lines[at].text, lines[at].rewritten
        for may_begin, reader in self._doors.open_to(text.lstrip()[:1]):
            if may_begin(text) or rewritten:
                answer = self._answer(reader, lines, at, over=over)
                if answer is not Answer.NO:
                    return answer
        return Answer.NO

    def _carefully(self, lines: Sequence[Line], at: int, *, over: bool) -> Body | Answer:
        """Ask and count what each reader takes, as one of them may be slow."""
        clock = time.thread_time
        before = clock()
        for reader in self._readers:
            answer = self._answer(reader, lines, at, over=over)
            after = clock()
            self._count(reader.NAME, after - before)
            before = after
            if answer is not Answer.NO:
                return answer
        return Answer.NO

    def _answer(
        self, reader: Reader, lines: Sequence[Line], at: int, *, over: bool
    ) -> Body | Answer:
        try:
            answer = reader.look(lines, at, over=over)
        except Exception as error:  # noqa: BLE001 - a reader that fails leaves the text
            self._fail(reader.NAME, error)
            return Answer.NO
        self.found_by = reader.NAME
        return answer

    def work(self, name: str, body: Callable[[], Taken]) -> Taken | None:
        """Let the body of a reader go on; None where it failed."""
        before = time.thread_time()
        try:
            return body()
        except Exception as error:  # noqa: BLE001 - what it has read so far stays
            self._fail(name, error)
            return None
        finally:
            self._count(name, time.thread_time() - before)

    def give_up(self, said: str, *names: str) -> None:
        """Ask these no more, nobody where none is named, and say why."""
        fault = Fault(said)
        if fault not in self.faults:
            self.faults += (fault,)
        self.leave(*names)

    def leave(self, *names: str) -> None:
        """Ask these no more; nobody where none is named."""
        kept = self._readers if names else ()
        self._readers = tuple(each for each in kept if each.NAME not in names)
        self._doors = Doors(self._readers)

    @property
    def _most(self) -> float:
        """Return how many seconds one reader may take so far."""
        return SECONDS + SECONDS_OF_A_BYTE * self.size

    def _count(self, name: str, seconds: float) -> None:
        self._spent[name] += seconds
        most = self._most
        # A machine that is busy with other things is no fault of a reader.
        if self._spent[name] > most and time.process_time() - self._began > most:
            self._switch_off(name, Fault(f"The reader “{name}” took too long and was switched off"))

    def _fail(self, name: str, error: Exception) -> None:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        said = f"The reader “{name}” failed and was switched off: {lines[0]:.200}"
        self._switch_off(name, Fault(said, traceback.format_exc()))

    def _switch_off(self, name: str, fault: Fault) -> None:
        if any(name == each.NAME for each in self._readers):
            self.faults += (fault,)
            self.leave(name)


class Doors:
    """Which readers a line is worth: those that may begin with its first sign.

    Each is given with the quick look that it has at a whole line.
    """

    def __init__(self, readers: Sequence[Reader]) -> None:
        """Open to these, in this order."""
        self._readers = readers
        self._known: dict[str, tuple[Door, ...]] = {}

    def open_to(self, sign: str) -> tuple[Door, ...]:
        """Return who may know lines that begin with this sign."""
        found = self._known.get(sign)
        if found is None:
            found = tuple(
                (each.HOLDS.search if hasattr(each, "HOLDS") else bool, each)
                for each in self._readers
                if sign in getattr(each, "SIGNS", sign)
            )
            if len(self._known) < _MOST_SIGNS:
                self._known[sign] = found
        return found
