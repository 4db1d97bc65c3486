"""What the source text of a tool gives away of what a web run cannot give it.

The text is read and never run.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from webify.model.report import Habit

MOST_BYTES = 1_000_000
SCREENS = ("curses", "textual", "urwid", "prompt_toolkit", "asciimatics", "npyscreen", "blessed")
WINDOWS = (
    "tkinter",
    "PyQt5",
    "PyQt6",
    "PySide2",
    "PySide6",
    "wx",
    "gi",
    "pygame",
    "kivy",
    "turtle",
)
ASKS = (
    "input",
    "getpass",
    "getpass.getpass",
    "click.confirm",
    "click.prompt",
    "click.pause",
    "click.edit",
    "typer.confirm",
    "typer.prompt",
    "Prompt.ask",
    "Confirm.ask",
    "questionary.ask",
    "inquirer.prompt",
)
PLACE = re.compile(r"(?:/(?:home|Users)/[^/\s]{1,64}/|[A-Za-z]:\\[^\s]|\\\\\w[\w.-]{0,63}\\\w)")
SHELL_READ = re.compile(r"^[ \t]{0,40}read[ \t]{1,10}(?:-[a-zA-Z]{1,9}[ \t]|[\"'A-Za-z_])")


def habits_of(path: Path) -> tuple[Habit, ...]:
    """Return what is worth telling of a script: the first place of each habit; () for binaries."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except OSError:
        return ()
    script = data.startswith(b"#!")
    if path.suffix.lower() in (".py", ".pyw") or (script and b"python" in data[:80]):
        found = _of_python(data)
    elif script:
        found = _of_shell(data.decode("utf-8", "replace"))
    else:
        return ()
    first: dict[str, Habit] = {}
    for habit in sorted(found, key=lambda each: each.line):
        first.setdefault(habit.kind, habit)
    return tuple(first.values())


def _of_python(data: bytes) -> list[Habit]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the tool's own text
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [habit for node in ast.walk(tree) for habit in _of_node(node)]


def _of_node(node: ast.AST) -> Iterator[Habit]:
    if isinstance(node, ast.Import):
        for each in node.names:
            yield from _of_import(each.name, node.lineno)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from _of_import(node.module, node.lineno)
    elif isinstance(node, ast.Call):
        name = _called(node.func)
        if name in ASKS:
            yield Habit("asks", f"{name}()", node.lineno)
    elif isinstance(node, ast.Constant) and _names_a_place(node.value):
        yield Habit("path", str(node.value), node.lineno)


def _names_a_place(value: object) -> bool:
    return isinstance(value, str) and len(value) < 300 and bool(PLACE.match(value))


def _of_import(module: str, line: int) -> Iterator[Habit]:
    top = module.partition(".")[0]
    if top in SCREENS:
        yield Habit("screen", top, line)
    if top in WINDOWS:
        yield Habit("window", top, line)


def _called(function: ast.expr) -> str:
    """Return "click.confirm" for such a call, "" for one that is no plain name."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}.{function.attr}"
    return ""


def _of_shell(text: str) -> list[Habit]:
    lines = enumerate(text.splitlines(), 1)
    return [Habit("asks", "read", number) for number, line in lines if SHELL_READ.match(line)]
