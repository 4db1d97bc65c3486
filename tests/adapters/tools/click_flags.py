import click


@click.command()
@click.option("--force", "-f", is_flag=True, help="Go on.")
@click.option("--on", is_flag=True, default=True)
@click.option("--cache/--no-cache", "-c/-C", default=True)
@click.option("--shout/ ", " /--hush", default=False)
@click.option("--ask/--no-ask", default=None)
@click.option("--needed/--not-needed", required=True)
@click.option("-v", "--verbose", count=True)
@click.option("--repeated", is_flag=True, multiple=True)
@click.option("--upper", "case", flag_value="upper", default=True)
@click.option("--lower", "case", flag_value="lower")
@click.option("--title", "case", flag_value="title")
@click.option("--bare", is_flag=False, flag_value="auto", default="never")
@click.option("--number", is_flag=False, flag_value=3, type=int)
@click.option("--off", is_flag=True, flag_value=False, default=True)
def tool(**values):
    """Flags of every kind."""


tool()
