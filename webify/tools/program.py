"""One program in any language, and what it has said of itself so far.

Asked are its help, the completion script that it can make, its manual and the completion files that
are installed; merging.py takes the best source for each field.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from webify.manuals.cobra import read_complete
from webify.manuals.command import Tree, to_command
from webify.manuals.facts import Page
from webify.manuals.help_text import read_help
from webify.manuals.man import read_man
from webify.manuals.merging import merged
from webify.model.plain import to_plain
from webify.tools.asking import Asker, Said, why_not
from webify.tools.completing import installed_pages, made_pages
from webify.tools.executables import first_word, parser_in
from webify.tools.probing import Answer
from webify.tools.switches import command_lists, first_switches, longer_switches
from webify.tools.writings import Writings, man_command, writings_of

TRIES = 6  # ways to a help text
LONGER = 3  # ways to a longer one

PathOf = tuple[str, ...]


@dataclass(frozen=True)
class Program:
    """A program to describe.

    start    the words that start it
    path     the file whose writings are looked for
    name     what a sentence calls it
    folders  where a document on its command line may lie besides
    printed  what it has said at --help, where it was asked already
    """

    start: tuple[str, ...]
    path: Path
    name: str
    env: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()
    printed: str = ""


@dataclass
class Reading:
    """What has been found out of one program so far."""

    program: Program
    asker: Asker
    pages: dict[PathOf, list[Page]] = field(default_factory=dict)
    texts: dict[PathOf, list[str]] = field(default_factory=dict)
    lazy: set[PathOf] = field(default_factory=set)
    dropped: set[PathOf] = field(default_factory=set)
    first: Said | None = None
    cobra: bool | None = None
    warnings: list[str] = field(default_factory=list)
    writings: Writings = field(init=False)

    def __post_init__(self) -> None:
        """Find where its writings lie."""
        self.writings = writings_of(self.program.path)

    def add(self, pages: Mapping[PathOf, Page], text: str = "") -> None:
        """Keep what a writing says."""
        for path, page in pages.items():
            self.pages.setdefault(path, []).append(page)
            if text:
                self.texts.setdefault(path, []).append(text)

    def tree(self, only: Iterable[PathOf] | None = None) -> Tree:
        """Return all that is known, merged."""
        told = [text for texts in self.texts.values() for text in texts]
        wanted = self.pages if only is None else set(only) & self.pages.keys()
        found = {path: merged(self.pages[path], self.texts.get(path, ())) for path in wanted}
        family = parser_in(self.program.path)
        return Tree(found, set(self.lazy), set(self.dropped), family, told[:20])

    def answer(self) -> Answer:
        """Return the program as a command, or why it is none."""
        if () not in self.pages:
            return self._nothing()
        tree = self.tree()
        root = tree.pages[()]
        command = to_command(tree, self.program.name)
        used = (source for page in tree.pages.values() for source in page.sources)
        return Answer(
            framework=root.page.family or tree.family or root.page.source,
            command=to_plain(command),
            warnings=tuple(self.warnings),
            version=root.page.version,
            sources=tuple(dict.fromkeys(used)),
        )

    def _nothing(self) -> Answer:
        said = self.first or Said(("--help",))
        why = why_not(self.program.name, said, self.asker.seconds)
        return Answer(error=why, trace=said.tail, no_parser=not said.cut)

    def read_root(self, *, brief: bool = False) -> None:
        """Read its help, its completion script, its manual and what is installed for it."""
        self._read_help()
        if brief:
            return
        root = self.page(())
        if root is not None:
            made = made_pages(self.asker, self.writings.name, root)
            self.add(made)
            self._read_longer()
        if root is None or not root.whole:
            self.ask_cobra(())
        self.read_man(())
        for pages in installed_pages(self.writings):
            self.add(pages)
        if () in self.pages and root is None and self.first is not None:
            why = why_not(self.program.name, self.first, self.asker.seconds)
            self.warnings.append(f"{why} It is described from what else is written about it.")

    def _read_help(self) -> None:
        said = self._first()
        self.first = said
        told = "\n".join(said.texts)
        if self.take(said, ()) and not (said.code and self._hinted(told)):
            return
        if said.cut or said.worked:
            return  # it does not end, or has done its work: it is not started again
        for words in first_switches(told, windows=sys.platform == "win32")[:TRIES]:
            more = self.asker.ask(*words)
            if self.take(more, ()) or more.cut:
                return

    def _first(self) -> Said:
        if self.program.printed:
            return Said(("--help",), self.program.printed)
        return self.asker.ask(first_word(self.program.path))

    def _hinted(self, told: str) -> bool:
        """Say whether a short usage after a complaint sends its reader to the real help."""
        page = self.page(())
        return page is not None and not page.whole and len(page.options) < 3 and "help" in told

    def _read_longer(self) -> None:
        told = "\n".join(self.texts.get((), ()))
        page = self.page(())
        count = len(page.options) if page else 0
        for words in longer_switches(self.writings.name, told)[:LONGER]:
            said = self.asker.ask(*words)
            if not said.cut and self.take(said, (), more_than=count):
                break
        for words in command_lists(self.writings.name, told):
            self.take(self.asker.ask(*words), ())

    def take(self, said: Said, path: PathOf, more_than: int = -1) -> bool:
        """Keep what was said, where it is a help text; say whether it was."""
        if said.cut in ("output", "start"):
            return False
        found = [
            (page, text)
            for text in said.texts
            if (page := self._read(text, path)) is not None and len(page.options) > more_than
        ]
        if not found:
            return False
        page, text = max(found, key=lambda pair: (len(pair[0].options), len(pair[0].commands)))
        self.add({path: page}, text)
        return True

    def _read(self, text: str, path: PathOf) -> Page | None:
        if is_manual(text):
            return read_man(text, program=self.writings.name, path=path)
        return read_help(text, program=self.writings.name, path=path)

    def page(self, path: PathOf) -> Page | None:
        """Return what the program itself said of a command."""
        own = [page for page in self.pages.get(path, ()) if page.source == "help text"]
        return merged(own).page if own else None

    def read_man(self, path: PathOf) -> bool:
        """Read the manual page of the program, or of one of its commands."""
        file = self.writings.man_page(path)
        words = man_command(file) if file else None
        if words is None:
            return False
        said = self.asker.run(words)
        page = read_man(said.out, program=self.writings.name, path=path) if said.out else None
        if page is None:
            return False
        self.add({path: page}, said.out)
        return True

    def ask_cobra(self, path: PathOf) -> None:
        """Ask a cobra program by its own protocol, where its help is laid out in another way."""
        if not self._is_cobra() or self.asker.left <= 0:
            return
        for last in ("-", ""):
            said = self.asker.ask("__complete", *path, last)
            page = read_complete(said.out, path)
            if page is not None and not said.cut:
                shown = tuple(each for each in page.commands if self._shows(path, each.name))
                self.add({path: replace(page, commands=shown)})

    def _shows(self, path: PathOf, word: str) -> bool:
        """Say whether the help of a command begins a line with this word.

        Among the words that cobra completes are values of arguments, which are no commands.
        """
        line = re.compile(rf"^\s{{1,8}}{re.escape(word)}\*?[:,]?\s", re.MULTILINE)
        return any(line.search(text) for text in self.texts.get(path, ()))

    def _is_cobra(self) -> bool:
        """Say whether the program is one of cobra's: its help or its bytes say so.

        Others would take "__complete" for a word of their own.
        """
        if self.cobra is None:
            pages = self.pages.get((), ())
            self.cobra = any(page.family == "cobra" for page in pages) or (
                parser_in(self.program.path) == "cobra"
            )
        return self.cobra

    def same_as_above(self, said: Said, path: PathOf) -> bool:
        """Say whether a program shows at a command what it shows without it."""
        texts = {" ".join(text.split()) for text in said.texts}
        return any(
            " ".join(text.split()) in texts
            for depth in range(len(path))
            for text in self.texts.get(path[:depth], ())
        )


def is_manual(text: str) -> bool:
    """Say whether a program shows a manual page where it was asked for its help."""
    head = text[:3000].replace("\b", "")
    lines = [line.strip() for line in head.splitlines()[:40]]
    plain = {"".join(line.split()) for line in lines}
    bold = any(line.startswith(("NNAAMMEE", "N\bN")) for line in lines)
    return bold or ({"NAME", "SYNOPSIS"} <= plain and bool(lines and "(" in lines[0]))
