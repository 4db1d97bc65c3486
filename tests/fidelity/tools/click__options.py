import click


class Money(click.ParamType):
    name = "money"

    def convert(self, value, param, ctx):
        return value


@click.command()
@click.option("--text", help="Any text.")
@click.option("--integer", type=int)
@click.option("--number", type=float)
@click.option("--bounded", type=click.IntRange(0, 99))
@click.option("--flag", is_flag=True)
@click.option("--switch/--no-switch", default=None)
@click.option("--count", count=True)
@click.option("--choice", type=click.Choice(["red", "blue"]))
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--path", type=click.Path())
@click.option("--opened", type=click.File())
@click.option("--several", nargs=2)
@click.option("--repeat", multiple=True)
@click.option("--maybe", is_flag=False, flag_value="c")
@click.option("--own", type=Money())
@click.option("--preset", default="7")
@click.option("--needed", required=True)
@click.option("--from-env", envvar="TOOL_ENV")
@click.option("--password", hide_input=True)
@click.option("--asked", prompt="Which one")
@click.option("--unlisted", hidden=True)
@click.option("--old", deprecated=True)
def tool(**options):
    """Every kind of option."""


tool()
