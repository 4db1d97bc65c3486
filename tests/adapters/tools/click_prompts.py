import click


@click.command(context_settings={"auto_envvar_prefix": "SHOP", "default_map": {"shelf": "B"}})
@click.argument("place", envvar="SHOP_PLACE")
@click.option("--name", prompt=True)
@click.option("--town", prompt="Which town", default="Ulm")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@click.option("--pin", hide_input=True, default="1234")
@click.option("--later", prompt=True, prompt_required=False)
@click.option("--sure/--unsure", prompt="Sure?")
@click.option("--home", envvar=["SHOP_HOME_A", "SHOP_HOME_B"])
@click.option("--shelf")
@click.option("--given", envvar="HOME", required=True)
@click.option("--plain", allow_from_autoenv=False)
@click.option("--access-token")
@click.confirmation_option(prompt="Drop it?")
def tool(**values):
    """Ask for what is missing."""


tool()
