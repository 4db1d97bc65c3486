import typer

app = typer.Typer()
far = typer.Typer()
app.add_typer(far, name="far")


@app.command()
def go(item: str, extra: str = typer.Argument(default="")):
    """Go."""


@app.command(name="all")
def all_(items: list[str]):
    """Go everywhere."""


@far.command()
def away():
    """Away."""


@far.command()
def back():
    """Back."""


app()
