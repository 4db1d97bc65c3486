"""What a site says of its tools: of each, its commands, its parameters and its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from webify.model.command import Kind
from webify.model.exits import Exit
from webify.site_file import Checked


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
    end_left       what it leaves running at its own end is ended too
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
    end_left: bool = False
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


def tool_settings(checked: Checked, fill: Mapping[str, str]) -> ToolSettings:
    """Return what a checked part of the file says of a tool.

    fill   words in braces, and the texts that they stand for
    """
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
            checked[name] = filled(checked[name], fill)
    checked["env"] = {name: filled(text, fill) for name, text in checked.get("env", {}).items()}
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


def filled(text: str, fill: Mapping[str, str]) -> str:
    """Return a text with each of these words in braces replaced."""
    for name, value in fill.items():
        text = text.replace(name, value)
    return text
