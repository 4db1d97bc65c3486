"""Folders of the server that a tool may read: whether a path leads into one, and stays there.

A path is judged twice.  Its words come first, and nothing on disk is touched for one that names
another place, so that nobody learns what lies there.  Then its links are resolved, and where they
lead has to be inside too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from webify.faces.value_texts import texts_of
from webify.model.command import Item, Kind, Parameter, PathRule, Root

PATHS = frozenset({Kind.FILE_IN, Kind.DIRECTORY, Kind.PATH})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_ELSEWHERE = re.compile(r"[~$%]|[A-Za-z][A-Za-z0-9+.-]*:")  # a home, a variable, an address
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)")
_BARE = re.compile(r"[\\/]{2}[?.][\\/]|\\\?\?\\")  # \\?\ \\.\ \??\: names that Windows takes as is
Flavour = type[PurePosixPath] | type[PureWindowsPath]
HERE: Flavour = PureWindowsPath if os.name == "nt" else PurePosixPath


def browsable(parameter: Parameter) -> bool:
    """Say whether people may look for its value in the folders of the server."""
    if not parameter.roots or parameter.kind not in PATHS or parameter.secret:
        return False
    rows = parameter.repeat and parameter.several
    return not (rows or parameter.items or parameter.choices or parameter.rest)


def browsed(parameter: Parameter) -> str:
    """Return what is looked for there: "file", "folder" or "file or folder"."""
    rule = parameter.path or PathRule()
    if parameter.kind is Kind.DIRECTORY or not rule.file_okay:
        return "folder"
    return "file" if parameter.kind is Kind.FILE_IN or not rule.dir_okay else "file or folder"


def plain(text: str, flavour: Flavour = HERE) -> PurePath | None:
    """Return the path that a text names, without "..", or None where it is no plain path.

    A path that is not absolute stays below the folder that it starts from.
    """
    if not text or _CONTROLS.search(text) or _BARE.match(text):
        return None
    path = flavour(text)
    if not path.is_absolute() and (path.anchor or _ELSEWHERE.match(text)):
        return None  # C:file and \file depend on where a program stands
    words: list[str] = []
    for word in path.parts[1:] if path.anchor else path.parts:
        if flavour is PureWindowsPath and not _windows_word(word):
            return None
        if word != "..":
            words.append(word)
        elif words:
            words.pop()
        else:
            return None
    return flavour(path.anchor, *words)


def _windows_word(word: str) -> bool:
    """Say whether a word of a path means on Windows what it says: no stream, no device."""
    if word == "..":
        return True
    return ":" not in word and word == word.rstrip(". ") and not _DEVICES.match(word)


def within(text: str, roots: Iterable[Root], flavour: Flavour = HERE) -> bool:
    """Say whether the words of a path lead into one of the folders; nothing on disk is touched."""
    path = plain(text, flavour)
    return (
        path is not None
        and path.is_absolute()
        and any(path.is_relative_to(flavour(root.folder)) for root in roots)
    )


def place(text: str, roots: Sequence[Root]) -> Path | None:
    """Return where an absolute path leads, links resolved; None where that is outside."""
    found = [(root, _real(Path(root.folder))) for root in roots]
    real_roots = [replace(root, folder=str(real)) for root, real in found if real is not None]
    if not within(text, [*roots, *real_roots]):
        return None
    real = _real(Path(text))
    inside = real is not None and any(real.is_relative_to(root.folder) for root in real_roots)
    return real if inside else None


def may_be(text: str, rule: Parameter | Item) -> bool:
    """Say whether a path may be given, before it is known where a run stands.

    What is not absolute starts from the run's own folder; the tool's own default may be anywhere.
    """
    if rule.roots is None or default(text, rule):
        return True
    path = plain(text)
    if path is None or (rule.kind is Kind.FILE_IN and not path.is_absolute()):
        return False
    return not path.is_absolute() or place(text, rule.roots) is not None


def default(text: str, rule: Parameter | Item) -> bool:
    """Say whether a path is the tool's own default, which may lie anywhere."""
    return isinstance(rule, Parameter) and text in texts_of(rule.default.value)


def settled(text: str, roots: Sequence[Root], base: Path) -> str | None:
    """Return the path that a tool is given, links resolved; None where it leads outside.

    What is not absolute starts from `base` and stays as it is, where it leads inside.
    """
    path = plain(text)
    if path is None:
        return None
    if path.is_absolute():
        real = place(text, roots)
        return None if real is None else str(real)
    return text if place(str(base / text), roots) is not None else None


def _real(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a circle, before Python 3.13
        return None
