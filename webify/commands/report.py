"""`webify report`: how well each tool of a folder converts, in the terminal or as JSON."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from webify.commands.site import json_of, settings_of
from webify.model.report import Change, Result, ToolReport

WAIT = 600.0  # seconds until tools that are still being read are told as such
HEAD = ("Tool", "Parser", "Result", "Settings", "What to do")
NARROWEST = 30  # characters of the last column


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--data", type=click.Path(file_okay=False), help="Where runs are kept.")
def report(folder: Path, as_json: bool, data: str | None) -> None:
    """Say how well each tool in FOLDER converts.

    Without FOLDER it is the folder at hand.  The exit code is 1 where a tool is not convertible.
    """
    reports = reports_of(folder, data)
    if as_json:
        click.echo(json_of([plain(each) for each in reports]))
    else:
        for line in lines(reports, shutil.get_terminal_size((100, 24)).columns):
            click.echo(line)
    sys.exit(int(any(each.result is Result.NOT for each in reports)))


def reports_of(folder: Path, data: str | None) -> tuple[ToolReport, ...]:
    """Return the report of a site that is not being served, or that is: nothing is disturbed."""
    from webify.conversion import Conversion
    from webify.store.store import Store
    from webify.tools.catalog import Catalog

    settings = settings_of(folder, {"data": data})
    store = Store(settings.data / "webify.db")
    catalog = Catalog(settings)
    try:
        catalog.start()
        catalog.settled(WAIT)
        return Conversion(settings, catalog, store).reports()
    finally:
        catalog.close()
        store.close()


def plain(each: ToolReport) -> dict[str, object]:
    """Return one tool's report as JSON knows it."""
    return dict(asdict(each), result=each.result.value)


def _wrapped(line: str, width: int) -> list[str]:
    """Return the lines of a cell; names and keys stay whole, so that they can be copied."""
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def lines(reports: Sequence[ToolReport], width: int) -> Iterator[str]:
    """Yield the report as a table, as wide as the terminal, and what it comes to."""
    rows = [HEAD, *(_row(each) for each in reports)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    before = sum(widths) + 2 * len(widths)
    last = max(width - before - 1, NARROWEST)
    for index, row in enumerate(rows):
        cells = "".join(f"{cell:<{wide}}  " for cell, wide in zip(row, widths, strict=False))
        told = [part for line in row[-1].split("\n") for part in _wrapped(line, last)]
        yield (cells + told[0]).rstrip()
        yield from (" " * before + more for more in told[1:])
        if index == 0:
            yield "-" * min(width - 1, before + last)
    found = Counter(each.result for each in reports)
    always = (Result.READY, Result.LOOK, Result.NOT)
    counts = [f"{found[one]} {one.value}" for one in Result if one in always or found[one]]
    yield f"\n{len(reports)} {'tool' if len(reports) == 1 else 'tools'}: {', '.join(counts)}."


def _row(each: ToolReport) -> tuple[str, ...]:
    told = [f"{note.sentence} {note.remedy}".strip() for note in each.notes]
    if each.drift:
        changed = ", ".join(_change(one) for one in each.drift.changes)
        told.append(f"Its form changed, noticed {each.drift.noticed[:10]}: {changed}.")
    known = each.result in (Result.READY, Result.LOOK)
    return (
        _clean(each.slug),
        _clean(each.framework or "none found"),
        each.result.value.capitalize(),
        f"{each.understood} of {each.settings}" if known else "unknown",
        "\n".join(map(_clean, told)) or "Nothing to do",
    )


def _change(change: Change) -> str:
    name = " ".join((*change.path, change.what))
    return f"{name} {change.detail or change.kind}"


def _clean(text: str) -> str:
    """Return the text without what would steer a terminal: a tool's words are not trusted."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
