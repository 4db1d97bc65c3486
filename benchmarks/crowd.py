"""What many people do at a site, each as a process of its own: the least that can ask.

Nothing is imported that a browser on another machine would not cost the server's machine.
"""

from __future__ import annotations

import http.client
import re
import selectors
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlencode

UNFINISHED = re.compile(rb'"partial": "[^"]*"')
TICK = re.compile(rb"tick \d+ (\d+\.\d+) ")
PAUSE = 0.1  # seconds between a page and the next one
FETCH = 0.5  # seconds between two results that a page fetches
LIMIT = 60.0  # seconds that one answer may take


@dataclass(frozen=True)
class Door:
    """Where a site is, and what a form of it needs."""

    host: str
    token: str
    cookie: str

    def form(self, **answers: str) -> tuple[str, dict[str, str]]:
        """Return body and headers of a form that is sent."""
        headers = {
            "Cookie": self.cookie,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return urlencode({":csrf": self.token, **answers}), headers


def start_runs(door: Door, path: str, answers: Sequence[dict[str, str]], said: Connection) -> None:
    """Send one form after the other over four connections; say the addresses of the runs."""
    places = [""] * len(answers)
    turns = iter(range(len(answers)))

    def send() -> None:
        connection = http.client.HTTPConnection(door.host, timeout=LIMIT)
        for turn in turns:
            connection.request("POST", path, *door.form(**answers[turn]))
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 303, answer.status
            places[turn] = answer.headers["Location"]

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said.send(places)


def visit(door: Door, pages: Sequence[str], stop: Connection) -> None:
    """Open one page after the other until told to stop; say how long each took, in seconds."""
    connection = http.client.HTTPConnection(door.host, timeout=LIMIT)
    took: dict[str, list[float]] = {page: [] for page in pages}
    while not stop.poll():
        for page in pages:
            time.sleep(PAUSE)
            began = time.perf_counter()
            connection.request("GET", page, headers={"Cookie": door.cookie})
            answer = connection.getresponse()
            answer.read()
            took[page].append(time.perf_counter() - began)
            assert answer.status == 200, f"{page} answered {answer.status}"
    stop.send(took)


@dataclass
class Watched:
    """What came of one run: how many lines, and the delays of some of them in seconds.

    told     it has ended
    made     there is a new result, which a page fetches
    fetched  when one was fetched last
    """

    lines: int = 0
    delays: list[float] = field(default_factory=list)
    rest: bytes = b""
    told: bool = False
    made: bool = False
    fetched: float = 0.0

    def take(self, data: bytes, now: float) -> None:
        """Note the oldest and the newest line of what came; between them are the others."""
        data = self.rest + data
        cut = data.rfind(b"\n\n") + 2
        events, self.rest = (data[:cut], data[cut:]) if cut > 1 else (b"", data)
        self.told = self.told or b"event: end" in events
        self.made = b"event: result" in events
        events = UNFINISHED.sub(b"", events)  # such a line comes again
        first, newest = TICK.search(events), TICK.match(events, events.rfind(b"tick "))
        if first is not None and newest is not None:
            self.lines += events.count(b"tick ")
            self.delays += [now - float(first[1]), now - float(newest[1])]


def watch(door: Door, paths: Sequence[str], said: Connection) -> None:
    """Read the event streams of runs to their ends, as their pages do; say what came of each.

    A page fetches the result when it hears of a new one, on a connection beside its stream.
    """
    chosen = selectors.DefaultSelector()
    everything = []
    for path in paths:
        watched, beside = Watched(), connected(door)
        stream = connected(door)
        ask(stream, door, f"{path}/events")
        chosen.register(stream, selectors.EVENT_READ, (watched, beside, path))
        chosen.register(beside, selectors.EVENT_READ, None)
        everything.append(watched)
    while not all(watched.told for watched in everything):
        for key, _ in chosen.select(LIMIT):
            reader = key.fileobj
            assert isinstance(reader, socket.socket)
            data = reader.recv(1 << 18)
            if key.data is not None:
                watched, beside, path = key.data
                now = time.time()
                watched.take(data, now)
                if watched.made and now - watched.fetched > FETCH:
                    watched.fetched = now
                    ask(beside, door, f"{path}?part=result")
            if not data or (key.data is not None and watched.told):
                chosen.unregister(reader)
    said.send([(each.lines, each.delays) for each in everything])


def connected(door: Door) -> socket.socket:
    """Return a connection to the site."""
    host, _, port = door.host.partition(":")
    return socket.create_connection((host, int(port)), timeout=LIMIT)


def ask(connection: socket.socket, door: Door, path: str) -> None:
    """Ask for a page; somebody else reads the answer."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {door.host}\r\n\r\n".encode())
