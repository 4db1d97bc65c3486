"""A process that was forked makes its memory its own before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import webify

AHEAD = Path(webify.__file__).parent / "runs" / "ahead"
FORKED = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import webify_memory
held = bytearray(b"x" * 8_000_000)
def look():
    return sum(size for _, size in webify_memory.shared())
told, tell = os.pipe()
if os.fork() == 0:
    before = look()
    done = webify_memory.own(int(sys.argv[2]), lambda _seconds: bool(int(sys.argv[3])))
    os.write(tell, json.dumps([before, done, look(), held.count(b"x")]).encode())
    os._exit(0)
os.wait()
print(os.read(told, 1000).decode())
"""


def forked(most: int, *, wanted: bool) -> list[int]:
    """Return what was shared, copied, and shared afterwards, and how many letters are right."""
    words = [sys.executable, "-c", FORKED, str(AHEAD), str(most), str(int(wanted))]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: list[int] = json.loads(done.stdout)
    return found


def test_all_that_is_shared_is_copied_and_nothing_changes() -> None:
    before, done, after, letters = forked(1 << 30, wanted=False)
    assert (before > 8_000_000, letters) == (True, 8_000_000)
    assert done > 8_000_000
    assert after < before / 10


def test_no_more_is_copied_than_was_allowed() -> None:
    before, done, after, _ = forked(2_000_000, wanted=False)
    assert 0 < done <= 2_000_000
    assert after > before - 3_000_000


def test_a_process_that_is_wanted_does_not_copy() -> None:
    assert forked(1 << 30, wanted=True)[1] == 0
