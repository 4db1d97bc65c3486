import datetime
import uuid
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, List, Literal, Optional, Tuple

import typer


class Size(str, Enum):
    small = "s"
    large = "l"


class Own:
    def __init__(self, text):
        self.text = text


def parse_own(text):
    return Own(text)


app = typer.Typer(add_completion=False, rich_markup_mode="rich")


@app.command(epilog="The [i]end[/i].")
def tool(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What is read.")],
    rest: Annotated[Optional[List[int]], typer.Argument()] = None,
    *,
    computed: Annotated[str, typer.Option(default_factory=lambda: "x")],
    count: Annotated[int, typer.Option("--count", "-n", min=1, max=9)] = 3,
    share: Annotated[float, typer.Option(min=0, clamp=True, help="The [green]part[/green].")] = 0.5,
    size: Annotated[Size, typer.Option(case_sensitive=False, rich_help_panel="Looks")] = Size.large,
    sizes: List[Size] = [Size.small],
    mode: Literal["fast", "slow"] = "fast",
    day: Annotated[Optional[datetime.datetime], typer.Option(formats=["%d.%m.%Y"])] = None,
    when: Optional[datetime.datetime] = None,
    date: Optional[datetime.date] = None,
    id: Optional[uuid.UUID] = None,
    price: Optional[Decimal] = None,
    folder: Annotated[Optional[Path], typer.Option(file_okay=False)] = None,
    out: Optional[typer.FileTextWrite] = None,
    read: Optional[typer.FileText] = None,
    pair: Tuple[str, int] = ("a", 1),
    own: Annotated[Optional[Own], typer.Option(parser=parse_own, metavar="OWN")] = None,
    verbose: Annotated[int, typer.Option("-v", count=True)] = 0,
    force: Annotated[bool, typer.Option("--force", "-f", prompt="Are you sure?")] = False,
    fast: bool = True,
    only: Annotated[bool, typer.Option(" /--off")] = True,
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)
    ] = "x",
    token: Annotated[Optional[str], typer.Option(envvar="BUILD_TOKEN")] = None,
    hidden: Annotated[str, typer.Option(hidden=True)] = "",
):
    """Show [bold]values[/bold] of [every] kind."""


app()
