"""Run the real probe on a tool, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROBE = ROOT / "webify" / "tools" / "probe.py"


def probed(
    target: Path | str,
    folder: Path,
    *,
    kind: str = "script",
    argv: tuple[str, ...] = ("--help",),
    interpreter: str = sys.executable,
    seconds: float = 0,
    env: dict[str, str] | None = None,
    read: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """Return what the probe wrote of the tool, or raise where it wrote nothing."""
    work, home, out = folder / "work", folder / "home", folder / "answer.json"
    work.mkdir(exist_ok=True)
    home.mkdir(exist_ok=True)
    order = {
        "root": str(ROOT),
        "kind": kind,
        "target": str(target),
        "argv": list(argv),
        "cwd": str(work),
        "out": str(out),
        "seconds": seconds,
        "read": [list(words) for words in read],
    }
    ended = subprocess.run(
        [interpreter, str(PROBE)],
        input=json.dumps(order).encode() + b"\n",
        capture_output=True,
        env={**os.environ, "HOME": str(home), "USERPROFILE": str(home), **(env or {})},
        timeout=60,
    )
    assert out.exists(), (ended.returncode, ended.stderr.decode()[-2000:])
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found
