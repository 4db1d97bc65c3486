"""The features of parsers that the fidelity table asks after, and when each is represented.

A tool of tests/fidelity/tools declares a feature by a parameter, or a command, of its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webify.model.command import Command, Kind, Parameter, Value

Holds = Callable[[Parameter], bool]


@dataclass(frozen=True)
class Feature:
    """One line of the table.

    parameter  the last part of the address that shows it
    sample     an answer that the tool's own parser reads back; None: it is only looked at
    holds      says whether the parameter is described as what it is
    """

    title: str
    parameter: str
    holds: Holds
    sample: Value | None = None


def kind(*kinds: Kind) -> Holds:
    """Return what says that a parameter is of one of these kinds."""
    return lambda parameter: parameter.kind in kinds


def anything(parameter: Parameter) -> bool:
    """Say yes: the sample alone decides."""
    return not parameter.custom


def of_choices(parameter: Parameter) -> bool:
    """Say whether both choices are there."""
    return {choice.value for choice in parameter.choices} == {"red", "blue"}


def defaulted(parameter: Parameter) -> bool:
    """Say whether the default is told."""
    return parameter.default.value == "7"


FEATURES = (
    Feature("text", "text", anything, "a b"),
    Feature("a value that begins with a dash", "text", anything, "-x"),
    Feature("a value that looks like an option", "text", anything, "--text=1"),
    Feature("an empty value", "text", anything, ""),
    Feature("a value with letters of any script", "text", anything, "Größe 尺寸 =,;'\""),
    Feature("a whole number", "integer", kind(Kind.INTEGER), "12"),
    Feature("a negative number", "integer", kind(Kind.INTEGER), "-3"),
    Feature("a number", "number", kind(Kind.NUMBER), "1.5"),
    Feature("a range of numbers", "bounded", lambda p: p.bounds is not None, "5"),
    Feature("a flag", "flag", kind(Kind.FLAG), sample=True),
    Feature("a switch with on and off", "switch", kind(Kind.SWITCH), sample=False),
    Feature("a flag that counts", "count", kind(Kind.COUNT), 2),
    Feature("choices", "choice", of_choices, "blue"),
    Feature("a date", "date", kind(Kind.DATE, Kind.DATETIME), "2026-11-22"),
    Feature("a path", "path", kind(Kind.PATH, Kind.DIRECTORY, Kind.FILE_IN), "x"),
    Feature("a file that is opened", "opened", kind(Kind.FILE_IN)),
    Feature("several values in one use", "several", lambda p: p.several, ["a", "b"]),
    Feature("an option given again and again", "repeat", lambda p: p.repeat, ["a", "b"]),
    Feature("a value that may be left out", "maybe", lambda p: p.optional_value, sample=True),
    Feature("a type of the tool's own", "own", anything, "a"),
    Feature("its default", "preset", defaulted),
    Feature("its help text", "text", lambda p: "Any text" in p.help),
    Feature("a required option", "needed", lambda p: p.required, "x"),
    Feature("an environment variable", "from_env", lambda p: "TOOL_ENV" in p.env, "x"),
    Feature("a secret", "password", lambda p: p.secret, "swordfish"),
    Feature("a question that it asks", "asked", lambda p: bool(p.prompt), "x"),
    Feature("a hidden option", "unlisted", lambda p: p.hidden),
    Feature("an outdated option", "old", lambda p: bool(p.deprecated)),
    Feature("headings", "grouped", lambda p: "Colours" in p.group),
    Feature("an argument", "item", lambda p: p.positional and p.required, "x"),
    Feature("an argument that may be left out", "extra", lambda p: p.positional and not p.required),
    Feature("arguments without end", "items", lambda p: p.positional and p.several, ["a", "b"]),
)


def excludes(command: Command) -> bool:
    """Say whether two of its options exclude each other."""
    return any(
        rule.kind == "exclusive"
        and {member.rpartition(".")[2] for member in rule.members} == {"either", "other"}
        for rule in command.constraints
    )


# Lines that are about a command and not about one parameter: title, what says whether the command
# declares it at all, what says whether it is represented, and the word for a cell that is.
COMMANDS = (
    ("options that exclude each other", lambda c: has(c, "either"), excludes, "yes"),
    ("commands", lambda c: c.find("go") is not None, lambda c: True, "yes"),
    (
        "commands in commands",
        lambda c: c.find("far") is not None,
        lambda c: c.find("far").find("away") is not None,
        "yes",
    ),
    ("options that it does not declare", lambda c: has(c, "open"), lambda c: c.open_options, "raw"),
)


def has(command: Command, name: str) -> bool:
    """Say whether a parameter of the command itself goes by this name."""
    return any(each.name == name for each in command.parameters)
