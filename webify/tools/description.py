"""Say what a tool accepts: its own parser does, or else what it says and what is written of it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from webify.model.command import Command
from webify.tools.dispatching import described
from webify.tools.finding import PROGRAM, Found
from webify.tools.probing import Answer
from webify.tools.program import Program
from webify.tools.programs import describe_program, opened_command


def describe(
    found: Found, seconds: float, closing: threading.Event, folders: tuple[Path, ...] = ()
) -> Answer:
    """Return what a tool accepts; folders are where documents on its command line may lie."""
    if found.fault:
        return Answer(error=found.fault)
    if found.kind == PROGRAM:
        return describe_program(program_of(found, folders), seconds, closing)
    answer = described(found, seconds, closing)
    if answer.command is not None or not (answer.no_parser and answer.printed):
        return answer
    program = replace(program_of(found, folders), printed=answer.printed)
    written = describe_program(program, seconds, closing)
    return written if written.command is not None else answer


def opened(
    found: Found, root: Command, path: tuple[str, ...], seconds: float, closing: threading.Event
) -> Command:
    """Return the whole program with a command read that was known by its name only."""
    command = opened_command(program_of(found), root, path, seconds, closing)
    return root if command is None else _with(root, path, command)


def _with(root: Command, path: tuple[str, ...], command: Command) -> Command:
    if not path:
        return command
    below = root.find(path[0])
    if below is None:
        return root
    new = _with(below, path[1:], command)
    return replace(root, commands=tuple(new if each is below else each for each in root.commands))


def program_of(found: Found, folders: tuple[Path, ...] = ()) -> Program:
    """Return how a tool is started and called, without its parser."""
    path = Path(found.ask if found.kind == PROGRAM else found.start[-1])
    return Program(found.start, path, found.name, found.env, folders)
