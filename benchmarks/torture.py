"""Kill the web server, the launcher and supervisors at random while runs go on, and count losses.

    python -m benchmarks.torture [--runs 200] [--kills 20] [--seed 1]

Each run prints lines that are known beforehand, some to both streams, some ask a question, some
start warm, some print a secret of theirs in two halves, which they were given before they waited
for their turn or which is typed while they go on, and each has an exit code of its own.  A server
that was killed is started again; some clients follow runs by their event streams and come back with
the last position that they saw.
Linux: elsewhere nobody but its parent learns how a process ended.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import json
import random
import re
import shutil
import socket
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from benchmarks.tools.torture import LINES
from tests.serving import Site

TOOL = Path(__file__).parent / "tools" / "torture.py"
AT_ONCE = 24  # runs that go on side by side; the others wait for their turn
FOLLOWED = 7  # of so many runs one has a client
PATIENCE = 180.0  # seconds after the last kill until every run must have ended
SETTINGS = f"[limits]\nruns = {AT_ONCE}\n[tools.torture_warm]\nwarm = true\n"
TAGS = re.compile(r"<[^>]*>")
KINDS = ("plain", "errors", "warm", "asks", "secret", "login")
MASKED = ("secret", "login")
HALVES = "Vermilion", "quagmires"  # of each secret
DOTS = "••••••"
VICTIMS = ("supervisor", "server", "supervisor", "launcher", "supervisor")


@dataclass
class Sample:
    """One run and what it has to come to.

    told       the lines that a client was told, where one follows it
    followed   whether one does
    """

    number: int
    page: str = ""
    told: list[str] = field(default_factory=list)
    followed: bool = False

    @property
    def name(self) -> str:
        """Return what its lines begin with."""
        return f"run{self.number}"

    @property
    def kind(self) -> str:
        """Return in which way it is special."""
        return KINDS[self.number % len(KINDS)]

    @property
    def code(self) -> int:
        """Return the exit code that it shall end with."""
        return self.number % 3 * 7

    @property
    def answer(self) -> dict[str, str]:
        """Return what is answered to what it asks."""
        return {"text": "".join(HALVES)} if self.kind == "login" else {"choice": "yes"}

    @property
    def heard(self) -> str:
        """Return what it prints when it was answered."""
        return f"{self.name} line 0" if self.kind == "login" else "you said yes"

    @property
    def out(self) -> list[str]:
        """Return the lines of its output."""
        dots = f" {DOTS}" if self.kind in MASKED else ""
        lines = [f"{self.name} line {number}{dots}" for number in range(LINES)]
        if self.kind == "asks":
            asked = ["Go on with it? yes", "you said yes"]
            lines[LINES // 2 + 1 : LINES // 2 + 1] = asked
        return lines

    @property
    def err(self) -> list[str]:
        """Return the lines of its standard error."""
        if self.kind == "login":
            return [f"Password: {DOTS}"]
        errors = self.kind == "errors"
        return [f"{self.name} error {number}" for number in range(LINES)] if errors else []

    def start(self, site: Site) -> None:
        """Ask for it as a person does."""
        answers = {"name": self.name, "code": str(self.code)}
        if self.kind in ("errors", "asks", "login"):
            answers[self.kind] = "true"
        if self.kind == "secret":
            answers["password"] = "".join(HALVES)
        tool = "torture_warm" if self.kind == "warm" else "torture"
        self.page = site.run(f"/tools/{tool}", answers)


class Place:
    """A site that is killed and comes back at the same address."""

    def __init__(self, tools: Path, data: Path) -> None:
        """Start it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.tools, self.data, self.port = tools, data, port
        self.site = self._open()

    def _open(self) -> Site:
        site = Site(self.tools, self.data)
        site.words[site.words.index("--port") + 1] = str(self.port)
        return site.__enter__()

    def kill_server(self) -> bool:
        """Kill it and start another one."""
        killed = self.site
        killed.kill()
        self.site = self._open()
        killed.browser.close()
        return True

    def kill_launcher(self) -> bool:
        """Kill what starts supervisors; the server has to see to another one."""
        for child in psutil.Process(self.site.process.pid).children():
            if any("webify.runs.launched" in word for word in child.cmdline()):
                child.kill()
                return True
        return False

    def kill_supervisor(self, chance: random.Random) -> bool:
        """Kill one of those over the runs that go on."""
        folders = [path.parent for path in self.data.glob("runs/*/*/*/*/process.json")]
        chance.shuffle(folders)
        for folder in folders:
            if (folder / "end.json").exists():
                continue
            with contextlib.suppress(OSError, ValueError, psutil.Error):
                said = json.loads((folder / "process.json").read_text(encoding="utf-8"))
                supervisor = psutil.Process(said["pid"])
                if supervisor.ppid() == said["keeper"]:
                    supervisor.kill()
                    return True
        return False

    def kill(self, victim: str, chance: random.Random) -> bool:
        """Kill one; False where there is none."""
        if victim == "server":
            return self.kill_server()
        return self.kill_launcher() if victim == "launcher" else self.kill_supervisor(chance)


def follow(place: Place, sample: Sample, over: threading.Event) -> None:
    """Read the events of a run to their end; come back where the stream breaks."""
    last, sample.followed = "", True
    while not over.is_set():
        headers = {"Last-Event-ID": last} if last else {}
        address = f"http://127.0.0.1:{place.port}{sample.page}/events"
        with (
            contextlib.suppress(httpx.HTTPError),
            httpx.stream("GET", address, headers=headers, timeout=30) as events,
        ):
            event, at = "", ""
            for line in events.iter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    at = value
                elif name == "event":
                    event = value
                elif name == "data":
                    if event == "out":
                        text = html.unescape(TAGS.sub("", json.loads(value)["html"]))
                        sample.told += text.splitlines()
                    last = at or last
                    if event == "end":
                        return
        time.sleep(0.05)


