"""optparse knows no positional arguments: read them from the usage that the author wrote."""

from __future__ import annotations

import re
from typing import List, Optional, Tuple

from webify.adapters.naming import Addresses, path_kind
from webify.model.command import Parameter

_OPTIONS = re.compile(r"(?i)[\[(<{]*(?:-|(?:options?|opts|flags|switches)\b(?=[\]\s.>)}]|$))")
_WORD = r"<?[A-Za-z][\w/-]*>?"
_DOTS = r"(?:\s*\.\.\.|…)"
_PIECE = re.compile(
    rf"""\s*(?:
        (?P<again>(?P<first>{_WORD})\s+\[\s*(?P<second>{_WORD}){_DOTS}\s*\])    # FILE [FILE ...]
      | \[\s*(?P<some>{_WORD}){_DOTS}\s*\]                                      # [FILE ...]
      | \[\s*(?P<any>{_WORD})\s*\]{_DOTS}                                       # [FILE]...
      | \[\s*(?P<maybe>{_WORD})\s*\]                                            # [FILE]
      | (?P<many>{_WORD}){_DOTS}                                                # FILE...
      | (?P<one>{_WORD})                                                        # FILE
    )(?=\s|$)""",
    re.VERBOSE,
)


def positionals(usage: str, prog: str, addresses: Addresses) -> Tuple[Parameter, ...]:
    """Return the positional arguments that a usage tells of; one list of any where it is unclear.

    usage: one line for each way to call the tool; prog: its name, as it stands before them.
    """
    lines = usage.splitlines()
    found = _read(_arguments(lines[0], prog)) if len(lines) == 1 else None
    if not found:
        return (_any(addresses),)
    return tuple(_named(name, least, most, addresses) for name, least, most in found)


def _any(addresses: Addresses) -> Parameter:
    return Parameter(
        address=addresses.take("args", "arguments"),
        metavar="args",
        least=0,
        most=None,
        action="positional",
        sources={"parameter": "parser"},
    )


def _named(name: str, least: int, most: Optional[int], addresses: Addresses) -> Parameter:
    bare = name.strip("<>")
    return Parameter(
        address=addresses.take(bare.lower().replace("-", "_"), "args"),
        kind=path_kind([bare]),
        metavar=bare,
        least=least,
        most=most,
        required=least > 0,
        action="positional",
        sources={"parameter": "usage"},
    )


def _arguments(line: str, prog: str) -> str:
    """Return what stands behind the tool's name and its options."""
    own = line.startswith(prog + " ")
    rest = line[len(prog) :].strip() if own else line.partition(" ")[2].strip()
    while rest:
        if not _OPTIONS.match(rest):
            return rest
        closing = {"[": "]", "(": ")", "<": ">", "{": "}"}.get(rest[0])
        if closing is None:
            rest = rest.partition(" ")[2].strip()
        else:
            rest = rest.partition(closing)[2].lstrip(". ")
    return ""


def _read(text: str) -> Optional[List[Tuple[str, int, Optional[int]]]]:
    """Return (name, least, most) of each argument, or None where the text is not that plain."""
    found: List[Tuple[str, int, Optional[int]]] = []
    while text.strip():
        match = _PIECE.match(text)
        if match is None or _OPTIONS.match(text.strip()):
            return None
        found.append(_piece(match))
        text = text[match.end() :]
    unbounded = sum(most is None for _, _, most in found)
    return None if unbounded > 1 or _ambiguous(found) else found


def _piece(match: "re.Match[str]") -> Tuple[str, int, Optional[int]]:
    said = {name: text for name, text in match.groupdict().items() if text}
    if "again" in said:
        return said["first"], 1, None
    if "some" in said or "any" in said:
        return said.get("some") or said["any"], 0, None
    if "maybe" in said:
        return said["maybe"], 0, None if _plural(said["maybe"]) else 1
    if "many" in said:
        return said["many"], 1, None
    return said["one"], 1, None if _plural(said["one"]) else 1


def _plural(name: str) -> bool:
    """Say whether authors mean several by such a name: [args], FILES."""
    return re.search(r"(?i)[a-z]{2}[^s\W]s>?$", name) is not None


def _ambiguous(found: List[Tuple[str, int, Optional[int]]]) -> bool:
    """Say whether one that may be left out stands before another argument."""
    return any(least == 0 for _, least, _ in found[:-1])
