"""tyro: read arguments with its own parser, without leaving the process or printing."""

from __future__ import annotations

import contextlib
import enum
import io
import re
from typing import Any, Dict, List, Sequence, Tuple

from webify.adapters import argparse_
from webify.adapters.hearing import Refused, heard
from webify.adapters.sharing import Entry

_BOX = re.compile(r"[\u2500-\u257f]")


def read(parser: Any, argv: Sequence[str], way: argparse_.Way) -> Dict[str, Any]:
    """Return what tyro makes of these arguments, by address; the tool's classes are not made."""
    tree = parser.parser()
    events: List[Any] = []
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            with parser.part("_errors").on_parse_error(events.append):
                found, _ = parser.backend.parse_args(
                    parser_spec=parser.spec,
                    args=list(argv),
                    prog=parser.prog,
                    return_unknown_args=False,
                    console_outputs=True,
                    add_help=False,
                )
        except SystemExit:
            raise Refused(_sentence(said.getvalue()), _about(tree, way, events)) from None
    chosen = {name: value for name, value in found.items() if isinstance(name, str)}
    return {
        entry.parameter.address: _value(entry, found[_key(entry)])
        for entry in _entries(tree, way, chosen)
        if _key(entry) in found and _given(entry, found[_key(entry)])
    }


def _entries(tree: Any, way: argparse_.Way, chosen: Dict[str, Any]) -> List[Entry]:
    """Return the arguments of the root and of the commands that were chosen."""
    found: List[Entry] = []
    parser, prefix = tree, ""
    while parser is not None:
        found += argparse_.entries(parser, prefix, way)
        below = argparse_.subparsers(parser)
        name = chosen.get(below.dest) if below is not None else None
        parser = below.choices.get(name) if below is not None and name else None
        prefix = f"{prefix}{name}."
    return [each for each in found if hasattr(each.source, "tyro")]


def _every(tree: Any, way: argparse_.Way, prefix: str = "") -> List[Entry]:
    found = argparse_.entries(tree, prefix, way)
    below = argparse_.subparsers(tree)
    for name, parser in below.choices.items() if below is not None else ():
        found += _every(parser, way, f"{prefix}{name}.")
    return found


def _key(entry: Entry) -> Any:
    return entry.source.tyro.get_output_key()


def _given(entry: Entry, value: Any) -> bool:
    """Say whether a value stems from the arguments and is not what stands for none."""
    if "Missing" in type(value).__name__:
        return False
    return value not in ([], 0) if entry.parameter.action in ("append", "count") else True


def _value(entry: Entry, value: Any) -> Any:
    """Return the value that tyro's own converter makes of the words."""
    argument, parameter = entry.source.tyro, entry.parameter
    if isinstance(value, (bool, int)) or parameter.repeat:
        flat = parameter.repeat and not parameter.several
        return [heard(each[0]) for each in value] if flat else heard(value)
    try:
        made = argument.lowered.instance_from_str(value)
    except ValueError as wrong:
        raise Refused(str(wrong), parameter.address) from None
    if isinstance(made, enum.Enum) or parameter.custom or parameter.choices:
        return heard(value if parameter.several else value[0])
    return heard(made)


def _sentence(text: str) -> str:
    """Return what stands in the box of an error, up to its first rule, as one line."""
    lines = [_BOX.sub(" ", line).strip() for line in text.splitlines()[1:]]
    first = next((index for index, line in enumerate(lines) if not line), len(lines))
    return " ".join(lines[:first])[:2000]


def _about(tree: Any, way: argparse_.Way, events: Sequence[Any]) -> str:
    """Return the addresses of the arguments that the last event names."""
    if not events:
        return ""
    event = events[-1]
    named = [each.arg for each in getattr(event, "missing_arguments", ())]
    pair: Tuple[Any, ...] = (getattr(event, "argument", None), getattr(event, "second", None))
    keys = [each.get_output_key() for each in (*named, *pair) if each is not None]
    entries = [each for each in _every(tree, way) if hasattr(each.source, "tyro")]
    return ", ".join(each.parameter.address for each in entries if _key(each) in keys)
