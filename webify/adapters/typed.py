"""What the type of a parameter says of its values, whatever framework the type is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Optional, Tuple

from webify.model.command import Bounds, Choice, Item, Kind, PathRule

YES_NO = (Choice("true", "Yes"), Choice("false", "No"))
_LONGEST = 80  # of the name of a type


@dataclass(frozen=True)
class Typed:
    """What a type says of one value, or of each of a row.

    plain    any text will do
    custom   the tool's own type or converter, by name
    """

    kind: Kind = Kind.TEXT
    choices: Tuple[Choice, ...] = ()
    case_sensitive: bool = True
    bounds: Optional[Bounds] = None
    path: Optional[PathRule] = None
    formats: Tuple[str, ...] = ()
    items: Tuple[Item, ...] = ()
    plain: bool = False
    custom: str = ""

    def item(self, name: str = "") -> Item:
        """Return the same for one position of a row."""
        return Item(self.kind, name, self.choices, self.bounds, self.path, self.formats)


def own_name(kind: Any) -> str:
    """Return the name of a tool's own type or converter, "its own type" where it has none."""
    try:
        names = _names(kind)
    except Exception:  # noqa: BLE001 - the tool's own code may run here
        names = ()
    for name in names:
        if isinstance(name, str) and name.strip() and name != "<lambda>":
            return " ".join(name[: 2 * _LONGEST].split())[:_LONGEST]
    return "its own type"


def _names(kind: Any) -> Tuple[Any, ...]:
    """Return what it may be called, the best first; a name that a class inherits is not its own."""
    if type(kind).__module__ in ("typing", "types"):  # an annotation that is written out
        return (re.sub(r"\b[a-z_]+\.", "", str(kind)),)
    cls = kind if isinstance(kind, type) else type(kind)
    own = getattr(kind, "__dict__", {}).get("name")
    plain = "" if cls.__name__ == "function" else cls.__name__
    return (own, vars(cls).get("name"), getattr(kind, "__name__", None), plain)
