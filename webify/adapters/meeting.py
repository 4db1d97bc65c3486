"""What is done when a framework is handed words to parse, and would go on to call the tool."""

from __future__ import annotations

import sys
from typing import Any, Sequence

from webify.adapters.catching import PARSED, PARSED_COMMAND_LINE, Catch

_HELP = ("-h", "--help")


def meet(catch: Catch, adapter: str, parser: Any, words: Sequence[str], size: int = 0) -> None:
    """Take the parser as the tool's own where these are the words of the command line.

    Also where there are none, or help is asked for: nothing may be parsed with no words at all,
    as the tool would go on to do its work.
    """
    own = list(words) == sys.argv[1:]
    catch.note(adapter, parser, PARSED_COMMAND_LINE if own else PARSED, size)
    if own or not words or any(word in _HELP for word in words):
        catch.announce(adapter, parser)
