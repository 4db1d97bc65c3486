"""Say what a tool is: what its parser told, amended by what the site's settings say."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from webify.faces.trial import dry_run
from webify.model.command import Choice, Command, Parameter, Tool
from webify.model.plain import from_plain
from webify.settings import ParameterSettings
from webify.tools.finding import SCRIPT, Found, words
from webify.tools.probing import Answer

BEING_READ = "Being read…"
NO_PARSER = "It answers --help without a parser that webify knows."


def tool_of(found: Found, answer: Answer | None, run_seconds: float) -> Tool:
    """Return the tool as pages show it; answer is None while it is being read.

    Raises TypeError, ValueError or KeyError where the answer is not one of a probe.
    """
    amended = found.settings
    command, warnings = _command(answer, amended.parameters)
    tries = command is not None and bool(dry_run(each for _, each in command.walk()))
    error = BEING_READ if answer is None else answer.error
    return Tool(
        slug=found.slug,
        title=amended.title or title_of(found),
        target=found.target,
        summary=amended.summary or (summary_of(command.help) if command else ""),
        folder=found.folder,
        tags=amended.tags,
        owner=amended.owner,
        icon=amended.icon,
        start=found.start,
        cwd=found.cwd,
        env=dict(found.env),
        framework=answer.framework if answer else "",
        version=answer.version if answer else "",
        fingerprint=found.fingerprint,
        command=command,
        reading=answer is None,
        warnings=(*(answer.warnings if answer else ()), *warnings),
        error=error or ("" if command else NO_PARSER),
        trace=answer.trace if answer else "",
        changes=tries if amended.changes is None else amended.changes,
        time_limit=amended.time_limit or run_seconds,
    )


def title_of(found: Found) -> str:
    """Return the name of a tool in words: "stock_report.py" is "Stock report".

    A module or a command is called as webify.toml names it.
    """
    if found.kind == SCRIPT:
        return words(Path(found.target).stem) or found.target
    return words(found.slug)


def summary_of(help_text: str) -> str:
    """Return the first sentence of a help text, in one line."""
    first = re.split(r"\n\s*\n", help_text.strip(), maxsplit=1)[0]
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(])", " ".join(first.split()), maxsplit=1)[0]


def _command(
    answer: Answer | None, amended: Mapping[str, ParameterSettings]
) -> tuple[Command | None, list[str]]:
    if answer is None or answer.command is None:
        return None, []
    command = from_plain(Command, answer.command)
    if not amended:
        return command, []
    known = [each.address for _, below in command.walk() for each in below.parameters]
    return _amended(command, amended), [
        _unknown(address, known) for address in amended if address not in known
    ]


def _amended(command: Command, amended: Mapping[str, ParameterSettings]) -> Command:
    return replace(
        command,
        parameters=tuple(
            _amended_parameter(each, amended[each.address]) if each.address in amended else each
            for each in command.parameters
        ),
        commands=tuple(_amended(below, amended) for below in command.commands),
    )


def _amended_parameter(parameter: Parameter, settings: ParameterSettings) -> Parameter:
    changes: dict[str, Any] = {
        name: getattr(settings, name)
        for name in ("label", "unit", "hidden", "secret", "kind")
        if getattr(settings, name) is not None
    }
    if settings.choices is not None:
        changes["choices"] = tuple(Choice(value) for value in settings.choices)
    if parameter.bare:
        changes.pop("kind", None)  # a flag takes no value that could be of another kind
    sources = dict.fromkeys(changes, "webify.toml")
    return replace(parameter, **changes, sources={**parameter.sources, **sources})


def _unknown(address: str, known: list[str]) -> str:
    near = difflib.get_close_matches(address, known, 1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"webify.toml amends “{address}”, which this tool does not have.{hint}"
