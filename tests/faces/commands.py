"""Small commands to try the faces on, one parameter for each kind among them."""

from __future__ import annotations

from webify.model.command import (
    Choice,
    Command,
    Default,
    Item,
    Kind,
    Parameter,
    Syntax,
    Tool,
)

ARGPARSE = Syntax(dash_lists="numbers", abbreviates=True)
CLICK = Syntax(dash_lists="always")


def command(*parameters: Parameter, **more: object) -> Command:
    """Return a command that takes these parameters, as argparse spells."""
    return Command("tool", parameters=parameters, **{"syntax": ARGPARSE, **more})


def option(address: str, kind: Kind = Kind.TEXT, **more: object) -> Parameter:
    """Return an option that is spelled as its address."""
    bare = {"least": 0, "most": 0} if kind in (Kind.FLAG, Kind.SWITCH, Kind.COUNT) else {}
    spelled = "--" + address.rpartition(".")[2].replace("_", "-")
    facts = {"spellings": (spelled,), **bare, **more}
    return Parameter(address, kind=kind, **facts)


def argument(address: str, kind: Kind = Kind.TEXT, **more: object) -> Parameter:
    """Return a positional argument."""
    return Parameter(address, kind=kind, **more)


def tool(root: Command) -> Tool:
    """Return a tool with this root command."""
    return Tool("tool", "Tool", "tool.py", command=root)


def choices(*values: str) -> tuple[Choice, ...]:
    """Return these as choices."""
    return tuple(Choice(value) for value in values)


def default(value: object) -> Default:
    """Return a default that holds when nothing is given."""
    return Default("value", value)


def of_kind(kind: Kind) -> Parameter:
    """Return a plain option of a kind."""
    negations = {"negations": ("--no-it",)} if kind is Kind.SWITCH else {}
    return option("it", kind, **negations)


# What is typed into the field of each kind, what is read, and what is spelled.
SPOKEN: dict[Kind, tuple[str, object, list[str]]] = {
    Kind.TEXT: ("a b", "a b", ["--it=a b"]),
    Kind.INTEGER: (" -12 ", "-12", ["--it=-12"]),
    Kind.NUMBER: ("1,5", "1.5", ["--it=1.5"]),
    Kind.FLAG: ("1", True, ["--it"]),
    Kind.SWITCH: ("no", False, ["--no-it"]),
    Kind.COUNT: ("2", 2, ["--it", "--it"]),
    Kind.DATE: ("2026-11-22", "2026-11-22", ["--it=2026-11-22"]),
    Kind.DATETIME: ("2026-11-22T14:30", "2026-11-22T14:30:00", ["--it=2026-11-22T14:30:00"]),
    Kind.TIME: ("14:30", "14:30:00", ["--it=14:30:00"]),
    Kind.UUID: (
        "123e4567-e89b-12d3-a456-426614174000",
        "123e4567-e89b-12d3-a456-426614174000",
        ["--it=123e4567-e89b-12d3-a456-426614174000"],
    ),
    Kind.FILE_IN: ("", "prices.csv", ["--it=prices.csv"]),
    Kind.FILE_OUT: ("1", "it.txt", ["--it=it.txt"]),
    Kind.DIRECTORY: ("data", "data", ["--it=data"]),
    Kind.PATH: ("-", "-", ["--it=-"]),
}

PAIR = (Item(Kind.INTEGER, "WIDTH"), Item(Kind.TEXT, "UNIT", choices("mm", "in")))
