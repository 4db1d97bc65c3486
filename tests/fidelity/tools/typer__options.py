import datetime
import enum
import pathlib
from typing import Annotated, Optional

import typer


class Colour(str, enum.Enum):
    red = "red"
    blue = "blue"


class Money:
    def __init__(self, text):
        self.text = text


def tool(
    needed: Annotated[str, typer.Option()],
    text: Annotated[Optional[str], typer.Option(help="Any text.")] = None,
    integer: Optional[int] = None,
    number: Optional[float] = None,
    bounded: Annotated[int, typer.Option(min=0, max=99)] = 1,
    flag: Annotated[bool, typer.Option("--flag")] = False,
    switch: Optional[bool] = None,
    count: Annotated[int, typer.Option(count=True)] = 0,
    choice: Optional[Colour] = None,
    date: Annotated[Optional[datetime.datetime], typer.Option(formats=["%Y-%m-%d"])] = None,
    path: Optional[pathlib.Path] = None,
    opened: Optional[typer.FileText] = None,
    several: Optional[tuple[str, str]] = None,
    repeat: Optional[list[str]] = None,
    own: Annotated[Optional[Money], typer.Option(parser=Money)] = None,
    preset: str = "7",
    from_env: Annotated[Optional[str], typer.Option(envvar="TOOL_ENV")] = None,
    password: Annotated[str, typer.Option(hide_input=True)] = "",
    asked: Annotated[str, typer.Option(prompt="Which one")] = "a",
    unlisted: Annotated[str, typer.Option(hidden=True)] = "",
    grouped: Annotated[str, typer.Option(rich_help_panel="Colours")] = "",
):
    """Every kind of option."""


typer.run(tool)
