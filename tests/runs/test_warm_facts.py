"""What a tool finds out about its process, and how it ends: the same anew, ahead and warm."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.runs.bench import Bench, Done, until
from tests.runs.test_ahead import said
from tests.runs.test_both_ways import left, warm
from webify.model.recipe import Recipe
from webify.model.run import Run
from webify.runs.order import Order, Plan
from webify.runs.zygotes import Zygotes
from webify.tools.importing import imports_of

TOOL = Path(__file__).parent / "tools" / "facts.py"
INNER = ("double", "read", "show")
CASES = [
    each.name
    for each in ast.parse(TOOL.read_text(encoding="utf-8")).body
    if isinstance(each, ast.FunctionDef) and each.name not in INNER
]
FACTS = [name for name in CASES if name.startswith("of_")]
SOME = (*FACTS, "ends_in_order", "spawn", "futures", "deep", "left_open", "kept_to_the_end")
SURROUNDINGS: Sequence[dict[str, str]] = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1:replace", "TZ": "Asia/Tokyo"},
    {"PYTHONWARNINGS": "error::UserWarning", "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "7"},
    {"PYTHONDEVMODE": "1", "PYTHONSAFEPATH": "1", "PYTHONPATH": str(TOOL.parent)},
    {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1", "PYTHONOPTIMIZE": "1"},
)
PYTHONS = [
    str(python)
    for python in sorted(Path("~/.pyenv/versions").expanduser().glob("3.*/bin/python"))
    if int(python.parts[-3].split(".")[1]) >= 8
] + [sys.executable]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("facts"))
    yield made
    made.close()


def placeless(done: Done) -> str:
    """Return what a run leaves, without the places of objects in memory."""
    return re.sub(r"0x[0-9a-f]+", "0x", json.dumps(left(done), default=repr, indent=1))


class Ways:
    """One tool, started anew and by what waits."""

    def __init__(self, bench: Bench, python: str, env: dict[str, str], *, imports: bool) -> None:
        self.bench, self.env = bench, env
        self.start = (python, str(TOOL))
        modules = tuple(imports_of(TOOL)) if imports else ()
        title = Path(python).name
        folder = str(TOOL.parent)
        self.recipe = Recipe(self.start[:1], self.start[1:], 2, modules, folder, title, {}, True)

    def begin(self, argv: Sequence[str], recipe: Recipe | None) -> Run:
        made = self.bench.add()
        where = str(self.bench.folder(made).files)
        plan = Plan(tuple(argv), self.env, where, 60.0, stdin="given", warm=recipe)
        return self.bench.engine.start(made, plan)

    def compare(self, names: Sequence[str]) -> None:
        """Run the cases both ways."""
        notes = said(self.bench).count("facts.py starts ")
        began = [self.begin([*self.start, name], None) for name in names]
        asked = self.begin([*self.start, "double"], self.recipe)
        cold = [placeless(self.bench.done(run)) for run in began]
        self.bench.done(asked)
        until(lambda: said(self.bench).count("facts.py starts ") > notes)
        for name, before in zip(names, cold, strict=True):
            again = partial(self.begin, ["/no/python", *self.start[1:], name], self.recipe)
            assert placeless(warm(self.bench, again)) == before, name


@pytest.mark.parametrize("imports", [True, False], ids=["warm", "ahead"])
def test_tool_finds_no_difference(bench: Bench, imports: bool) -> None:
    Ways(bench, sys.executable, {}, imports=imports).compare(CASES if imports else SOME)


@pytest.mark.parametrize("python", PYTHONS[:-1])
def test_tool_of_another_python_finds_none(bench: Bench, python: str) -> None:
    Ways(bench, python, {}, imports=True).compare(SOME)


@pytest.mark.parametrize("env", SURROUNDINGS, ids=lambda env: " ".join(env))
def test_tool_finds_none_in_other_surroundings(bench: Bench, env: dict[str, str]) -> None:
    Ways(bench, sys.executable, env, imports=True).compare(
        ["of_python", "of_streams", "of_surroundings", "unicode", "warned"]
    )


@pytest.mark.parametrize("path", ["relative", f"{TOOL.parent}:", f"{TOOL.parent}::/usr"])
def test_tool_whose_modules_depend_on_its_folder_starts_anew(bench: Bench, path: str) -> None:
    recipe = Ways(bench, sys.executable, {}, imports=True).recipe
    zygotes = Zygotes()
    zygotes.wish(Order("one", "", Plan((), warm=recipe), {"PYTHONPATH": path}))
    assert not zygotes.known
