"""One module for each parser framework: how its parsers are caught, and what they say."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Protocol, Sequence

from webify.adapters.catching import Catch
from webify.model.command import Command, Syntax

# The module whose import puts an adapter of this folder in place.  Only the last parts of its
# name count, without underscores before them, so that copies which other packages carry are met:
# "click.core" is typer._click.core too.
ADAPTERS: Mapping[str, str] = {
    "argparse": "argparse_",
    "optparse": "optparse_",
    "click.core": "click_",
    "cyclopts.core": "cyclopts_",
    "cleo.application": "cleo_",
    "docopt": "docopt_",
    "fire.core": "fire_",
    "absl.flags.flagvalues": "absl_",
    "twisted.python.usage": "twisted_",
    "traitlets.config.application": "traitlets_",
    "plumbum.cli.application": "plumbum_",
    "rich_click.rich_command": "rich_click_",
    "typer.core": "typer_",
    "jsonargparse.core": "jsonargparse_",
    "configargparse": "configargparse_",
    "argh.assembling": "argh_",
    "decli.application": "decli_",
    "simple_parsing.parsing": "simple_parsing_",
    "plac_core": "plac_",
    "backends.tyro_backend": "tyro_",
    "backends.argparse_backend": "tyro_",
}


class Adapter(Protocol):
    """What a module named in ADAPTERS holds."""

    NAME: str
    SYNTAX: Syntax

    def take(self, module: Any, catch: Catch) -> None:
        """Make the framework, just imported as `module`, tell `catch` of the tool's parsers."""

    def describe(self, parser: Any) -> Command:
        """Say in our nouns what the parser accepts."""

    def version(self, parser: Any) -> str:
        """Return the version that the tool tells of itself, or ""."""

    def read(self, parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
        """Return what the parser makes of these arguments, by address; nothing of the tool runs.

        Addresses are those of describe(), values are what hearing.heard() makes of the parser's.
        Raises hearing.Refused with the parser's own sentence.
        """
