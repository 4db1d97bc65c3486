"""The laws of the house that a reader of one file could not see broken."""

from __future__ import annotations

import ast
import re

import pytest

from tests.source import ROOT, Source, holds, sources

LONGEST_FILE, LONGEST_FUNCTION = 400, 40
SILENCED = re.compile(r"#\s*(?:type:\s*ignore|noqa|pragma:\s*no)\b(.*)")
REASON = re.compile(r"(?:#| - )\s*\w+")
LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!\s*\(?#\d+)")
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}
SAMPLE = re.compile(r"tests/\w+/tools/")  # tools that tests run: these may take their time
STEPS = "webify/store/migrations/"  # Alembic runs these files by importing them, for their names
SLEEPS = {"sleep", "wait_for_timeout"}
SKIPS = {"skip", "skipif", "skipunless", "xfail", "importorskip"}
CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time"}
PAGE = re.compile(r"page|html|answer\.text|.*\.page\(.*\)|.*\.get\((?!.*/(?:out|err)\b).*\)\.text")
SEEKS = {"index", "find", "count", "partition", "rpartition", "split"}
SHORT = re.compile(r"[\w-]{1,3}", re.ASCII)  # what a token of a form may well hold
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell"}


@pytest.fixture(scope="module")
def everything():
    return sources("cli.py", "webify", "legacy_tools", "tests", "benchmarks", "scripts")


@pytest.fixture(scope="module")
def webify(everything):
    return within(everything, "webify/")


@pytest.fixture(scope="module")
def tests(everything):
    found = within(everything, "tests/", "legacy_tools/tests/")
    return [source for source in found if not SAMPLE.match(source.path)]


def within(files: list[Source], *folders: str) -> list[Source]:
    """Return the files of these folders; each has some."""
    assert all(any(source.path.startswith(folder) for source in files) for folder in folders)
    return [source for source in files if source.path.startswith(folders)]


def nodes(files: list[Source], *kinds: type[ast.AST]):
    """Yield (place, node) of every node of these kinds."""
    for source in files:
        for node in source.nodes:
            if isinstance(node, kinds):
                yield f"{source.path}:{getattr(node, 'lineno', 1)}", node


def long_files(files: list[Source]) -> list[str]:
    counts = {source.path: len(source.lines) for source in files}
    return [f"{path}: {count} lines" for path, count in counts.items() if count >= LONGEST_FILE]


def long_functions(files: list[Source]) -> list[str]:
    faults = []
    for place, node in nodes(files, ast.FunctionDef, ast.AsyncFunctionDef):
        count = (node.end_lineno or node.lineno) - node.lineno + 1
        if count >= LONGEST_FUNCTION:
            faults.append(f"{place} {node.name}: {count} lines")
    return faults


def vague_names(files: list[Source]) -> list[str]:
    return [
        source.path
        for source in files
        if VAGUE & set(re.split(r"[/._]", source.path.removesuffix(".py")))
    ]


def without_docstring(files: list[Source]) -> list[str]:
    return [source.path for source in files if not ast.get_docstring(source.tree)]


def without_future(files: list[Source]) -> list[str]:
    faults = []
    for source in files:
        first = source.tree.body[1:2]
        bare = not first and source.path.endswith("__init__.py")
        if not bare and (not first or "annotations" not in ast.unparse(first[0])):
            faults.append(source.path)
    return faults


def shells(files: list[Source]) -> list[str]:
    faults = []
    for place, node in nodes(files, ast.Call):
        shell = any(word.arg == "shell" and truthy(word.value) for word in node.keywords)
        if not shell and getattr(node.func, "attr", "") not in SHELLS:
            continue
        name = ast.unparse(node.func)
        if shell or name.startswith(("os.", "subprocess.")):
            faults.append(f"{place} {name}")
    return faults


def truthy(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and not value.value)


def star_imports(files: list[Source]) -> list[str]:
    found = nodes(files, ast.ImportFrom)
    return [place for place, node in found if any(alias.name == "*" for alias in node.names)]


