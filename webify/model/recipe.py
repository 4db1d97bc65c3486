"""How a Python tool is got ready before its runs come: what is started, and what it imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Tuple


@dataclass(frozen=True)
class Recipe:
    """What a zygote of a tool is made of; with another one it is another zygote.

    interpreter   the words that start Python
    program       the words that name the tool to it: a path, or "-m" and a module
    modules       what it imports: "name", or "name:one,two" for names from it; () for nothing
    start         how many words start the tool where it is not ready
    folder        the one that it imports from first; "" where that is the one it is started in
    title         what the system calls its process
    stamps        size and time of change of its own files
    always        the site wants it ready, from the first run on
    likely        what may be imported too, where a trial shows that this is slow and does no harm
    trial         the file in which stands what the trial showed
    tool          the tool's address: one file may be several tools, each with its environment
    """

    interpreter: Tuple[str, ...]
    program: Tuple[str, ...]
    start: int
    modules: Tuple[str, ...] = ()
    folder: str = ""
    title: str = ""
    stamps: Dict[str, Tuple[int, int]] = field(default_factory=dict)
    always: bool = False
    likely: Tuple[str, ...] = ()
    trial: str = ""
    tool: str = ""

    @property
    def key(self) -> Tuple[str, ...]:
        """Return what tells it from those of other tools."""
        return (self.tool, *self.call)

    @property
    def call(self) -> Tuple[str, ...]:
        """Return the words before the tool's own arguments."""
        return self.interpreter + self.program
