"""Commands that a tool chooses by hand: it lists them in its help, though its parser knows none.

Each listed word is asked with --help after it, in a process of its own; where that shows the same
as without it, the word is no command.  Nothing is ever asked that was not listed.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from webify.tools.finding import Found
from webify.tools.handwritten import SOURCE, command_of, completed, page_of
from webify.tools.probing import Answer, probe

LISTED = re.compile(
    r"^\s{0,8}([a-z][a-z0-9_]{0,40}(?:-[a-z0-9_]{1,40}){0,6})"
    r"(?:\s{2,60}|\s{1,4}[-:\u2013\u2014]\s{1,4})\S"
)
SAYS = re.compile(r"(?i)\b(?:sub-?)?commands?\b")
MOST = 200  # commands of one tool
DEEPEST = 4  # words before --help
FIRST = 3  # words that are asked before the others: where none of them is a command, none is
AT_ONCE = 2  # processes
IN_ALL = 45.0  # seconds for all commands of one tool


def described(
    found: Found, seconds: float, closing: threading.Event | None = None, in_all: float = IN_ALL
) -> Answer:
    """Return what a tool accepts, with the commands that it chooses by hand.

    It takes so many seconds for the tool, and as many for each command.  What a tool printed stays
    in the answer where no parser made it.
    """
    closing = closing or threading.Event()
    answer = probe(found, seconds, closing)
    if answer.command is not None and answer.command.get("commands"):
        return replace(answer, printed="")
    tree = _Tree(found, seconds, in_all, time.monotonic() + in_all, closing)
    if answer.command is None:
        return tree.written(answer)
    return replace(tree.grown(tree.amended(answer), ()), printed="")


@dataclass
class _Tree:
    """The commands of one tool, as they are asked one after the other."""

    found: Found
    seconds: float
    in_all: float
    deadline: float
    closing: threading.Event
    asked: int = 0
    failed: dict[tuple[str, ...], str] = field(
        default_factory=dict
    )  # why commands raised something

    @property
    def name(self) -> str:
        """Return the name that the tool prints of itself."""
        return Path(self.found.start[0] if len(self.found.start) == 1 else self.found.ask).name

    def amended(self, answer: Answer) -> Answer:
        """Return an answer with the options that a help text told which the tool wrote by hand."""
        page = page_of(answer.printed, self.name) if answer.by_hand else None
        if page is None or answer.command is None:
            return answer
        command = completed(answer.command, page, answer.printed, self.name)
        if command is None:
            return answer
        return replace(answer, command=command, sources=("parser", SOURCE))

    def written(self, answer: Answer) -> Answer:
        """Return a tool whose help was written by hand, where its commands have parsers."""
        page = page_of(answer.printed, self.name)
        if page is None:
            return answer
        command = command_of(page, answer.printed, self.name)
        names = [each.name for each in page.commands]
        grown = self.grown(replace(answer, command=command), (), names)
        if grown.command is None or not grown.command.get("commands"):
            return replace(answer, no_parser=True)  # it is described as any program is
        return replace(
            grown, error="", no_parser=False, by_hand=True, printed="", sources=("parser", SOURCE)
        )

    def grown(
        self, answer: Answer, path: tuple[str, ...], names: Sequence[str] | None = None
    ) -> Answer:
        """Return the answer for a path of words with what stands below it."""
        words = [word for word in names or self._listed(answer) if word not in path]
        words = words[: MOST - self.asked]
        self.asked += len(words)
        if not words or len(path) >= DEEPEST:
            return answer
        below = self._asked(words[:FIRST], answer, path)
        whole = next((each for each in below.values() if _holds(each, words[:FIRST])), None)
        if whole is not None:
            return whole
        failed = any(each[:-1] == path for each in self.failed)  # others may be better off
        if words[FIRST:] and (below or failed):
            below |= self._asked(words[FIRST:], answer, path)
        if not below or answer.command is None:
            return answer
        late = time.monotonic() >= self.deadline
        told = f"Some of its {len(words)} commands could not be read within {self.in_all:g} s."
        commands = {word: self._known(below, path, word) for word in words}
        frameworks = [each.framework for each in (answer, *below.values()) if each.framework]
        return replace(
            answer,
            framework=frameworks[0] if frameworks else "",
            command=joined(answer.command, {word: each for word, each in commands.items() if each}),
            warnings=(*answer.warnings, told) if late else answer.warnings,
        )

    def _known(
        self, below: Mapping[str, Answer], path: tuple[str, ...], word: str
    ) -> Mapping[str, Any]:
        """Return a command that was read, or by its name one that is there and cannot be read."""
        if word in below:
            return below[word].command or {}
        why = self.failed.get((*path, word))
        return {"name": word, "lost": [why]} if why else {}

    def _asked(
        self, words: Sequence[str], above: Answer, path: tuple[str, ...]
    ) -> dict[str, Answer]:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webify-command") as pool:
            answers = list(pool.map(lambda word: self._one((*path, word)), words))
        return {
            word: self.grown(answer, (*path, word))
            for word, answer in zip(words, answers, strict=True)
            if answer is not None and answer.command is not None and not _same(answer, above)
        }

    def _one(self, words: tuple[str, ...]) -> Answer | None:
        left = min(self.seconds, self.deadline - time.monotonic())
        if left <= 0 or self.closing.is_set():
            return None
        begun = time.monotonic()
        answer = probe(self.found, left, self.closing, words)
        if answer.trace and answer.command is None and time.monotonic() - begun < left:
            self.failed[words] = answer.error
        return self.amended(answer)

    def _listed(self, answer: Answer) -> list[str]:
        """Return the words that may be commands: those under their title, and others in lists."""
        command = answer.command
        if command is None or command.get("commands"):
            return []
        page = page_of(answer.printed, self.name)
        parameters: Sequence[Mapping[str, Any]] = command.get("parameters") or ()
        values = {str(one["value"]) for each in parameters for one in each.get("choices") or ()}
        under = [each.name for each in page.commands if each.name not in values] if page else []
        own = _own(parameters)
        if len(under) < 2 or not own.issuperset(under):  # arguments may be named after commands
            under = [name for name in under if name not in own]
        aliases = {word for each in page.commands for word in each.aliases} if page else set[str]()
        words = dict.fromkeys([*under, *listed(answer)])
        return [word for word in words if word not in aliases]


def listed(answer: Answer) -> list[str]:
    """Return the words that may be commands: at least two, or none."""
    command = answer.command
    if command is None or command.get("commands"):
        return []
    parameters: Sequence[Mapping[str, Any]] = command.get("parameters") or ()
    chosen = _chosen(parameters)
    if chosen:
        return chosen
    texts = [str(command.get(name, "")) for name in ("usage", "help", "epilog")]
    lines = ("\n".join([*texts, answer.printed])).splitlines()
    if not any(map(SAYS.search, lines)):
        return []
    own = _own(parameters)
    found = (LISTED.match(line) for line in lines)
    words = dict.fromkeys(match.group(1) for match in found if match and match.group(1) not in own)
    return list(words) if len(words) > 1 else []


def _own(parameters: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the words that stand for arguments."""
    return {
        str(each.get(name, ""))
        for each in parameters
        if not each.get("spellings")
        for name in ("address", "metavar")
    }