def answer_all(place: Place, samples: list[Sample], over: threading.Event) -> None:
    """Answer what is asked, again and again until each question was heard."""
    waiting = [sample for sample in samples if sample.kind in ("asks", "login")]
    with httpx.Client(base_url=place.site.address, timeout=30) as browser:
        while waiting and not over.is_set():
            for sample in waiting[:]:
                with contextlib.suppress(httpx.HTTPError):  # the server was killed
                    if answered(browser, sample):
                        waiting.remove(sample)
            time.sleep(0.1)


def answered(browser: httpx.Client, sample: Sample) -> bool:
    """Answer what a run asks now; say whether it has been heard already."""
    page = browser.get(sample.page).text
    if found := re.search(r'name="number" value="(\d+)"', page):
        token = html.unescape(re.findall(r'name=":csrf"[^>]*value="([^"]+)"', page)[0])
        form = {":csrf": token, "number": found[1], **sample.answer}
        headers = {"Origin": str(browser.base_url).rstrip("/")}
        browser.post(f"{sample.page}/answer", data=form, headers=headers)
        return False
    return "Exit code" in page or sample.heard in page


def torture(place: Place, samples: list[Sample], kills: int, seed: int) -> Counter[str]:
    """Kill one after the other; return how many of each.

    Where the machine is slow every run may have ended before: then one more begins.
    """
    chance, killed = random.Random(seed), Counter[str]()
    while killed.total() < kills:
        time.sleep(chance.uniform(0.2, 1.0))
        victim = VICTIMS[killed.total() % len(VICTIMS)]
        if place.kill(victim, chance):
            killed[victim] += 1
        elif victim == "supervisor":
            samples.append(Sample(len(KINDS) * len(samples)))
            samples[-1].start(place.site)
    return killed


def missing(wanted: list[str], found: list[str]) -> int:
    """Return how many lines are not there as often as they should be."""
    return (Counter(wanted) - Counter(found)).total()


def judged(site: Site, samples: list[Sample]) -> Counter[str]:
    """Return what was lost, and what is there that should not be."""
    faults: Counter[str] = Counter()
    for sample in samples:
        page = site.browser.get(sample.page)
        if page.status_code != 200:
            faults["lost runs"] += 1
            continue
        code = re.search(r"Exit code <b>(\d+)</b>", page.text)
        faults["runs without a true end"] += code is None
        faults["wrong exit codes"] += code is not None and int(code[1]) != sample.code
        for name, wanted in (("out", sample.out), ("err", sample.err)):
            found = site.browser.get(f"{sample.page}/{name}").text.splitlines()
            if name == "err" and sample.kind == "login":
                found = [line for line in found if line in wanted]  # getpass says more
            faults["lost lines"] += missing(wanted, found)
            faults["lines too many"] += missing(found, wanted)
            faults["outputs out of order"] += Counter(found) == Counter(wanted) and found != wanted
        if sample.followed:
            faults["lines that a client missed"] += missing(sample.out, sample.told)
            faults["lines that a client was told twice"] += missing(sample.told, sample.out)
    return faults


def told_secrets(data: Path) -> int:
    """Return how many files hold a half of a secret, or most of one."""
    parts = [half[at : at + 5].encode() for half in HALVES for at in range(len(half) - 4)]
    files = [path for path in data.rglob("*") if path.is_file()]
    return sum(any(part in path.read_bytes() for part in parts) for path in files)


def all_ended(site: Site, samples: list[Sample]) -> bool:
    """Wait until no run goes on; False where one says so for ever."""
    limit = time.monotonic() + PATIENCE
    going = list(samples)
    while going and time.monotonic() < limit:
        going = [each for each in going if "data-events=" in site.browser.get(each.page).text]
        time.sleep(0.2)
    return not going


def tried(folder: Path, runs: int, kills: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """Do it all; return who was killed, and what was lost."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("torture.py", "torture_warm.py"):
        shutil.copy(TOOL, tools / name)
    (tools / "webify.toml").write_text(SETTINGS, encoding="utf-8")
    place, over = Place(tools, folder / "data"), threading.Event()
    samples = [Sample(number) for number in range(runs)]
    try:
        for sample in samples:
            sample.start(place.site)
        threads = [threading.Thread(target=answer_all, args=(place, samples, over))]
        threads += [
            threading.Thread(target=follow, args=(place, sample, over))
            for sample in samples[::FOLLOWED]
        ]
        for thread in threads:
            thread.start()
        killed = torture(place, samples, kills, seed)
        ended = all_ended(place.site, samples)
        for thread in threads:  # a client has the end yet to be told
            thread.join(timeout=PATIENCE if ended else 0)
        unheard = sum(thread.is_alive() for thread in threads[1:])
        over.set()
        for thread in threads:
            thread.join()
        faults = judged(place.site, samples)
        faults["runs that go on for ever"] = 0 if ended else 1
        faults["clients that never heard of an end"] = unheard
        faults["files that tell a part of a secret"] = told_secrets(place.data)
    finally:
        over.set()
        place.site.__exit__(None, None, None)
    return killed, faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed, faults = tried(Path(folder), words.runs, words.kills, words.seed)
    told = ", ".join(f"{count} {victim}" for victim, count in killed.items())
    print(f"{words.runs} runs, {killed.total()} kills ({told}), seed {words.seed}")
    for name, count in faults.items():
        print(f"{name:<36}{count:6d}    target 0", flush=True)


if __name__ == "__main__":
    main()
