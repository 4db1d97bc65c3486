"""Ask a program for each of its commands: never for one that no source listed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from webify.manuals.facts import Page
from webify.manuals.merging import merged
from webify.tools.asking import WORKED
from webify.tools.program import PathOf, Reading, is_manual
from webify.tools.switches import Words, command_switches, scouts

AT_ONCE = 3  # processes
DEEPEST = 5
MOST = 300  # commands that are asked before somebody opens them


@dataclass
class Commands:
    """The commands of one program, and what was learned of how it is asked for them.

    switch    which way to a command's help was the right one, by the depth of the command
    manuals   the ways that show a manual
    worked    the words at which it did its work instead
    """

    reading: Reading
    switch: dict[int, int] = field(default_factory=dict)
    manuals: set[int] = field(default_factory=set)
    worked: Words = ()

    def read_all(self) -> None:
        """Ask for each command that is listed, level by level, until the time is over."""
        level = self._listed(())
        asked = 0
        while level:
            level, later = level[: MOST - asked], level[MOST - asked :]
            asked += len(level)
            self.reading.lazy.update(later)
            known = self._scout(level)
            ahead = [path for path in level if path not in known]
            with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webify-command") as pool:
                done = list(pool.map(self.read_one, ahead))
            self.reading.lazy.update(
                path for path, read in zip(ahead, done, strict=True) if not read
            )
            level = [deeper for path in level for deeper in self._listed(path)]

    def _scout(self, level: list[PathOf]) -> set[PathOf]:
        """Ask a few commands one by one before all others; return which.

        Where one does its work though it is asked for its help, no other one is asked.
        """
        done: set[PathOf] = set()
        for path in scouts(level):
            if not (self.worked or self.switch or self.manuals):
                self.read_one(path)
                done.add(path)
        return done

    def _listed(self, path: PathOf) -> list[PathOf]:
        if len(path) >= DEEPEST or path not in self.reading.pages or path in self.reading.lazy:
            return []
        page = merged(self.reading.pages[path], self.reading.texts.get(path, ())).page
        return [(*path, each.name) for each in page.commands if each.name != "help"]

    def read_one(self, path: PathOf) -> bool:
        """Read one command; say whether there was time for it."""
        if not self.reading.asker.left:
            return False
        root = self.reading.page(())
        if root is not None and not (self.worked and not self.switch and not self.manuals):
            self._ask_command(path, root)
        known = self.reading.page(path)
        if known is not None or self.reading.writings.man_page(path):
            self.reading.dropped.discard(path)
        if known is None or not known.whole:
            self.reading.ask_cobra(path)
        if known is None or not known.whole or self.manuals:
            self.reading.read_man(path)  # whose short help is a manual, says more there
        self.reading.pages.setdefault(path, [])
        return True

    def _ask_command(self, path: PathOf, root: Page) -> None:
        """Ask for one command in the ways that the program knows, until one shows its help."""
        told = self.reading.texts.get((), [""])[0]
        ways = command_switches(told, root, path)
        written = self.reading.writings.man_page(path) is not None
        for index in self._ordered(len(ways), len(path)):
            if written and index in self.manuals:
                continue
            said = self.reading.asker.ask(*ways[index])
            if said.worked:
                self._tell_worked(ways[index])
            if said.cut or said.worked:
                return
            if self.reading.same_as_above(said, path):
                self.reading.dropped.add(path)
            elif written and is_manual(said.out):
                self.manuals.add(index)  # it is read from its file, once
            elif self.reading.take(said, path):
                self.switch.setdefault(len(path), index)
                return

    def _tell_worked(self, words: Words) -> None:
        if not self.worked:
            self.reading.warnings.append(
                WORKED.format(" ".join((self.reading.program.name, *words)))
            )
        self.worked = words

    def _ordered(self, count: int, depth: int) -> list[int]:
        """Return the ways to a command's help by number, that which helped before first."""
        best = self.switch.get(depth, self.switch.get(1, 0))
        return sorted(range(count), key=lambda index: index != best)
