"""Find what lies installed beside a program: manual pages, completion files, specifications."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 4_000_000  # of one file
SECTIONS = ("1", "8", "6", "1ssl", "1p")
SPECS = (".opencli.json", ".usage.kdl")
FISH = ("share/fish/vendor_completions.d", "share/fish/completions")
FISH_FUNCTIONS = ("share/fish/vendor_functions.d", "share/fish/functions")
BASH = ("share/bash-completion/completions", "etc/bash_completion.d")
ZSH = ("share/zsh/site-functions", "share/zsh/vendor-completions")
ZSH_OWN = "share/zsh/functions/Completion"
_PLAIN = re.compile(r"\w[\w.+-]{0,80}")
_COMPDEF = re.compile(r"#compdef ([^\n]{1,2000})")


@dataclass(frozen=True)
class Writings:
    """Where the writings of one program lie.

    own   folders such as /usr: what lies below them is about this very program
    """

    name: str
    program: Path
    own: tuple[Path, ...]

    def man_page(self, path: Sequence[str] = ()) -> Path | None:
        """Return the manual page of the program, or of one of its commands."""
        name = "-".join((self.name, *path))
        for prefix in self.own:
            for folder in (prefix / "share/man", prefix / "man"):
                for section in SECTIONS:
                    for ending in ("", ".gz", ".bz2", ".xz", ".zst"):
                        page = folder / f"man{section[:1]}" / f"{name}.{section}{ending}"
                        if page.is_file():
                            return page
        return None

    def fish(self) -> str:
        """Return the text of the completion file for fish, or ""."""
        return self._text(f"{self.name}.fish", FISH)

    def fish_file(self, kind: str, name: str) -> str:
        """Return what a script for fish refers to: a function, or another's completions."""
        folders = FISH if kind == "completions" else FISH_FUNCTIONS
        return self._text(f"{name}.fish", folders) if _PLAIN.fullmatch(name) else ""

    def bash(self) -> str:
        """Return the text of the completion file for bash, or ""."""
        return self._text(self.name, BASH) or self._text(f"{self.name}.bash", BASH)

    def zsh(self) -> str:
        """Return the text of the completion file for zsh, or ""."""
        found = self._text(f"_{self.name}", ZSH)
        for prefix in () if found else self.own:
            for file in sorted((prefix / ZSH_OWN).glob("*/_*")):
                text = _read(file) if file.name == f"_{self.name}" else _if_named(file, self.name)
                if text:
                    return text
        return found

    def specs(self, folders: Sequence[Path]) -> Iterator[Path]:
        """Yield the documents on the whole command line: beside the program, or in the folders."""
        stem = self.program.stem if self.program.suffix else self.name
        for folder in dict.fromkeys((self.program.parent, *folders)):
            for name in dict.fromkeys((self.name, stem)):
                for ending in SPECS:
                    if (folder / f"{name}{ending}").is_file():
                        yield folder / f"{name}{ending}"

    def _text(self, name: str, folders: Sequence[str]) -> str:
        for prefix in self.own:
            for folder in folders:
                for base in (prefix, prefix.parent if folder.startswith("etc") else prefix):
                    if (base / folder / name).is_file():
                        return _read(base / folder / name)
        return ""


def writings_of(program: Path) -> Writings:
    """Return where to look for the writings of a program.

    They count where they belong to the file itself: below the folder that its bin lies in, or, for
    the program that its bare name starts, in the folders of the system.
    """
    name = program.stem if program.suffix.lower() in (".exe", ".cmd", ".bat") else program.name
    real = program.resolve()
    own = [file.parent.parent for file in (program, real) if file.parent.name in ("bin", "sbin")]
    started = shutil.which(name)
    if started and os.name != "nt" and Path(started).resolve() == real:
        own += [Path(prefix) for prefix in ("/usr", "/usr/local", "/opt/homebrew", "/opt/local")]
    found = dict.fromkeys(Path("/usr") if prefix == Path("/") else prefix for prefix in own)
    return Writings(name, program, tuple(found))


def man_command(page: Path) -> tuple[str, ...] | None:
    """Return the words that print a manual page, or None where nothing here can."""
    if os.name == "nt":
        return None
    man = shutil.which("man")
    if man:
        if Path("/etc/manpath.config").exists() or Path("/etc/man_db.conf").exists():
            return (man, "-P", "cat", "--no-hyphenation", "--no-justification", str(page))
        return (man, "-P", "cat", str(page))
    mandoc = shutil.which("mandoc")
    return (mandoc, "-T", "utf8", "-O", "width=200", str(page)) if mandoc else None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _if_named(path: Path, name: str) -> str:
    """Return the text of a function file of zsh that says it completes this program."""
    try:
        with path.open("rb") as file:
            first = _COMPDEF.match(file.readline(2100).decode("utf-8", "replace"))
    except OSError:
        return ""
    words = first[1].split() if first else []
    return _read(path) if name in (word.partition("=")[0] for word in words) else ""


def read_spec(path: Path) -> str:
    """Return the text of a document, or "" where it cannot be read."""
    return _read(path)


def about(program: Path, folders: Sequence[Path] = ()) -> list[Path]:
    """Return a program and the files whose change may mean that it is described otherwise."""
    writings = writings_of(program)
    page = writings.man_page()
    return [program, *([page] if page else []), *writings.specs(folders)]
