import cyclopts

app = cyclopts.App()
far = cyclopts.App(name="far")
app.command(far)


@app.command
def go(item: str, extra: str = "", /):
    """Go."""


@app.command(name="all")
def all_(*items: str):
    """Go everywhere."""


@far.command
def away():
    """Away."""


app()
