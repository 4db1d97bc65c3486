"""The page of a run that has just begun: sent with the tool's first output, completed at its end.

Most runs end a moment after they printed.  Their page is made while they begin, goes out as soon
as something can be read in it, and stays open a little: what is so at the end follows behind what
was so at first and takes its place (webify.css, webify.js).  Nothing is asked for twice, and no
script has to run.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Generator, Iterator
from contextvars import copy_context
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from flask import Response, current_app
from flask.globals import request_ctx

from webify.model.run import Run, State
from webify.services import Services
from webify.web.beside import Beside, sheet_of
from webify.web.icons import draw_in_place
from webify.web.pins import Offers, offered
from webify.web.sheet import Sheet

LINE, TICK = 0.02, 0.0005  # seconds that a first line may take to end, and between two looks
PIECE = 4096  # bytes in which its end is looked for


class Unprinted(Exception):
    """The run ended, or the page has waited long enough, before anything was printed."""


def unfolding(services: Services, run: Run, limit: float) -> Response | None:
    """Return the page of a run that goes on, None where nothing was printed in time.

    limit   when the page has waited long enough, on the clock that nobody sets
    """
    sent = _sent(_pieces(Unfolding(services, run, Beside.of(services, run), limit)))
    try:
        begin = next(sent)
    except Unprinted:
        return None
    return current_app.response_class(chain([begin], sent), mimetype="text/html")


@dataclass
class Unfolding:
    """What the template asks for, in the order in which it happens; see unfolding().

    begun   the page has been sent as far as the first output
    """

    services: Services
    run: Run
    beside: Beside
    limit: float
    begun: bool = False

    def sheets(self) -> Iterator[Sheet]:
        """Yield what the page shows first, and what it shows at the end."""
        first = self._sheet(self.run)
        yield first
        others = offered(self.services, self.run, self.beside.tool)
        run = self.services.engine.told(self.run.id, _rest(self.limit))
        last = self._sheet(run, others)
        if run.state is not State.REFUSED and (run.state.ended or _number(last) != _number(first)):
            yield last

    def printed(self, sheet: Sheet) -> Sheet:
        """Return a sheet of a run that has printed, or has ended.

        What is printed first is shown as it came: what readers make of it may stand on the page
        once only.  Raises Unprinted where there was no output in time.
        """
        if not sheet.goes_on or self.begun:
            return sheet
        if not self.services.engine.printed(self.run.id, _rest(self.limit)):
            raise Unprinted
        self.begun = True
        _await_line(self.services.engine.folder(self.run).out_path)
        run = self.services.engine.going_on(self.run.id) or self.run
        return replace(sheet, run=run, sizes=sheet.folder.sizes(), blocks=())

    def _sheet(self, run: Run, others: Offers | None = None) -> Sheet:
        return sheet_of(self.services, run, self.beside, others)


def _await_line(log: Path) -> None:
    """Wait a moment for the end of the first line: Python writes it apart from the words."""
    limit = time.monotonic() + LINE
    while not _has_line(log) and time.monotonic() < limit:
        time.sleep(TICK)


def _has_line(log: Path) -> bool:
    try:
        with log.open("rb") as output:
            return b"\n" in output.read(PIECE)
    except OSError:
        return True  # it has gone: nothing is waited for


def _number(sheet: Sheet) -> int:
    return sheet.question.number if sheet.question else 0


def _rest(limit: float) -> float:
    return max(0.0, limit - time.monotonic())


def _pieces(unfolding: Unfolding) -> Generator[str | None]:
    """Yield the text of the page, and None where what is there so far has to be sent."""
    mark = secrets.token_hex()  # no output holds it
    template = current_app.jinja_env.get_template("run.html")
    sheets = unfolding.sheets()
    first = next(sheets)
    told = {
        "sheet": first,
        "sheets": chain([first], sheets),
        "run": unfolding.run,
        "printed": unfolding.printed,
        "mark": mark,
    }
    current_app.update_template_context(told)
    with request_ctx.copy():  # the one at hand ends when the page begins to be sent
        draw_in_place()  # the symbols at the end of the page come too late
        for piece in template.generate(told):
            yield None if piece == mark else piece


def _sent(pieces: Generator[str | None]) -> Iterator[bytes]:
    """Yield what is there at each pause, and the rest.

    The server asks for it from several threads; all of it is made in one context.
    """
    context, more = copy_context(), True
    try:
        while more:
            chunk, more = context.run(_chunk, pieces)
            yield chunk
    finally:
        context.run(pieces.close)


def _chunk(pieces: Iterator[str | None]) -> tuple[bytes, bool]:
    """Return the text up to the next pause, and whether there may be more."""
    held: list[str] = []
    for piece in pieces:
        if piece is None:
            return _bytes(held), True
        held.append(piece)
    return _bytes(held), False


def _bytes(pieces: list[str]) -> bytes:
    return "".join(pieces).encode(errors="replace")
