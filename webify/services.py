"""What lives as long as the site, and launch(): the one start of a run by whatever door."""

from __future__ import annotations

import base64
import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from webify.conversion import Conversion
from webify.errands import Errands
from webify.errors import (
    CommandUnknown,
    ConfirmationNeeded,
    NotFound,
    NotResumed,
    ReadingOnly,
    ToolUnusable,
    ValuesRefused,
)
from webify.faces.argv import command_line, spell
from webify.faces.chain import parameters
from webify.faces.effects import asks, call_of, sentence
from webify.faces.handing import handed
from webify.faces.refusal import about
from webify.faces.settling import settled_values
from webify.faces.trial import dry_run
from webify.faces.uploading import was_sent, with_uploads
from webify.faces.values import (
    Upload,
    dotted,
    masked,
    read_values,
    secret_texts,
    secret_values,
    without_secrets,
)
from webify.keeping.keeper import Keeper
from webify.keeping.room import Room
from webify.model.command import Command, Tool, Value, Values
from webify.model.run import Run
from webify.rows.comparisons import Comparisons
from webify.runs.costly import Costly
from webify.runs.engine import Engine
from webify.runs.folder import RunFolder, stamps
from webify.runs.masking import secrets_in
from webify.runs.order import Plan
from webify.runs.outcome import WANTS_TERMINAL
from webify.runs.rereads import Rereads
from webify.server_log import ServerLog
from webify.settings import Settings
from webify.site_adapters.offering import offered
from webify.store.store import RunFilter, Store
from webify.tools.catalog import Catalog
from webify.tools.checking import asked
from webify.tools.terminals import Terminals

LATE = 20  # runs of a command that tell whether it wants a terminal
RESTARTED = "Interrupted: the server restarted before it began"


@dataclass(frozen=True)
class Services:
    """The parts of one site, made once by the server or by a test.

    since      when it was opened
    errands    what is done behind pages
    costly     what is costly to find out, for the Server page
    listening  the event streams that are open
    log        what the server has told
    """

    settings: Settings
    catalog: Catalog
    engine: Engine
    store: Store
    conversion: Conversion
    comparisons: Comparisons
    keeper: Keeper
    rereads: Rereads
    room: Room
    terminals: Terminals
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    errands: Errands = field(default_factory=Errands)
    costly: Costly = field(default_factory=Costly)
    listening: set[object] = field(default_factory=set)
    log: ServerLog = field(default_factory=ServerLog)

    def close(self) -> None:
        """Let go of everything; runs go on under their supervisors."""
        self.errands.close()
        self.keeper.close()
        self.comparisons.close()
        self.rereads.close()
        self.catalog.close()
        self.engine.close()
        self.store.close()