def silenced_without_reason(files: list[Source]) -> list[str]:
    faults = []
    for source in files:
        for number, line in enumerate(source.lines, 1):
            found = SILENCED.search(line)
            if found and "SILENCED" not in line and not REASON.search(found[1]):
                faults.append(f"{source.path}:{number} {line.strip()}")
    return faults


def later_without_issue(files: list[Source]) -> list[str]:
    return [
        f"{source.path}:{number} {line.strip()}"
        for source in files
        for number, line in enumerate(source.lines, 1)
        if "#" in line and LATER.search(line.partition("#")[2])
    ]


def called_or_marked(files: list[Source], words: set[str]) -> list[str]:
    found = list(nodes(files, ast.Attribute, ast.Name))
    faults = [f"{p} {n.attr}" for p, n in found if isinstance(n, ast.Attribute) and n.attr in words]
    return faults + [f"{p} {n.id}" for p, n in found if isinstance(n, ast.Name) and n.id in words]


def sleeps(files: list[Source]) -> list[str]:
    return called_or_marked(files, SLEEPS)


def skips(files: list[Source]) -> list[str]:
    return called_or_marked(files, SKIPS)


def timed_without_mark(files: list[Source]) -> list[str]:
    """Return tests that measure time beside others."""
    faults = []
    for place, node in nodes(files, ast.FunctionDef):
        marked = any(ast.unparse(each) == "pytest.mark.clock" for each in node.decorator_list)
        if node.name.startswith("test") and not marked and any(map(measures, ast.walk(node))):
            faults.append(f"{place} {node.name}")
    return faults


def measures(node: ast.AST) -> bool:
    """Say whether this is a time that has passed."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)):
        return False
    return isinstance(node.left, ast.Call) and last_name(node.left.func) in CLOCKS


def last_name(function: ast.expr) -> str:
    return ast.unparse(function).rpartition(".")[2]


def short_words_in_pages(files: list[Source]) -> list[str]:
    """Return where a word is sought in a page whose random tokens may hold it by chance."""
    faults = []
    for place, node in nodes(files, ast.Compare, ast.Call):
        if isinstance(node, ast.Compare):
            word, text = node.left, node.comparators[0]
            seeks = isinstance(node.ops[0], (ast.In, ast.NotIn))
        elif isinstance(node.func, ast.Attribute) and node.args:
            word, text = node.args[0], node.func.value
            seeks = node.func.attr in SEEKS
        else:
            continue
        short = isinstance(word, ast.Constant) and SHORT.fullmatch(str(word.value))
        if seeks and short and PAGE.fullmatch(ast.unparse(text)):
            faults.append(f"{place} {ast.unparse(node)}")
    return faults


def module_state(files: list[Source]) -> list[str]:
    """Return calls made at import, names that are no constants, and `global`."""
    faults = [place for place, _node in nodes(files, ast.Global)]
    for source in files:
        for node in source.tree.body[1:] if not source.path.startswith(STEPS) else ():
            if isinstance(node, ast.Expr):
                faults.append(f"{source.path}:{node.lineno} does something at import")
            elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not constant(node):
                faults.append(f"{source.path}:{node.lineno} {ast.unparse(node)[:60]}")
    return faults


def constant(node: ast.Assign | ast.AnnAssign) -> bool:
    """Say whether each name is one for a constant, a type or a Flask blueprint."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [name.id for each in targets for name in ast.walk(each) if isinstance(name, ast.Name)]
    blueprint = node.value is not None and "Blueprint(" in ast.unparse(node.value)
    return blueprint or all(re.fullmatch(r"_?[A-Z]\w*|__all__", name) for name in names)


def test_files_stay_short(everything):
    holds(long_files(everything))


def test_functions_stay_short(webify):
    holds(long_functions([*webify, *sources("cli.py")]))


def test_names_say_what_is_inside(everything):
    holds(vague_names(everything))


def test_each_module_says_what_it_is_for(webify):
    holds(without_docstring([*webify, *sources("cli.py")]))


def test_each_module_reads_annotations_late(webify):
    holds(without_future([*webify, *sources("cli.py")]))


def test_no_shell_ever(everything):
    holds(shells(everything))


def test_no_import_of_everything(everything):
    holds(star_imports(everything))


def test_silenced_rule_has_its_reason_on_the_line(everything):
    holds(silenced_without_reason(everything))


