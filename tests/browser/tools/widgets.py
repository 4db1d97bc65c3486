"""Every widget of a form."""

import click


@click.group()
@click.option("--verbose", "-v", count=True, help="Detail in the log.")
@click.option("--timeout", type=int, default=60, help="Give up after so many seconds.")
def tool(verbose, timeout):
    """Every widget, in one form."""


@tool.command("all")
@click.argument("names", nargs=-1, required=True)
@click.option("--site", type=click.Choice(["leeds", "hull", "york"]), required=True, help="Where.")
@click.option("--category", type=click.Choice([f"category {n}" for n in range(8)]))
@click.option("--many", type=click.Choice([f"choice {n}" for n in range(20)]), multiple=True)
@click.option("--tag", multiple=True)
@click.option("--point", type=(int, int), help="Two numbers.")
@click.option("--pairs", type=(str, int), multiple=True)
@click.option("--since", type=click.DateTime(), help="Since when. This stands under More.")
@click.option("--cache/--no-cache", default=None, help="Use the cache.")
@click.option("--limit", type=click.IntRange(1, 5000), default=500, help="Most rows to show.")
@click.option("--file", type=click.File("r"))
@click.option("--out", type=click.File("w"))
@click.option("--password", prompt=True, hide_input=True)
@click.option("--color", is_flag=False, flag_value="always", default=None, help="Colour it.")
@click.option("--quiet", is_flag=True, help="Say less.")
@click.option("--text", metavar="TEXT", help="A long text.")
def everything(out, password, **answers):
    """All of them."""
    for name, value in answers.items():
        click.echo(f"{name}: {value!r}")
    click.echo(f"password: {len(password)} characters")
    if out:
        out.write("made by the tool\n")


if __name__ == "__main__":
    tool()
