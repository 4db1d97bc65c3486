"""How one site is set up: webify.toml, the environment and options, in that order."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from webify.errors import SettingsWrong
from webify.model.allowance import Allowance
from webify.model.command import Kind
from webify.model.exits import Exit
from webify.site_file import NAME, Checked, read_site_file, wrong_value
from webify.site_shapes import LIMITS, SITE, Shape

LEAST_RUNS, RUNS_PER_CORE = 20, 4


def runs_at_once(cores: int) -> int:
    """Return how many runs go on at the same time where nobody says so.

    Most tools wait for a disk or a database, so there are more of them than cores; and an
    ordinary site never has so many that one of them waits.
    """
    return max(LEAST_RUNS, RUNS_PER_CORE * cores)


@dataclass(frozen=True)
class Limits:
    """What one upload, run or probe may take.

    upload_bytes    of one file
    upload_files    in one form
    run_seconds     where the tool has no time_limit of its own
    probe_seconds   that a tool may take to answer --help
    run_bytes       of a run's output that are kept
    runs            that go on at the same time; the others wait
    runs_per_person the same for one person, 0 for any number
    disk_bytes      of all runs together; 0 sets no limit, here and in keep_*
    keep_days, keep_runs, keep_bytes   how long, how many and how much of each tool are kept,
                    where it says nothing itself
    answer_seconds  for which a tool's question waits, where it has no answer_limit of its own
    run_memory_bytes and those below   what a run may take, where its tool says nothing; see
                    model/allowance.py
    """

    upload_bytes: int = 20_000_000
    upload_files: int = 20
    run_seconds: float = 1800.0
    probe_seconds: float = 10.0
    run_bytes: int = 1_000_000_000
    runs: int = field(default_factory=lambda: runs_at_once(os.cpu_count() or 1))
    runs_per_person: int = 0
    disk_bytes: int = 0
    keep_days: int = 90
    keep_runs: int = 0
    keep_bytes: int = 0
    answer_seconds: float = 600.0
    run_memory_bytes: int = 0
    run_cpu_seconds: float = 0.0
    run_cpus: float = 0.0
    run_processes: int = 0
    run_file_bytes: int = 0

    def allowance(self, said: ToolSettings) -> Allowance:
        """Return what a run of a tool may take: what is said of the tool, else of all."""
        return Allowance(
            memory_bytes=_first(said.memory_bytes, self.run_memory_bytes),
            cpu_seconds=_first(said.cpu_seconds, self.run_cpu_seconds),
            cpus=_first(said.cpus, self.run_cpus),
            processes=_first(said.processes, self.run_processes),
            output_bytes=_first(said.output_bytes, self.run_bytes),
            file_bytes=_first(said.file_bytes, self.run_file_bytes),
        )


Number = TypeVar("Number", int, float)


def _first(said: Number | None, otherwise: Number) -> Number:
    return otherwise if said is None else said


@dataclass(frozen=True)
class ParameterSettings:
    """What the site says about one parameter; None leaves it as the tool says."""

    label: str | None = None
    unit: str | None = None
    hidden: bool | None = None
    secret: bool | None = None
    choices: tuple[str, ...] | None = None
    kind: Kind | None = None
    help: str | None = None
    group: str | None = None
    example: str | None = None
    widget: str | None = None
    order: float | None = None
    required: bool | None = None
    sent_by: str | None = None
    root: str | None = None


@dataclass(frozen=True)
class ColumnSettings:
    """What the site says about a column of a tool's tables; None leaves it as it is found.

    type    one of model/block.py
    title   what stands above it, in place of its name
    """

    type: str | None = None
    unit: str | None = None
    title: str | None = None
    hidden: bool | None = None


@dataclass(frozen=True)
class CommandSettings:
    """What the site says about one command; None leaves it as the tool says.

    destructive   a sentence that says what it does, or only whether it is so
    input         "ask" people for what it reads, or "none"
    terminal      it is started at a terminal of its own
    """

    title: str | None = None
    help: str | None = None
    hidden: bool | None = None
    effect: str | None = None
    destructive: str | bool | None = None
    output: str | None = None
    input: str | None = None
    terminal: bool | None = None
    columns: Mapping[str, ColumnSettings] = field(default_factory=dict)
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True)
class ToolSettings:
    """What the site says about one tool; empty or None leaves it as found.

    warm       its modules are imported before a run comes; None: only Python is started before
    check      its own parser is asked about the answers before a run is started
    runs       of it that may go on at the same time; None for any number
    concurrency_group   of all runs that share such a name one goes on at a time
    roots      names of the folders of the server that it may read; None is all of the site's
    input          "ask" people for what it reads, or "none"
    terminal       it is started at a terminal of its own
    answer_limit   seconds for which a question of it waits for an answer
    """

    target: str = ""
    title: str = ""
    summary: str = ""
    folder: str | None = None
    tags: tuple[str, ...] = ()
    owner: str = ""
    icon: str = ""
    interpreter: str = ""
    cwd: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    time_limit: float | None = None
    runs: int | None = None
    concurrency_group: tuple[str, ...] = ()
    changes: bool | None = None
    hidden: bool = False
    check: bool = False
    roots: tuple[str, ...] | None = None
    effect: str | None = None
    warm: bool | None = None
    destructive: str | bool | None = None
    output: str | None = None
    keep_days: int | None = None
    keep_runs: int | None = None
    keep_bytes: int | None = None
    input: str | None = None
    terminal: bool | None = None
    answer_limit: float | None = None
    parameters: Mapping[str, ParameterSettings] = field(default_factory=dict)
    commands: Mapping[str, CommandSettings] = field(default_factory=dict)
    columns: Mapping[str, ColumnSettings] = field(default_factory=dict)
    memory_bytes: int | None = None
    cpu_seconds: float | None = None
    cpus: float | None = None
    processes: int | None = None
    file_bytes: int | None = None
    output_bytes: int | None = None
    exits: tuple[Exit, ...] = ()

    def along(self, path: Sequence[str]) -> list[CommandSettings]:
        """Return what is said of a command and of those above it, the lowest last."""
        below = (".".join(path[: count + 1]) for count in range(len(path)))
        return [self.commands[name] for name in below if name in self.commands]

    def input_of(self, path: Sequence[str]) -> str:
        """Return whether people are asked for what a command reads, "ask", or "none"."""
        said = [self.input, *(command.input for command in self.along(path))]
        return next((each for each in reversed(said) if each), "ask")

    def terminal_of(self, path: Sequence[str]) -> bool | None:
        """Say whether a command is started at a terminal of its own; None where nobody says."""
        said = [self.terminal, *(command.terminal for command in self.along(path))]
        return next((each for each in reversed(said) if each is not None), None)

    def columns_of(self, path: Sequence[str]) -> dict[str, dict[str, str | bool]]:
        """Return what is said of each column of a command's tables, by its name.

        What is said of a command holds for those below it, and more than what its tool says.
        """
        found: dict[str, dict[str, str | bool]] = {}
        for said in (self.columns, *(command.columns for command in self.along(path))):
            for name, column in said.items():
                told = {key: value for key, value in asdict(column).items() if value is not None}
                found[name] = {**found.get(name, {}), **told}
        return found


@dataclass(frozen=True)
class Prepare:
    """A command that is run before the first visit, where what it creates is not there yet."""

    creates: Path
    run: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """All settings of one site.

    folder   where its tools lie
    data     where runs, the store and the cache are kept; made, and writable
    hosts    names under which the site may be asked for, besides this machine's own
    prefix   "" or the first part of each address, like "/tools"
    tools    by slug
    roots    folders of the server that tools may read, by the name that people see
    """

    folder: Path
    data: Path
    name: str = "webify"
    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    prefix: str = ""
    tools: Mapping[str, ToolSettings] = field(default_factory=dict)
    prepare: tuple[Prepare, ...] = ()
    limits: Limits = Limits()
    roots: Mapping[str, Path] = field(default_factory=dict)


def load_settings(
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings of the site whose tools lie in folder, and make its data folder.

    overrides are options of the command line by the name of their setting; None is not given.
    Raises SettingsWrong with a sentence that names file, line and key.
    """
    folder = _served(folder)
    file = read_site_file(folder / NAME)
    site = file.get("site", {})
    limits = file.get("limits", {})
    for shapes, values in ((SITE, site), (LIMITS, limits)):
        outer = _from_environ(shapes, os.environ if environ is None else environ)
        outer |= _from_options(shapes, overrides or {})
        if "data" in outer:
            outer["data"] = str(Path(outer["data"]).expanduser().absolute())
        values.update(outer)
    data = _data_folder(folder, site.pop("data", ""))
    fill = {"{data}": str(data), "{folder}": str(folder)}
    return Settings(
        folder=folder,
        data=data,
        limits=Limits(**limits),
        roots={
            name: _root(folder, _filled(told, fill)) for name, told in file.get("roots", {}).items()
        },
        tools={slug: _tool(tool, fill) for slug, tool in file.get("tools", {}).items()},
        prepare=tuple(_prepare(step, folder, fill) for step in file.get("prepare", ())),
        **site,
    )