def _chosen(parameters: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the choices of a first argument after which all the rest is handed on untouched."""
    positional = [each for each in parameters if not each.get("spellings")]
    if len(positional) != 2 or not positional[1].get("rest"):
        return []
    choices = [str(each["value"]) for each in positional[0].get("choices") or ()]
    return choices if len(choices) > 1 else []


def joined(root: Mapping[str, Any], below: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return a command with commands below it, which take the place of its arguments."""
    own = [each for each in root.get("parameters") or () if each.get("spellings")]
    moved = [dict(_moved(command, f"{word}."), name=word) for word, command in below.items()]
    return dict(root, parameters=own, commands=moved, needs_command=True)


def _holds(answer: Answer, words: Sequence[str]) -> bool:
    """Say whether a command that was asked is the tool itself, with all these commands below it."""
    below = (answer.command or {}).get("commands") or ()
    return len(words) > 1 and set(words) <= {each["name"] for each in below}


def _same(one: Answer, other: Answer) -> bool:
    """Say whether two answers show the same command."""
    left, right = one.command or {}, other.command or {}
    return all(left.get(name) == right.get(name) for name in ("parameters", "help", "commands"))


def _moved(command: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return the command with `prefix` before its addresses."""
    made = dict(command)
    for name in ("parameters", "constraints", "commands", "overwrites"):
        if name in command:
            made[name] = [_put(name, each, prefix) for each in command[name]]
    return made


def _put(name: str, each: Any, prefix: str) -> Any:
    if name == "parameters":
        return dict(each, address=prefix + each["address"])
    if name == "constraints":
        return dict(each, members=[prefix + member for member in each["members"]])
    return _moved(each, prefix) if name == "commands" else prefix + each