def test_todo_carries_an_issue_number(everything):
    holds(later_without_issue(everything))


def test_no_test_sleeps(tests):
    holds(sleeps(tests))


def test_no_test_is_skipped(tests):
    holds(skips(tests))


def test_time_is_measured_where_nothing_else_goes_on(tests):
    holds(timed_without_mark(tests))


def test_no_word_is_sought_in_a_page_that_may_hold_it_by_chance(tests):
    holds(short_words_in_pages(tests))


def test_nothing_is_kept_or_done_at_import(webify):
    holds(module_state(webify))


LATER_WORD = "TO" + "DO"
BAD = [
    (long_files, "x = 1\n" * 400),
    (long_functions, "def f():\n" + "    x = 1\n" * 39),
    (without_docstring, "x = 1"),
    (without_future, '"""Says."""\nimport os'),
    (shells, "subprocess.run('ls', shell=True)"),
    (shells, "subprocess.run('ls', shell=chosen)"),
    (shells, "os.system('ls')"),
    (star_imports, "from os import *"),
    (silenced_without_reason, "x = f()  # type: " + "ignore[arg-type]"),
    (silenced_without_reason, "x = f()  # no" + "qa: S101"),
    (later_without_issue, f"x = 1  # {LATER_WORD}: mend"),
    (sleeps, "import time\ntime.sleep(1)"),
    (sleeps, "from time import sleep\nsleep(1)"),
    (sleeps, "page.wait_for_timeout(500)"),
    (skips, "@pytest.mark.skipif(True)\ndef test_x(): pass"),
    (skips, "pytest.importorskip('click')"),
    (timed_without_mark, "def test_x(): assert time.monotonic() - began < 1"),
    (short_words_in_pages, "assert 'By' in page"),
    (short_words_in_pages, "page.index('kg')"),
    (short_words_in_pages, "assert '_x' not in site.page('/')"),
    (short_words_in_pages, "assert '12' in visitor.get('/').text"),
    (module_state, '"""Says."""\ncache = {}'),
    (module_state, '"""Says."""\nstart()'),
    (module_state, '"""Says."""\ndef f():\n    global x'),
]
GOOD = [
    (long_files, "x = 1\n" * 399),
    (without_future, '"""Says."""'),
    (shells, "subprocess.run(['ls'], shell=False)"),
    (silenced_without_reason, "x = f()  # type: " + "ignore[arg-type]  # the stub is wrong"),
    (silenced_without_reason, "x = f()  # no" + "qa: S101 # an invariant"),
    (later_without_issue, f"x = 1  # {LATER_WORD}(#12): mend"),
    (timed_without_mark, "@pytest.mark.clock\ndef test_x(): assert time.monotonic() - began < 1"),
    (timed_without_mark, "def until(): assert time.monotonic() - began < 1"),
    (short_words_in_pages, "assert '>By<' in page and 'By' in labels(page) and 'word' in page"),
    (short_words_in_pages, "assert 'ok' in site.browser.get(f'{run}/out').text"),
    (module_state, '"""Says."""\nLIMIT = 3\nPages = dict[str, int]\nhome = Blueprint("home")'),
]


@pytest.mark.parametrize(("law", "text"), BAD)
def test_law_finds_a_breach(law, text):
    assert law([Source("webify/__init__.py" if law is without_future else "webify/a.py", text)])


@pytest.mark.parametrize(("law", "text"), GOOD)
def test_law_lets_good_code_be(law, text):
    assert not law([Source("webify/rows/__init__.py", text)])


@pytest.mark.parametrize("path", ["webify/utils.py", "webify/web/helpers.py", "tests/common/a.py"])
def test_vague_name_is_found(path):
    assert vague_names([Source(path, "")]) == [path]


def test_map_of_runs_names_each_of_its_modules_once() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = told.partition("by the modules of `runs/`:\n\n```\n")[2].partition("```")[0]
    named = [word for line in drawn.splitlines() for word in line[21:].replace("·", "").split()]
    modules = [path.stem for path in (ROOT / "webify" / "runs").glob("[a-z]*.py")]
    assert sorted(named) == sorted([*modules, "ahead/"])
