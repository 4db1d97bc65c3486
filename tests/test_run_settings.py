"""What a site says of the limits of its runs and of the meaning of exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_settings import fault, load
from webify.model.allowance import Allowance
from webify.model.exits import Exit
from webify.tool_settings import ToolSettings


def test_limits_of_a_tool_come_before_those_of_the_site(tmp_path: Path) -> None:
    text = (
        "[limits]\nrun_memory_bytes = 5\nrun_cpus = 2\nrun_processes = 9\n"
        "[tools.stock]\nmemory_bytes = 7\nprocesses = 0\noutput_bytes = 3"
    )
    settings = load(tmp_path, text, WEBIFY_RUN_CPU_SECONDS="60")
    stock = settings.limits.allowance(settings.tools["stock"])
    other = settings.limits.allowance(ToolSettings())
    assert stock == Allowance(7, 60.0, 2.0, 0, 3, 0)
    assert other == Allowance(5, 60.0, 2.0, 9, settings.limits.run_bytes, 0)


def test_exit_codes_are_read_for_tools_and_commands(tmp_path: Path) -> None:
    text = (
        "[tools.find.exits]\n1 = { state = 'succeeded', words = 'Nothing' }\n2-9 = {}\n"
        "others = { changed = false }\n[tools.find.commands.put.exits.3]\nstate = 'warned'"
    )
    tool = load(tmp_path, text).tools["find"]
    assert tool.exits == (Exit(1, 1, "succeeded", "Nothing"), Exit(2, 9), Exit(1, 0, changed=False))
    assert tool.commands["put"].exits == (Exit(3, 3, "warned"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[tools.stock.exits]\n1 = { state = 'ok' }",
            "tools.stock.exits.1.state must be one of succeeded, warned, failed, not “ok”.",
        ),
        (
            "[tools.stock.commands.put.exits]\n9-2 = { words = 'x' }",
            (
                "tools.stock.commands.put.exits needs an exit code like 1, some like 2-9, "
                "or others, not “9-2”."
            ),
        ),
        (
            "[tools.stock]\ncpus = -1",
            "tools.stock.cpus must be a number from 0, like 0.5, not -1.",
        ),
    ],
)
def test_fault_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert fault(tmp_path, text) == f"webify.toml, line 2: {said}"