def open_services(settings: Settings, log: ServerLog | None = None) -> Services:
    """Make the parts, take up the runs that an earlier server left, and read the tools.

    log   of the server, where there is one
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    room = Room(settings.data)
    store = room.open_store()
    engine = Engine(settings, store)
    catalog = Catalog(settings)
    catalog.start()
    conversion = Conversion(settings, catalog, store)
    comparisons = Comparisons(settings.data / "compared")
    keeper = Keeper(settings, store, room)
    rereads = Rereads(lambda run_id: store.measure(run_id, None))
    terminals = Terminals(settings.data)
    parts = (catalog, engine, store, conversion, comparisons, keeper, rereads, room, terminals)
    services = Services(settings, *parts, log=log or ServerLog())
    engine.reattach(partial(plan_again, services))
    keeper.start()
    return services


def chain_of(tool: Tool, path: Sequence[str]) -> tuple[Command, ...]:
    """Return the commands from the tool's root down the path.

    Raises ToolUnusable where the tool or its command could not be described, CommandUnknown
    where a word of the path is none of its commands.
    """
    if tool.command is None:
        raise ToolUnusable(f"{tool.title} cannot be run: {tool.error}")
    chain = tool.command.along(tuple(path))
    if chain is None:
        raise CommandUnknown(f"{tool.title} has no command “{' '.join(path)}”.")
    if chain[-1].error:
        why = chain[-1].error.strip().rpartition("\n")[2]
        raise ToolUnusable(f"“{' '.join(path)}” could not be described: {why}")
    return chain


def launch(
    services: Services,
    tool: Tool,
    path: Sequence[str],
    raw: Mapping[str, Sequence[str]],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    sure: Callable[[str], bool] = lambda _call: False,
) -> Run:
    """Read the answers, spell the argument list, keep the run and start it.

    raw and uploads are what the form's fields hold, by address; an upload lies in a staging
    folder and is moved.  sure: says whether somebody has confirmed this very call.  Raises
    ValuesRefused with every fault at once, ConfirmationNeeded, and ReadingOnly where nothing can
    be written, and then nothing was started or kept.
    """
    uploads = uploads or {}
    tool = offered(services.catalog.adapters, tool, path, raw)
    chain = with_uploads(chain_of(tool, path), uploads)
    values = read_values(chain, raw, uploads)
    if ":try" in raw and (flag := dry_run(chain)):
        values[flag] = True
    if sentence := services.room.sentence:
        raise ReadingOnly(sentence)
    run = replace(new_run(tool, chain, values), path=tuple(path))
    folder = services.engine.folder(run)
    plan = plan_of(services, tool, chain, values, folder)
    if ":terminal" in raw:
        plan = replace(plan, terminal=True)
        remember_terminal(services, tool, path)
    confirm(tool, chain, path, values, uploads, sure)
    with undone(folder):
        place(folder, uploads)
        ask_parser(services, tool, chain, plan, folder)
        run = services.store.add(run)
    return services.engine.start(run, plan, secret_values(chain, values))


def confirm(
    tool: Tool,
    chain: Sequence[Command],
    path: Sequence[str],
    values: Mapping[str, Value],
    uploads: Mapping[str, Sequence[Upload]],
    sure: Callable[[str], bool],
) -> None:
    """Raise ConfirmationNeeded where a call changes something and is not confirmed."""
    if not asks(chain, values):
        return
    files = []
    for upload in (each for name in sorted(uploads) for each in uploads[name]):
        with upload.path.open("rb") as file:
            files.append(hashlib.file_digest(file, "sha256").digest())
    call = call_of(tool.slug, path, values, files)
    if not sure(call):
        raise ConfirmationNeeded(sentence(chain), call)


def plan_of(
    services: Services,
    tool: Tool,
    chain: Sequence[Command],
    values: Mapping[str, Value],
    folder: RunFolder,
) -> Plan:
    """Return how a run of this command is started and read.  Raises ValuesRefused."""
    apart = handed(chain, values)
    real = settled_values(chain, values, folder.files, tool.cwd)
    words = spell(chain, real, folder.files, apart)
    path = [command.name for command in chain[1:]]
    said = services.catalog.found(tool.slug).settings
    return Plan(
        argv=(*tool.start, *words),
        env={**tool.env, **apart.env},
        cwd=tool.cwd or str(folder.files),
        seconds=tool.time_limit,
        output=next((c.output for c in chain[::-1] if c.output), ""),
        adapter=tool.adapter,
        columns=said.columns_of(path),
        secrets=(*secret_texts(chain, values), *secrets_in(tool.env)),
        stdin=apart.stdin,
        input=said.input_of(path),
        terminal=at_terminal(services, tool, path),
        patience=said.answer_limit or services.settings.limits.answer_seconds,
        end_left=said.end_left,
        allowance=services.settings.limits.allowance(said),
        exits=tuple(each for command in reversed(chain) for each in command.exits),
        warm=services.catalog.recipe(tool.slug),
    )


def expect(services: Services, tool: Tool, path: Sequence[str]) -> None:
    """Have what a run of this command will need got ready behind the page that shows its form."""
    if services.room.sentence:
        return
    path = tuple(path)

    def errand() -> None:
        said = services.catalog.found(tool.slug).settings
        plan = Plan(
            (),
            dict(tool.env),
            secrets=secrets_in(tool.env),
            input=said.input_of(path),
            terminal=at_terminal(services, tool, path),
            allowance=services.settings.limits.allowance(said),
            warm=services.catalog.recipe(tool.slug, whole=True),
        )
        services.engine.expect(plan)

    services.errands.run((tool.slug, path), errand)


def at_terminal(services: Services, tool: Tool, path: Sequence[str]) -> bool:
    """Say whether a command is started at a terminal: as the site says, else as was learnt."""
    said = services.catalog.found(tool.slug).settings.terminal_of(path)
    return services.terminals.wanted(tool, path) if said is None else said


def remember_terminal(services: Services, tool: Tool, path: Sequence[str]) -> None:
    """Start later runs of a command at a terminal too, where a late one ended for want of one."""
    late = services.store.runs(RunFilter(tool=tool.slug, path=tuple(path)), limit=LATE)
    if any(run.reason.startswith(WANTS_TERMINAL) for run in late):
        services.terminals.note(tool, path)


def plan_again(services: Services, run: Run, secrets: Values) -> Plan:
    """Return how a run that waited when an earlier server ended is started, from what is kept.

    Its answers stand in the history and its uploads lie in its folder; `secrets` are what could be
    held in memory.  Raises WebifyError where it cannot be started as it was asked for.
    """
    folder = services.engine.folder(run)
    given = stamps(folder.files)
    try:
        tool = services.catalog.opened(run.tool, run.path)
        chain = chain_of(tool, run.path)
    except (NotFound, ToolUnusable) as error:
        raise NotResumed(f"{RESTARTED}, and its tool can no longer be run") from error
    sent = {
        each.address: [run.values[each.address]]
        for each in parameters(chain)
        if was_sent(each, run.values.get(each.address), given)
    }
    chain = with_uploads(chain, sent)
    if dotted(run.values) - secrets.keys():
        raise NotResumed(f"{RESTARTED}, and its passwords are not kept")
    try:
        plan = plan_of(services, tool, chain, {**run.values, **secrets}, folder)
        told = command_line(tool.slug, chain, run.values)
    except ValuesRefused as refused:
        raise NotResumed(f"{RESTARTED}, and its tool has changed") from refused
    if told != run.argv or secret_values(chain, run.values).keys() != secrets.keys():
        raise NotResumed(f"{RESTARTED}, and its tool has changed")
    return plan


def new_run(tool: Tool, chain: Sequence[Command], values: Mapping[str, Value]) -> Run:
    """Return a run with an id of its own, and with every secret masked."""
    return Run(
        id=new_id(),
        tool=tool.slug,
        title=tool.title,
        values=masked(chain, values),
        argv=command_line(tool.slug, chain, values),
        created=datetime.now(UTC),
    )


@contextmanager
def undone(folder: RunFolder) -> Iterator[None]:
    """Take the folder of a run away again where what is done inside fails."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder.path, ignore_errors=True)
        raise


