"""What the page of a run shows: the run as its folder has it, and other things beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request

from webify.errors import ToolUnknown
from webify.model.command import Tool
from webify.model.run import Run
from webify.services import Services
from webify.web.pins import Offers, offered
from webify.web.sheet import Sheet
from webify.web.ways import all_blocks

UNSEEN = timedelta(seconds=0.05)  # for so long nobody can have seen a run, and pinned it


@dataclass(frozen=True)
class Beside:
    """What a run's page shows of other things; looked up while the run may still go on."""

    tool: Tool | None
    pinned: bool

    @classmethod
    def of(cls, services: Services, run: Run) -> Beside:
        """Look it up."""
        return cls(tool_of(services, run), not unseen(run) and run.id in services.store.pins([run]))


def unseen(run: Run) -> bool:
    """Say whether a run that goes on was asked for a moment ago."""
    if run.state.ended or run.created is None:
        return False
    return timedelta() <= datetime.now(UTC) - run.created < UNSEEN


def sheet_of(
    services: Services, run: Run, beside: Beside | None = None, others: Offers | None = None
) -> Sheet:
    """Return what the page of a run shows, as its folder has it now.

    others   the runs that it can be compared with, where they are known
    """
    beside = beside or Beside.of(services, run)
    folder = services.engine.folder(run)
    blocks = all_blocks(folder) if run.state.ended else folder.blocks()
    sizes, end = folder.sizes(), folder.end()
    others = (offered(services, run, beside.tool) if others is None else others) if end else []
    return Sheet(
        *(run, beside.tool, folder, request.args, blocks, sizes, end, beside.pinned, others),
        elapsed=0.0 if end else services.engine.age(run),
    )


def tool_of(services: Services, run: Run) -> Tool | None:
    """Return the tool of a run, or None where it has gone."""
    try:
        return services.catalog.tool(run.tool)
    except ToolUnknown:
        return None
