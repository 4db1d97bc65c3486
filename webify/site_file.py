"""Read webify.toml: every key is checked, and a fault is told with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webify.errors import SettingsWrong
from webify.site_shapes import (
    COLUMN,
    COMMAND,
    EXIT,
    FOLDER,
    LIMITS,
    PARAMETER,
    PREPARE,
    SITE,
    TOOL,
    Shape,
)
from webify.toml_places import Place, places

NAME = "webify.toml"
CODES = re.compile(r"\d{1,10}(-\d{1,10})?|others")
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
TOP = ("site", "limits", "roots", "prepare", "tools")

Checked = dict[str, Any]


def read_site_file(path: Path) -> Checked:
    """Return what webify.toml says, each value checked and of its right type.

    A file that is not there says nothing.  Raises SettingsWrong with line and key.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsWrong(f"{path} cannot be read: {error.strerror}.") from error
    text = _decode(raw)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(_syntax_sentence(str(error), text)) from error
    return SiteFile(places(text.replace("\r\n", "\n"))).check(data)


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsWrong(f"{NAME}, line {line}: the file is not UTF-8 text.") from error


def _syntax_sentence(message: str, text: str) -> str:
    where = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    what = message[: where.start()] if where else message
    what = what[:1].lower() + what[1:]
    lines = text.splitlines() or [""]
    line = int(where.group(1)) if where and where.group(1) else len(lines)
    column = f", at column {where.group(2)}" if where and where.group(2) else ""
    shown = lines[min(line, len(lines)) - 1].strip()
    return f"{NAME}, line {line}: “{shown}” is not right: {what}{column}."


