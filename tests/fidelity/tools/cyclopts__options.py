import datetime
import pathlib
from typing import Annotated, Literal, Optional

import cyclopts
from cyclopts import Parameter, validators

app = cyclopts.App()


class Money:
    def __init__(self, text: str):
        self.text = text


@app.default
def tool(
    *,
    needed: str,
    text: Optional[str] = None,
    integer: Optional[int] = None,
    number: Optional[float] = None,
    bounded: Annotated[int, Parameter(validator=validators.Number(gte=0, lte=99))] = 1,
    flag: Annotated[bool, Parameter(negative=())] = False,
    switch: Optional[bool] = None,
    count: Annotated[int, Parameter(count=True)] = 0,
    choice: Optional[Literal["red", "blue"]] = None,
    date: Optional[datetime.date] = None,
    path: Optional[pathlib.Path] = None,
    several: Optional[tuple[str, str]] = None,
    repeat: Optional[list[str]] = None,
    own: Optional[Money] = None,
    preset: str = "7",
    from_env: Annotated[Optional[str], Parameter(env_var="TOOL_ENV")] = None,
    password: str = "",
    unlisted: Annotated[str, Parameter(show=False)] = "",
    grouped: Annotated[str, Parameter(group="Colours")] = "",
):
    """Every kind of option.

    Parameters
    ----------
    text
        Any text.
    """


app()
