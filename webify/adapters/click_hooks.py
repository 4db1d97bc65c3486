"""click: meet each copy of it when it is imported, and hear which command prints the help."""

from __future__ import annotations

import sys
from typing import Any, Dict, List, Tuple

from webify.adapters.catching import PARSED, PARSED_COMMAND_LINE, Catch, around


def take(module: Any, catch: Catch, name: str) -> None:
    """Put our words around the methods of this copy of click."""
    if not all(hasattr(module, each) for each in ("Command", "Context", "Parameter")):
        return
    hooks = _Hooks(catch, name)
    base = getattr(module, "_BaseCommand", None) or vars(module).get("BaseCommand")
    for cls in dict.fromkeys(filter(None, (base, module.Command))):
        for method, hook in (
            ("main", hooks.entered),
            ("get_help", hooks.called),
            ("invoke", hooks.called),
        ):
            if method in vars(cls):
                around(cls, method, hook)
    around(module.Context, "get_help", hooks.context_helped)


def claim(cls: Any, catch: Catch, name: str) -> None:
    """Say of each command of this class that it is of the framework of this name."""

    def entered(original: Any, command: Any, args: Tuple[Any, ...], kw: Dict[str, Any]) -> Any:
        catch.claim(name, command)
        return hooks.entered(original, command, args, kw)

    def parsed(original: Any, command: Any, args: Tuple[Any, ...], kw: Dict[str, Any]) -> Any:
        context = args[0] if args else kw.get("ctx")
        if context is not None and context.parent is None:
            catch.claim(name, context)
        return original(command, *args, **kw)

    hooks = _Hooks(catch, name)
    around(cls, "main", entered)
    around(cls, "parse_args", parsed)
    if "invoke" in vars(cls):
        around(cls, "invoke", hooks.called)


class _Hooks:
    """What happens around click's own methods."""

    def __init__(self, catch: Catch, name: str) -> None:
        self.catch = catch
        self.name = name

    def entered(
        self, original: Any, command: Any, args: Tuple[Any, ...], kw: Dict[str, Any]
    ) -> Any:
        given = args[0] if args else kw.get("args")
        words: List[str] = sys.argv[1:] if given is None else list(given)
        rank = PARSED_COMMAND_LINE if words == sys.argv[1:] else PARSED
        self.catch.note(self.name, command, rank, len(getattr(command, "params", ())))
        if not words:
            self.catch.announce(self.name, command)
        return original(command, *args, **kw)

    def called(self, original: Any, command: Any, args: Tuple[Any, ...], kw: Dict[str, Any]) -> Any:
        context = args[0] if args else kw.get("ctx")
        self.catch.announce(self.name, command if context is None else context.find_root())
        return original(command, *args, **kw)

    def context_helped(
        self, original: Any, context: Any, args: Tuple[Any, ...], kw: Dict[str, Any]
    ) -> Any:
        self.catch.announce(self.name, context.find_root())
        return original(context, *args, **kw)
