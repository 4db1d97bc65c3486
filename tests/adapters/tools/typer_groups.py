import typer

app = typer.Typer(help="Commands below commands.", no_args_is_help=True, rich_markup_mode=None)
users = typer.Typer(no_args_is_help=True)
app.add_typer(users, name="users", help="Look after users.")


def shown(value: bool):
    if value:
        print("tool 4.2")
        raise typer.Exit()


@app.callback()
def main(
    debug: bool = False,
    version: bool = typer.Option(False, "--version", callback=shown, is_eager=True),
):
    pass


@app.command(deprecated=True)
def old_one(name: str = typer.Argument("World", envvar="NAME", help="Who it [is].")):
    """Greet."""


@users.command("new", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def new_user(context: typer.Context, yes: bool = typer.Option(False, "--yes/--no", "-y/-n")):
    """Make a user."""


@users.command(hidden=True)
def secret():
    """Not for people."""


app()
