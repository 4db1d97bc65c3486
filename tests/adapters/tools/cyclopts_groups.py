from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

app = App(
    name="stock",
    help="Look after a stock.",
    version="3.0",
    default_parameter=Parameter(negative=()),
)
lists = App(name=["list", "ls"], help="Show things.")
app.command(lists)
app.command("no_such_module_at_all:thing", name="broken")


@app.default
def main(query: str = "", *, deep: bool = False):
    """Look for something."""


@app.command
def add(name: str, /, *files: Path, price: float = 1.0):
    """Add something.

    Parameters
    ----------
    name: str
        What it is.
    files: Path
        Papers of it.
    """


@app.command(alias="rm", show=False)
def remove(name: str, *rest: str):
    """Take it away."""


@lists.command
def all_(page: int = 1, **filters: str):
    """Show all."""


@app.meta.default
def entry(
    *words: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    account: Annotated[str, Parameter(env_var="STOCK_ACCOUNT")] = "main",
):
    app(words)


app.meta()
