"""What a Python tool imports before it does anything, read from its text; nothing of it is run.

Only modules from elsewhere count, those of the tool's own folder are its own business.  Reading
stops at the first statement that could make the next import another one: a call, a setting of the
environment, a change of the path.
"""

from __future__ import annotations

import ast
import hashlib
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from webify.model.recipe import Recipe
from webify.tools.finding import MODULE, SCRIPT, Found

SHEBANG = re.compile(rb"#!(/\S*/python[\d.]*)[ \t]*\r?\n")
CONSTANT = (ast.Constant, ast.Name, ast.JoinedStr, ast.Tuple, ast.List, ast.Dict, ast.Set)
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)
LARGEST = 1_000_000  # bytes of a text that is read


class Effect(Exception):
    """A statement stands there that does something."""


@dataclass
class Imports:
    """The imports of a tool, in their order.

    own   the files of its folder, by the names under which it imports them
    """

    own: dict[str, Path]
    found: list[str] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)

    def take(self, path: Path) -> None:
        """Read a file; raises Effect, OSError, SyntaxError and ValueError."""
        if path in self.read:
            return
        self.read.add(path)
        with path.open("rb") as text:
            data = text.read(LARGEST)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
        for statement in tree.body:
            self._statement(statement)

    def _statement(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                self._name(alias.name, ())
        elif isinstance(statement, ast.ImportFrom):
            self._from(statement)
        elif isinstance(statement, ast.Try):
            for inner in statement.body:
                self._statement(inner)
        elif not _harmless(statement):
            raise Effect

    def _from(self, statement: ast.ImportFrom) -> None:
        if statement.level or statement.module is None:
            raise Effect  # within a package: the whole of it is imported by its name
        if statement.module != "__future__":
            names = [alias.name for alias in statement.names]
            self._name(statement.module, () if "*" in names else names)

    def _name(self, name: str, wanted: Sequence[str]) -> None:
        own = self.own.get(name.partition(".")[0])
        if own is not None:
            self.take(own)
        else:
            self.found.append(f"{name}:{','.join(wanted)}" if wanted else name)


def recipe_of(found: Found, *, warm: bool | None, trials: Path | None = None) -> Recipe | None:
    """Return how a tool is got ready before its runs come, None where it cannot be.

    warm     whether the site wants its modules imported; None: only Python itself is started,
             and the modules too where a trial shows that this is worth it
    trials   the folder in which stands what trials have shown, None where there are none
    """
    if warm is False or found.fault or not found.interpreter:
        return None
    call = _call(found)
    if call is None:
        return None
    interpreter, program, title = call
    script = Path(found.ask) if found.kind == SCRIPT else None
    tried = warm is None and trials is not None
    trial = f"{_digest(found.slug, interpreter, *program)}.json"
    modules: list[str] = []
    if warm or tried:
        modules = imports_of(script) if script else _packages(found.ask)
    return Recipe(
        interpreter=(interpreter,),
        program=program,
        start=len(found.start),
        modules=tuple(modules) if warm else (),
        folder=str(script.resolve().parent) if script else "",
        title=title,
        stamps={path: (size, changed) for path, (size, changed) in found.stamps.items()},
        always=bool(warm),
        likely=tuple(modules) if tried else (),
        trial=str(trials / trial) if tried and trials else "",
        tool=found.slug,
    )


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _call(found: Found) -> tuple[str, tuple[str, ...], str] | None:
    """Return the interpreter, what names the tool to it, and the name of its process."""
    if found.kind == MODULE and found.start == (found.interpreter, "-m", found.ask):
        return found.interpreter, found.start[1:], Path(found.interpreter).name
    if found.kind != SCRIPT:
        return None
    if found.start == (found.interpreter, found.ask):
        return found.interpreter, (found.ask,), Path(found.interpreter).name
    if found.start != (found.ask,):
        return None
    try:
        with Path(found.ask).open("rb") as file:
            shebang = SHEBANG.match(file.readline(1000))
    except OSError:
        return None
    if shebang is None:
        return None
    return shebang[1].decode(), (found.ask,), Path(found.ask).name


def imports_of(script: Path) -> list[str]:
    """Return what a script imports, itself and by the files of its folder, in that order."""
    imports = Imports({})
    try:
        imports.own.update(_beside(script.resolve().parent))
        imports.take(script)
    except (Effect, OSError, SyntaxError, ValueError, RecursionError):
        return imports.found  # what stands before is sure
    return imports.found


def _beside(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what a script would import from its own folder, by name."""
    for path in folder.iterdir():
        if path.suffix == ".py":
            yield path.stem, path
        elif (path / "__init__.py").is_file():
            yield path.name, path / "__init__.py"


def _packages(module: str) -> list[str]:
    """Return what `python -m` imports before it runs a module: the packages around it."""
    names = module.split(".")
    return [".".join(names[:count]) for count in range(1, len(names))]


def _harmless(statement: ast.stmt) -> bool:
    """Say whether a statement changes nothing that an import could see."""
    if isinstance(statement, DEFINED):
        return not getattr(statement, "decorator_list", [])
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign):
        plain = all(isinstance(target, ast.Name) for target in statement.targets)
        return plain and isinstance(statement.value, CONSTANT)
    if isinstance(statement, ast.AnnAssign):
        return isinstance(statement.target, ast.Name) and isinstance(
            statement.value, (*CONSTANT, type(None))
        )
    return isinstance(statement, ast.If) and _types_only(statement)


def _types_only(statement: ast.If) -> bool:
    test = statement.test
    name = test.id if isinstance(test, ast.Name) else getattr(test, "attr", "")
    return name == "TYPE_CHECKING" and not statement.orelse
