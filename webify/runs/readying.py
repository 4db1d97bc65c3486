"""How a Python is started so that it waits before its program: see ahead/sitecustomize.py."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from webify.model.recipe import Recipe
from webify.runs.order import MARK, Order

AHEAD = Path(__file__).parent / "ahead"
ASKED = "WEBIFY_AHEAD"
HEARD = 42  # see ahead/sitecustomize.py
CHECK = 20.0  # seconds that an interpreter may take to answer
ROOM = 4096  # letters of the command line in which a run's own stands


def surroundings(env: Mapping[str, str], asked: Mapping[str, object]) -> dict[str, str]:
    """Return an environment in which Python asks us before a program begins."""
    path = os.pathsep.join(filter(None, (str(AHEAD), env.get("PYTHONPATH", ""))))
    return dict(env) | {"PYTHONPATH": path, ASKED: json.dumps(asked)}


def asks_first(recipe: Recipe, env: Mapping[str, str]) -> bool:
    """Say whether the interpreter really asks: otherwise the tool would begin by accident."""
    heard = subprocess.run(
        [*recipe.interpreter, "-c", "pass"],
        env=surroundings(env, {"check": True}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=CHECK,
    )
    return heard.returncode == HEARD


def words(recipe: Recipe) -> list[str]:
    """Return the command line of what waits, with room for that of a run."""
    return [*recipe.call, " " * ROOM]


def call_of(order: Order, recipe: Recipe) -> list[str]:
    """Return the command line of a tool as it would be started anew."""
    return [*recipe.call, *order.plan.argv[recipe.start :]]


def run_of(order: Order, recipe: Recipe) -> dict[str, object]:
    """Return what a process that waits has to hear to be the tool of an order."""
    return {
        "argv": call_of(order, recipe),
        "own": len(recipe.call),
        "cwd": order.plan.cwd,
        "umask": _umask(),
        "mark": [MARK, order.env[MARK]],
        "title": recipe.title,
    }


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now
