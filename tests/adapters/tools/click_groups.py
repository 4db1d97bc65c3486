import click


class Lazy(click.Group):
    def list_commands(self, ctx):
        return [*super().list_commands(ctx), "broken", "gone", "late"]

    def get_command(self, ctx, name):
        if name == "broken":
            import no_such_module_at_all
        if name == "late":
            return click.Command("late", help="Found late.", params=[click.Option(["--x"])])
        return super().get_command(ctx, name)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug/--no-debug")
def tool(debug):
    """Groups of every kind."""


@tool.group(invoke_without_command=True)
@click.pass_context
def users(ctx):
    """Look after users."""


@users.command("new", short_help="make one")
@click.argument("name")
@click.option("--debug/--no-debug")
def new_user(name, debug):
    """Make a user."""


@tool.group(chain=True)
def steps():
    """Several in one call."""


@steps.command()
@click.option("--size", type=int)
def cut(size):
    """Cut."""


@steps.command(hidden=True, deprecated="Use cut.")
def saw():
    """Saw."""


@tool.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.option("+p/-p", "plus")
def wrap(plus):
    """Passes on what it does not know."""


@tool.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def hand_on(words):
    """Hands on its words."""


tool.add_command(new_user, "alias")
tool.add_command(new_user, "other")
tool()
