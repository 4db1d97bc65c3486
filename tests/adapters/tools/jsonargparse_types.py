"""A tool on jsonargparse: type hints, a dataclass, classes by name, a configuration file."""

from __future__ import annotations

import dataclasses
import enum
from pathlib import Path
from typing import Any, Dict, List, Literal, Optional, Tuple, Union

from jsonargparse import ActionYesNo, ArgumentParser
from jsonargparse.typing import ClosedUnitInterval, Path_fr, PositiveInt


class Color(enum.Enum):
    """Three colors."""

    RED = 1
    GREEN = "g"


@dataclasses.dataclass
class Data:
    """Where the data come from."""

    root: str = "data"
    limit: Optional[int] = None


class Optimizer:
    """A class that is chosen by its name."""

    def __init__(self, rate: float = 0.1) -> None:
        self.rate = rate


parser = ArgumentParser(prog="train", description="Train a model.", default_env=True, version="2.5")
parser.add_argument("--config", action="config")
parser.add_argument("model", type=str, help="Name of the model.")
parser.add_argument("--steps", type=int, required=True)
parser.add_argument("--rate", type=float, default=0.5)
parser.add_argument("--note", type=Optional[str])
parser.add_argument("--tags", type=List[str], default=["a"])
parser.add_argument("--pair", type=Tuple[int, str])
parser.add_argument("--color", type=Color, default=Color.RED)
parser.add_argument("--mode", type=Literal["fast", "slow"], default="fast")
parser.add_argument("--deep", type=bool, default=False)
parser.add_argument("--either", type=Union[int, str], default=3)
parser.add_argument("--table", type=Dict[str, int])
parser.add_argument("--anything", type=Any)
parser.add_argument("--out", type=Path, default=Path("out"))
parser.add_argument("--input", type=Path_fr)
parser.add_argument("--workers", type=PositiveInt, default=1)
parser.add_argument("--share", type=ClosedUnitInterval)
parser.add_argument("--cache", action=ActionYesNo, default=True)
parser.add_argument("--quiet", action="store_true")
parser.add_argument("--data", type=Data)
parser.add_argument("--optimizer", type=Optimizer)
below = parser.add_subcommands(required=False)
resume = ArgumentParser(description="Go on from a checkpoint.")
resume.add_argument("--steps", type=int)
below.add_subcommand("resume", resume, aliases=["r"], help="Go on.")

if __name__ == "__main__":
    print(parser.parse_args())