def place(folder: RunFolder, uploads: Mapping[str, Sequence[Upload]]) -> None:
    """Make the run's folder and move what was uploaded into it."""
    folder.make()
    for upload in (each for several in uploads.values() for each in several):
        shutil.move(upload.path, folder.files / upload.name)


def ask_parser(
    services: Services,
    tool: Tool,
    chain: Sequence[Command],
    plan: Plan,
    folder: RunFolder,
) -> None:
    """Ask the tool's own parser about the arguments, where the site wants it so.

    Files that the parser itself makes are taken away again.  Raises ValuesRefused.
    """
    found = services.catalog.found(tool.slug)
    if not found.settings.check:
        return
    given = stamps(folder.files)
    path = [command.name for command in chain[1:]]
    cwd = None if tool.cwd else folder.files
    words = plan.argv[len(tool.start) :]
    there = replace(found, env=plan.env)
    seconds = services.settings.limits.probe_seconds
    refused = asked(there, words, seconds, path, cwd, plan.secrets)
    for name in stamps(folder.files).keys() - given.keys():
        (folder.files / name).unlink(missing_ok=True)
    if refused is not None:
        said = without_secrets(refused.sentence, plan.secrets)
        raise ValuesRefused(about(chain, refused.about, said))


def new_id() -> str:
    """Return 26 letters and digits that nobody can guess (128 bits).

    Lower case only: it names a folder, and Windows does not tell cases apart.
    """
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()
