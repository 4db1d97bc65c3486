"""`webify doctor`: look at a site and say what is well, what is not, and what to do."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from webify.checks.check import Check, Verdict, failure
from webify.commands.site import json_of
from webify.errors import WebifyError
from webify.settings import load_settings

WIDTH = 100
MARKS = {Verdict.OK: "ok", Verdict.WARNING: "warning", Verdict.FAILURE: "FAILURE"}


@click.command(short_help="Check a site: Pythons, folders, disk, port and more.")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--data", type=click.Path(file_okay=False), help="Where runs are kept.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [8000]")
@click.option("--host", help="Address to listen on.  [127.0.0.1]")
def doctor(folder: Path, as_json: bool, **options: Any) -> None:
    """Check the site of FOLDER: interpreters, drivers, folders, disk, port, clock, history.

    Without FOLDER it is the folder at hand.  It may be called beside a server, and changes
    nothing.  The exit code is 1 where something does not work, and 0 where all is well or there
    are warnings only.
    """
    found = examined(folder, options)
    if as_json:
        click.echo(json_of([asdict(check) for check in found]))
    else:
        for line in lines(found):
            click.echo(line)
    sys.exit(int(any(check.state is Verdict.FAILURE for check in found)))


def examined(folder: Path, options: dict[str, Any]) -> tuple[Check, ...]:
    """Return all checks of a site; settings that are wrong are the only one."""
    from webify.checks.all import checks

    try:
        settings = load_settings(folder, options)
    except WebifyError as error:
        return (failure("Settings", str(error), "Correct it, and call webify doctor again."),)
    return checks(settings, thorough=True)


def lines(found: Sequence[Check]) -> Iterator[str]:
    """Yield what a terminal shows."""
    widest = max(len(check.name) for check in found)
    for check in found:
        head = f"{MARKS[check.state]:<7}  {check.name:<{widest}}  "
        yield from _wrapped(head, check.sentence)
        if check.remedy:
            yield from _wrapped(" " * len(head), f"What to do: {check.remedy}")
    yield ""
    yield _summed(found)


def _wrapped(head: str, text: str) -> list[str]:
    printable = "".join(sign if sign.isprintable() else "�" for sign in text)
    indent = " " * len(head)
    return textwrap.wrap(
        printable,
        WIDTH,
        initial_indent=head,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summed(found: Sequence[Check]) -> str:
    bad = sum(check.state is Verdict.FAILURE for check in found)
    doubtful = sum(check.state is Verdict.WARNING for check in found)
    if not bad and not doubtful:
        return f"All {len(found)} checks are well." if len(found) > 1 else "The check is well."
    told = f"{_count(bad, 'failure')} and {_count(doubtful, 'warning')}"
    return f"{told[0].upper()}{told[1:]} in {_count(len(found), 'check')}."


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count or 'no'} {what}s"
