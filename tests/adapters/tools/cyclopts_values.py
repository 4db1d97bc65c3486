import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, List, Literal, Optional, Set, Tuple, Union

import cyclopts
from cyclopts import App, Group, Parameter, validators
from cyclopts.types import ExistingFile, PositiveInt


class Size(Enum):
    VERY_SMALL = 1
    LARGE = 2


@dataclass
class User:
    name: str
    "What the user is called."
    age: Annotated[int, Parameter(validator=validators.Number(gte=0, lt=150))] = 30
    tags: Tuple[str, ...] = ()


def percent(type_, tokens):
    return float(tokens[0].value.rstrip("%"))


place = Group("Where to", help="One of these.", validator=validators.MutuallyExclusive())
app = App(version="1.4.0", help_format="plaintext")


@app.default
def tool(
    source: Annotated[Path, Parameter(validator=validators.Path(exists=True, dir_okay=False))],
    level: int = 3,
    /,
    user: Optional[User] = None,
    *,
    count: PositiveInt = 1,
    share: Annotated[float, Parameter(validator=validators.Number(gt=0, lte=1))] = 0.5,
    price: Optional[Decimal] = None,
    size: Size = Size.LARGE,
    sizes: List[Size] = [Size.VERY_SMALL],
    mode: Literal["fast", "slow"] = "fast",
    either: Union[Literal["auto"], int] = "auto",
    day: Optional[date] = None,
    when: Optional[datetime] = None,
    wait: timedelta = timedelta(seconds=5),
    id: Optional[uuid.UUID] = None,
    read: Optional[ExistingFile] = None,
    pair: Tuple[str, int] = ("a", 1),
    pairs: Optional[List[Tuple[str, int]]] = None,
    names: Annotated[List[str], Parameter(consume_multiple=True)] = ["x"],
    words: Optional[Set[str]] = None,
    part: Annotated[float, Parameter(converter=percent)] = 1.0,
    verbose: Annotated[int, Parameter(alias="-v", count=True)] = 0,
    fast: bool = True,
    plain: Annotated[bool, Parameter(negative="--fancy")] = False,
    stuck: Annotated[bool, Parameter(negative=())] = True,
    dry: Annotated[bool, Parameter(name=["--dry-run", "-n"], negative="")] = False,
    host: Annotated[Optional[str], Parameter(group=place, env_var="TOOL_HOST")] = None,
    file: Annotated[Optional[Path], Parameter(group=place)] = None,
    token: str = "",
    settings: Optional[dict] = None,
    hidden: Annotated[int, Parameter(show=False)] = 0,
    ignored: Annotated[int, Parameter(parse=False)] = 0,
):
    """Show values of every kind.

    And say more.

    Parameters
    ----------
    source
        What is read.
    user.name
        Another word for it.
    """


app()
