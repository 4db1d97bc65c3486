"""optparse: make every parser of this process tell of itself."""

from __future__ import annotations

import optparse
import sys
from typing import Any, Dict

from webify.adapters.catching import FORMATTED, MADE, PARSED, PARSED_COMMAND_LINE, Catch, around

_HELP = ("-h", "--help")


def install(catch: Catch, name: str) -> None:
    """Put our words around the methods of OptionParser."""
    parser = optparse.OptionParser
    hooks = _Hooks(catch, name)
    around(parser, "__init__", hooks.made)
    around(parser, "parse_args", hooks.parsed)
    around(parser, "format_help", hooks.formatted)
    around(parser, "print_help", hooks.printed)
    for method in ("print_usage", "print_version", "error", "exit"):
        around(parser, method, hooks.told)


class _Hooks:
    """What happens around each method; each gets (original, self, args, kwargs)."""

    def __init__(self, catch: Catch, name: str) -> None:
        self.catch = catch
        self.name = name
        self.met = False  # the command line itself has been parsed, and help was not printed

    def made(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        result = original(parser, *args, **kwargs)
        self.catch.note(self.name, parser, MADE)
        return result

    def parsed(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        given = args[0] if args else kwargs.get("args")
        words = sys.argv[1:] if given is None else list(given)
        rank = PARSED_COMMAND_LINE if words == sys.argv[1:] else PARSED
        self.catch.note(self.name, parser, rank, size(parser))
        if not words and (given is None or self.met):
            self.catch.announce(self.name, parser)
        result = original(parser, *args, **kwargs)
        asked = any(parser.has_option(each) for each in _HELP)  # then the tool does what it wants
        self.met = self.met or (bool(words) and not asked)
        return result

    def formatted(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self.catch.note(self.name, parser, FORMATTED, size(parser))
        return original(parser, *args, **kwargs)

    def printed(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self.catch.announce(self.name, parser, going=True)
        return original(parser, *args, **kwargs)

    def told(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self.catch.announce(self.name, parser)
        return original(parser, *args, **kwargs)


def size(parser: Any) -> int:
    """Return how many options the parser holds, with those of its groups."""
    return len(parser.option_list) + sum(len(g.option_list) for g in parser.option_groups)
