"""Hear of a framework when the tool imports it, under whatever name a copy of it goes."""

from __future__ import annotations

import sys
from typing import Any, Callable, List, Mapping, Optional

Taken = Callable[[Any], None]


def watch(wanted: Mapping[str, Taken]) -> None:
    """Call wanted[suffix] with each module of that name, once it has been imported.

    A suffix is the last parts of a module's name, without underscores before them.  Modules that
    are there already are handed over at once.
    """
    finder = _Finder(wanted)
    places: Any = sys.meta_path
    places.insert(0, finder)
    for name, module in list(sys.modules.items()):
        taken = finder.taken(name)
        if taken is not None and module is not None:
            taken(module)


class _Finder:
    """Find nothing itself, but be told of each wanted module that another finder found."""

    def __init__(self, wanted: Mapping[str, Taken]) -> None:
        self.wanted = {tuple(suffix.split(".")): taken for suffix, taken in wanted.items()}
        self.lasts = {suffix[-1] for suffix in self.wanted}
        self.longest = max(map(len, self.wanted), default=0)
        self.sought: List[str] = []  # what other finders are being asked for

    def taken(self, fullname: str) -> Optional[Taken]:
        """Return what is to be called for a module of this name, or None."""
        if fullname.rpartition(".")[2].lstrip("_") not in self.lasts:
            return None
        parts = tuple(part.lstrip("_") for part in fullname.split("."))
        for count in range(self.longest, 0, -1):
            if parts[-count:] in self.wanted:
                return self.wanted[parts[-count:]]
        return None

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        """Return the spec of a wanted module, with a loader that tells when it is there."""
        taken = None if fullname in self.sought else self.taken(fullname)
        if taken is None:
            return None
        self.sought.append(fullname)  # a tool may have put a finder of its own around this one
        try:
            for finder in list(sys.meta_path):
                find = getattr(finder, "find_spec", None)
                spec = find(fullname, path, target) if find and finder is not self else None
                if spec is not None and spec.loader is not None:
                    spec.loader = _Loader(spec.loader, taken)
                    return spec
            return None
        finally:
            self.sought.remove(fullname)


class _Loader:
    """Load as the real loader does, and then tell."""

    def __init__(self, real: Any, taken: Taken) -> None:
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
