"""A supervisor that was forked finds all made that readers make once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

READ = """
import re, sys, tempfile
from pathlib import Path
from re import _compiler
from webify.runs.follower import load, rehearse

rehearse()
made, compile = [], _compiler.compile
_compiler.compile = lambda *words: made.append(words) or compile(*words)
known = set(sys.modules)
with tempfile.TemporaryDirectory() as folder:
    reading = load()(Path(folder) / "rows.db")
    reading.feed(sys.stdin.buffer.read())
    reading.finish()
assert [block.kind for block in reading.blocks] == ["table"], reading.blocks
print(made, sorted(set(sys.modules) - known))
"""
OUTPUTS = {
    "csv": b"item,count\nbolt,1\nnut,2\nscrew,3\n",
    "aligned": b"ITEM   COUNT\nbolt   1\nnut    22\nscrew  333\n",
    "json": b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n',
}


@pytest.mark.parametrize("kind", OUTPUTS)
def test_after_a_rehearsal_a_table_costs_no_import_and_no_expression(
    kind: str, tmp_path: Path
) -> None:
    words = [sys.executable, "-c", READ]
    done = subprocess.run(words, input=OUTPUTS[kind], capture_output=True, cwd=tmp_path)
    assert (done.stdout.split(), done.stderr) == ([b"[]", b"[]"], b"")
