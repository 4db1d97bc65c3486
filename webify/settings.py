"""How one site is set up: webify.toml, the environment and options, in that order."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from webify.errors import SettingsWrong
from webify.model.allowance import Allowance
from webify.site_file import NAME, Checked, read_site_file, wrong_value
from webify.site_shapes import LIMITS, SITE, Shape
from webify.tool_settings import ToolSettings, filled, tool_settings

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
            name: _root(folder, filled(told, fill)) for name, told in file.get("roots", {}).items()
        },
        tools={slug: tool_settings(tool, fill) for slug, tool in file.get("tools", {}).items()},
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


def _prepare(checked: Checked, folder: Path, fill: Mapping[str, str]) -> Prepare:
    return Prepare(
        creates=folder / filled(checked["creates"], fill),
        run=tuple(filled(word, fill) for word in checked["run"]),
    )
