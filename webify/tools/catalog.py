"""The tools of one site: found, asked what they accept, kept up to date while it runs."""

from __future__ import annotations

import difflib
import logging
import os
import threading
import time
import traceback
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from webify.errors import ToolUnknown
from webify.model.command import Command, Tool
from webify.model.plain import from_plain, to_plain
from webify.model.recipe import Recipe
from webify.settings import Settings
from webify.site_adapters.modules import SiteAdapters, Stamp
from webify.tools.cache import Cache, describer_version
from webify.tools.describing import tool_of
from webify.tools.description import describe, opened
from webify.tools.finding import Finder, Found
from webify.tools.memory import Memory
from webify.tools.opening import Choose, Opening
from webify.tools.probing import Answer
from webify.tools.readiness import readiness
from webify.tools.recipes import Recipes, trial_of
from webify.tools.roots import confined


@dataclass
class Entry:
    """One tool, and whether what it shows is of its present version.

    adapter   the version of the site's own module for it
    """

    found: Found
    tool: Tool
    adapter: Stamp | None = None
    ready: threading.Event = field(default_factory=threading.Event)


class Catalog:
    """All tools of a site.  Every method may be called from any thread."""

    def __init__(self, settings: Settings, *, rescan_seconds: float = 1.0) -> None:
        """Take the settings; nothing is read before start()."""
        self._settings = settings
        self.adapters = SiteAdapters(settings.folder)
        self._rescan_seconds = rescan_seconds
        self._finder = Finder(settings, describer_version())
        self._cache = Cache(settings.data / "cache")
        self._memory = Memory(settings.data / "cache")
        self._entries: dict[str, Entry] = {}
        self._shown: tuple[Tool, ...] | None = None
        self._changed = threading.Condition()  # guards all that stands in this paragraph
        self._queue: deque[str] = deque()
        self._asking: dict[str, str] = {}  # slug: fingerprint
        self._workers: list[threading.Thread] = []
        self._recipes = Recipes(settings.data / "cache" / "imports")
        self._scanning = threading.Lock()
        self._scanned = 0.0
        self._closing = threading.Event()
        self._opening = Opening(self._open, self._closing)

    def start(self) -> None:
        """Find the tools; what is known of them is there at once, the rest is being read."""
        self._refresh(force=True)
        with self._changed:
            self._cache.tidy({entry.found.fingerprint for entry in self._entries.values()})

    def settled(self, timeout: float) -> bool:
        """Wait until no tool is being read; say whether that came within so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not (self._queue or self._asking), timeout)

    def tools(self, *, hidden: bool = False) -> tuple[Tool, ...]:
        """Return the tools by folder and title; hidden ones too where they are asked for."""
        self._refresh()
        with self._changed:
            if self._shown is None:
                shown = (e.tool for e in self._entries.values() if not e.found.settings.hidden)
                self._shown = _sorted(shown)
            if hidden:
                return _sorted(entry.tool for entry in self._entries.values())
            return self._shown

    def tool(self, slug: str) -> Tool:
        """Return one tool, hidden ones too; a changed one is read anew first.

        Raises ToolUnknown.
        """
        self._refresh()
        entry = self._entry(slug)
        if entry.found.changed:
            self._refresh(force=True)
            entry = self._entry(slug)
        deadline = time.monotonic() + 2 * self._settings.limits.probe_seconds + 2
        while not entry.ready.is_set() and not self._closing.is_set():
            self._hurry(slug)
            if not entry.ready.wait(deadline - time.monotonic()):
                break
            entry = self._entry(slug)  # another one, where it changed while it was read
        return entry.tool

    def known(self, slug: str) -> Tool | None:
        """Return a tool as it is known just now, without a look at its file; None where it is not.

        For lists, which may name many tools.
        """
        with self._changed:
            entry = self._entries.get(slug)
        return entry.tool if entry is not None else None

    def opened(self, slug: str, path: tuple[str, ...]) -> Tool:
        """Return one tool with the command of this path read, which may be known by name only.

        Raises ToolUnknown.
        """
        tool = self.tool(slug)
        if _lazy(tool, path):
            self._opening.along(slug, path)
            tool = self.tool(slug)
        return tool

    def open_ahead(self, tool: Tool) -> None:
        """Read what is known of a tool by name only, in the background: somebody looks at it."""
        if tool.command and tool.sources and any(each.lazy for _, each in tool.command.walk()):
            self._opening.ahead(tool.slug)

    def _open(self, slug: str, choose: Choose) -> bool:
        """Ask a program for those of its commands, and keep what it says; False where none can."""
        found = self._entry(slug).found
        answer = self._cache.get(found.fingerprint)
        if answer is None or answer.command is None:
            return False
        seconds = self._settings.limits.probe_seconds
        before = root = from_plain(Command, answer.command)
        while (path := choose(root)) is not None:
            root = opened(found, root, path, seconds, self._closing)
        if root is before or self._closing.is_set():  # then it was broken off
            return True
        answer = replace(answer, command=to_plain(root))
        tool = self._answered(found, answer)
        self._cache.put(found.fingerprint, answer)
        with self._changed:
            entry = self._entries.get(slug)
            if entry is not None and entry.found.fingerprint == found.fingerprint:
                entry.tool = tool
                self._shown = None
        return True

    def found(self, slug: str) -> Found:
        """Return how a tool is reached and started.  Raises ToolUnknown."""
        return self._entry(slug).found

    def recipe(self, slug: str, *, whole: bool = False) -> Recipe | None:
        """Return how a tool is got ready before its runs come, None where it is not.

        whole   though its text may have to be read, which is not done while a run is asked for
        """
        found = self._entry(slug).found
        return self._recipes.whole(found) if whole else self._recipes.of(found)

    def readiness(self, slug: str) -> str:
        """Return how a tool is started, in a sentence; "" for what is no tool of Python."""
        found = self._entry(slug).found
        recipe = self._recipes.whole(found)
        limited = self._settings.limits.allowance(found.settings).binding
        return readiness(found, recipe, trial_of(recipe), limited=limited)

    @property
    def reading(self) -> int:
        """Return how many tools are being read, or wait for that."""
        with self._changed:
            return len(self._queue) + len(self._asking)

    def ask_again(self) -> None:
        """Ask every tool anew what it accepts; what is known is shown until its answer comes."""
        self._refresh(force=True)
        with self._changed:
            for slug, entry in self._entries.items():
                if not entry.found.fault and slug not in self._queue:
                    self._entries[slug] = Entry(entry.found, entry.tool, entry.adapter)
                    self._queue.append(slug)
            self._start_workers(len(self._queue))
            self._changed.notify_all()

    def close(self) -> None:
        """End the probes that are running, and start no more."""
        self._closing.set()
        with self._changed:
            self._queue.clear()
            for entry in self._entries.values():
                entry.ready.set()  # who waits for it waits no longer
            self._changed.notify_all()
            workers = list(self._workers)
        for worker in workers:
            worker.join(5.0)
        self._opening.close()
        self._recipes.close()

    def _entry(self, slug: str) -> Entry:
        """Return what is known of a tool; look again before it is called unknown.

        An editor that was saving the file may have left it empty when it was looked at.
        """
        with self._changed:
            entry = self._entries.get(slug)
        if entry is None:
            self._refresh(force=True)
            with self._changed:
                entry = self._entries.get(slug)
        if entry is None:
            raise ToolUnknown(f"There is no tool “{slug}”.{self._near(slug)}")
        return entry

    def _near(self, slug: str) -> str:
        """Return a hint at the tool that may be meant, "" where none is called alike."""
        with self._changed:
            entries = self._entries.items()
            shown = [name for name, entry in entries if not entry.found.settings.hidden]
        known = {name.casefold(): name for name in shown}
        near = difflib.get_close_matches(slug.casefold(), known, 1)
        return f" Did you mean “{known[near[0]]}”?" if near else ""

    def _refresh(self, *, force: bool = False) -> None:
        """Look for changed files, at most once in a while; one thread looks, others go on."""
        if not force and time.monotonic() - self._scanned < self._rescan_seconds:
            return
        if self._closing.is_set() or not self._scanning.acquire(blocking=force):
            return
        try:
            found = self._finder.find()
            if found is not None:
                self._take(found)
        except OSError as error:  # a share that is away: what is known of it stays
            logging.getLogger(__name__).warning("The tools cannot be looked for: %s", error)
        finally:
            self._scanned = time.monotonic()
            self._scanning.release()

    def _take(self, found: tuple[Found, ...]) -> None:
        with self._changed:
            old = self._entries
            self._entries = {each.slug: self._made(each, old.get(each.slug)) for each in found}
            self._shown = None
            self._queue = deque(
                slug
                for slug, entry in self._entries.items()
                if not entry.ready.is_set() and self._asking.get(slug) != entry.found.fingerprint
            )
            self._start_workers(len(self._queue))
            self._changed.notify_all()

    def _made(self, found: Found, old: Entry | None) -> Entry:
        adapter = self.adapters.stamp(found.slug)
        if old is not None and old.found == found and old.adapter == adapter:
            return old
        known = Answer(error=found.fault) if found.fault else self._cache.get(found.fingerprint)
        if known is not None:
            try:
                entry = Entry(found, self._tool_of(found, known), adapter)
            except (TypeError, ValueError, KeyError, AttributeError):
                logging.getLogger(__name__).warning("%s is read anew", found.slug)
            else:
                entry.ready.set()
                return entry
        if old is not None and old.ready.is_set():
            return Entry(found, old.tool, adapter)  # shown until the new version is read
        return Entry(found, self._tool_of(found, None), adapter)

    def _tool_of(self, found: Found, answer: Answer | None) -> Tool:
        settings = self._settings
        tool = tool_of(found, answer, settings.limits.run_seconds, self.adapters)
        return confined(tool, found.settings, settings.roots)

    def _hurry(self, slug: str) -> None:
        with self._changed:
            if slug in self._queue:
                self._queue.remove(slug)
                self._queue.appendleft(slug)

    def _start_workers(self, jobs: int) -> None:
        most = max(2, os.cpu_count() or 2)
        while len(self._workers) < min(jobs, most) and not self._closing.is_set():
            worker = threading.Thread(target=self._work, name="webify-probe", daemon=True)
            self._workers.append(worker)
            worker.start()

    def _work(self) -> None:
        while (entry := self._next()) is not None:
            answer = self._ask(entry.found)
            tool = self._answered(entry.found, answer)
            self._keep(entry.found, answer, tool)
            with self._changed:
                del self._asking[entry.found.slug]
                now = self._entries.get(entry.found.slug)
                if now is not None and now.found.fingerprint == entry.found.fingerprint:
                    now.tool = tool
                    now.ready.set()
                    self._shown = None
                entry.ready.set()
                self._changed.notify_all()

    def _keep(self, found: Found, answer: Answer, tool: Tool) -> None:
        """Keep what is known for the next start; where that fails, the tool is asked again."""
        try:
            self._memory.keep(tool)
            if answer.no_parser or not tool.error:  # other faults may be gone at the next start
                self._cache.put(found.fingerprint, answer)
        except Exception:
            logging.getLogger(__name__).exception("what is known of %s is not kept", found.slug)

    def _next(self) -> Entry | None:
        with self._changed:
            while not self._closing.is_set():
                for slug in self._queue:
                    if slug not in self._asking:
                        self._queue.remove(slug)
                        entry = self._entries[slug]
                        self._asking[slug] = entry.found.fingerprint
                        return entry
                self._changed.wait()
        return None

    def _ask(self, found: Found) -> Answer:
        try:
            folders = (self._settings.folder,)
            return describe(found, self._settings.limits.probe_seconds, self._closing, folders)
        except Exception:  # noqa: BLE001 - the border of a thread
            return self._fault(found)

    def _answered(self, found: Found, answer: Answer) -> Tool:
        try:
            return self._tool_of(found, answer)
        except Exception:  # noqa: BLE001 - the border of a thread
            return self._tool_of(found, self._fault(found))

    def _fault(self, found: Found) -> Answer:
        logging.getLogger(__name__).exception("%s could not be read", found.slug)
        return Answer(
            error=f"{found.name} could not be read: a fault in webify.",
            trace=traceback.format_exc(),
        )


def _lazy(tool: Tool, path: tuple[str, ...]) -> bool:
    """Say whether a command, or one above it, is known by its name only."""
    for depth in range(1, len(path) + 1):
        chain = tool.command.along(path[:depth]) if tool.command else None
        if chain is None:
            return False
        if chain[-1].lazy:
            return bool(tool.sources)
    return False


def _sorted(tools: Iterable[Tool]) -> tuple[Tool, ...]:
    return tuple(sorted(tools, key=lambda tool: (tool.folder, tool.title.lower(), tool.slug)))
