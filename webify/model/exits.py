"""What the exit codes of a tool mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional

ENDINGS = ("succeeded", "warned", "failed")


@dataclass(frozen=True)
class Exit:
    """What some exit codes of a command mean.

    first, last   the codes; a `first` above `last` stands for all that nothing else is said of
    state         one of ENDINGS
    words         a sentence, or "" for the program's own last words
    changed       whether anything was changed, None where that is not known
    """

    first: int
    last: int
    state: str = "failed"
    words: str = ""
    changed: Optional[bool] = None

    @property
    def well(self) -> bool:
        """Say whether it is no failure."""
        return self.state != "failed"


def meaning(exits: Iterable[Exit], code: int) -> Optional[Exit]:
    """Return what is said of an exit code: the narrowest, the first of several, or None."""
    others: Optional[Exit] = None
    found = []
    for each in exits:
        if each.first > each.last:
            others = others or each
        elif each.first <= code <= each.last:
            found.append(each)
    named = min(found, key=lambda each: each.last - each.first, default=None)
    return named or (others if code else None)
