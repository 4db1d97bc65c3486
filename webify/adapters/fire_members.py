"""fire: what a component holds that can be called or looked at, found without calling any of it."""

from __future__ import annotations

import inspect
import sys
import types
from pathlib import Path
from typing import Any, Iterator, Mapping, Tuple

_VALUES = (str, bytes, int, float, complex, bool, type(None))
_BOUND = (types.FunctionType, staticmethod, classmethod, types.MethodDescriptorType)
_OWN = object()


def called(component: Any) -> Any:
    """Return what fire calls for this component: itself, its __call__, or None."""
    if inspect.isclass(component) or inspect.isroutine(component):
        return component
    if callable(component) and not isinstance(component, types.ModuleType):
        return component.__call__
    return None


def members(component: Any, place: str) -> Iterator[Tuple[str, Any, bool]]:
    """Yield (name, member, foreign) of all that fire lists; foreign is what the tool imported.

    place: the top package of the tool's own code.
    """
    if isinstance(component, Mapping):
        names = "__name__" in component and "__builtins__" in component
        for key, member in list(component.items()):
            if isinstance(key, str) and not key.startswith("_"):
                foreign = names and _foreign(member, place)
                if not (names and _plain(member)):
                    yield key, member, foreign
    elif isinstance(component, types.ModuleType):
        for key, member in sorted(vars(component).items()):
            if not key.startswith("_") and not _plain(member):
                yield key, member, _foreign(member, component.__name__.partition(".")[0])
    elif not isinstance(component, (*_VALUES, list, tuple, set, frozenset)):
        yield from _attributes(component)


def _plain(member: Any) -> bool:
    """Say whether this is a value, or a name that "from __future__" left."""
    return isinstance(member, _VALUES) or type(member).__name__ == "_Feature"


def _attributes(component: Any) -> Iterator[Tuple[str, Any, bool]]:
    """Yield the attributes of an object or a class; properties stand for their values."""
    for name in dir(component):
        if name.startswith("_"):
            continue
        held = inspect.getattr_static(component, name, _OWN)
        if held is _OWN or _plain(held):
            continue
        if isinstance(held, types.FunctionType) and inspect.isclass(component):
            yield name, types.MethodType(held, component), False  # fire has an object by then
        elif isinstance(held, _BOUND) or not hasattr(type(held), "__get__"):
            yield name, getattr(component, name), False
        elif callable(held) and hasattr(held, "__wrapped__"):
            owner = component if inspect.isclass(component) else type(component)
            yield name, types.MethodType(held.__wrapped__, owner), False
        else:
            yield name, None, False


def _foreign(member: Any, place: str) -> bool:
    """Say whether a name of a module was only imported there, from outside of the tool."""
    if isinstance(member, types.ModuleType):
        return True
    home = getattr(member, "__module__", None)
    if not isinstance(home, str) or not callable(member):
        return False
    if home.partition(".")[0] in (place, "__main__"):
        return False
    return not _beside(home)


def _beside(home: str) -> bool:
    """Say whether a module lies in the folder of the script that runs, or below it."""
    found = getattr(sys.modules.get(home), "__file__", None)
    main = getattr(sys.modules.get("__main__"), "__file__", None)
    if not found or not main:
        return False
    folder = Path(main).absolute().parent
    return folder in Path(found).absolute().parents and "site-packages" not in found
