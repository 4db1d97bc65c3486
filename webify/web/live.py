"""A run while it goes on, as server-sent events: follows the files of its folder.

Events, each with the id "OUT.ERR" (how many bytes of out.log and err.log are told by then):

    place      {"number", "heading", "text": what a run that waits for its turn waits for,
               "seconds": for how long}
    begin      {}: its turn has come
    out, err   {"html": whole lines, "partial": the unfinished line, "skipped": bytes left out}
    result     {"version": changes when there are new blocks or rows}
    question   {"number": of the question that is open, 0 where none is}
    end        {"state": how the run ended}

A browser that comes back says where it was (Last-Event-ID or ?last=), so nothing is doubled.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict
from pathlib import Path

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from webify.errors import NotFound
from webify.model.run import Run
from webify.runs.folder import RunFolder
from webify.runs.question import read_question
from webify.services import Services
from webify.text.source import open_text
from webify.web.ansi import line_html
from webify.web.output import terminal_at
from webify.web.safety import host_name, is_ours
from webify.web.waiting import wait_of

QUICK, CALM = 0.015, 0.03  # seconds between two looks at the files (benchmarks/live_delay.py)
CALM_AFTER = 2.0  # seconds without news
BATCH_PAUSE = 0.035  # seconds: a busy tool's lines go out together
READ = 64_000  # bytes told at once, so that other browsers have their turn
BACKLOG = 256_000  # bytes; of more than that only the end is told, nobody reads so fast
RESULT_PAUSE = 0.5  # seconds between two result events
HEARTBEAT = 15.0  # seconds: keeps proxies from closing a silent stream
TURN = 0.1  # seconds between two looks whether its turn has come
PLACE_PAUSE = 1.0  # seconds between two tellings of its place
RECKONED = 5.0  # seconds after which the time until its turn is reckoned anew


class Stream:
    """One log file from a position on, cut into lines."""

    def __init__(self, name: str, path: Path, position: int) -> None:
        """Begin at `position` bytes; it moves on with whole lines only."""
        self.name = name
        self.path = path
        self.read_to = position
        self.told_to = position
        self.begun = False

    def begin(self, position: int) -> None:
        """Go on from this byte; the first bytes of the file tell how it is written."""
        self.text = open_text(self.path)
        position = max(position, min(self.text.bom, self.text.size))
        self.read_to = self.told_to = position
        self.terminal = terminal_at(self.text, position)
        self.begun = True

    def news(self) -> dict[str, object] | None:
        """Return what came since the last call, or None."""
        try:
            size = self.path.stat().st_size
        except OSError:
            return None
        if size <= self.read_to:
            return None
        if not self.begun:
            self.begin(self.read_to)
        skipped = self.skip(size)
        with self.path.open("rb") as log:
            log.seek(self.read_to)
            data = log.read(READ)
        self.read_to += len(data)
        lines = self.terminal.feed(data)
        if lines:
            self.told_to = lines[-1].end
        partial = self.terminal.partial()
        return {
            "html": "\n".join(line_html(line) for line in lines) + ("\n" if lines else ""),
            "partial": line_html(partial) if partial else "",
            "skipped": skipped,
        }

    def skip(self, size: int) -> int:
        """Leave out all but the end of a long backlog; return how many bytes."""
        if size - self.read_to <= BACKLOG:
            return 0
        start = size - READ - size % self.text.encoding.unit
        with self.path.open("rb") as log:
            log.seek(start)
            found = self.text.encoding.find(log.read(READ))
        position = start + (found + self.text.encoding.unit if found >= 0 else 0)
        skipped = position - self.read_to
        self.begin(position)
        return skipped


class EventsHandler(RequestHandler):
    """Answer GET /runs/ID/events."""

    def initialize(self, services: Services, hosts: frozenset[str]) -> None:
        """Keep the services and the names that the site answers to."""
        self.services = services
        self.hosts = hosts
        self.gone = False

    def prepare(self) -> None:
        """Refuse a request that was meant for another host."""
        if not is_ours(host_name(self.request.host), self.hosts):
            raise HTTPError(421)

    def on_connection_close(self) -> None:
        """Remember that nobody reads any more."""
        self.gone = True

    async def get(self, run_id: str) -> None:
        """Follow one run until it has ended or the browser has gone."""
        loop = asyncio.get_running_loop()
        try:
            run = await loop.run_in_executor(None, self.services.store.run, run_id)
        except NotFound as error:
            raise HTTPError(404) from error
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("Cache-Control", "no-cache, no-transform")
        self.set_header("X-Accel-Buffering", "no")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.write("retry: 2000\n\n")
        self.services.listening.add(self)
        try:
            await self.flush()
            await self.queue(run)
            await self.follow(run, self.services.engine.folder(run))
        except StreamClosedError:
            return
        finally:
            self.services.listening.discard(self)

    async def queue(self, run: Run) -> None:
        """Tell the place of a run that waits for its turn, until that comes."""
        line = self.services.engine.line
        version, told, told_at = -1, None, -RECKONED
        while not self.gone and line.waits(run.id):
            age = time.monotonic() - told_at
            if age > RECKONED or (age > PLACE_PAUSE and line.version != version):
                version, told_at = line.version, time.monotonic()
                standing = await asyncio.to_thread(line.standing, run.id)
                wait = standing and wait_of(standing, line.rules, run)
                if wait and wait != told:
                    told = wait
                    seconds = int(self.services.engine.age(run))
                    place = json.dumps({**asdict(wait), "seconds": seconds})
                    self.write(f"event: place\ndata: {place}\n\n")
                else:
                    self.write(":\n\n")
                await self.flush()
            await asyncio.sleep(TURN)
        if told is not None and not self.gone:
            self.write("event: begin\ndata: {}\n\n")
            await self.flush()

    async def follow(self, run: Run, folder: RunFolder) -> None:
        """Send what changes until the end."""
        out, err = self.position()
        streams = (Stream("out", folder.out_path, out), Stream("err", folder.err_path, err))
        version, told, news_at, asked = 0, 0.0, time.monotonic(), 0
        while not self.gone:
            ended = run.state.ended or folder.end_path.exists()
            news = self.tell(streams)
            now = time.monotonic()
            if (seen := version_of(folder.question_path)) != asked:
                asked, news = seen, True
                question = read_question(folder) if seen else None
                self.send("question", {"number": question.number if question else 0}, streams)
            if now - told >= RESULT_PAUSE or ended:
                told_of = (folder.blocks_path, folder.made_path, folder.stop_path)
                seen = sum(map(version_of, told_of))
                if seen != version:
                    version, told, news = seen, now, True
                    self.send("result", {"version": version}, streams)
            if ended and not news:
                break
            if news:
                news_at = now
            elif now - news_at > HEARTBEAT:
                news_at = now
                self.write(":\n\n")
            await self.flush()
            await asyncio.sleep(
                BATCH_PAUSE if news else QUICK if now - news_at < CALM_AFTER else CALM
            )
        if self.gone:
            return
        run = await asyncio.to_thread(self.services.engine.wait, run.id, 5.0)
        self.send("end", {"state": run.state.value}, streams)
        await self.flush()

    def tell(self, streams: tuple[Stream, Stream]) -> bool:
        """Send the news of both logs; say whether there was any."""
        found = False
        for stream in streams:
            news = stream.news()
            if news is not None:
                found = True
                self.send(stream.name, news, streams)
        return found

    def send(self, event: str, data: dict[str, object], streams: tuple[Stream, Stream]) -> None:
        """Write one event; JSON holds no line break, so neither does the event."""
        position = ".".join(str(stream.told_to) for stream in streams)
        self.write(f"id: {position}\nevent: {event}\ndata: {json.dumps(data)}\n\n")

    def position(self) -> tuple[int, int]:
        """Return where the browser was, (0, 0) when it is new or says nonsense."""
        last = self.request.headers.get("Last-Event-ID") or self.get_query_argument("last", "")
        out, _, err = last.partition(".")
        if out.isdecimal() and err.isdecimal() and len(last) < 40:
            return int(out), int(err)
        return 0, 0


def version_of(path: Path) -> int:
    """Return a number that changes when the file is replaced, 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
