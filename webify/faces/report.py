"""What the conversion report says of one tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from webify.faces.handing import ARGUMENT, fits, way
from webify.faces.labels import label, listed
from webify.model.command import Command, Parameter, Tool
from webify.model.report import Drift, Habit, Note, Result, ToolReport

_ONE_MACHINE = re.compile(
    r"/(?:home|Users|root|mnt|media|Volumes|srv|opt)/\S|[A-Za-z]:[\\/]|\\\\\w"
)
_MODULE = re.compile(r"needs the module (\S{1,200}), which")
_NAMED = 3  # settings in a sentence, before the rest is counted
_QUIET = ("source", "asks")  # kinds of notes that ask for nothing
_HABITS = {
    "asks": (
        "It asks questions while it runs",
        "People answer on the page of its run. An option that answers lets it run without them.",
    ),
    "screen": (
        "It draws its own screen",
        "That needs a terminal: leave it to the command line, or give it a mode that prints.",
    ),
    "window": (
        "It opens a window",
        "Nobody would see it: give it a mode that writes a file or prints.",
    ),
    "path": (
        "It names a place of one machine",
        "Make it an option, or read it from the environment and set that in webify.toml.",
    ),
}


def report(
    tool: Tool,
    habits: Sequence[Habit] = (),
    outputs: Sequence[str] = (),
    drift: Drift | None = None,
) -> ToolReport:
    """Return how well this tool became a web page."""
    command = tool.command
    notes = tuple(dict.fromkeys(_notes(tool, habits)))  # commands may share what they say
    parameters = list(_offered(command)) if command else []
    as_text = sum(_as_text(each) for each in parameters)
    lost = sum(len(each.lost) for _, each in command.walk()) if command else 0
    if command is None:
        result = Result.READING if tool.reading else Result.NOT
    else:
        loud = any(note.kind not in _QUIET for note in notes)
        result = Result.LOOK if loud else Result.READY
    return ToolReport(
        slug=tool.slug,
        title=tool.title,
        target=tool.target,
        framework=tool.framework,
        sources=tool.sources,
        result=result,
        settings=len(parameters) + lost,
        understood=len(parameters) - as_text,
        as_text=as_text,
        lost=lost,
        outputs=tuple(outputs),
        notes=notes,
        drift=drift,
    )


def _offered(root: Command) -> Iterator[Parameter]:
    """Yield what people could set, once each."""
    seen: set[str] = set()
    for _, command in root.walk():
        for parameter in command.parameters:
            if not (parameter.hidden or parameter.inherited or parameter.address in seen):
                seen.add(parameter.address)
                yield parameter


def _as_text(parameter: Parameter) -> bool:
    return bool(parameter.custom) and not parameter.choices


def _notes(tool: Tool, habits: Sequence[Habit]) -> Iterator[Note]:
    if tool.command is None:
        yield Note("error", "", tool.error, _mend(tool))
    else:
        yield from _of_source(tool)
        for path, command in tool.command.walk():
            yield from _of_command(tool, path, command)
        parameters = list(_offered(tool.command))
        yield from _of_texts(tool, [each for each in parameters if _as_text(each)])
        for parameter in parameters:
            yield from _of_parameter(tool, parameter)
    for warning in tool.warnings:
        yield Note("warning", "", warning)
    defaults = _defaults(tool)
    for habit in habits:
        if habit.kind == "path" and habit.what in defaults:
            continue  # told of the parameter
        sentence, remedy = _HABITS[habit.kind]
        where = f", line {habit.line}" if habit.line else ""
        yield Note(habit.kind, "", f"{sentence} ({habit.what}{where}).", remedy)


def _defaults(tool: Tool) -> set[object]:
    """Return the texts that parameters hold when nothing is given."""
    found = [each.default.value for each in _offered(tool.command)] if tool.command else []
    return {each for each in found if isinstance(each, str)}


def _of_source(tool: Tool) -> Iterator[Note]:
    """Say where the description is from, where no parser was asked."""
    written = [each for each in tool.sources if each != "parser"]
    if written and "parser" not in tool.sources:
        yield Note(
            "source",
            "",
            f"Read from its {listed(written)}: no parser of it can be asked.",
        )


def _of_command(tool: Tool, path: tuple[str, ...], command: Command) -> Iterator[Note]:
    name = " ".join(path)
    for sentence in command.lost:
        yield Note("lost", "", sentence, "Use the command line for it.")
    if command.error:
        why = command.error.strip().rpartition("\n")[2]
        remedy = "Mend what the tool says there; its other commands work."
        yield Note("command", name, f"{name} could not be read: {why}", remedy)
    if command.open_options:
        subject = name or tool.title
        yield Note(
            "source", subject, f"{subject} takes further options: they are raw arguments here."
        )


def _of_texts(tool: Tool, parameters: Sequence[Parameter]) -> Iterator[Note]:
    """Say which settings are taken as text, those of one converter together."""
    for custom in dict.fromkeys(each.custom for each in parameters):
        same = [each for each in parameters if each.custom == custom]
        shown = spelled(same[0])
        every = list(dict.fromkeys(spelled(each) for each in same))
        if len(every) == 1:
            alone = len(same) == 1
            where = _table(tool, same[0]) if alone else f"[tools.{tool.slug}.parameters]"
            them = "its"
            sentence = f"{shown} is shown as text: its values go through {custom}, the tool's own."
        else:
            where, them = f"[tools.{tool.slug}.parameters]", "their"
            names = every[:_NAMED]
            names += [f"{len(every) - _NAMED} more"] if len(every) > _NAMED else []
            sentence = (
                f"{listed(names)} are shown as text: their values go through {custom}, "
                "the tool's own."
            )
        remedy = f"Name {them} kind or {them} choices in webify.toml: {where}."
        yield Note("text", shown, sentence, remedy)


def _of_parameter(tool: Tool, parameter: Parameter) -> Iterator[Note]:
    shown = spelled(parameter)
    if parameter.secret and way(parameter, _chain(tool, parameter)) == ARGUMENT:
        yield Note(
            "secret",
            shown,
            f"{shown} goes to the tool as an argument, where other users of the server can read "
            "it while the tool runs.",
            _otherwise(parameter),
        )
    default = parameter.default.value
    if isinstance(default, str) and _ONE_MACHINE.match(default):
        sentence, remedy = (
            f"{shown} is a place of one machine: {default}.",
            "Choose another default.",
        )
        yield Note("path", shown, sentence, remedy)


def _chain(tool: Tool, parameter: Parameter) -> list[Command]:
    """Return the commands that have this parameter."""
    every = tool.command.walk() if tool.command else ()
    return [each for _, each in every if parameter in each.parameters]


def _otherwise(parameter: Parameter) -> str:
    """Return what to do so that a secret is no argument."""
    if not fits(parameter):
        return "Let the tool take one secret by its environment or its standard input."
    if parameter.env:
        return f'Where it reads {parameter.env[0]} too: sent_by = "env:{parameter.env[0]}".'
    return (
        "Where it takes it by its environment or standard input too, say so in webify.toml: "
        'sent_by = "env:NAME" or "stdin".'
    )


def spelled(parameter: Parameter) -> str:
    """Return how people know a parameter: "--map A=B", or the name of a positional argument."""
    if parameter.positional:
        return parameter.metavar or label(parameter)
    longest = max((*parameter.spellings, *parameter.negations), key=len)
    value = f" {parameter.metavar}" if parameter.metavar and not parameter.bare else ""
    return longest + value


def _table(tool: Tool, parameter: Parameter) -> str:
    return f'[tools.{tool.slug}.parameters."{parameter.address}"]'


def _mend(tool: Tool) -> str:
    """Return what to do about a tool that could not be described."""
    if tool.reading:
        return "Look again in a moment."
    missing = _MODULE.search(tool.error)
    python = tool.start[0] if tool.start else "python"
    if missing:
        return f"Install the package that brings it: {python} -m pip install {missing[1]}"
    if "within" in tool.error or "had not printed" in tool.error:
        return "Let it answer --help before it works, or give it more probe_seconds in webify.toml."
    if tool.error.startswith("webify.toml names"):
        return "Name it as it is called, or take its table out of webify.toml."
    if tool.trace:
        return "Mend what the tool says, shown on its page; it is read again when it changes."
    return "Let it answer --help, or lay an OpenCLI document or a usage spec beside it."
