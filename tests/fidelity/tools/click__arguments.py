import click


@click.group()
def tool():
    """Commands with arguments."""


@tool.command()
@click.argument("item")
@click.argument("extra", required=False)
def go(**options):
    """Go."""


@tool.command(name="all")
@click.argument("items", nargs=-1, required=True)
def all_(**options):
    """Go everywhere."""


@tool.group()
def far():
    """Far away."""


@far.command()
def away():
    """Away."""


tool()
