"""Describe a program in any language from what it says and what is written about it."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from webify.manuals.command import below
from webify.manuals.facts import CommandFact
from webify.model.command import Command
from webify.tools.asking import Asker
from webify.tools.probing import Answer
from webify.tools.program import PathOf, Program, Reading
from webify.tools.specs import spec_pages
from webify.tools.subcommands import Commands

IN_ALL = 40.0  # seconds for one program; what is not read by then is read when it is opened
OPENED = 20.0  # seconds for a command that somebody opens


def describe_program(
    program: Program, seconds: float, closing: threading.Event | None = None
) -> Answer:
    """Return what a program accepts; never raises for what it does.

    seconds   that one try may take
    """
    reading = Reading(program, _asker(program, seconds, IN_ALL, closing))
    spec = spec_pages(reading.writings, program.folders)
    if spec:
        reading.add(spec)
        return reading.answer()
    reading.read_root()
    if reading.pages:
        Commands(reading).read_all()
    return reading.answer()


def opened_command(
    program: Program,
    root: Command,
    path: PathOf,
    seconds: float,
    closing: threading.Event | None = None,
) -> Command | None:
    """Return a command that was known by its name only, or None where nothing was found out."""
    chain = root.along(path)
    if chain is None:
        return None
    reading = Reading(program, _asker(program, seconds, OPENED, closing))
    reading.read_root(brief=True)
    Commands(reading).read_one(path)
    if path not in reading.pages:
        return replace(chain[-1], lazy=False)
    known = chain[-1]
    fact = CommandFact(known.name, known.aliases, known.help, known.hidden)
    return below(reading.tree({path}), path, fact, chain[:-1])


def _asker(
    program: Program, seconds: float, in_all: float, closing: threading.Event | None
) -> Asker:
    until = time.monotonic() + in_all
    return Asker(program.start, seconds, until, program.env, closing or threading.Event())
