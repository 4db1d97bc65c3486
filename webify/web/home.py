"""The first page: every tool, by folder, and the quick switcher over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.errors import RunUnknown
from webify.model.command import Command, Tool
from webify.model.run import Run
from webify.services import Services
from webify.store.store import RunFilter
from webify.web.addresses import address_of
from webify.web.answers import answers
from webify.web.site import site
from webify.web.states import look
from webify.web.words import in_words, when

pages = Blueprint("home", __name__)
RECENT = 6  # runs beside the tools
MATCHES = 12  # lines of the quick switcher, at most
NO_FOLDER = "Tools"


@dataclass(frozen=True)
class Shelf:
    """The tools of one folder."""

    name: str
    anchor: str
    tools: tuple[Tool, ...]
    icon: str


@dataclass(frozen=True)
class Match:
    """One line of the quick switcher."""

    icon: str
    label: str
    note: str
    href: str


@pages.get("/")
def home() -> ResponseReturnValue:
    """Show the tools, or those that match ?q= and ?tag=."""
    services = site()
    tools = services.catalog.tools()
    if not tools:
        return render_template("empty.html", folder=services.settings.folder)
    words = request.args.get("q", "").strip()
    tag = request.args.get("tag", "")
    found = [tool for tool in tools if matches(tool, words) and (not tag or tag in tool.tags)]
    return render_template(
        "home.html",
        shelves=shelves(found),
        all_shelves=shelves(tools),
        tags=sorted({each for tool in tools for each in tool.tags}),
        tag=tag,
        q=words,
        total=len(tools),
        counts=services.store.counts(),
        recent=recently(services, {tool.slug: tool for tool in tools}),
    )


def recently(services: Services, tools: Mapping[str, Tool]) -> list[tuple[Run, str]]:
    """Return the newest runs as they stand now, each with its answers."""
    runs = map(services.engine.now, services.store.runs(RunFilter(), RECENT))
    return [(run, answers(run, tools.get(run.tool))) for run in runs]


@pages.get("/go")
def go() -> ResponseReturnValue:
    """Return the tools, commands and runs that match ?q=, as options of a list."""
    services = site()
    words = request.args.get("q", "").strip()
    found: list[Match] = []
    for match in (*numbered(words), *commands(services.catalog.tools()), *recent_runs(), history()):
        text = f"{match.label} {match.note}".lower()
        if match not in found and all(word in text for word in words.lower().split()):
            found.append(match)
        if len(found) == MATCHES:
            break
    return render_template("go.html", matches=found, q=words)


def shelves(tools: Sequence[Tool]) -> list[Shelf]:
    """Return the tools by folder; those in none come first."""
    folders: dict[str, list[Tool]] = {}
    for tool in sorted(tools, key=lambda tool: (tool.folder.lower(), tool.title.lower())):
        folders.setdefault(tool.folder, []).append(tool)
    return [
        Shelf(
            name or NO_FOLDER,
            f"folder-{number}",
            tuple(inside),
            "folder2" if name else "tools",
        )
        for number, (name, inside) in enumerate(folders.items(), 1)
    ]


def matches(tool: Tool, words: str) -> bool:
    """Say whether each word stands in the tool's name, summary, tags, folder or commands."""
    text = words_of(tool)
    return all(word in text for word in words.lower().split())


def words_of(tool: Tool) -> str:
    """Return all that a search looks at, in lower case."""
    names = [tool.title, tool.slug, tool.summary, tool.folder, tool.target, *tool.tags]
    if tool.command is not None:
        names += [f"{command.name} {command.title}" for _, command in tool.command.walk()]
    return " ".join(names).lower()


def commands(tools: Sequence[Tool]) -> Iterator[Match]:
    """Yield every tool, and after it each of its commands."""
    for tool in tools:
        icon, note = tool.icon or "terminal", tool.folder or NO_FOLDER
        yield Match(icon, tool.title, note, url_for("tool.show", slug=tool.slug))
        for path, command in tool.command.walk() if tool.command else ():
            if path and not command.hidden and not command.commands:
                label = title_along(tool, path)
                href = url_for("tool.show", slug=tool.slug, words=address_of(path))
                yield Match(icon, label, note, href)


def title_along(tool: Tool, path: Sequence[str]) -> str:
    """Return what the page of a command is called: its tool, and all of its words."""
    chain = tool.command.along(tuple(path)) if tool.command else None
    words = " ".join(command_title(command).lower() for command in (chain or ())[1:])
    return f"{tool.title}: {words}" if words else tool.title


def command_title(command: Command) -> str:
    """Return what a command is called on a page."""
    return command.title or in_words(command.name)


def numbered(words: str) -> Iterator[Match]:
    """Yield the run of this number, where the words are a number."""
    if words.isdecimal() and len(words) < 12:
        try:
            yield run_match(site().store.by_number(int(words)))
        except RunUnknown:
            return


def recent_runs() -> Iterator[Match]:
    """Yield the last runs."""
    for run in site().store.runs(RunFilter(), limit=5):
        yield run_match(run)


def run_match(run: Run) -> Match:
    """Return a run as a line of the switcher."""
    label = f"Run {run.number}: {run.title}{', ' + ' '.join(run.path) if run.path else ''}"
    note = f"{look(run).word} {when(run.created)}"
    return Match("clock-history", label, note, url_for("runs.show", run_id=run.id))


def history() -> Match:
    """Return the line that leads to the history."""
    return Match("clock-history", "History", "All runs", url_for("runs.history"))


FILTERS = {"command_title": command_title, "search_words": words_of}
