"""What runs have left running, as the Server page lists it."""

from __future__ import annotations

from dataclasses import dataclass

from webify.model.run import Run
from webify.runs.remains import Remains, remains
from webify.runs.usage import resident
from webify.services import Services
from webify.web.waiting import name_of


@dataclass(frozen=True)
class LeftRow:
    """A run that has ended and left something, as its row shows it; memory: bytes of all."""

    remains: Remains
    name: str
    memory: int

    @property
    def run(self) -> Run:
        """Return the run."""
        return self.remains.run


def left_rows(services: Services) -> list[LeftRow]:
    """Return a row for each run of which something still lives, the newest first."""
    return [
        LeftRow(each, name_of(each.run), resident(process.pid for process in each.left))
        for each in remains(services.settings.data / "runs")
    ]
