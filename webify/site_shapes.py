"""What each key of webify.toml must be: tables of names and shapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from webify.model.block import OUTPUTS, TYPES
from webify.model.command import EFFECTS, WIDGETS, Kind
from webify.model.exits import ENDINGS

KINDS = tuple(kind.value for kind in Kind if kind not in (Kind.FLAG, Kind.SWITCH, Kind.COUNT))

_WAY = re.compile(r"argument|env:[A-Za-z_][A-Za-z0-9_]*|stdin(?::[^\s'\"\\][^\n'\"\\]*)?")


@dataclass(frozen=True)
class Shape:
    """What a setting must be: in words, and how it is read.

    read    takes the value of the file or of an option; raises ValueError where it does not do
    parse   makes such a value of the text of an environment variable
    """

    right: str
    read: Callable[[Any], Any]
    parse: Callable[[str], Any] = str


def _folder(value: Any) -> str:
    if not _text(value).strip():
        raise ValueError
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError  # noqa: TRY004 - every wrong shape is one fault here
    return tuple(_text(item) for item in value)


def _words(value: Any) -> tuple[str, ...]:
    found = _texts(value)
    if not found:
        raise ValueError
    return found


def _names(value: Any) -> tuple[str, ...]:
    found = _texts([value] if isinstance(value, str) else value)
    if not all(name.strip() for name in found):
        raise ValueError
    return found


def _named_texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - every wrong shape is one fault here
    return {_text(name): _text(item) for name, item in value.items()}


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - every wrong shape is one fault here
    return value


def _kind(value: Any) -> Kind:
    if value not in KINDS:
        raise ValueError
    return Kind(value)


def _one_of(names: Iterable[str]) -> Shape:
    known = tuple(names)

    def read(value: Any) -> str:
        if value not in known:
            raise ValueError
        return str(value)

    return Shape(f"one of {', '.join(known)}", read)


def _effect(value: Any) -> str | bool:
    return value if isinstance(value, bool) else _text(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        raise ValueError
    return value


def _prefix(value: Any) -> str:
    inner = _text(value).strip("/")
    if inner and not re.fullmatch(r"[A-Za-z0-9._~/-]+", inner):
        raise ValueError
    return f"/{inner}" if inner else ""


def _way(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(
        r"argument|env:[A-Za-z_][A-Za-z0-9_]*|stdin(?::[^\s'\"\\][^\n'\"\\]*)?", text
    ):
        raise ValueError
    return text


def _whole(least: int, most: int, like: int) -> Shape:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError
        return value

    return Shape(f"a whole number from {least:,} to {most:,}, like {like:,}", read, int)


def _amount(like: float) -> Shape:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise ValueError
        return float(value)

    return Shape(f"a number from 0, like {like:,}", read, float)


def _seconds(like: int) -> Shape:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
            raise ValueError
        return float(value)

    return Shape(f"a number of seconds above 0, like {like:,}", read, float)


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


TEXT = Shape("text in quotes", _text)
FOLDER = Shape('a folder, like "/srv/deliveries"', _folder)
TEXTS = Shape('a list of texts, like ["one", "two"]', _texts, _split)
YES_NO = Shape("true or false", _flag)
EFFECT = Shape("true, false or a sentence that says what it does", _effect)
OUTPUT = _one_of(OUTPUTS)
INPUT = _one_of(("ask", "none"))

SITE = {
    "name": TEXT,
    "data": TEXT,
    "host": TEXT,
    "port": _whole(0, 65535, 8000),
    "hosts": TEXTS,
    "prefix": Shape('the first part of each address, like "/tools"', _prefix),
}
KEEP = {
    "keep_days": _whole(0, 36_500, 90),
    "keep_runs": _whole(0, 10**9, 1000),
    "keep_bytes": _whole(0, 10**18, 10_000_000_000),
}
ALLOWANCE = {  # what a run may take
    "memory_bytes": _whole(0, 10**15, 512_000_000),
    "cpu_seconds": _amount(600),
    "cpus": _amount(0.5),
    "processes": _whole(0, 10**6, 50),
    "file_bytes": _whole(0, 10**15, 1_000_000_000),
}
LIMITS = {
    "upload_bytes": _whole(1, 10**12, 20_000_000),
    "upload_files": _whole(1, 1000, 20),
    "run_seconds": _seconds(1800),
    "run_bytes": _whole(1, 10**15, 1_000_000_000),
    "runs": _whole(1, 1000, 20),
    "runs_per_person": _whole(0, 1000, 3),
    "probe_seconds": _seconds(10),
    "disk_bytes": _whole(0, 10**18, 50_000_000_000),
    **KEEP,
    "answer_seconds": _seconds(600),
    **{f"run_{name}": shape for name, shape in ALLOWANCE.items()},
}
PREPARE = {
    "creates": TEXT,
    "run": Shape('a list of words, like ["stock.py", "sample"]', _words),
}
TOOL = {
    "target": TEXT,
    "title": TEXT,
    "summary": TEXT,
    "folder": TEXT,
    "tags": TEXTS,
    "owner": TEXT,
    "icon": TEXT,
    "interpreter": TEXT,
    "cwd": TEXT,
    "env": Shape('texts by name, like { REGION = "north" }', _named_texts),
    "time_limit": _seconds(1800),
    "runs": _whole(1, 1000, 1),
    "concurrency_group": Shape('a name, or a list of names, like "warehouse-db"', _names),
    "changes": YES_NO,
    "hidden": YES_NO,
    "check": YES_NO,
    "roots": TEXTS,
    "effect": _one_of(EFFECTS),
    "warm": YES_NO,
    "destructive": EFFECT,
    "output": OUTPUT,
    **KEEP,
    "input": INPUT,
    "terminal": YES_NO,
    "answer_limit": _seconds(600),
    "end_left": YES_NO,
    **ALLOWANCE,
    "output_bytes": _whole(1, 10**15, 50_000_000),
}
COMMAND = {
    "title": TEXT,
    "help": TEXT,
    "hidden": YES_NO,
    "effect": _one_of(EFFECTS),
    "destructive": EFFECT,
    "output": OUTPUT,
    "input": INPUT,
    "terminal": YES_NO,
}
PARAMETER = {
    "label": TEXT,
    "unit": TEXT,
    "hidden": YES_NO,
    "secret": YES_NO,
    "choices": TEXTS,
    "kind": Shape(f"one of {', '.join(KINDS)}", _kind),
    "help": TEXT,
    "group": TEXT,
    "example": TEXT,
    "widget": _one_of(WIDGETS),
    "order": Shape("a number, like 1 or -1", _number),
    "required": YES_NO,
    "sent_by": Shape("argument, env:NAME, stdin or stdin:WORDS", _way),
    "root": TEXT,
}
EXIT = {
    "state": _one_of(ENDINGS),
    "words": TEXT,
    "changed": YES_NO,
}
COLUMN = {
    "type": _one_of(TYPES),
    "unit": TEXT,
    "title": TEXT,
    "hidden": YES_NO,
}
