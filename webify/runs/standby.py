"""The supervisors that wait for an order: one for any tool, and one for each that is run often.

The latter have asked for a child of the tool's zygote already, so that the run has to be told to it
only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from webify.runs.order import Label
from webify.runs.writing import write_all

if sys.platform != "win32":
    from webify.runs.zygote import Zygote
    from webify.runs.zygotes import Zygotes

assert sys.platform != "win32"  # nothing forks there

MOST = 3  # that have asked for a child: those whose tools were run last
ANY: tuple[str, ...] = ()  # the key of the one for any tool


@dataclass(frozen=True)
class Ready:
    """A supervisor that waits at the other end of a pipe for its order.

    letter   memory where the order lies for later supervisors too, -1 where there are none
    """

    pid: int
    birth: str
    pipe: int
    letter: int

    def dismiss(self) -> None:
        """Let it go without an order, as far as this process is concerned."""
        os.close(self.pipe)
        if self.letter >= 0:
            os.close(self.letter)

    def take(self, line: bytes) -> bool:
        """Give it its order; say whether it lives to take it."""
        try:
            if self.letter >= 0:
                write_all(self.letter, line)
                os.close(self.letter)
            write_all(self.pipe, line if self.letter < 0 else b"\n")
        except BrokenPipeError:
            return False
        finally:
            os.close(self.pipe)
        return True


@dataclass
class Standby:
    """All of one launcher, by the calls of their tools.

    fork   forks one, which dismisses the others, and asks for a child of the zygote it is given
    """

    fork: Callable[[Zygote | None, Iterable[Ready]], Ready]
    waiting: dict[tuple[str, ...], Ready] = field(default_factory=dict)

    def full(self, zygotes: Zygotes) -> bool:
        """Say whether none is missing."""
        return self.waiting.keys() == _wanted(zygotes).keys()

    def fill(self, zygotes: Zygotes) -> None:
        """Fork those that are missing, and let those go that nobody is likely to want."""
        wanted = _wanted(zygotes)
        for call in self.waiting.keys() - wanted.keys():
            self.waiting.pop(call).dismiss()
        for call in wanted.keys() - self.waiting.keys():
            self.waiting[call] = self._fork(wanted[call])

    def give(self, label: Label, line: bytes) -> Ready:
        """Give an order to the one that suits it best; return that."""
        found = self.waiting.pop(label.key, None) or self.waiting.pop(ANY, None) or self._fork()
        while not found.take(line):
            found = self._fork()
        return found

    def _fork(self, zygote: Zygote | None = None) -> Ready:
        return self.fork(zygote, self.waiting.values())

    def dismiss(self) -> None:
        """Let all of them go."""
        while self.waiting:
            self.waiting.popitem()[1].dismiss()


def _wanted(zygotes: Zygotes) -> dict[tuple[str, ...], Zygote | None]:
    """Return of which zygote each of those that shall wait has asked for a child."""
    return {ANY: None, **{each.wish.recipe.key: each for each in zygotes.latest(MOST)}}
