"""argparse: make every parser of this process tell of itself."""

from __future__ import annotations

import sys
from typing import Any, Dict, List

from webify.adapters.argparse_action import of_class, parsers_below
from webify.adapters.argparse_read import PASSES_ON
from webify.adapters.catching import FORMATTED, MADE, PARSED, PARSED_COMMAND_LINE, Catch, around

_HELP = ("-h", "--help")


def install(module: Any, catch: Catch, name: str) -> None:
    """Put our words around the methods of ArgumentParser."""
    parser = module.ArgumentParser
    hooks = _Hooks(catch, name, parser)
    around(parser, "__init__", hooks.made)
    around(parser, "parse_args", hooks.parsed)
    around(parser, "parse_known_args", hooks.parsed_known)
    around(parser, "parse_known_intermixed_args", hooks.parsed_mixed)
    around(parser, "format_help", hooks.formatted)
    around(parser, "print_help", hooks.printed)
    for method in ("print_usage", "error", "exit"):
        around(parser, method, hooks.told)
    around(module._HelpAction, "__call__", hooks.helped)


class _Hooks:
    """What happens around each method; each gets (original, self, args, kwargs)."""

    def __init__(self, catch: Catch, name: str, base: Any) -> None:
        self.base = base
        self.catch = catch
        self.name = name
        self.doors: List[Any] = []  # classes whose own parse_args() tells us
        self.met = False  # the command line itself has been parsed, and help was not printed

    def made(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self._own_door(type(parser))
        result = original(parser, *args, **kwargs)
        self.catch.note(self.name, parser, MADE)
        return result

    def _own_door(self, cls: Any) -> None:
        """Hear of a parse_args() that a class writes anew: it may call parse_known_args()."""
        for each in cls.__mro__[: cls.__mro__.index(self.base)]:
            if "parse_args" in vars(each) and each not in self.doors:
                self.doors.append(each)
                around(each, "parse_args", self.parsed)

    def parsed(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        return self._within("args", original, parser, args, kwargs)

    def parsed_known(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        return self._within("known", original, parser, args, kwargs)

    def parsed_mixed(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        if any(word in _HELP for word in _words(args, kwargs)):
            self._announce(parser)  # before positionals are taken out for the first pass
        return self._within("args", original, parser, args, kwargs)

    def formatted(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self.catch.note(self.name, self._root(parser), FORMATTED, size(parser))
        return original(parser, *args, **kwargs)

    def printed(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self._announce(parser, going=True)
        return original(parser, *args, **kwargs)

    def told(self, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self._announce(parser)
        return original(parser, *args, **kwargs)

    def helped(self, original: Any, action: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        self._announce(args[0] if args else kwargs["parser"], going=True)
        return original(action, *args, **kwargs)

    def _within(
        self, door: str, original: Any, parser: Any, args: Any, kwargs: Dict[str, Any]
    ) -> Any:
        stack = self.catch.stack
        words = _words(args, kwargs)
        if not stack:
            self._check(parser, words, implicit=not args and kwargs.get("args") is None)
        stack.append((parser, door))
        try:
            return original(parser, *args, **kwargs)
        finally:
            stack.pop()
            if not stack and words and not knows_help(parser):
                self.met = True

    def _check(self, parser: Any, words: Any, *, implicit: bool) -> None:
        """Leave where the tool would go on to do its work with no arguments at all."""
        rank = PARSED_COMMAND_LINE if list(words) == sys.argv[1:] else PARSED
        self.catch.note(self.name, parser, rank, size(parser))
        if not words and (implicit or self.met):
            self._announce(parser)

    def _root(self, parser: Any) -> Any:
        """Return the parser that is at work, where this one is below it."""
        for outer, _ in self.catch.stack:
            if below(outer, parser):
                return outer
        return parser

    def _announce(self, parser: Any, *, going: bool = False) -> None:
        root = self._root(parser)
        doors = [door for outer, door in self.catch.stack if outer is root]
        open_options = doors[:1] == ["known"]
        if open_options:
            setattr(root, PASSES_ON, True)
        self.catch.announce(self.name, root, open_options=open_options, going=going)


def _words(args: Any, kwargs: Dict[str, Any]) -> Any:
    given = args[0] if args else kwargs.get("args")
    return sys.argv[1:] if given is None else list(given)


def below(root: Any, parser: Any) -> bool:
    """Say whether the parser is this one or stands anywhere below it."""
    if root is parser:
        return True
    return any(
        below(each, parser)
        for action in root._actions
        if of_class(action, "_SubParsersAction")
        for each in parsers_below(action).values()
        if each is not root
    )


def knows_help(parser: Any) -> bool:
    """Say whether the parser has a help option: the tool that asks it does then what it wants."""
    return any(each in _HELP for action in parser._actions for each in action.option_strings)


def size(parser: Any) -> int:
    """Return how many actions the parser holds, with those of its sub-parsers."""
    count = len(parser._actions)
    for action in parser._actions:
        if of_class(action, "_SubParsersAction"):
            count += sum(
                size(each) for each in parsers_below(action).values() if each is not parser
            )
    return count
