"""What a site needs before its first visitor: sample data that one of its own tools makes."""

from __future__ import annotations

import os
import subprocess
import sys

from webify.errors import SettingsWrong
from webify.settings import Prepare, Settings

PATIENCE = 120.0  # seconds


def prepare(settings: Settings) -> None:
    """Run each [[prepare]] command whose file or folder is not there yet.

    Raises SettingsWrong with the command's own last words where one fails.
    """
    for step in settings.prepare:
        if not step.creates.exists():
            run_step(settings, step)


def run_step(settings: Settings, step: Prepare) -> None:
    """Run one command in the site's folder."""
    script = settings.folder / step.run[0]
    step.creates.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, str(script), *step.run[1:]],
            cwd=settings.folder,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise SettingsWrong(
            f"[[prepare]] “{' '.join(step.run)}” did not end within {PATIENCE:.0f} s."
        ) from error
    if done.returncode != 0 or not step.creates.exists():
        words = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise SettingsWrong(
            f"[[prepare]] “{' '.join(step.run)}” did not make {step.creates}: {words}"
        )
