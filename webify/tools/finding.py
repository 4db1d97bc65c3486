"""Find the tools of a site: the files of its folder, and what webify.toml names."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from webify.settings import Settings
from webify.tool_settings import ToolSettings
from webify.tools.interpreters import console_interpreter, interpreter_for, named_interpreter
from webify.tools.sources import Sources, Stamp, scan, stamp
from webify.tools.writings import about

SCRIPT, MODULE, CONSOLE, PROGRAM = "script", "module", "console", "program"
MODULE_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


@dataclass(frozen=True)
class Found:
    """A tool before anybody asked it what it accepts.

    target     as shown: the path in the folder, or what webify.toml names
    kind, ask  how the probe reaches it: "script" and a path, "module" and its name ...; "program"
               and a path where no Python can be asked
    stamps     the files whose change makes it another tool
    fault      one sentence where it is clear without asking that it cannot be described
    """

    slug: str
    target: str
    kind: str = SCRIPT
    ask: str = ""
    folder: str = ""
    interpreter: str = ""
    start: tuple[str, ...] = ()
    cwd: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    settings: ToolSettings = field(default_factory=ToolSettings)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    fingerprint: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        """Return what a sentence calls it: its file name, or what webify.toml names."""
        return Path(self.target).name if self.kind in (SCRIPT, PROGRAM) else self.target

    @property
    def changed(self) -> bool:
        """Say whether one of its files is another than when it was found."""
        return any(stamp(path) != known for path, known in self.stamps.items())


class Finder:
    """Looks for the tools of one site, again and again."""

    def __init__(self, settings: Settings, version: str) -> None:
        """Take the settings, and the version of what describes the tools."""
        self._settings = settings
        self._version = version
        self._sources = Sources()
        self._interpreter_for = interpreter_for
        self._interpreters: set[str] = set()
        self._seen: dict[str, Stamp | None] | None = None

    def find(self) -> tuple[Found, ...] | None:
        """Return all tools, or None where nothing changed since the last call.

        Raises OSError where the folder cannot be read.
        """
        files = scan(self._settings.folder, self._settings.data)
        named = list(self._named())
        seen: dict[str, Stamp | None] = dict(files)
        seen.update((path, stamp(path)) for path in self._interpreters)
        for tool in named:
            seen[tool.slug] = None
            seen.update(tool.stamps)
        if seen == self._seen:
            return None
        self._sources.take(files)
        self._interpreter_for = cache(interpreter_for)  # for one look only
        found = [*named, *self._in_folder({tool.ask for tool in named})]
        found += self._unmatched({tool.slug for tool in found})
        self._interpreters = {tool.interpreter for tool in found if tool.interpreter}
        self._seen = seen | {path: stamp(path) for path in self._interpreters}
        return tuple(self._sealed(tool) for tool in found)

    def _in_folder(self, taken: set[str]) -> Iterator[Found]:
        """Yield the tools among the files; the shorter path has the first right to its slug."""
        amended = {slug for slug, tool in self._settings.tools.items() if not tool.target}
        slugs = self._settings.tools.keys() - amended
        root = str(self._settings.folder)
        for path in sorted(self._sources.files, key=lambda path: (path.count(os.sep), path)):
            shown = os.path.relpath(path, root).replace(os.sep, "/")
            slug = slug_of(shown)
            if path in taken or not (slug in amended or self._offered(path)):
                continue
            if slug in slugs:
                digest = hashlib.sha256(shown.encode(errors="backslashreplace")).hexdigest()
                slug = f"{slug}-{digest[:4]}"
            slugs.add(slug)
            found = self._script(slug, shown, Path(path), self._settings.tools.get(slug))
            yield self._file(found, Path(path))

    def _offered(self, path: str) -> bool:
        return self._sources.candidate(path) or self._sources.program(path)

    def _script(self, slug: str, shown: str, path: Path, tool: ToolSettings | None = None) -> Found:
        tool = tool or ToolSettings()
        facts = self._sources.facts(str(path))
        site = self._settings.folder
        interpreter = (
            named_interpreter(tool.interpreter, site)
            if tool.interpreter
            else self._interpreter_for(facts.shebang, path.parent, site)
        )
        return Found(
            slug,
            shown,
            ask=str(path),
            folder=_shelf(shown) if tool.folder is None else tool.folder,
            interpreter=interpreter,
            start=(interpreter, str(path)),
            cwd=str(site / Path(tool.cwd).expanduser()) if tool.cwd else "",
            env=dict(tool.env),
            settings=tool,
            stamps={str(path): stamp(path) or (0, 0)},
        )

    def _named(self) -> Iterator[Found]:
        for slug, tool in self._settings.tools.items():
            if tool.target:
                yield self._named_one(slug, tool)

    def _named_one(self, slug: str, tool: ToolSettings) -> Found:
        path = self._settings.folder / Path(tool.target).expanduser()
        if path.is_file():
            return self._file(self._script(slug, tool.target, path, tool), path)
        base = replace(self._script(slug, tool.target, path, tool), folder=tool.folder or "")
        base = replace(base, stamps={})
        if path.is_dir() and not (path / "__main__.py").exists():
            return replace(base, fault=f"{tool.target} is a folder, not a tool.")
        if not MODULE_NAME.fullmatch(tool.target) or tool.target.endswith(".py"):
            bare = "/" not in tool.target and os.sep not in tool.target
            if not bare or _program_beside(base, tool.target) is None:
                return replace(base, fault=f"There is no file {path}.")
        return self._module_or_console(base, tool)

    def _file(self, found: Found, path: Path) -> Found:
        """Return a file as a script; one that is not called *.py must say that it is Python."""
        if path.suffix.lower() in (".py", ".pyw", ".pyz") or found.settings.interpreter:
            return found
        return self._program(found, path)

    def _program(self, found: Found, path: Path) -> Found:
        found = replace(found, stamps={str(path): stamp(path) or (0, 0)}, start=(str(path),))
        if path.suffix.lower() in (".bat", ".cmd"):
            return replace(
                found,
                fault=f"{path.name} is a batch file: what is given to it may be read as commands. "
                "Name the program that it starts.",
            )
        if not os.access(path, os.X_OK):
            return replace(found, fault=f"{path.name} cannot be started: {path} is not executable.")
        python = console_interpreter(path)
        if not python:
            stamps = {str(file): stamp(file) or (0, 0) for file in self._written(path)}
            return replace(found, kind=PROGRAM, ask=str(path), interpreter="", stamps=stamps)
        kind = CONSOLE if path.suffix.lower() == ".exe" else SCRIPT
        ask = path.stem if kind == CONSOLE else str(path)
        return replace(found, kind=kind, ask=ask, interpreter=python)

    def _written(self, path: Path) -> list[Path]:
        """Return a program and the files that are written about it."""
        return about(path, (self._settings.folder,))

    def _module_or_console(self, base: Found, tool: ToolSettings) -> Found:
        site = self._settings.folder
        top = site.joinpath(*tool.target.split("."))
        own = top.with_name(f"{top.name}.py").is_file() or top.is_dir()
        program = _program_beside(base, tool.target)
        if not own and program is not None and "." not in tool.target:
            return replace(self._program(base, Path(program)), target=tool.target)
        env = dict(base.env)
        if own:
            before = env.get("PYTHONPATH", os.environ.get("PYTHONPATH", ""))
            env["PYTHONPATH"] = os.pathsep.join(filter(None, (str(site), before)))
        return replace(
            base,
            kind=MODULE,
            ask=tool.target,
            env=env,
            start=(base.interpreter, "-m", tool.target),
            stamps=_module_stamps(top) if own else {},
        )

    def _unmatched(self, slugs: set[str]) -> Iterator[Found]:
        for slug, tool in self._settings.tools.items():
            if slug not in slugs:
                near = difflib.get_close_matches(slug, slugs, 1)
                hint = f" Did you mean “{near[0]}”?" if near else ""
                fault = f"webify.toml names “{slug}”, but the folder holds no such tool.{hint}"
                yield Found(slug, slug, kind=MODULE, settings=tool, fault=fault)

    def _sealed(self, found: Found) -> Found:
        """Return a tool with all the files that count, and its fingerprint."""
        stamps = dict(found.stamps)
        if found.kind == SCRIPT and found.ask.endswith(".py"):
            stamps = self._sources.closure(found.ask) or stamps
        parts = (
            self._version,
            found.kind,
            found.ask,
            found.interpreter,
            stamp(found.interpreter) if found.interpreter else None,
            found.cwd,
            sorted(found.env.items()),
            sorted(stamps.items()),
        )
        digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        return replace(found, stamps=stamps, fingerprint=digest)


def slug_of(shown: str) -> str:
    """Return the word in addresses for a path in the folder: "finance/stock.py" finance-stock."""
    text = unicodedata.normalize("NFKD", shown.removesuffix(".py")).encode("ascii", "ignore")
    return re.sub(r"[^A-Za-z0-9_]+", "-", text.decode("ascii")).strip("-_") or "tool"


def words(name: str) -> str:
    """Return a file or folder name in words: "stock_report" is "Stock report"."""
    text = name.encode(errors="replace").decode()
    text = re.sub(r"[_\-.\s]+", " ", text).strip()
    return text[:1].upper() + text[1:]


def _shelf(shown: str) -> str:
    """Return the folder of a tool in words; one from elsewhere stands in none."""
    path = Path(shown)
    inside = not path.is_absolute() and path.parts[:1] not in (("..",), ("~",))
    return words(path.parent.name) if inside else ""


def _program_beside(base: Found, name: str) -> str | None:
    """Return the program of this name that lies beside the interpreter, else on the PATH."""
    beside = str(Path(base.interpreter).parent)
    return shutil.which(name, path=beside) or shutil.which(name)


def _module_stamps(top: Path) -> dict[str, Stamp]:
    files = [top.with_name(f"{top.name}.py")]
    if top.is_dir():
        files += sorted(top.glob("*.py"))
    found = ((str(file), stamp(file)) for file in files)
    return {path: known for path, known in found if known is not None}
