"""What trials of imports have shown, kept in files; what changes is tried again."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from webify.model.plain import from_plain, to_plain
from webify.model.recipe import Recipe
from webify.model.trial import Trial
from webify.runs.ahead.webify_stamps import stamp

LIMIT = 30.0  # seconds that a trial may take
NICE = 10  # a trial steps back behind the runs
EMPTY = "empty"  # the folder in which a trial is, beside the files
ENDED = {"doubt": "a trial of its imports ended before it was through", "late": True}


@dataclass
class Trials:
    """All that one launcher knows; what another one has found out is read."""

    known: dict[tuple[str, ...], Trial] = field(default_factory=dict)

    def of(self, recipe: Recipe, env: Mapping[str, str]) -> Trial | None:
        """Return what was shown of a tool as it is now, None where that is to be found out."""
        found = self.known.get(recipe.key)
        if found is None:
            found = read(recipe.trial)
            if found is not None and found.late:
                return None
        if found is None or not found.of(recipe) or found.env != digest(env):
            return None
        self.known[recipe.key] = found
        return found if all(stamp(path) == now for path, now in found.files.items()) else None

    def keep(self, recipe: Recipe, env: Mapping[str, str], said: Mapping[str, Any]) -> Trial:
        """Keep what a trial said; where nothing can be written, as long as the launcher lives."""
        told = {name: said[name] for name in ("doubt", "late", "seconds", "files") if name in said}
        trial = Trial(recipe.likely, recipe.stamps, env=digest(env), **told)
        self.known[recipe.key] = trial
        write(recipe.trial, trial)
        return trial


def digest(env: Mapping[str, str]) -> str:
    """Return what stands for an environment: too short to say anything of what is in it."""
    words = json.dumps(sorted(env.items())).encode()
    return f"{zlib.crc32(words):08x}"


def read(path: str) -> Trial | None:
    """Return what stands in a file, None where that cannot be read."""
    try:
        return from_plain(Trial, json.loads(Path(path).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write(path: str, trial: Trial) -> None:
    """Put it into a file, whole or not at all."""
    beside = Path(f"{path}.new")
    with contextlib.suppress(OSError):
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(to_plain(trial)), encoding="ascii")
        os.replace(beside, path)  # noqa: PTH105 - the atomic one


def enter_empty(path: str) -> None:
    """Go into a folder in which nothing is, so that nothing of it is found."""
    folder = Path(path).parent / EMPTY
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
