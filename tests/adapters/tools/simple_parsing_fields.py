"""A tool on simple-parsing: the fields of dataclasses, nested and chosen ones."""

from __future__ import annotations

import dataclasses
import enum
from pathlib import Path
from typing import Dict, List, Literal, Optional, Tuple, Union

from simple_parsing import ArgumentParser, choice, field, subgroups


class Color(enum.Enum):
    """Two colors."""

    RED = "r"
    GREEN = "g"


@dataclasses.dataclass
class Adam:
    """One way."""

    beta: float = 0.9


@dataclasses.dataclass
class Sgd:
    """Another way."""

    momentum: float = 0.5


@dataclasses.dataclass
class Options:
    """All options."""

    steps: int  # How many steps.
    rate: float = 0.1
    """How fast."""
    fast: bool = False  # Do not wait.
    safe: bool = True
    color: Color = Color.RED
    names: List[str] = dataclasses.field(default_factory=list)
    pair: Tuple[int, str] = (1, "a")
    mode: Literal["x", "y"] = "x"
    path: Optional[Path] = None
    style: str = choice("plain", "fancy", default="plain")
    nick: str = field(default="q", alias=["-z"])
    table: Dict[str, int] = dataclasses.field(default_factory=dict)
    way: Union[Adam, Sgd] = subgroups({"adam": Adam, "sgd": Sgd}, default="adam")  # noqa: RUF009 - the same


if __name__ == "__main__":
    parser = ArgumentParser(prog="fit", description="Fit a curve.")
    parser.add_arguments(Options, dest="options")
    print(parser.parse_args())
