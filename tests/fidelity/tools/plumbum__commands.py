from plumbum import cli


class Tool(cli.Application):
    """Commands."""


@Tool.subcommand("go")
class Go(cli.Application):
    """Go."""

    def main(self, *items):
        pass


@Tool.subcommand("far")
class Far(cli.Application):
    """Far away."""


@Far.subcommand("away")
class Away(cli.Application):
    """Away."""

    def main(self):
        pass


Tool.run()
