"""click: meet each copy of it when it is imported, and hear which command prints the help."""

from __future__ import annotations

import importlib.abc
import re
import sys
from typing import Any, Callable, Dict, List, Tuple

from webify.adapters.catching import PARSED, PARSED_COMMAND_LINE, Catch, around

# click.core, and copies of it that other packages carry: typer._click.core
_CORE = re.compile(r"(?:^|[._])click\.core$")


def install(catch: Catch, name: str) -> None:
    """Watch the imports of this process, and take what is imported already."""
    hooks = _Hooks(catch, name)
    sys.meta_path.insert(0, _Finder(hooks.take))
    for module_name, module in list(sys.modules.items()):
        if _CORE.search(module_name):
            hooks.take(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Find nothing itself, but be told of each click that another finder found."""

    def __init__(self, taken: Callable[[Any], None]) -> None:
        self.taken = taken

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        """Return the spec of a click.core, with a loader that tells when it is there."""
        if not _CORE.search(fullname):
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(fullname, path, target) if find and finder is not self else None
            if spec is not None and spec.loader is not None:
                spec.loader = _Loader(spec.loader, self.taken)
                return spec
        return None


class _Loader(importlib.abc.Loader):
    """Load as the real loader does, and then tell."""

    def __init__(self, real: Any, taken: Callable[[Any], None]) -> None:
        self.real = real
        self.taken = taken

    def create_module(self, spec: Any) -> Any:
        """Return what the real loader makes."""
        return self.real.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """Run the module, and tell of it."""
        self.real.exec_module(module)
        self.taken(module)

    def __getattr__(self, name: str) -> Any:
        """Be the real loader in everything else (get_source for tracebacks)."""
        return getattr(self.real, name)


class _Hooks:
    """What happens around click's own methods."""

    def __init__(self, catch: Catch, name: str) -> None:
        self.catch = catch
        self.name = name

    def take(self, module: Any) -> None:
        """Put our words around the methods of this copy of click."""
        if not all(hasattr(module, name) for name in ("Command", "Context", "Parameter")):
            return
        base = getattr(module, "_BaseCommand", None) or vars(module).get("BaseCommand")
        for cls in dict.fromkeys(filter(None, (base, module.Command))):
            for method, hook in (
                ("main", self.entered),
                ("get_help", self.called),
                ("invoke", self.called),
            ):
                if method in vars(cls):
                    around(cls, method, hook)
        around(module.Context, "get_help", self.context_helped)

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
