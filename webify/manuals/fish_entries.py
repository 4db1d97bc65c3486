"""Read the arguments of fish's `complete` into what they say of a command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from webify.manuals.unknown import known

TAKES = {
    "command": "c",
    "path": "p",
    "short-option": "s",
    "long-option": "l",
    "old-option": "o",
    "arguments": "a",
    "description": "d",
    "condition": "n",
    "wraps": "w",
    "do-complete": "C",
}
BARE = {
    "require-parameter": "r",
    "exclusive": "x",
    "no-files": "f",
    "force-files": "F",
    "erase": "e",
    "keep-order": "k",
    "authoritative": "A",
    "unauthoritative": "u",
}


@dataclass
class Entry:
    """One `complete`: of which programs, which spellings, and when they are offered."""

    programs: list[str] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    arguments: str = ""
    description: str = ""
    conditions: tuple[str, ...] = ()
    wraps: list[str] = field(default_factory=list)
    value: bool = False
    erased: bool = False


def read_entry(words: list[str]) -> Entry:
    """Return what one `complete` says."""
    entry = Entry()
    for letter, value in _options(words):
        if letter in {"c", "p", ""}:
            entry.programs.append(value.rpartition("/")[2])
        elif letter in {"s", "l", "o"}:
            entry.spellings += [_spelling(letter, value)] if _is_name(letter, value) else []
        elif letter == "a":
            entry.arguments = f"{entry.arguments} {value}".strip()
        elif letter == "d":
            entry.description = value.strip() if known(value) else ""
        elif letter == "n":
            entry.conditions += (value,)
        elif letter == "w":
            entry.wraps.append(value)
        entry.value = entry.value or letter in {"r", "x"}
        entry.erased = entry.erased or letter == "e"
    return entry


def _options(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (letter, value) of each option; a word that is none has no letter."""
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.startswith("--") and len(word) > 2:
            name, joined, value = word[2:].partition("=")
            letter = TAKES.get(name, "")
            if letter and not joined:
                value = words[at] if at < len(words) else ""
                at += 1
            if letter or name in BARE:
                yield letter or BARE[name], value
        elif word.startswith("-") and len(word) > 1:
            for place, letter in enumerate(word[1:], 2):
                if letter not in TAKES.values():
                    yield letter, ""
                    continue
                value = word[place:]
                if not value:
                    value = words[at] if at < len(words) else ""
                    at += 1
                yield letter, value
                break
        elif word not in {"-", "--"}:
            yield "", word


def _is_name(letter: str, value: str) -> bool:
    if not known(value) or not value or len(value) > 80 or value.startswith("-"):
        return False
    return len(value) == 1 if letter == "s" else not set(value) & set(" \t\n$(){}'\"|<>=,;")


def _spelling(letter: str, value: str) -> str:
    return f"--{value}" if letter == "l" else f"-{value}"
