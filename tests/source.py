"""The project's own files, read once for the tests that hold laws over them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Source:
    """A file of the project: its path from the root with "/", and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed Python."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Return each node of the tree, walked once for all laws."""
        return tuple(ast.walk(self.tree))

    @property
    def module(self) -> str:
        """Return the name that the file is imported by."""
        name = self.path.removesuffix(".py").replace("/", ".")
        return name.removesuffix(".__init__")

    @property
    def lines(self) -> list[str]:
        """Return the lines of the text."""
        return self.text.splitlines()


def sources(*starts: str, suffix: str = ".py") -> list[Source]:
    """Return the files of these folders, and these files, in the order of their names."""
    found = [ROOT / start for start in starts if (ROOT / start).is_file()]
    for start in starts:
        found += (ROOT / start).rglob(f"*{suffix}")
    read = [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(set(found))
        if "__pycache__" not in path.parts
    ]
    assert read, f"there are no {suffix} files in {starts}"
    return read


@dataclass(frozen=True)
class Import:
    """One module or name that a file imports; inner: inside a function."""

    name: str
    line: int
    inner: bool

    @property
    def library(self) -> str:
        """Return the first part of the name."""
        return self.name.partition(".")[0]


def imports(source: Source) -> Iterator[Import]:
    """Yield what a file imports, wherever the import stands.

    `from a import b` counts as "a.b": b may be a module.
    """
    inner = {
        id(node)
        for function in source.nodes
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
    }
    for node in source.nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{source.path}:{node.lineno} imports by dots"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (Import(name, node.lineno, id(node) in inner) for name in names)


def holds(faults: list[str]) -> None:
    """Fail with each breach of a law on a line of its own."""
    assert not faults, "\n" + "\n".join(faults)
