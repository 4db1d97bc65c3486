"""Two runs of one tool compared: which rows of their tables were added, are gone, changed."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.errors import NotComparable, TableUnknown
from webify.model.block import Block
from webify.model.command import Tool
from webify.model.run import Run, State
from webify.rows.differences import csv_of_differences
from webify.runs.folder import RunFolder
from webify.web.answers import differing
from webify.web.beside import tool_of
from webify.web.compared import (
    Section,
    TablePair,
    changed_pairs,
    pairs,
    pairs_of_tables,
    section_of,
    tables,
    wanted_of,
)
from webify.web.downloads import encoded
from webify.web.line_changes import TextChanges, compare_texts
from webify.web.site import site

pages = Blueprint("compare", __name__)
WAIT = 0.8  # seconds that a page waits for its tables
FILE_WAIT = 60.0  # seconds that a file waits
MOST_TABLES = 10  # on one page
MOST_BLOCKS = 100  # of each run that are looked at
FIELD = re.compile(r"[0-9]{1,4}\.(key|kind|page)")


@dataclass(frozen=True)
class Both:
    """Two runs of one tool, the first and the second, and what is known of their outputs."""

    runs: tuple[Run, Run]
    folders: tuple[RunFolder, RunFolder]
    blocks: tuple[tuple[Block, ...], tuple[Block, ...]]
    tool: Tool | None

    @property
    def waits(self) -> bool:
        """Say whether one of them still goes on."""
        return not all(run.state.ended for run in self.runs)

    def tables(self) -> tuple[list[TablePair], list[Block], list[Block]]:
        """Return the tables that both have, and those that only one of them has."""
        old, new = self.blocks
        return pairs_of_tables(old, new, (self.folders[0].rows_path, self.folders[1].rows_path))

    def remarks(self) -> list[str]:
        """Return a sentence for all that makes the comparison less than whole."""
        found = []
        for run, folder in zip(self.runs, self.folders, strict=True):
            name, end = f"Run {run.number}", folder.end()
            if not run.state.ended:
                found.append(f"{name} still goes on. This page comes back when it has ended.")
            elif run.state not in (State.SUCCEEDED, State.WARNED):
                found.append(f"{name} did not finish: what it never printed counts as not there.")
            if end and end.dropped:
                found.append(f"{name} printed more than is kept: its end is missing here.")
            if end and end.fault:
                found.append(f"The tables of run {run.number} are not complete.")
        if self.tool is None:
            found.append(f"{self.runs[1].title} is no tool of this site any more. Its runs are.")
        if self.runs[0].path != self.runs[1].path:
            found.append("The two runs are of different commands of the tool.")
        return found


@pages.get("/compare")
def show() -> ResponseReturnValue:
    """Show what differs between the runs ?a= and ?b=; two of ?run= are put in their order."""
    if "run" in request.args:
        return in_order(request.args.getlist("run"))
    both = both_of(request.args.get("a", ""), request.args.get("b", ""))
    wanted = request.args.get("table", "")
    given = request.args.to_dict(flat=False)
    found, only_old, only_new = both.tables()
    chosen = [pair for pair in found if str(pair.number) == wanted] or found[:MOST_TABLES]
    sections = [] if both.waits else compared(chosen, given)
    if "part" in request.args:
        part = [section for section in sections if str(section.pair.number) == wanted]
        return render_template(
            "compare_part.html", both=both, sections=part, link=Link(both, given)
        )
    return render_template(
        "compare.html",
        both=both,
        sections=sections,
        others=[pair for pair in found if pair not in chosen],
        only=(only_old, only_new),
        pairs=() if both.waits else pairs_changed(both),
        same_pairs=bool(pairs(both.blocks[0]) or pairs(both.blocks[1])),
        text=None if both.waits or found or has_shape(both) else text_changes(both),
        answers=differing(*both.runs, both.tool),
        link=Link(both, given),
        making=both.waits or any(section.progress for section in sections),
    )


@pages.get("/compare.csv")
def csv() -> ResponseReturnValue:
    """Return the differences of one table as a file for a spreadsheet."""
    both = both_of(request.args.get("a", ""), request.args.get("b", ""))
    number = request.args.get("table", "1")
    pair = next((pair for pair in both.tables()[0] if str(pair.number) == number), None)
    if pair is None or both.waits:
        raise TableUnknown(f"These two runs have no table {number[:20]} to compare.")
    wanted = wanted_of(pair.number, request.args.to_dict(flat=False))
    section = section_of(pair, wanted, site().comparisons, FILE_WAIT)
    if section.file is None:
        raise TableUnknown(section.fault or "The comparison is not ready yet; try again soon.")
    lines = csv_of_differences(section.file, pair.old, pair.new, wanted.kind)
    answer = Response(encoded(lines), content_type="text/csv; charset=utf-8")
    name = re.sub(r"[^a-z0-9]+", "-", both.runs[1].title.lower()).strip("-") or "runs"
    numbers = "-".join(str(run.number) for run in both.runs)
    name = f"{name}-compared-{numbers}{f'-table-{number}' if number != '1' else ''}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def in_order(ids: Sequence[str]) -> ResponseReturnValue:
    """Lead to the comparison of two runs, the earlier one first."""
    if len(ids) != 2:
        raise NotComparable(f"Choose two runs of one tool. You chose {len(ids)}.")
    a, b = sorted((site().store.run(each) for each in ids), key=lambda run: run.number)
    return redirect(url_for("compare.show", a=a.id, b=b.id), 303)


def both_of(a: str, b: str) -> Both:
    """Return the two runs.

    Raises RunUnknown, and NotComparable where they are one and the same, or of two tools.
    """
    services = site()
    if not a or not b:
        raise NotComparable("Choose two runs of one tool. The history has all of them.")
    runs = services.store.run(a), services.store.run(b)
    if a == b:
        raise NotComparable(f"Choose two runs: this is run {runs[0].number} twice.")
    if runs[0].tool != runs[1].tool:
        titles = f"{runs[0].title}, and run {runs[1].number} of {runs[1].title}"
        raise NotComparable(f"Choose two runs of one tool: run {runs[0].number} is of {titles}.")
    folders = services.engine.folder(runs[0]), services.engine.folder(runs[1])
    old, new = (folder.blocks()[:MOST_BLOCKS] for folder in folders)
    return Both(runs, folders, (old, new), tool_of(services, runs[1]))


def compared(chosen: Sequence[TablePair], given: Mapping[str, Sequence[str]]) -> list[Section]:
    """Return the tables compared, as far as they are in the time that a page has."""
    until = time.monotonic() + WAIT
    return [
        section_of(
            pair,
            wanted_of(pair.number, given),
            site().comparisons,
            max(0.0, until - time.monotonic()),
        )
        for pair in chosen
    ]


def has_shape(both: Both) -> bool:
    """Say whether one of them printed a table, or names and values."""
    return any(tables(blocks) or pairs(blocks) for blocks in both.blocks)


def pairs_changed(both: Both) -> list[tuple[str, str | None, str | None]]:
    """Return the names whose values differ."""
    return changed_pairs(*both.blocks)


def text_changes(both: Both) -> TextChanges:
    """Return the lines in which the outputs differ."""
    return compare_texts(both.folders[0].out_path, both.folders[1].out_path)


@dataclass(frozen=True)
class Link:
    """Makes the addresses of a comparison, each with one thing changed."""

    both: Both
    given: Mapping[str, Sequence[str]]

    @property
    def runs(self) -> dict[str, Any]:
        """Return the fields that name the two runs."""
        return {"a": self.both.runs[0].id, "b": self.both.runs[1].id}

    def fields(self, number: int, *without: str) -> list[tuple[str, str]]:
        """Return the hidden fields of a form: all that the address says, but this."""
        mine = {f"{number}.{name}" for name in without}
        return [*self.runs.items(), *((k, v) for k, v in self._kept() if k not in mine)]

    def page(self, section: Section, **changes: object) -> str:
        """Return the address of the page with one table changed."""
        number = section.pair.number
        mine = {f"{number}.{name}": str(value) for name, value in changes.items()}
        kept = [(name, value) for name, value in self._kept() if name not in mine]
        merged: dict[str, Any] = {}
        for name, value in (*kept, *((k, v) for k, v in mine.items() if v not in ("", "1"))):
            merged.setdefault(name, []).append(value)
        return f"{url_for('compare.show', **self.runs, **merged)}#table-{number}"

    def part(self, section: Section) -> str:
        """Return the address of one table alone."""
        number, wanted = section.pair.number, section.wanted
        return url_for(
            "compare.show",
            **self.runs,
            table=number,
            part="table",
            **self._of(number, {"key": list(wanted.key), "kind": wanted.kind, "page": wanted.page}),
        )

    def csv(self, section: Section) -> str:
        """Return the address of the differences as a file."""
        wanted, number = section.wanted, section.pair.number
        own = {"key": section.key_words if wanted.key else [], "kind": wanted.kind}
        fields: dict[str, Any] = {name: value for name, value in own.items() if value}
        return url_for("compare.csv", **self.runs, table=number, **fields)

    def swapped(self) -> str:
        """Return the address that has the two runs the other way around."""
        a, b = self.runs.values()
        return url_for("compare.show", a=b, b=a)

    @staticmethod
    def _of(number: int, said: Mapping[str, object]) -> dict[str, Any]:
        return {f"{number}.{name}": value for name, value in said.items() if value}

    def _kept(self) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name, values in self.given.items()
            if FIELD.fullmatch(name) or name == "table"
            for value in values[:20]
            if value
        ]
