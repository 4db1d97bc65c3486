"""A tool on tyro: dataclasses, a union of commands, markers."""

from __future__ import annotations

import dataclasses
import enum
import pathlib
from typing import Dict, List, Literal, Optional, Tuple, Union

import tyro
from typing_extensions import Annotated
from tyro import conf


class Color(enum.Enum):
    """Two colors."""

    RED = 1
    GREEN = 2


@dataclasses.dataclass
class Optimizer:
    """How it learns."""

    rate: float = 0.1
    """How fast it learns."""


@dataclasses.dataclass
class Build:
    """Build it."""

    target: conf.Positional[str]
    fast: bool = False


@dataclasses.dataclass
class Test:
    """Test it."""

    names: List[str]
    optimizer: Optimizer
    times: int = 3


@dataclasses.dataclass
class Options:
    """A tool of many types."""

    command: Union[Build, Test]
    sure: bool
    color: Color = Color.RED
    mode: Literal["fast", "slow"] = "fast"
    path: Optional[pathlib.Path] = None
    pair: Tuple[int, str] = (1, "x")
    verbose: conf.UseCounterAction[int] = 0
    tags: conf.UseAppendAction[List[str]] = dataclasses.field(default_factory=list)
    note: Annotated[Optional[str], conf.arg(aliases=["-n"], help="A note.")] = None
    inner: conf.Suppress[int] = 3
    fixed: conf.Fixed[int] = 4
    table: Dict[str, int] = dataclasses.field(default_factory=dict)
    either: Union[int, str] = 3
    numbers: Tuple[int, ...] = (1, 2)


if __name__ == "__main__":
    print(tyro.cli(Options, prog="make"))
