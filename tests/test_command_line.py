"""The command line of webify as a whole: how it calls itself, and what it lists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.test_report_command import GOOD


def webify(*words: str) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-m", "webify", *words]
    return subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_it_calls_itself_webify_however_it_was_started() -> None:
    done = webify("serve")
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: webify serve ")


def test_help_says_each_command_in_a_whole_sentence() -> None:
    told = webify("--help").stdout.partition("Commands:")[2].strip().splitlines()
    assert len(told) > 5
    assert [line for line in told if not line.endswith(".") or line.endswith("...")] == []


def test_list_has_two_columns_however_long_a_name_is(tmp_path: Path) -> None:
    for name in ("a", "a_tool_that_has_a_very_long_name_indeed"):
        (tmp_path / f"{name}.py").write_text(GOOD, encoding="utf-8")
    told = webify("list", str(tmp_path)).stdout.splitlines()
    assert len(told) == 2
    assert len({line.index("argparse") for line in told}) == 1


def test_list_of_a_folder_without_tools_says_so(tmp_path: Path) -> None:
    assert webify("list", str(tmp_path)).stdout == f"There is no tool in {tmp_path}.\n"
