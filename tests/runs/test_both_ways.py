"""Every legacy tool and a dozen and more of those that pip brings, started anew and warm: the same
bytes, exit codes and files.

A warm run is asked for with a program that is not there as its interpreter, so it cannot fall back.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.runs.bench import LIMIT, Bench, Done, until
from tests.runs.test_ahead import said
from webify.model.recipe import Recipe
from webify.model.run import Run
from webify.places import legacy_tools
from webify.runs.order import Plan
from webify.tools.importing import imports_of

SCRIPTS = Path(sys.executable).parent
GIVEN = {
    "in.py": "import sys\nx = f'{sys.path!r}'\n",
    "in.md": "# Head\n\nA *word*, ünïcode: 例\n",
    "in.mako": "% for i in range(3):\nline ${i} ${name}\n% endfor\n",
    "in.csv": "number,date,supplier,net,vat_rate,vat,total\n"
    "A1,2026-11-02,Merrow,100.00,20,20.00,120.00\nA2,2026-11-03,Merrow,100.00,20,21.00,121.00\n",
    "bad.json": '{"a": ',
    "good.json": '{"a": [1, 2.5, null, "é"]}',
    "scans/Scan 1.TXT": "one",
    "scans/Scan 2.TXT": "two",
}
LEGACY: Mapping[str, Sequence[Sequence[str]]] = {
    "stock.py": (
        ["--help"],
        ["levels", "--site", "all", "--value"],
        ["levels", "--limit", "none"],
        ["movements", "--limit", "20"],
        ["reorder", "--by-supplier"],
        ["rows", "no_such_table"],
        ["sample", "new.db"],
    ),
    "invoices.py": (["in.csv"], ["in.csv", "--strict", "--output", "o.csv"], ["missing.csv"]),
    "logs.py": (
        ["{office}/Logs", "--count", "level"],
        ["missing"],
        ["{office}/Logs", "--limit", "0"],
    ),
    "rename.py": (
        ["scans", "--find", "Scan", "--to", "Page {n}"],
        ["scans", "--lower", "--dry-run"],
        ["scans"],
    ),
    "share.py": (
        ["--by", "type", "--as-of", "2026-11-20", "{office}"],
        ["--as-of", "2026-11-20", "{office}"],
        ["missing"],
    ),
    "usage.py": (["{office}", "--yes"], ["{office}", "--by", "nothing"], ["missing"]),
}
FROM_PIP: Mapping[str, Sequence[Sequence[str]]] = {
    "pygmentize": (["-f", "html", "-O", "full", "-o", "out.html", "in.py"], ["-l", "no", "in.py"]),
    "markdown-it": (["in.md"], ["missing.md"]),
    "mako-render": (["--var", "name=X", "in.mako"], ["in.mako"]),
    "idna": (["bücher.example"], ["--strict", "a..b"], ["-"]),
    "vermin": (["in.py"], ["--no-such"], ["-t=3.0", "in.py"]),
    "alembic": (["init", "made"], ["current"]),
    "flask": (["--version"], ["--app", "missing", "routes"]),
    "plac_runner.py": (["--help"], ["missing.plac"]),
    "incremental": (["--help"], ["update", "nothing"]),
    "trove-classifiers": ([],),
    "httpx": (["http://127.0.0.1:9/"], ["--help"]),
    "typer": (["in.py", "run"], ["--no-such"]),
    "rich-click": (["--help"], ["no_such_module:app"]),
    "pip": (["config", "list", "--no-such"], ["hash", "in.py", "missing"]),
    "pyhtmlizer": (["in.py"], ["missing.py"]),
    "hatchling": (["--help"], ["build"]),
    "vba_extract.py": (["in.py"], []),
    "docopt_told.py": (["one", "--loud"], ["--wrong"]),
}
OWN = {
    "docopt_told.py": '"""Usage: docopt_told.py [--loud] NAME"""\nimport docopt\n'
    "print(docopt.docopt(__doc__))\n"
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("ways"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(bench: Bench) -> Path:
    """Return the folder in which lies what the legacy tools read."""
    folder = bench.settings.folder
    for script, name in (("_office_sample.py", "office"), ("stock.py sample", "stock.db")):
        words = script.split()
        run = bench.start(
            [sys.executable, str(legacy_tools() / words[0]), *words[1:], name], cwd=folder
        )
        assert bench.done(run).end.exit_code == 0
    return folder


def tool_of(name: str, folder: Path) -> Path:
    """Return where a tool lies."""
    if name in OWN:
        (folder / name).write_text(OWN[name], encoding="utf-8")
        return folder / name
    return (legacy_tools() if name in LEGACY else SCRIPTS) / name


def begin(bench: Bench, argv: Sequence[str], recipe: Recipe | None) -> Run:
    """Start a run in a folder that holds the same files each time."""
    made, site = bench.add(), bench.settings.folder
    where = bench.folder(made).files
    for name, text in GIVEN.items():
        (where / name).parent.mkdir(exist_ok=True)
        (where / name).write_text(text, encoding="utf-8")
        os.utime(where / name, (1, 1))
    env = {"STOCK_DATABASE": f"sqlite:///{site / 'stock.db'}", "COLUMNS": "90"}
    plan = Plan(tuple(argv), env, str(where), 60.0, stdin="faß.example\n", warm=recipe)
    return bench.engine.start(made, plan)


def left(done: Done) -> Mapping[str, object]:
    """Return all that a run leaves; its own folder's name is another one for each."""
    where = os.fsencode(done.folder.files)
    files = {
        str(path.relative_to(done.folder.files)): path.read_bytes().replace(where, b"HERE")
        for path in sorted(done.folder.files.rglob("*"))
        if path.is_file()
    }
    texts = [text.replace(where, b"HERE") for text in (done.out, done.err)]
    return {
        "texts": texts,
        "ends": (done.end.exit_code, done.end.signal, done.end.files),
        "files": files,
    }


def warm(bench: Bench, again: Callable[[], Run]) -> Done:
    """Run a tool warm: one that is slow to answer on a busy machine is asked again."""
    limit = time.monotonic() + LIMIT
    while True:
        done = bench.done(again())
        if done.end.exit_code is not None or done.end.signal:
            return done
        assert time.monotonic() < limit, done.end


@pytest.mark.parametrize("name", [*LEGACY, *FROM_PIP])
def test_tool_does_the_same_anew_and_warm(bench: Bench, site: Path, name: str) -> None:
    script = tool_of(name, site)
    modules = tuple(imports_of(script))
    start = (sys.executable, str(script))
    recipe = Recipe(start[:1], start[1:], 2, modules, str(script.parent), "python", {}, True)
    cases = [
        [*start, *(word.format(office=site / "office", n="{n}") for word in case)]
        for case in {**LEGACY, **FROM_PIP}[name]
    ]
    began = [begin(bench, argv, None) for argv in cases] + [begin(bench, cases[0], recipe)]
    cold = [bench.done(run) for run in began]
    until(lambda: f"{name} starts" in said(bench))
    assert f"{name} starts warm" in said(bench)
    for argv, before in zip(cases, cold, strict=False):
        again = partial(begin, bench, ["/no/python", *argv[1:]], recipe)
        assert left(warm(bench, again)) == left(before), argv
