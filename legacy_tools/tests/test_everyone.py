"""What holds for all the tools, and the examples of their documentation."""

import re
import shlex
from pathlib import Path

import pytest

from legacy_tools.tests.conftest import TOOLS

SHIPPED = ("invoices.py", "logs.py", "rename.py", "share.py", "stock.py", "usage.py")
DOCUMENT = TOOLS.parent / "docs" / "legacy_tools.md"
EXAMPLES = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_shipped_tools_are_the_files_that_do_not_begin_with_an_underscore():
    assert sorted(path.name for path in TOOLS.glob("[!_]*.py")) == list(SHIPPED)


@pytest.mark.parametrize("tool", SHIPPED)
def test_help_and_version_answer_and_name_no_web(shell, tool):
    text = "\n".join(shell.run(tool, "--help")[0])
    assert "--help" in text
    assert tool in shell.run(tool, "--version")[0][0]
    sources = TOOLS.glob(f"*{Path(tool).stem}*.py")
    assert not any("webify" in source.read_text(encoding="utf-8") for source in sources)


@pytest.mark.parametrize("tool", SHIPPED)
def test_unknown_option_ends_with_two(shell, tool):
    words = ("rows",) if tool == "stock.py" else ()
    assert "--nonsense" in shell.run(tool, *words, "--nonsense", code=2)[1]


def test_every_example_of_the_documentation_prints_what_it_shows(shell):
    text = DOCUMENT.read_text(encoding="utf-8")
    used = set()
    for block in EXAMPLES.findall(text):
        for call in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = call.partition("\n")
            python, script, *words = shlex.split(line)
            assert python == "python"
            used.add(Path(script).name)
            lines, _ = shell.run(Path(script).name, *words)
            assert fits(shown.splitlines(), lines), "\n".join(lines)
    assert used >= set(SHIPPED)


def fits(shown, lines):
    """Say whether the lines are those shown; "..." stands for any number of lines."""
    pattern = "".join(r"(.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in lines))


def test_sample_folder_is_never_written_over(shell):
    shell.run("_office_sample.py", "office")
    assert "is there already" in shell.run("_office_sample.py", "office", code=1)[1]
    assert "Usage:" in shell.run("_office_sample.py", code=2)[1]
