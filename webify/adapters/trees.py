"""Names of several words as a tree: "self add" is `add` below `self`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Mapping


@dataclass
class Node:
    """One word: what is called so, None where only longer names go through it, and what follows."""

    value: Any = None
    below: Dict[str, Node] = field(default_factory=dict)


def tree(named: Mapping[str, Any]) -> Node:
    """Return the names, which hold words with blanks between them, as a tree."""
    root = Node()
    for name, value in named.items():
        node = root
        for word in name.split():
            node = node.below.setdefault(word, Node())
        node.value = value
    return root
