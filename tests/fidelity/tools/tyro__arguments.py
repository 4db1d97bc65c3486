import tyro


def go(item: tyro.conf.Positional[str], extra: tyro.conf.Positional[str] = "") -> None:
    """Go."""


def all_(items: tyro.conf.Positional[list[str]]) -> None:
    """Go everywhere."""


tyro.extras.subcommand_cli_from_dict({"go": go, "all": all_})
