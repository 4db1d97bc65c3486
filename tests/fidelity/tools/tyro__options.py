import datetime
import pathlib
from typing import Annotated, Literal, Optional

import tyro


def tool(
    *,
    needed: str,
    text: Optional[str] = None,
    integer: int = 1,
    number: float = 1.0,
    flag: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False,
    switch: bool = False,
    count: tyro.conf.UseCounterAction[int] = 0,
    choice: Literal["red", "blue"] = "red",
    date: datetime.date = datetime.date(2026, 1, 1),
    path: pathlib.Path = pathlib.Path("a"),
    several: tuple[str, str] = ("c", "d"),
    repeat: tyro.conf.UseAppendAction[list[str]] = [],
    preset: str = "7",
    password: str = "",
    unlisted: tyro.conf.Suppress[str] = "",
):
    """Every kind of option.

    Args:
        text: Any text.
    """


tyro.cli(tool)
