"""A tool whose modules were imported before its run came, beside the same tool started anew."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.runs.bench import Bench, Done, until
from webify.model.recipe import Recipe
from webify.runs.order import Plan
from webify.tools.importing import imports_of

SAMPLE = """
import argparse, atexit, inspect, json, logging, os, random, subprocess, sys
atexit.register(print, "bye")
open("made.txt", "w").write("made")
facts = {
    "argv": sys.argv, "original": sys.orig_argv, "file": __file__, "name": __name__,
    "depth": len(inspect.stack()), "path": sys.path, "flags": str(sys.flags),
    "cwd": os.path.basename(os.getcwd()), "streams": repr((sys.stdout, sys.stderr, sys.stdin)),
    "env": sorted(set(os.environ) - {"WEBIFY_RUN"}), "session": os.getsid(0) == os.getpid(),
    "inner": subprocess.run(["env"], capture_output=True, text=True).stdout.count("WEBIFY"),
    "site": "sitecustomize" in sys.modules, "input": sys.stdin.read(),
}
print(json.dumps(facts))
{end}
"""
ENDS = {
    "well": "",
    "code": "sys.exit(3)",
    "text": "sys.exit('no such thing')",
    "error": "def inner():\n    raise ValueError('bad')\ninner()",
    "chain": "try:\n    1 / 0\nexcept Exception as error:\n    raise KeyError('x') from error",
    "hard": "sys.stdout.flush(); os._exit(5)",
    "killed": "sys.stdout.flush(); os.kill(os.getpid(), 9)",
    "interrupt": "raise KeyboardInterrupt",
    "fork": "if os.fork() == 0:\n    print('child'); os._exit(0)\nos.wait()",
    "pool": "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
    "    print(pool.map(abs, [-1, 2]))",
}


def both(bench: Bench, folder: Path, text: str, *argv: str) -> tuple[Done, Done]:
    """Run a tool anew and then warm."""
    script = folder / "tool.py"
    script.write_text(text, encoding="utf-8")
    cold = run(bench, script, argv, None)
    recipe = way(script)
    run(bench, script, argv, recipe)
    notes = bench.settings.data / "runs" / "supervisor.log"
    until(lambda: "tool.py starts warm" in notes.read_text(encoding="utf-8"))
    return cold, run(bench, script, argv, recipe)


def way(script: Path, tool: str = "") -> Recipe:
    """Return how a tool is got ready."""
    modules, folder = tuple(imports_of(script)), str(script.parent)
    call = (sys.executable,), (str(script),), 2
    return Recipe(*call, modules, folder, "python", {}, always=True, tool=tool)


def run(bench: Bench, script: Path, argv: tuple[str, ...], recipe: Recipe | None) -> Done:
    made = bench.add()
    where = str(bench.folder(made).files)
    plan = Plan((sys.executable, str(script), *argv), {}, where, 30.0, stdin="given")
    return bench.done(bench.engine.start(made, replace(plan, warm=recipe)))


@pytest.mark.parametrize("end", ENDS)
def test_warm_tool_cannot_tell(bench: Bench, tmp_path: Path, end: str) -> None:
    cold, warm = both(bench, tmp_path, SAMPLE.replace("{end}", ENDS[end]), "one", "two words")
    assert warm.out == cold.out
    assert warm.err == cold.err
    assert (warm.end.exit_code, warm.end.signal) == (cold.end.exit_code, cold.end.signal)
    assert warm.end.files == cold.end.files == ("made.txt",)


def test_warm_tool_is_forked_from_what_waits(bench: Bench, tmp_path: Path) -> None:
    text = "import random, os\nprint(open(f'/proc/{os.getppid()}/cmdline').read().count('tool.py'))"
    until(lambda: [each.out for each in both(bench, tmp_path, text)] == [b"0\n", b"1\n"])


def test_look_at_another_command_of_a_tool_ends_nothing(bench: Bench, tmp_path: Path) -> None:
    both(bench, tmp_path, "import json\nprint(1)")
    zygote = waiting(bench, tmp_path)
    bench.engine.expect(Plan((), input="none", warm=way(tmp_path / "tool.py")))
    assert bench.done(bench.python("print(2)")).out == b"2\n"  # what was told before is done
    assert waiting(bench, tmp_path) == zygote


def test_one_file_may_be_two_tools_that_both_wait(bench: Bench, tmp_path: Path) -> None:
    script = tmp_path / "tool.py"
    script.write_text("import os\nprint(os.environ['SITE'])", encoding="utf-8")
    ways = {name: way(script, name) for name in ("hull", "leeds")}
    for name, each in ways.items():
        bench.engine.expect(Plan((), {"SITE": name}, warm=each))
    notes = bench.settings.data / "runs" / "supervisor.log"
    until(lambda: notes.read_text(encoding="utf-8").count("tool.py starts warm") == 2)
    zygotes = waiting(bench, tmp_path)
    for name, each in ways.items():
        made = bench.add()
        plan = Plan(each.call, {"SITE": name}, str(bench.folder(made).files), 30.0, warm=each)
        assert bench.done(bench.engine.start(made, plan)).out == name.encode() + b"\n"
    assert len(zygotes) == 2
    assert waiting(bench, tmp_path) == zygotes


def waiting(bench: Bench, folder: Path) -> list[int]:
    """Return the processes below the launcher that wait for the tool of a folder."""
    below = psutil.Process(bench.engine._launcher._waiting.pid).children()
    return sorted(
        each.pid for each in below if alive(each) and f"{folder}/tool.py" in each.cmdline()
    )


def test_two_warm_runs_have_random_numbers_of_their_own(bench: Bench, tmp_path: Path) -> None:
    cold, warm = both(bench, tmp_path, "import random\nprint(random.random())")
    assert len({cold.out, warm.out, warm.out}) == 2


def test_zygotes_end_with_a_launcher_that_is_killed(bench: Bench, tmp_path: Path) -> None:
    both(bench, tmp_path, "import json\nprint(1)")
    launcher = psutil.Process(bench.engine._launcher._waiting.pid)
    until(lambda: len(launcher.children(recursive=True)) >= 2)
    family = launcher.children(recursive=True)
    launcher.kill()
    until(lambda: not any(alive(each) for each in family))


def test_launcher_goes_on_when_a_zygote_dies_before_it_is_ready(
    bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "dies.py").write_text("import os\nos._exit(3)", encoding="utf-8")
    script = tmp_path / "tool.py"
    script.write_text("print('well')", encoding="utf-8")
    recipe = Recipe((sys.executable,), (str(script),), 2, ("dies",), "", "python", {}, True)
    launcher = bench.engine._launcher._waiting.pid
    env = {"PYTHONPATH": str(tmp_path)}
    for _ in range(4):
        made = bench.add()
        plan = Plan((sys.executable, str(script)), env, str(bench.folder(made).files), 30.0)
        done = bench.done(bench.engine.start(made, replace(plan, warm=recipe)))
        assert done.out == b"well\n"
    until(lambda: not psutil.Process(launcher).children() or len(zombies(launcher)) == 0)
    assert bench.engine._launcher._waiting.pid == launcher


def test_changed_module_is_imported_anew(bench: Bench, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    script, module = tmp_path / "tool.py", library / "levels.py"
    script.write_text("import levels\nprint(levels.said)", encoding="utf-8")
    module.write_text("said = 'old'", encoding="utf-8")
    recipe = Recipe((sys.executable,), (str(script),), 2, ("levels",), "", "python", {}, True)
    env = {"PYTHONPATH": str(library)}

    def said() -> bytes:
        made = bench.add()
        plan = Plan((sys.executable, str(script)), env, str(bench.folder(made).files), 30.0)
        return bench.done(bench.engine.start(made, replace(plan, warm=recipe))).out

    notes = bench.settings.data / "runs" / "supervisor.log"
    assert said() == b"old\n"
    until(lambda: notes.read_text(encoding="utf-8").count("starts warm") == 1)
    assert said() == b"old\n"
    module.write_text("said = 'new one'", encoding="utf-8")
    assert said() == b"new one\n"
    until(lambda: notes.read_text(encoding="utf-8").count("starts warm") == 2)
    assert said() == b"new one\n"


def zombies(pid: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(pid).children() if not alive(child)]


def alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
