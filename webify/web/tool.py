"""A tool's page: its form, what happens when it is sent, and what is worth knowing about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.errors import (
    CommandUnknown,
    ConfirmationNeeded,
    ReadingOnly,
    ToolUnusable,
    ValuesRefused,
)
from webify.faces.argv import command_line, shown
from webify.faces.effects import DESTROYING, MAY_CHANGE, may_ask, sentence, told
from webify.faces.fields import Form, Section
from webify.faces.form import build
from webify.faces.refusal import refusal
from webify.faces.sentences import path_or_file
from webify.faces.trial import dry_run
from webify.faces.uploading import doubled, was_sent, with_uploads
from webify.faces.values import Upload, form_values, read_values
from webify.model.command import Command, Tool, Value
from webify.model.run import Run, State
from webify.services import Services, at_terminal, chain_of, expect, launch
from webify.site_adapters.offering import offered
from webify.store.store import RunFilter
from webify.web.addresses import path_of
from webify.web.answers import answers
from webify.web.carried import LONGEST, browse_address, carried, raw_of
from webify.web.home import title_along
from webify.web.site import site
from webify.web.sureness import is_sure, word_for
from webify.web.uploads import received
from webify.web.words import capitalized, first_sentence, took

pages = Blueprint("tool", __name__)
LAST = 5  # runs that stand beside the form
MEASURED = 20  # runs that tell how long the tool usually takes
Raw = dict[str, list[str]]


@dataclass(frozen=True)
class Place:
    """One tool and the path of one of its commands.

    chain    the commands from the root to this one
    choices  the commands to choose among, beside or below this one
    base     the path of the command that `choices` belong to
    """

    tool: Tool
    path: tuple[str, ...]
    chain: tuple[Command, ...]
    choices: tuple[Command, ...]
    base: tuple[str, ...]

    @property
    def command(self) -> Command:
        """Return the command of this page."""
        return self.chain[-1]

    @property
    def only_choose(self) -> bool:
        """Say whether there is nothing to run before a command is chosen."""
        return bool(self.command.commands) and self.command.needs_command

    @property
    def title(self) -> str:
        """Return what the page is called: the tool, and its command in words."""
        return title_along(self.tool, self.path)

    @property
    def tries(self) -> str:
        """Return the address of the flag that makes this command only try, or ""."""
        return dry_run(self.chain)

    @property
    def asks(self) -> bool:
        """Say whether somebody may have to confirm this command, by what is answered."""
        return may_ask(self.chain)

    @property
    def effect(self) -> str:
        """Return what this command does, for a person who has to confirm it."""
        return sentence(self.chain)

    @property
    def changes(self) -> str:
        """Return whether this command changes data, in words, "" where its tool does not."""
        if not self.tool.changes:
            return ""
        return "Yes, in some of its commands." if self.only_choose else told(self.chain)

    @property
    def deed(self) -> str:
        """Return what the tool itself says it does, where nothing else names the effect."""
        if self.effect not in (MAY_CHANGE, DESTROYING):
            return ""
        said = first_sentence(self.command.help or self.tool.summary)
        return f"{capitalized(said)}. " if said else ""


@pages.get("/tools/<slug>")
@pages.get("/tools/<slug>/<path:words>")
def show(slug: str, words: str = "") -> ResponseReturnValue:
    """Show the form, blank or with the answers of the run ?from=."""
    services = site()
    tool = services.catalog.opened(slug, path_of(words))
    services.catalog.open_ahead(tool)
    if tool.command is None:
        return render_template("undescribed.html", tool=tool), ToolUnusable.status
    place = place_of(tool, path_of(words))
    if request.method == "GET" and "Sec-Purpose" not in request.headers:  # somebody looks at it
        expect(services, tool, [command.name for command in place.chain[1:]])
    earlier = services.store.run(request.args["from"]) if request.args.get("from") else None
    if earlier is None:
        return form_page(services, place, linked(place))
    raw = answers_of(place, earlier, services.engine.folder(earlier).given())
    faults = faults_of(services, place, earlier)
    return form_page(services, place, raw, earlier=None if faults else earlier, faults=faults)


@pages.post("/tools/<slug>")
@pages.post("/tools/<slug>/<path:words>")
def run(slug: str, words: str = "") -> ResponseReturnValue:
    """Run the command with the answers of the form, or say what is wrong with them."""
    services = site()
    tool = services.catalog.tool(slug)
    place = place_of(tool, path_of(words))
    if place.only_choose:
        raise CommandUnknown(f"Choose one of the commands of {tool.title}.")
    raw: Raw = {name: many for name, many in request.form.lists() if name != ":csrf"}
    uploads, faults = received(request)
    faults |= dict.fromkeys(doubled(place.chain, raw, uploads), path_or_file())
    if ":browse" in raw:
        return folders_of(services, place, raw)
    if place.tries:
        raw.pop(place.tries, None)
    if ":choices" in raw:
        return choices_page(services, place, raw)
    try:
        if faults or ":show" in raw:
            place = with_choices(services, place, raw)
            values = checked(place, raw, uploads, faults)
            chain = with_uploads(place.chain, uploads)
            command = shown(command_line(place.tool.slug, chain, values))
            return form_page(services, place, raw, command=command, files=bool(uploads))
        word = raw.get(":sure", [""])[0]
        made = launch(services, tool, place.path, raw, uploads, lambda call: is_sure(call, word))
    except ConfirmationNeeded as needed:
        sure = word_for(needed.call)
        if scripted():  # the form stays as it is, with its passwords and files
            return render_template("tool_sure.html", place=place, sure=sure)
        return form_page(services, place, raw, sure=sure, files=bool(uploads))
    except ValuesRefused as refused:
        page = form_page(services, place, raw, faults=refused.fields, files=bool(uploads))
        return page, refused.status
    except ReadingOnly as refused:  # each page says why; the answers stay in the form
        return form_page(services, place, raw, files=bool(uploads)), refused.status
    address = url_for("runs.show", run_id=made.id)
    return ("", 204, {"HX-Redirect": address}) if scripted() else redirect(address, 303)


def scripted() -> bool:
    """Say whether a script asks, which puts what it gets into the page that is there."""
    return "HX-Request" in request.headers


def folders_of(services: Services, place: Place, raw: Raw) -> ResponseReturnValue:
    """Lead to the folders of the server, with the answers at hand; without scripts only."""
    asked = raw.pop(":browse")[0]
    answers = carried(place.chain, raw.items())
    address = browse_address(place.tool.slug, place.path, answers, {":for": asked})
    if len(address) <= LONGEST:
        return redirect(address, 303)
    faults = {asked: "Your other answers are too long to be kept on the way. Type the path."}
    return form_page(services, place, raw, faults=faults), ValuesRefused.status


def with_choices(services: Services, place: Place, raw: Raw | None) -> Place:
    """Return the place with the choices that a module of the site tells for these answers."""
    tool = offered(services.catalog.adapters, place.tool, place.path, raw or {})
    return place if tool is place.tool else place_of(tool, place.path)


def choices_page(services: Services, place: Place, raw: Raw) -> ResponseReturnValue:
    """Show the form with the choices that the answers at hand leave.

    A script gets only the fields that it asks for by their addresses, one after the other.
    """
    if not scripted():
        return form_page(services, place, raw)
    place = with_choices(services, place, raw)
    form = build(place.tool, place.path, raw, upload_bytes=services.settings.limits.upload_bytes)
    wanted = [field for field in form.fields if field.address in raw[":choices"]]
    return render_template("fields_anew.html", fields=wanted)


def place_of(tool: Tool, path: tuple[str, ...]) -> Place:
    """Return where in a tool a path leads; raises what chain_of() does."""
    chain = chain_of(tool, path)
    inside = chain[-1] if chain[-1].commands else chain[-2] if len(chain) > 1 else chain[-1]
    base = path if chain[-1].commands else path[:-1]
    choices = tuple(command for command in inside.commands if not command.hidden)
    return Place(tool, path, chain, choices, base)


def checked(
    place: Place,
    raw: Mapping[str, Sequence[str]],
    uploads: Mapping[str, Sequence[Upload]],
    faults: Mapping[str, str],
) -> dict[str, Value]:
    """Return the values; a file that is too large is a fault beside all others.

    Raises ValuesRefused.
    """
    try:
        values = read_values(with_uploads(place.chain, uploads), raw, uploads)
    except ValuesRefused as refused:
        raise ValuesRefused({**refused.fields, **faults}) from refused
    if faults:
        raise ValuesRefused(faults)
    return values


def answers_of(place: Place, earlier: Run, given: Collection[str]) -> Raw:
    """Return the answers of a run as a form holds them; secrets and files are given again."""
    kept = {
        parameter.address
        for command in place.chain
        for parameter in command.parameters
        if not parameter.secret
        and not was_sent(parameter, earlier.values.get(parameter.address), given)
    } | {":rest"}
    return form_values(
        place.chain, {name: value for name, value in earlier.values.items() if name in kept}
    )


def faults_of(services: Services, place: Place, earlier: Run) -> dict[str, str]:
    """Return what the tool's own parser said against the answers of a run, {} otherwise."""
    if earlier.state is not State.REFUSED or earlier.tool != place.tool.slug:
        return {}
    end = services.engine.folder(earlier).end()
    said = end.refused if end is not None and end.refused else (earlier.reason,)
    return refusal(place.chain, earlier.values, said)