@dataclass(frozen=True)
class SiteFile:
    """The lines of one webify.toml, and its checks."""

    lines: Mapping[Place, int]

    def check(self, data: Checked) -> Checked:
        """Return the same data, checked."""
        for name in data:
            if name not in TOP:
                raise self._unknown((), name, TOP)
        checked: Checked = {"tools": {}, "prepare": []}
        checked["site"] = self._table(("site",), data.get("site", {}), SITE)
        checked["limits"] = self._table(("limits",), data.get("limits", {}), LIMITS)
        checked["roots"] = self._roots(data.get("roots", {}))
        for index, step in enumerate(self._prepare(data.get("prepare", []))):
            checked["prepare"].append(self._step(("prepare", index), step))
        for slug, tool in self._expect_table(("tools",), data.get("tools", {})).items():
            checked["tools"][slug] = self._tool(("tools", slug), tool)
            self._hold_roots(("tools", slug), checked["tools"][slug], checked["roots"])
        return checked

    def _roots(self, value: Any) -> Checked:
        names = self._expect_table(("roots",), value)
        return self._table(("roots",), names, dict.fromkeys(names, FOLDER))

    def _hold_roots(self, place: Place, tool: Checked, known: Checked) -> None:
        """Hold that what a tool and its parameters may read has been named."""
        told = [((*place, "roots"), name) for name in tool.get("roots") or ()]
        for address, said in tool["parameters"].items():
            if "root" in said:
                told.append(((*place, "parameters", address, "root"), said["root"]))
        for where, name in told:
            if name not in known:
                raise self._wrong(where, f"[roots] has no “{name}”. {_nearest(name, [*known])}")

    def _prepare(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self._wrong(("prepare",), "prepare is written with two brackets: [[prepare]].")
        return value

    def _step(self, place: Place, step: Any) -> Checked:
        checked = self._table(place, step, PREPARE)
        for name in PREPARE:
            if name not in checked:
                raise self._wrong(place, f"[[prepare]] needs “{name}”.")
        return checked

    def _tool(self, place: Place, tool: Any) -> Checked:
        slug = str(place[-1])
        if not SLUG.fullmatch(slug):
            raise self._wrong(
                place,
                f"“{slug}” cannot be the name of a tool. Use letters, digits, “-” and “_”.",
            )
        tool = dict(self._expect_table(place, tool))
        parts = {"parameters": PARAMETER, "commands": COMMAND, "columns": COLUMN}
        amended = {name: self._expect_table((*place, name), tool.pop(name, {})) for name in parts}
        exits = self._exits((*place, "exits"), tool.pop("exits", {}))
        checked = self._table(place, tool, TOOL, (*parts, "exits"))
        checked["exits"] = exits
        for name, shapes in parts.items():
            read = self._command if shapes is COMMAND else self._addressed
            checked[name] = {
                address: read((*place, name, address), settings, shapes)
                for address, settings in amended[name].items()
            }
        return checked

    def _command(self, place: Place, settings: Any, shapes: Mapping[str, Shape]) -> Checked:
        own = dict(self._expect_table(place, settings))
        inside = (*place, "columns")
        columns = self._expect_table(inside, own.pop("columns", {}))
        exits = self._exits((*place, "exits"), own.pop("exits", {}))
        checked = self._addressed(place, own, shapes, ("columns", "exits"))
        checked["exits"] = exits
        checked["columns"] = {
            name: self._addressed((*inside, name), told, COLUMN) for name, told in columns.items()
        }
        return checked

    def _exits(self, place: Place, value: Any) -> Checked:
        checked = {}
        for codes, told in self._expect_table(place, value).items():
            first, _, last = codes.partition("-")
            if not CODES.fullmatch(codes) or (last and int(last) < int(first)):
                right = "an exit code like 1, some like 2-9, or others"
                raise self._wrong(
                    (*place, codes), f"{_dotted(place)} needs {right}, not “{codes}”."
                )
            checked[codes] = self._table((*place, codes), told, EXIT)
        return checked

    def _addressed(
        self, place: Place, settings: Any, shapes: Mapping[str, Shape], more: tuple[str, ...] = ()
    ) -> Checked:
        for name, value in self._expect_table(place, settings).items():
            if name not in shapes and isinstance(value, dict):
                what = "a name" if shapes is COLUMN else "an address"
                raise self._wrong(
                    (*place, name),
                    f'{what} stands in quotes: [{_dotted(place[:-1])}."{place[-1]}.{name}"].',
                )
        return self._table(place, settings, shapes, more)

    def _table(
        self, place: Place, table: Any, shapes: Mapping[str, Shape], more: tuple[str, ...] = ()
    ) -> Checked:
        checked = {}
        for name, value in self._expect_table(place, table).items():
            if name not in shapes:
                raise self._unknown(place, name, (*shapes, *more))
            try:
                checked[name] = shapes[name].read(value)
            except ValueError as error:
                where = (*place, name)
                raise self._wrong(
                    where, wrong_value(_dotted(where), shapes[name], value)
                ) from error
        return checked

    def _expect_table(self, place: Place, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(place, f"{_dotted(place)} must be a table, not {_told(value)}.")
        return value

    def _unknown(self, place: Place, name: str, known: tuple[str, ...]) -> SettingsWrong:
        where = f"in [{_dotted(place)}]" if place else "of the file"
        hint = _nearest(name, known)
        return self._wrong((*place, name), f"“{name}” is no setting {where}. {hint}")

    def _wrong(self, place: Place, sentence: str) -> SettingsWrong:
        while place and place not in self.lines:
            place = place[:-1]
        line = self.lines.get(place, 1)
        return SettingsWrong(f"{NAME}, line {line}: {sentence}")


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"Did you mean “{near[0]}”?" if near else f"There are {', '.join(known) or 'none'}."


def wrong_value(name: str, shape: Shape, value: object) -> str:
    """Return the sentence for a value that is not what its setting must be."""
    return f"{name} must be {shape.right}, not {_told(value)}."


def _dotted(place: Place) -> str:
    words = [word for word in place if isinstance(word, str)]
    return ".".join(word if SLUG.fullmatch(word) else f'"{word}"' for word in words)


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_told(item) for item in value)}]"
    return str(value)
