"""Keep account of the parsers that a tool uses, and choose the one that it prints its help with."""

from __future__ import annotations

import contextlib
import functools
import inspect
from dataclasses import dataclass
from typing import Any, Callable, List, Optional, Tuple

# How sure it is that a parser is the tool's own, from the least.
MADE, PARSED, PARSED_COMMAND_LINE, FORMATTED = range(4)


@dataclass
class Seen:
    """A parser that the tool used: whose it is, how sure we are, and how much it holds.

    going   its help is being printed: the tool may add more to it, and will end by itself
    """

    adapter: str
    parser: Any
    rank: int
    size: int = 0
    open_options: bool = False
    going: bool = False


class Catch:
    """What the hooks of the adapters report to.

    leave   called with the parser that won; it describes it and ends the process
    """

    def __init__(self, leave: Callable[[Seen], None]) -> None:
        """Start with no parser seen."""
        self.leave = leave
        self.seen: List[Seen] = []
        self.stack: List[Any] = []
        self.claimed: List[Tuple[Any, str]] = []  # parser, adapter

    def claim(self, adapter: str, parser: Any) -> None:
        """Say that this parser is of a framework that builds on another one.

        Whoever notes or announces the parser, the adapter of this name will describe it; a later
        claim holds.
        """
        self.claimed.append((parser, adapter))
        for known in self.seen:
            if known.parser is parser:
                known.adapter = adapter

    def _owner(self, adapter: str, parser: Any) -> str:
        owners = [owner for claimed, owner in self.claimed if claimed is parser]
        return owners[-1] if owners else adapter

    def note(self, adapter: str, parser: Any, rank: int, size: int = 0) -> Seen:
        """Remember a parser; a second note raises its rank and never lowers it."""
        for known in self.seen:
            if known.parser is parser:
                known.rank = max(known.rank, rank)
                known.size = max(known.size, size)
                return known
        known = Seen(self._owner(adapter, parser), parser, rank, size)
        self.seen.append(known)
        return known

    def announce(
        self, adapter: str, parser: Any, *, open_options: bool = False, going: bool = False
    ) -> None:
        """Take this parser as the tool's own, and leave.

        going says that its help is being printed, and that the tool would end after it: then
        this may return, so that what the tool prints besides (a list of its commands) is heard.
        """
        known = self.note(adapter, parser, FORMATTED)
        known.open_options = open_options
        known.going = going
        self.leave(known)

    def best(self, least: int = MADE) -> Optional[Seen]:
        """Return the likeliest parser of at least this rank: then the largest, then the last."""
        found = [seen for seen in self.seen if seen.rank >= least]
        if not found:
            return None
        return max(enumerate(found), key=lambda pair: (pair[1].rank, pair[1].size, pair[0]))[1]


def around(cls: Any, method: str, hook: Callable[..., Any]) -> None:
    """Call `hook` with (original, self, args, kwargs) in place of a method of a framework."""
    original = getattr(cls, method)

    @functools.wraps(original)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        return hook(original, self, args, kwargs)

    with contextlib.suppress(ValueError, TypeError):
        call.__signature__ = inspect.signature(original)  # type: ignore[attr-defined] # tools look
    setattr(cls, method, call)


def claims(cls: Any, catch: Catch, name: str) -> None:
    """Claim each parser of this class, when it is made, for the adapter of this name."""

    def made(original: Any, parser: Any, args: Any, kwargs: Any) -> Any:
        catch.claim(name, parser)
        return original(parser, *args, **kwargs)

    around(cls, "__init__", made)
