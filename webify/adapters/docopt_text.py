"""docopt: what a help text says of its options, arguments and commands, and of the tool."""

from __future__ import annotations

import inspect
import re
from typing import Dict, List, Tuple

_USAGE = re.compile(r"(?i)usage:")
_ITEM = re.compile(
    r"^([ \t]{0,40})(<[^<>\s]{1,80}>|[A-Za-z][\w-]{0,80})(?:\.\.\.)?(?:[ \t]{2,80})(\S.*)$"
)
_MOST = 400  # lines of one description


class Texts:
    """The words of one help text.

    descriptions   of each option, as docopt cut them out, by its name
    """

    def __init__(self, text: str, descriptions: Dict[str, str]) -> None:
        """Look for the lines that tell of arguments and commands."""
        self.text = inspect.cleandoc(text)
        self.descriptions = descriptions
        self.items = _items(text.splitlines())

    def about(self) -> str:
        """Return what is said of the tool: what stands before its usage, or behind it."""
        before, _, behind = _parted(self.text)
        if before.strip():
            return before.strip()
        for block in re.split(r"\n[ \t]*\n", behind)[1:]:
            if not _listing(block):
                return block.strip()
        return ""

    def option(self, name: str, hide: str = "") -> str:
        """Return what is said of an option, with dots for a text that is to be hidden."""
        first, _, rest = self.descriptions.get(name, "").strip().partition("\n")
        parts = re.split(r"[ \t]{2,}", first, maxsplit=1)
        lines = [parts[1] if len(parts) > 1 else "", *_continued(rest.splitlines())]
        text = " ".join(line.strip() for line in lines if line.strip())
        return text.replace(hide, "••••••") if hide else text

    def metavar(self, name: str) -> str:
        """Return the word for the value of an option: docopt takes any word without a dash."""
        head = self.descriptions.get(name, "").strip().partition("  ")[0].partition("\n")[0]
        words = head.replace(",", " ").replace("=", " ").split()
        return next((word for word in words if not word.startswith("-")), "")

    def argument(self, name: str) -> str:
        """Return what is said of a positional argument."""
        return self.items.get(name, "")

    def command(self, name: str) -> str:
        """Return what is said of a command."""
        return self.items.get(name, "")


def _parted(text: str) -> Tuple[str, str, str]:
    found = _USAGE.search(text)
    if found is None:
        return text, "", ""
    line = text.rfind("\n", 0, found.start()) + 1
    return text[:line], found.group(), text[found.end() :]


def _listing(block: str) -> bool:
    """Say whether a block of lines lists options or arguments, below a heading."""
    lines = [line for line in block.splitlines() if line.strip()]
    marks = ("-", "<")
    return (
        not lines
        or any(line.strip().startswith(marks) for line in lines)
        or (len(lines) > 1 and lines[0].rstrip().endswith(":"))
        or (len(lines) == 1 and lines[0].rstrip().endswith(":"))
    )


def _items(lines: List[str]) -> Dict[str, str]:
    found: Dict[str, str] = {}
    for index, line in enumerate(lines):
        match = _ITEM.match(line[:2000])
        if match:
            depth = len(match.group(1))
            rest = _continued(lines[index + 1 : index + _MOST], depth)
            text = " ".join([match.group(3), *(each.strip() for each in rest)])
            found.setdefault(match.group(2), text.strip())
    return found


def _continued(lines: List[str], depth: int = 0) -> List[str]:
    """Return the lines that go on with a description: deeper than it, up to a blank line."""
    found: List[str] = []
    for line in lines[:_MOST]:
        bare = line.expandtabs()
        if not bare.strip() or len(bare) - len(bare.lstrip()) <= depth or _ITEM.match(line[:2000]):
            return found
        found.append(line)
    return found
