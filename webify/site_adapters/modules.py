"""The modules that a site has for its tools: loaded once, and anew when their file changes."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from webify.model.block import OUTPUTS
from webify.model.command import Choice, Command, Parameter
from webify.site_adapters.loading import AdapterFailed, load, path_of, shown, within
from webify.site_adapters.shape import choice_trouble, trouble

LOAD_SECONDS = 10.0  # in which a module is loaded and amends what a parser said
CHOICES_SECONDS = 3.0  # in which choices are told; somebody waits for the page
MOST_CHOICES = 10_000
LONGEST = 1_000  # characters of one choice
NOTHING = "Nothing to choose from"
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Loaded:
    """One module, or why it cannot be used."""

    stamp: Stamp
    module: ModuleType | None = None
    error: str = ""


class SiteAdapters:
    """All modules of one site.  Any thread may ask."""

    def __init__(self, site: Path) -> None:
        """Take the folder of the tools."""
        self._site = site
        self._lock = threading.Lock()
        self._loaded: dict[Path, Loaded] = {}
        self._asking: dict[tuple[Path, str], threading.Event] = {}

    def stamp(self, slug: str) -> Stamp | None:
        """Return what tells one version of a tool's module from another, None without one."""
        return stamp(path_of(self._site, slug))

    def described(self, slug: str, command: Command) -> tuple[Command, str, list[str]]:
        """Return the command as the site's module wants it.

        And the file of the module where it reads what the tool prints, else ""; and sentences
        about what is wrong with it: the command is then as the parser said.
        """
        path = path_of(self._site, slug)
        loaded = self._load(path)
        if loaded is None:
            return command, "", []
        if loaded.module is None:
            return command, "", [f"{loaded.error}. The form is as the tool's parser says."]
        module = loaded.module
        try:
            made = within(LOAD_SECONDS, lambda: _described(module, command, path), path)
        except AdapterFailed as failed:
            return command, "", [f"{failed}. The form is as the tool's parser says."]
        reads = str(path) if callable(getattr(module, "read", None)) else ""
        return made, reads, []

    def choices(
        self, slug: str, address: str, values: Mapping[str, str | list[str]]
    ) -> tuple[Choice, ...]:
        """Return what a field offers while these answers are given.  Raises AdapterFailed."""
        path = path_of(self._site, slug)
        loaded = self._load(path)
        if loaded is None or loaded.module is None:
            raise AdapterFailed(loaded.error if loaded else f"There is no {shown(path)}")
        function = getattr(loaded.module, "choices", None)
        if not callable(function):
            raise AdapterFailed(f"{shown(path)} has no function choices(address, values)")
        key = (path, address)
        free = self._begin(key)
        if free is None:
            raise AdapterFailed(f"{shown(path)} is still busy with an earlier question")

        def ask() -> tuple[Choice, ...]:
            try:
                return _as_choices(function(address, dict(values)), path)
            finally:
                free.set()

        return within(CHOICES_SECONDS, ask, path)

    def _begin(self, key: tuple[Path, str]) -> threading.Event | None:
        """Return what to set in the end; None where a call hangs, so that they do not pile up."""
        with self._lock:
            before = self._asking.get(key)
        if before is not None and not before.wait(CHOICES_SECONDS):
            return None
        with self._lock:
            mine = self._asking[key] = threading.Event()
            return mine

    def _load(self, path: Path) -> Loaded | None:
        now = stamp(path)
        if now is None:
            return None
        with self._lock:
            known = self._loaded.get(path)
        if known is not None and known.stamp == now:
            return known
        try:
            loaded = Loaded(now, within(LOAD_SECONDS, lambda: load(path), path))
        except AdapterFailed as failed:
            loaded = Loaded(now, error=str(failed))
        with self._lock:
            self._loaded[path] = loaded
        return loaded


def stamp(path: Path) -> Stamp | None:
    """Return time of change and size of a file, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _described(module: ModuleType, command: Command, path: Path) -> Command:
    """Return the command as one module wants it, its declarations included."""
    function = getattr(module, "describe", None)
    made = function(command) if callable(function) else command
    if not isinstance(made, Command):
        told = type(made).__name__
        raise AdapterFailed(f"{shown(path)}: describe() returned {told}, not a Command")
    wrong = trouble(made)
    if wrong:
        raise AdapterFailed(f"{shown(path)}: describe() returned what is no form: {wrong}")
    known = {each.address for _, below in made.walk() for each in below.parameters}
    declared = _declared(getattr(module, "CHOICES", {}), known, path)
    output = getattr(module, "OUTPUT", "")
    if output and output not in OUTPUTS:
        wanted = ", ".join(OUTPUTS)
        raise AdapterFailed(f"{shown(path)}: OUTPUT must be one of {wanted}, not “{output}”")
    return replace(_with_depends(made, declared), output=made.output or output)


def _declared(given: Any, known: set[str], path: Path) -> dict[str, tuple[str, ...]]:
    """Return which fields have choices of a function, and what those depend on."""
    if isinstance(given, (list, tuple, set)) and all(isinstance(each, str) for each in given):
        given = dict.fromkeys(given, ())
    if not isinstance(given, dict):
        raise AdapterFailed(f"{shown(path)}: CHOICES must be a dict of addresses")
    found = {}
    for address, on in given.items():
        told = (on,) if isinstance(on, str) else tuple(map(str, on))
        for each in (address, *told):
            if each not in known:
                raise AdapterFailed(
                    f"{shown(path)}: CHOICES names “{each}”, which the tool has not"
                )
        found[address] = told
    return found


def _with_depends(command: Command, declared: Mapping[str, tuple[str, ...]]) -> Command:
    def amended(parameter: Parameter) -> Parameter:
        on = declared.get(parameter.address)
        return parameter if on is None else replace(parameter, depends=on)

    return replace(
        command,
        parameters=tuple(map(amended, command.parameters)),
        commands=tuple(_with_depends(below, declared) for below in command.commands),
    )


def _as_choices(given: Iterable[Any], path: Path) -> tuple[Choice, ...]:
    if isinstance(given, (str, bytes, dict)):
        told = type(given).__name__
        raise AdapterFailed(f"{shown(path)}: choices() returned {told}, not a list")
    found = []
    for each in given:
        found.append(_as_choice(each, path))
        if len(found) > MOST_CHOICES:
            raise AdapterFailed(f"{shown(path)} offers more than {MOST_CHOICES:,} choices")
    return tuple(found) or (Choice("", NOTHING),)


def _as_choice(each: Any, path: Path) -> Choice:
    if isinstance(each, Choice):
        wrong = choice_trouble(each)
        if wrong:
            raise AdapterFailed(f"{shown(path)}: {wrong}")
        return each
    pair: Sequence[Any] = (each, "") if isinstance(each, (str, int, float)) else each
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        raise AdapterFailed(f"{shown(path)}: a choice is a value or a pair, not {each!r:.80}")
    return Choice(str(pair[0])[:LONGEST], str(pair[1])[:LONGEST])
