import click


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.option("--open")
def tool(**options):
    """Pass all on."""


tool()
