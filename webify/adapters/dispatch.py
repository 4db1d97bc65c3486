"""Commands that a tool chooses by hand: it lists them in its help, though its parser knows none.

Commands are plain data here, as the probe of each was written down.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Tuple

_LISTED = re.compile(
    r"^\s{0,8}([a-z][a-z0-9_]*(?:-[a-z0-9_]+)*)(?:\s{2,}|\s+[-:\u2013\u2014]\s+)\S"
)
_SAYS = re.compile(r"(?i)\b(?:sub-?)?commands?\b")
_MOST = 60


def listed(command: Dict[str, Any]) -> Tuple[str, ...]:
    """Return the words at the beginning of lines of a list of commands, at least two or none."""
    if command.get("commands"):
        return ()
    texts = [str(command.get(name, "")) for name in ("usage", "help", "epilog")]
    if not _SAYS.search(" ".join(texts)):
        return ()
    found = [_LISTED.match(line) for text in texts for line in text.splitlines()]
    words = tuple(dict.fromkeys(match.group(1) for match in found if match))
    return words[:_MOST] if len(words) > 1 else ()


def joined(root: Dict[str, Any], found: Dict[str, Dict[str, Any]]) -> Dict[str, Any]:
    """Return the root with the commands below it; those that only show the root again are none."""
    below = [
        dict(_moved(command, f"{word}."), name=word)
        for word, command in found.items()
        if not _same(command, root)
    ]
    if not below:
        return root
    own = [
        each for each in root.get("parameters", []) if "parameter" not in each.get("sources", {})
    ]
    return dict(root, parameters=own, commands=below, needs_command=True)


def _same(one: Dict[str, Any], other: Dict[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("parameters", "help", "commands"))


def _moved(command: Dict[str, Any], prefix: str) -> Dict[str, Any]:
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
