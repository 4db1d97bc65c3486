import rich_click as click

click.rich_click.OPTION_GROUPS = {
    "*pack*": [{"name": "Told by path", "options": ["--depth", "level"]}],
}


@click.group()
@click.rich_config(help_config={"text_markup": "rich"})
@click.version_option("2.5")
def tool():
    """Pack and [bold]send[/bold] things \\[safely]."""


@tool.command()
@click.argument("source", type=click.Path(exists=True), help="What is [green]packed[/green].")
@click.option("--depth", type=int, default=2, help="How deep, [see the manual].")
@click.option("--level", type=click.Choice(["low", "high"]))
@click.option("--dry-run", is_flag=True)
def pack(source, depth, level, dry_run):
    """Pack."""


@tool.command("send", aliases=["mail"])
@click.option("--host", panel="Where to")
@click.option("--port", type=click.IntRange(1, 65535), panel="Where to")
@click.option("--user")
@click.option("--key", "secret_key")
@click.option_panel("Who", options=["--user", "secret_key"], help="Who sends it.")
def send(host, port, user, secret_key):
    """Send."""


tool()
