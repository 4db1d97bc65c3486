"""`webify show`: what webify understood of one tool, and whether values reach it as they are."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from webify.commands.site import json_of, settings_of, stop
from webify.errors import WebifyError
from webify.faces.argv import shown
from webify.faces.labels import flag
from webify.model.command import Command, Parameter, Tool
from webify.model.plain import to_plain
from webify.tool_settings import ToolSettings
from webify.tools.finding import Found
from webify.tools.terminals import Terminals
from webify.tools.trying import Outcome, Trial, tried

HEAD = ("Setting", "Kind", "Default", "Choices", "From")
WIDEST = 36  # characters of one cell
TOLD = (Outcome.DIFFERS, Outcome.REFUSED, Outcome.DECLINED)  # these are told one by one
PATIENCE = 60.0  # seconds in which the tool's parser may read the samples


@click.command()
@click.argument("tool")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--json", "as_json", is_flag=True, help="Print the whole description as JSON.")
@click.option("--check", is_flag=True, help="Let the tool's own parser read sample values back.")
def show(tool: str, folder: Path, as_json: bool, check: bool) -> None:
    """Show what webify understood of TOOL in FOLDER.

    Without FOLDER it is the folder at hand.  The exit code is 1 where the tool cannot be
    described, and with --check where a value would not reach the tool as it is.
    """
    from webify.tools.catalog import Catalog

    settings = settings_of(folder, {})
    catalog = Catalog(settings)
    try:
        catalog.start()
        known = catalog.tool(tool)
        while known.reading:  # a large program takes more than one wait
            known = catalog.tool(tool)
        found = catalog.found(tool)
        ready = catalog.readiness(tool)
        learnt = terminals_of(settings.data, known, found.settings)
    except WebifyError as error:
        stop(error)
    finally:
        catalog.close()
    if as_json:
        click.echo(json_of(to_plain(known)))
    else:
        for line in described(known, ready, learnt):
            click.echo(line)
    if known.command is None:
        sys.exit(1)
    if check:
        sys.exit(_checked(known, found))


def described(tool: Tool, ready: str = "", learnt: str = "") -> Iterator[str]:
    """Yield what is known of a tool, line by line.

    ready    how it is started
    learnt   which of its commands are started at a terminal
    """
    yield _clean(f"{tool.title}: {tool.summary}".rstrip(": "))
    family = "" if tool.framework in tool.sources else tool.framework
    origin = "described from its " + ", ".join(tool.sources) if tool.sources else ""
    told = ", ".join(filter(None, (family, origin))) or "no known parser"
    yield _clean(f"{tool.target}: {told}")
    yield from (f"Note: {_clean(each)}" for each in tool.warnings)
    if tool.command is None:
        yield _clean(tool.error)
        yield from (f"  {_clean(line)}" for line in tool.trace.splitlines())
        return
    if ready:
        yield _clean(ready)
    if learnt:
        yield _clean(learnt)
    for path, command in tool.command.walk():
        yield ""
        yield from _command(path, command, tool.slug)


def terminals_of(data: Path, tool: Tool, settings: ToolSettings) -> str:
    """Return what earlier runs have told: which commands want a terminal."""
    known, said = Terminals(data), settings.terminal_of
    walked = tool.command.walk() if tool.command else ()
    paths = [path for path, _ in walked if known.wanted(tool, path) and said(path) is None]
    names = ", ".join(" ".join((tool.slug, *path)) for path in paths)
    return f"Started at a terminal, as an earlier run wanted it: {names}." if names else ""


def _command(path: Sequence[str], command: Command, name: str) -> Iterator[str]:
    yield _clean(" ".join(path) or command.name or name)
    if path and command.help:
        yield "  " + _cut(command.help, 100)
    if command.lazy:
        yield "  Known by its name; it is read when it is opened."
    rows = [HEAD, *(_row(each) for each in command.parameters)]
    if len(rows) > 1:
        yield from _table(rows)
    yield from (f"  Not offered: {_clean(each)}" for each in command.lost)
    yield from (f"  {_clean(line)}" for line in command.error.splitlines()[-1:])


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows under their heading, without columns that hold nothing."""
    filled = [column for column in range(len(HEAD)) if any(row[column] for row in rows[1:])]
    widths = [max(len(row[column]) for row in rows) for column in filled]
    for row in rows:
        cells = [f"{row[column]:<{width}}" for column, width in zip(filled, widths, strict=True)]
        yield ("  " + "  ".join(cells)).rstrip()


def _row(parameter: Parameter) -> tuple[str, ...]:
    return (
        _cut(flag(parameter) or parameter.metavar or parameter.name),
        _kind(parameter),
        _default(parameter),
        _cut(", ".join(each.value for each in parameter.choices)),
        _cut(", ".join(dict.fromkeys(parameter.sources.values()))),
    )


def _kind(parameter: Parameter) -> str:
    words = [parameter.custom or parameter.kind.value]
    if parameter.optional_value:
        words.append("or none")
    if parameter.several or parameter.repeat:
        words.append("several")
    return _cut(", ".join(words))


def _default(parameter: Parameter) -> str:
    default = parameter.default
    if parameter.required:
        return "required"
    if default.source == "env":
        return _cut("from " + ", ".join(parameter.env))
    if default.text or default.value is None:
        return _cut(default.text)
    if isinstance(default.value, list):
        return _cut(", ".join(map(str, default.value)))
    if isinstance(default.value, bool):
        return "on" if default.value else "off"
    return _cut(str(default.value))


def _checked(tool: Tool, found: Found) -> int:
    """Try sample values, say what became of them, and return the exit code."""
    assert tool.command is not None
    trials = tried(found, tool.command, PATIENCE)
    click.echo()
    if trials is None:
        family = "" if tool.framework in tool.sources else tool.framework
        click.echo(
            "No parser of this tool can be asked: its values are spelled by the rule of its "
            f"family ({family or 'options as GNU programs take them'})."
        )
        return 0
    for each in trials:
        if each.outcome in TOLD:
            click.echo(_trial(each))
    counts = Counter(each.outcome for each in trials)
    told = ", ".join(f"{counts[one]} {one.value}" for one in Outcome if counts[one])
    click.echo(f"{len(trials)} values of {_settings(trials)} settings: {told or 'none to try'}.")
    return int(counts[Outcome.DIFFERS] > 0)


def _settings(trials: Sequence[Trial]) -> int:
    return len({(each.path, each.parameter.address) for each in trials})


def _trial(trial: Trial) -> str:
    setting = " ".join((*trial.path, flag(trial.parameter) or trial.parameter.name))
    what = trial.outcome.value
    if trial.outcome is Outcome.DIFFERS:
        what = f"DIFFERS, {trial.detail} came back; spelled {shown(trial.argv)}"
    elif trial.detail:
        what = f"{what}: {' '.join(trial.detail.split())}"
    return _clean(f"{setting}  {trial.value!r}  {what}")


def _cut(text: str, most: int = WIDEST) -> str:
    line = _clean(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _clean(text: str) -> str:
    """Return the text without what would steer a terminal: a tool's words are not trusted."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
