import enum
import pathlib
from dataclasses import dataclass, field
from typing import Optional

from simple_parsing import ArgumentParser, choice, list_field


@dataclass
class Settings:
    """Every kind of option."""

    needed: str  # It must be.
    text: Optional[str] = None  # Any text.
    integer: int = 1
    number: float = 1.0
    switch: bool = True
    choice: str = choice("red", "blue", default="red")
    path: pathlib.Path = pathlib.Path("a")
    several: list[str] = list_field("a")
    preset: str = "7"
    password: str = ""


parser = ArgumentParser()
parser.add_arguments(Settings, dest="settings")
parser.parse_args()