def linked(place: Place) -> Raw | None:
    """Return answers that the address itself brings, such as global ones of another command."""
    return raw_of(carried(place.chain, request.args.lists())) or None


def form_page(
    services: Services,
    place: Place,
    raw: Raw | None,
    *,
    faults: Mapping[str, str] | None = None,
    earlier: Run | None = None,
    command: str = "",
    sure: str = "",
    files: bool = False,
) -> str:
    """Return the page of a form; files: some came with the answers, and do not go back."""
    limit = services.settings.limits.upload_bytes
    place = with_choices(services, place, raw)
    form = build(place.tool, place.path, raw, faults, upload_bytes=limit)
    runs = services.store.last(place.tool.slug, MEASURED)
    pinned = services.store.runs(RunFilter(tool=place.tool.slug, pinned=True), LAST + 1)
    return render_template(
        "tool.html",
        place=place,
        tool=place.tool,
        form=without(form, place.tries) if place.tries else form,
        earlier=earlier,
        command=command,
        sure=sure,
        learnt=services.terminals.wanted(place.tool, place.path)
        and at_terminal(services, place.tool, place.path),
        terminal=raw is not None and ":terminal" in raw,
        folders=browse_address(place.tool.slug, place.path, []),
        again=bool(faults or command or sure) and (files or has_secrets_or_files(form)),
        runs=[(run, answers(run, place.tool)) for run in runs[:LAST]],
        count=services.store.count(RunFilter(tool=place.tool.slug)),
        pinned=[(run, answers(run, place.tool)) for run in pinned[:LAST]],
        pinned_more=len(pinned) > LAST,
        last_two=[run.id for run in runs if run.state.ended and run.path == place.path][:2],
        usual=usually(runs),
    )


def without(form: Form, address: str) -> Form:
    """Return the form without one field: the trial run has a button of its own."""

    def kept(section: Section) -> Section:
        return replace(section, fields=tuple(f for f in section.fields if f.address != address))

    sections = tuple(kept(section) for section in form.sections)
    advanced = kept(form.advanced) if form.advanced else None
    return replace(
        form,
        sections=tuple(section for section in sections if section.fields),
        advanced=advanced if advanced and advanced.fields else None,
    )


def has_secrets_or_files(form: Form) -> bool:
    """Say whether the form holds what a browser does not send back."""
    return any(field.secret or field.widget in ("file", "files") for field in form.fields)


def usually(runs: Sequence[Run]) -> str:
    """Return how long the tool takes, "4 s to 9 s", or "" where too little is known."""
    good = (State.SUCCEEDED, State.WARNED)
    seconds = sorted(run.seconds for run in runs if run.state in good and run.seconds is not None)
    if len(seconds) < 2:
        return ""
    middle = seconds[len(seconds) // 10 : len(seconds) - len(seconds) // 10]
    least, most = took(middle[0]), took(middle[-1])
    return least if least == most else f"{least} to {most}"
