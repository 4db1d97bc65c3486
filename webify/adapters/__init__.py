"""One module for each parser framework: how its parsers are caught, and what they say."""

from __future__ import annotations

from typing import Any, Protocol

from webify.adapters.catching import Catch
from webify.model.command import Command, Syntax

# The modules of this folder that are adapters, in the order in which they are put in place.
ADAPTERS = ("argparse_", "optparse_", "click_")


class Adapter(Protocol):
    """What a module named in ADAPTERS holds."""

    NAME: str
    SYNTAX: Syntax

    def install(self, catch: Catch) -> None:
        """Make the framework tell `catch` of each parser that the tool uses."""

    def describe(self, parser: Any) -> Command:
        """Say in our nouns what the parser accepts."""

    def version(self, parser: Any) -> str:
        """Return the version that the tool tells of itself, or ""."""
