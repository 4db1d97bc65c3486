"""Say what a tool is: what its parser told, amended by what the site's settings say."""

from __future__ import annotations

import re
from pathlib import Path

from webify.faces.form import build
from webify.faces.trial import dry_run
from webify.model.command import DESTROYS, READS, WRITES, Command, Tool
from webify.model.plain import from_plain
from webify.site_adapters.modules import SiteAdapters
from webify.tools.amending import amended
from webify.tools.finding import MODULE, Found, words
from webify.tools.probing import Answer

BEING_READ = "Being read…"
_LONGEST = 160  # characters of a summary that nobody wrote for this list
_PYTHON = (".py", ".pyw", ".pyz")
NO_PARSER = "It answers --help without a parser that webify knows."


def tool_of(
    found: Found,
    answer: Answer | None,
    run_seconds: float,
    adapters: SiteAdapters | None = None,
) -> Tool:
    """Return the tool as pages show it; answer is None while it is being read.

    Raises TypeError, ValueError or KeyError where the answer is not one of a probe.
    """
    said = found.settings
    command, reads, warnings = _command(found, answer, adapters)
    changes = command is not None and _changes(command)
    error = BEING_READ if answer is None else answer.error
    return Tool(
        slug=found.slug,
        title=said.title or title_of(found),
        target=found.target,
        summary=said.summary or _told(found, command),
        folder=found.folder,
        tags=said.tags,
        owner=said.owner,
        icon=said.icon,
        start=found.start,
        cwd=found.cwd,
        env=dict(found.env),
        framework=answer.framework if answer else "",
        version=answer.version if answer else "",
        fingerprint=found.fingerprint,
        sources=tuple(answer.sources) if answer else (),
        command=command,
        reading=answer is None,
        warnings=(*(answer.warnings if answer else ()), *warnings),
        error=error or ("" if command else NO_PARSER),
        trace=answer.trace if answer else "",
        changes=changes if said.changes is None else said.changes,
        time_limit=said.time_limit or run_seconds,
        adapter=reads,
    )


def _told(found: Found, command: Command | None) -> str:
    return summary_of(command.help, Path(found.target).name) if command else ""


def title_of(found: Found) -> str:
    """Return the name of a tool in words: "stock_report.py" is "Stock report".

    What webify.toml names as a tool is called by its word there; where that is the program's own
    name, it stays as people know it: "yt-dlp".
    """
    file = Path(found.target)
    if not found.settings.target or file.suffix.lower() in _PYTHON:
        return words(file.stem) or found.target
    known = found.slug == file.name and found.kind != MODULE
    return found.slug if known else words(found.slug)


def summary_of(help_text: str, name: str = "") -> str:
    """Return the first sentence of a help text, in one line that a list has room for.

    It begins with a capital, save where its first word is the name of the program.
    """
    first = re.split(r"\n\s*\n", help_text.strip(), maxsplit=1)[0]
    line = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(])", " ".join(first.split()), maxsplit=1)[0]
    if len(line) > _LONGEST:
        line = line[:_LONGEST].rpartition(" ")[0].rstrip(" ,;:-") + "…"
    word = line.partition(" ")[0].rstrip(",;:.!?")
    plain = word.isalpha() and word.islower() and word != name
    return line[:1].upper() + line[1:] if plain else line


def _command(
    found: Found, answer: Answer | None, adapters: SiteAdapters | None
) -> tuple[Command | None, str, list[str]]:
    """Return the command as site and settings want it, the file that reads its output, warnings."""
    if answer is None or answer.command is None:
        return None, "", []
    told = from_plain(Command, answer.command)
    command, reads, faults = told, "", list[str]()
    if adapters is not None:
        command, reads, faults = adapters.described(found.slug, told)
        trouble = _trouble(command) if command is not told else ""
        if trouble:
            command, reads, faults = told, "", [trouble]
    command, warnings = amended(command, found.settings)
    return command, reads, faults + warnings


def _trouble(command: Command) -> str:
    """Return why no form can be made of what a site's module returned, "" where one can."""
    tool = Tool("", "", "", command=command)
    for path, below in command.walk():
        try:
            if not below.needs_command:
                build(tool, path)
        except Exception as error:  # noqa: BLE001 - the module may have put anything anywhere
            what = f"{type(error).__name__}: {error}"
            return (
                f"The module in adapters made a form of “{' '.join(path)}” that cannot be shown "
                f"({what:.200}). The form is as the tool's parser says."
            )
    return ""


def _changes(command: Command) -> bool:
    """Say whether a tool changes something: it can only try, or a command is destructive."""
    every = [each for _, each in command.walk()]
    told = any(each.destructive or each.effect in (WRITES, DESTROYS) for each in every)
    return told or (bool(dry_run(every)) and command.effect != READS)
