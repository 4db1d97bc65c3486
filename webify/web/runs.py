"""A run's page while it goes on and when it has ended, and the history of all runs."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.faces.effects import effect
from webify.keeping.retention import kept
from webify.model.command import DESTROYS, WRITES
from webify.model.run import Run, State
from webify.runs.leftovers import end_left
from webify.runs.remains import living_of, remains
from webify.services import Services
from webify.store.store import RunFilter
from webify.web.addresses import address_of
from webify.web.answers import answers, chain_of
from webify.web.beside import sheet_of, tool_of
from webify.web.pins import back
from webify.web.site import site
from webify.web.states import LOOKS
from webify.web.unfolding import unfolding
from webify.web.waiting import wait_of

pages = Blueprint("runs", __name__)
YOUNG = timedelta(seconds=2)
WAIT = 0.3  # seconds that the page of a young run waits for its end
PER_PAGE = 50
CHANGING = (WRITES, DESTROYS)
PARTS = {
    "result": "run_result.html",
    "page": "run_part.html",
    "raw": "run_raw.html",
    "ask": "run_ask.html",
}


@pages.get("/runs/<run_id>")
def show(run_id: str) -> ResponseReturnValue:
    """Show a run; a young one that is about to end is waited for.

    One whose answers the tool did not take leads back to its form.
    """
    services = site()
    run = services.engine.going_on(run_id) or services.store.run(run_id)
    standing = services.engine.line.standing(run.id)
    if young(run) and not (standing and standing.place.why):
        limit = time.monotonic() + WAIT
        early = None if "part" in request.args else unfolding(services, run, limit)
        if early is not None:
            return early
        run = services.engine.told(run.id, max(0.0, limit - time.monotonic()))
        standing = services.engine.line.standing(run.id)
    if standing is not None:
        wait = wait_of(standing, services.engine.line.rules, run)
        sheet = sheet_of(services, run)
        return render_template("run_queued.html", sheet=sheet, run=run, wait=wait)
    if run.state is State.REFUSED:
        return back_to_form(run)
    part = request.args.get("part", "")
    sheet = sheet_of(services, run)
    page = render_template(PARTS.get(part, "run.html"), sheet=sheet, run=run, sheets=[sheet])
    return page, sheet.swap


def back_to_form(run: Run) -> ResponseReturnValue:
    """Lead to the form that holds the answers of a run and what is wrong with them.

    A script that asked for a piece of the page would swap the form into it: it is told to go.
    """
    place = {"words": address_of(run.path)} if run.path else {}
    given: dict[str, Any] = {"slug": run.tool, "from": run.id, **place}
    form = url_for("tool.show", **given)
    if "part" in request.args:
        return "", 204, {"HX-Redirect": form}
    return redirect(form, 303)


@pages.post("/runs/<run_id>/stop")
def stop(run_id: str) -> ResponseReturnValue:
    """Stop a run and go back to where the button was; one that ends at once is waited for.

    One that may have changed something is asked about on its own page first.
    """
    services = site()
    run = services.store.run(run_id)
    if not run.state.ended:
        if "sure" not in request.form and may_have_changed(services, run):
            return redirect(url_for("runs.show", run_id=run_id, cancel=1), 303)
        services.engine.stop(run.id)
        services.engine.wait(run.id, WAIT)
    lists = {"home": "home.home", "server": "server.show"}
    wanted = request.form.get("to", "")
    return redirect(url_for(lists[wanted]), 303) if wanted in lists else back(run.id)


@pages.post("/runs/<run_id>/left")
def left(run_id: str) -> ResponseReturnValue:
    """End what a run has left running, and go back to where the button was.

    Of one that may have changed something that is asked about on its own page first.
    """
    services = site()
    run = services.store.run(run_id)
    if living := living_of(services.engine.folder(run)):
        if "sure" not in request.form and may_have_changed(services, run):
            return redirect(url_for("runs.show", run_id=run_id, left=1), 303)
        end_left(living, run.id)
    if request.form.get("to") == "server":
        return redirect(url_for("server.show"), 303)
    return redirect(url_for("runs.show", run_id=run_id), 303)


def may_have_changed(services: Services, run: Run) -> bool:
    """Say whether a run has begun, and is of a kind that is known to change something."""
    waits = services.engine.line.standing(run.id) is not None
    return not waits and effect(chain_of(run, tool_of(services, run)), run.values) in CHANGING


@pages.get("/runs")
def history() -> ResponseReturnValue:
    """Show the runs that match the filters, the newest first."""
    services = site()
    wanted = filter_of(request.args)
    count = services.store.count(wanted)
    last_page = max(1, -(-count // PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last_page)
    given = {name: value for name, value in request.args.items() if value and name != "page"}
    tools = services.catalog.tools()
    known = {tool.slug: tool for tool in tools}
    found = services.store.runs(wanted, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    runs = [services.engine.now(run) for run in found]
    return render_template(
        "history.html",
        kept=kept(services.settings),
        staying=len(remains(services.settings.data / "runs")),
        runs=[(run, answers(run, known.get(run.tool))) for run in runs],
        pins=services.store.pins(runs),
        filters=urlencode(given | ({"page": page} if page > 1 else {})),
        count=count,
        page=page,
        last_page=last_page,
        first=(page - 1) * PER_PAGE + 1,
        given=given,
        tools=sorted(tools, key=lambda tool: tool.title.lower()),
        known=known,
        states={
            state.value: look.word for state, look in LOOKS.items() if state is not State.REFUSED
        },
        today=datetime.now().astimezone().date(),
        week=datetime.now().astimezone().date() - timedelta(days=6),
    )


def young(run: Run) -> bool:
    """Say whether a run was asked for a moment ago and has not ended."""
    asked = run.created or datetime.now(UTC)
    return not run.state.ended and abs(datetime.now(UTC) - asked) < YOUNG


def filter_of(given: Mapping[str, str]) -> RunFilter:
    """Return the filter of the history that an address asks for; nonsense lets all through."""
    state = given.get("status", "")
    until = day(given.get("to", ""), 1)
    return RunFilter(
        text=given.get("q", "").strip()[:200],
        tool=given.get("tool", ""),
        state=State(state) if state in {each.value for each in State} else None,
        since=day(given.get("from", "")),
        until=until,
        pinned=bool(given.get("pinned")),
    )


def day(text: str, later: int = 0) -> datetime | None:
    """Return the beginning of a day here, or so many days later; None where there is no such."""
    try:
        date = datetime.fromisoformat(text).date() + timedelta(days=later)
        return datetime.combine(date, clock()).astimezone()
    except (ValueError, OverflowError):
        return None