def _served(folder: Path) -> Path:
    folder = folder.expanduser().absolute()
    try:
        if folder.is_dir():
            os.scandir(folder).close()
            return folder.resolve()
        there = folder.exists()
    except OSError as error:
        raise SettingsWrong(f"The folder {folder} cannot be read: {error.strerror}.") from error
    if there:
        raise SettingsWrong(f"{folder} is a file. Name the folder that holds your tools.")
    raise SettingsWrong(f"There is no folder {folder}.")


def _from_environ(shapes: Mapping[str, Shape], environ: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for name, shape in shapes.items():
        variable = f"WEBIFY_{name.upper()}"
        text = environ.get(variable, "")
        if text:
            try:
                found[name] = shape.read(shape.parse(text))
            except ValueError as error:
                raise SettingsWrong(wrong_value(variable, shape, text)) from error
    return found


def _from_options(shapes: Mapping[str, Shape], options: Mapping[str, object]) -> dict[str, Any]:
    found = {}
    for name, shape in shapes.items():
        value = options.get(name)
        if value is not None:
            try:
                found[name] = shape.read(str(value) if isinstance(value, Path) else value)
            except ValueError as error:
                option = f"--{name.replace('_', '-')}"
                raise SettingsWrong(wrong_value(option, shape, value)) from error
    return found


def _data_folder(folder: Path, named: str) -> Path:
    if named:
        data = folder / Path(named.replace("{folder}", str(folder))).expanduser()
    else:
        short = re.sub(r"[^A-Za-z0-9_-]+", "-", folder.name).strip("-") or "site"
        digest = hashlib.sha256(str(folder).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        data = platformdirs.user_data_path("webify", appauthor=False) / f"{short}-{digest}"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsWrong(
            f"The data folder {data} cannot be written: {error.strerror}. "
            "Name another with --data or WEBIFY_DATA."
        ) from error
    return data.resolve()


def _root(folder: Path, told: str) -> Path:
    """Return a folder that tools may read, absolute; it may be away for a while."""
    return Path(os.path.abspath(folder / Path(told).expanduser()))  # noqa: PTH100 # links stay


def _tool(checked: Checked, fill: Mapping[str, str]) -> ToolSettings:
    parameters = checked["parameters"]
    checked["parameters"] = {name: ParameterSettings(**said) for name, said in parameters.items()}
    checked["columns"] = _columns(checked["columns"])
    checked["exits"] = _exits(checked["exits"])
    checked["commands"] = {
        address: CommandSettings(
            **settings
            | {"columns": _columns(settings["columns"]), "exits": _exits(settings["exits"])}
        )
        for address, settings in checked["commands"].items()
    }
    for name in ("target", "interpreter", "cwd"):
        if name in checked:
            checked[name] = _filled(checked[name], fill)
    checked["env"] = {name: _filled(text, fill) for name, text in checked.get("env", {}).items()}
    return ToolSettings(**checked)


def _columns(checked: Checked) -> dict[str, ColumnSettings]:
    return {name: ColumnSettings(**settings) for name, settings in checked.items()}


def _exits(checked: Checked) -> tuple[Exit, ...]:
    found = []
    for codes, told in checked.items():
        first, _, last = codes.partition("-")
        named = (1, 0) if codes == "others" else (int(first), int(last or first))
        found.append(Exit(*named, **told))
    return tuple(found)


def _prepare(checked: Checked, folder: Path, fill: Mapping[str, str]) -> Prepare:
    return Prepare(
        creates=folder / _filled(checked["creates"], fill),
        run=tuple(_filled(word, fill) for word in checked["run"]),
    )


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for name, value in fill.items():
        text = text.replace(name, value)
    return text
