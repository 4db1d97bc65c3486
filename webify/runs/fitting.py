"""Whether what waits for a tool's run fits it: the same environment, and nothing has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from webify.model.plain import from_plain, to_plain
from webify.model.recipe import Recipe
from webify.runs.ahead.webify_stamps import names_in, stamp
from webify.runs.order import MARK, Order

POSIX = os.name == "posix"
SAID = b'{"wish": '  # how the line of a wish begins


def secret(order: Order) -> bool:
    """Say whether its environment holds a secret, which no process shall keep."""
    return any(text in order.env.values() for text in order.plan.secrets)


def rooted(env: Mapping[str, str]) -> bool:
    """Say whether Python would look for modules in the same folders wherever it is started."""
    path = env.get("PYTHONPATH")
    return not path or all(Path(each).is_absolute() for each in path.split(os.pathsep))


def clear(order: Order) -> bool:
    """Say whether the folder it starts in is there, and none of its files would be imported."""
    warm, cwd = order.plan.warm, order.plan.cwd
    if warm is None or not os.access(cwd, os.X_OK):
        return False
    return bool(warm.folder) or not any(Path(cwd).iterdir())


def without_mark(env: Mapping[str, str]) -> dict[str, str]:
    """Return an environment as it is for all runs of a tool."""
    return {name: value for name, value in env.items() if name != MARK}


@dataclass(frozen=True)
class Wish:
    """What shall wait for a run: a Python that has imported a tool's modules, and nothing else.

    env     the environment of the tool, as it is for all of its runs
    reads   its runs have a pipe to read from
    """

    recipe: Recipe
    env: dict[str, str]
    reads: bool

    @classmethod
    def of(cls, order: Order) -> Wish | None:
        """Return what could have waited for an order, None where nothing may."""
        recipe, env = order.plan.warm, without_mark(order.env)
        own = order.plan.terminal or (POSIX and order.plan.allowance.binding)  # a start of its own
        if recipe is None or own or secret(order) or not rooted(env):
            return None
        return cls(recipe, env, order.reads)

    def line(self) -> bytes:
        """Return the line that says this to a supervisor."""
        return json.dumps({"wish": to_plain(self)}).encode("ascii") + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Wish | None:
        """Return the wish that a line says, None where it says an order."""
        return from_plain(cls, json.loads(line)["wish"]) if line.startswith(SAID) else None


@dataclass(frozen=True)
class Imported:
    """What is known of a process that has imported a tool's modules.

    files   their stamps
    names   what they are called
    """

    files: dict[str, list[int] | None]
    names: frozenset[str]

    def holds(self, folder: str) -> bool:
        """Say whether nothing has changed since; `folder` is imported from first."""
        same = all(stamp(path) == known for path, known in self.files.items())
        return same and not self.names & names_in(folder)
