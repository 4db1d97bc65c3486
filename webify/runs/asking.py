"""Questions of a tool: seen when it waits, shown in question.json, answered at its input."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from webify.readers.terminal import Terminal
from webify.runs.answering import ANSWERED, GONE, TAKEN, Desk, Given
from webify.runs.folder import RunFolder
from webify.runs.masking import Secrets
from webify.runs.prompt import CHOICE, ENTER, INPUT, SECRET, TEXT, Prompt, looks_asking, read_prompt
from webify.runs.pumps import Pump
from webify.runs.question import (
    Open,
    Question,
    answered,
    note_answered,
    read_open,
    remove_open,
    write_open,
)
from webify.runs.stdin import Stdin
from webify.runs.waiting import Doing, look, still_reads

SILENT = 0.1  # seconds without output after which is looked whether it waits
PLAUSIBLE = 1.0  # the same, where it is only known that it sleeps after words like a question
WORDLESS = 1.0  # the same, where it reads without a word
LATEST = 1.0  # seconds between two looks, at most
MISSES = 2  # looks without the reader after which a question is taken away
TAIL = 8_192  # bytes of the output in which the question stands
ECHOED = (  # what Python's getpass says where it has no terminal: a page does not show passwords
    "GetPassWarning: Can not control echo on the terminal.",
    "passwd = fallback_getpass(prompt, stream)",
    "Warning: Password input may be echoed.",
)
DOTS = "••••••"  # what the output shows of a password
BARE = (">", ">>", ">>>", "$", "#", ":", "?")  # prompts of programs that read on and on


class Asking:
    """What a tool asks, one question after the other.

    look() is called again and again by the thread that attends to the tool; answers come by the
    thread of the desk.
    """

    def __init__(
        self,
        folder: RunFolder,
        pumps: Sequence[Pump],
        secrets: Secrets,
        stdin: Stdin | None,
        roots: Collection[int],
        seconds: float,
        remember: Callable[[str], None],
    ) -> None:
        """Begin with no question; without stdin there never is one.

        secrets   what is hidden in its output: a password that is typed is added
        roots     the tool's process, and ours, to which its orphans come
        seconds   for how long an answer is waited for
        remember  hears each password that is typed
        """
        self._folder = folder
        self._pumps = pumps
        self._secrets = secrets
        self._stdin = stdin
        self._roots = roots
        self._seconds = seconds
        self._remember = remember
        self._lock = threading.Lock()
        self._desk: Desk | None = None
        self._open: Question | None = None
        self._reader: tuple[int, int] | None = None
        self._stream = 0
        self._misses = 0
        self._begun = time.monotonic()
        self._next = 0.0
        self._number = 0
        self._answered: set[int] = set()
        self._from = [0] * len(pumps)
        self._last = Prompt("", INPUT)
        self._waited = 0.0
        self.unanswered = ""
        self.only_asked = 0  # bytes at the beginning of standard error: questions, and answers

    @property
    def waited(self) -> float:
        """Return for how many seconds the tool has waited for people."""
        return self._waited + (time.monotonic() - self._begun if self._open else 0.0)

    def go_on(self) -> None:
        """Count on where a supervisor was killed; its question is asked again."""
        self._number = answered(self._folder)
        self._answered = {self._number}
        was = read_open(self._folder)
        if was is not None:
            self._number = max(self._number, was.question.number - 1)

    def look(self) -> None:
        """Look whether the tool asks, or has stopped asking."""
        with self._lock:
            now, stdin = time.monotonic(), self._stdin
            if stdin is None or stdin.ended:
                self._withdraw()
            elif self._open is not None:
                self._check(self._open, stdin, now)
            elif now >= self._next:
                self._search(stdin, now)

    def close(self) -> None:
        """Ask no more: the tool has ended."""
        with self._lock:
            self._withdraw()
            self._stdin = None
        if self._desk is not None:
            self._desk.close()

    def _search(self, stdin: Stdin, now: float) -> None:
        silence = now - max(self._begun, *(pump.heard for pump in self._pumps))
        if silence < SILENT or not stdin.taken:
            return
        self._next = now + min(silence / 2, LATEST)
        doing = look(self._roots, stdin.names)
        if doing.reader or (doing.watches and doing.idle and silence >= PLAUSIBLE):
            prompt = self._prompt(stdin, doing)
            if prompt is not None and (prompt.kind != INPUT or self._wordless(doing, silence)):
                self._ask(prompt, doing)

    def _wordless(self, doing: Doing, silence: float) -> bool:
        return doing.reader is not None and doing.idle and silence >= WORDLESS

    def _prompt(self, stdin: Stdin, doing: Doing) -> Prompt | None:
        """Return what the tool says where it waits; None where that is no question."""
        streams = sorted(range(len(self._pumps)), key=lambda each: -self._pumps[each].heard)
        found = [(each, *last_lines(self._pumps[each].path, self._from[each])) for each in streams]
        unended = next((each for each in found if each[1] and not each[2]), found[0])
        self._stream, lines, ended = unended
        if doing.reader is None and (ended or not lines or not looks_asking(lines[-1].strip())):
            return None
        after_secret = self._last.kind == SECRET
        prompt = read_prompt(lines, ended=ended, after_secret=after_secret)
        if stdin.hides is not None and stdin.hides is not (prompt.kind == SECRET):
            kind = SECRET if stdin.hides else TEXT if prompt.text else INPUT
            return Prompt(prompt.text, kind)
        return prompt

    def _ask(self, prompt: Prompt, doing: Doing) -> None:
        asked = datetime.now(UTC)
        again = prompt.text == self._last.text and bool(self._number)
        question = Question(
            number=self._number + 1,
            prompt=prompt,
            asked=asked,
            until=asked + timedelta(seconds=self._seconds),
            endable=prompt.kind == INPUT
            or (prompt.kind == TEXT and (again or prompt.text in BARE)),
            sure=doing.reader is not None
            or prompt.kind in (CHOICE, ENTER, SECRET)
            or prompt.text.endswith("?"),
        )
        try:
            if self._desk is None:
                self._desk = Desk(self._folder, self._take)
                self._desk.start()
            write_open(self._folder, Open(question, self._desk.address, self._desk.key))
        except OSError:
            return
        self._number, self._open, self._last = question.number, question, prompt
        self._reader, self._misses, self._begun = doing.reader, 0, time.monotonic()

    def _check(self, question: Question, stdin: Stdin, now: float) -> None:
        """End a question that nobody answers, and one for which the tool no longer waits."""
        if now - self._begun > self._seconds:
            if question.sure and question.prompt.kind != INPUT:
                self.unanswered = question.prompt.text
            else:
                stdin.end()
                self._withdraw()
        elif self._reader is None:
            if any(pump.heard > self._begun for pump in self._pumps):
                self._withdraw()
        else:
            reads = still_reads(self._reader, stdin.names)
            self._misses = 0 if reads else self._misses + 1
            if self._misses >= MISSES:
                self._withdraw()

    def _withdraw(self) -> None:
        if self._open is not None:
            now = time.monotonic()
            self._waited += now - self._begun
            self._open, self._begun, self._next = None, now, 0.0
            remove_open(self._folder)

    def _take(self, given: Given) -> str:
        """Give the tool an answer; the first one counts."""
        with self._lock:
            if given.number in self._answered:
                return ANSWERED
            question, stdin = self._open, self._stdin
            if question is None or stdin is None or question.number != given.number:
                return GONE
            self._answered.add(given.number)
            note_answered(self._folder, given.number)
            self._withdraw()
            if question.prompt.kind == SECRET and given.text:
                self._remember(given.text)
                self._secrets.add(given.text)
                for pump in self._pumps:
                    pump.mind()
            self._show(question.prompt, given, stdin)
            if given.text or not given.end:
                stdin.give(whole_line(given.text).encode("utf-8", "replace"))
            if given.end:
                stdin.end()
            return TAKEN

    def _show(self, prompt: Prompt, given: Given, stdin: Stdin) -> None:
        """Put the answer into the output behind its question, as a terminal does."""
        if prompt.kind != INPUT and not (given.end and not given.text):
            words = DOTS if prompt.kind == SECRET else given.text
            if not stdin.echoes:
                self._pumps[self._stream].add(f"{words}\n".encode("utf-8", "replace"))
            elif prompt.kind == SECRET:
                self._pumps[self._stream].add(words.encode("utf-8"))
        before, self._from = self._from, [size_of(pump.path) for pump in self._pumps]
        start, end = before[-1], self._from[-1]
        if start == self.only_asked and says_only(self._pumps[-1].path, start, end, prompt.text):
            self.only_asked = end


def says_only(path: Path, start: int, end: int, asked: str) -> bool:
    """Say whether a piece of a log holds a question, with its answer, and nothing else."""
    with contextlib.suppress(OSError), path.open("rb") as log:
        log.seek(start)
        text = log.read(min(end - start, TAIL)).decode("utf-8", "replace")
        lines = [line.strip() for line in asked.splitlines() if line.strip()]
        found = [line.strip() for line in text.splitlines() if line.strip()]
        said = (line for line in found if not line.endswith(ECHOED))
        return end - start <= TAIL and all(line.startswith(tuple(lines)) for line in said)
    return False


def whole_line(text: str) -> str:
    """Return a text that ends with a line break."""
    return text if text.endswith("\n") else text + "\n"


def last_lines(path: Path, start: int) -> tuple[list[str], bool]:
    """Return the last lines of a log from a byte on, and whether a line break ends the last."""
    data = b""
    with contextlib.suppress(OSError), path.open("rb") as log:
        start = max(start, log.seek(0, 2) - TAIL)
        log.seek(start)
        data = log.read(TAIL)
    terminal = Terminal(start)
    lines = [line.text for line in terminal.feed(data)]
    unended = [line.text for line in terminal.finish() if line.text.strip()]
    while lines and not unended and not lines[-1].strip():
        lines.pop()
    return [*lines, *unended], not unended


def size_of(path: Path) -> int:
    """Return how many bytes a log has."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
