"""Which Python files are taken for tools, by their text alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from webify.tools.reading import MOST_BYTES, read_facts
from webify.tools.sources import Sources, scan

GUARD = "\nif __name__ == '__main__':\n    main()\n"
ARGPARSE = "import argparse\nparser = argparse.ArgumentParser()\n"
LIBRARY = "import argparse\ndef make_parser():\n    return argparse.ArgumentParser()\n"


def candidates(folder: Path, **files: str) -> set[str]:
    for name, text in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sources = Sources()
    sources.take(scan(folder, folder / "data"))
    found = (Path(path) for path in sources.files if sources.candidate(path))
    return {path.relative_to(folder).as_posix().removesuffix(".py") for path in found}


@pytest.mark.parametrize(
    "text",
    [
        ARGPARSE + "args = parser.parse_args()\n",
        ARGPARSE + "args, rest = parser.parse_known_args()\n",
        "import argparse as a\ndef get():\n    return a.ArgumentParser()\nx = get().parse_args()\n",
        "from argparse import ArgumentParser\ndef main():\n    ArgumentParser()\n" + GUARD,
        "#!/usr/bin/env python3\n" + ARGPARSE,
        "import os, argparse\ndef main():\n    argparse.ArgumentParser()\nmain()\n",
        (
            "import sys\r\nfrom optparse import OptionParser\r\nOptionParser()\r\n"
            "if __name__ == '__main__':\r\n    pass\r\n"
        ),
        "import click\n@click.command()\ndef main(): ...\n" + GUARD,
        "import click\n@click.group()\ndef cli(): ...\ncli()\n",
        "def main():\n    import argparse\n    argparse.ArgumentParser()\n" + GUARD,
        ARGPARSE + "print 'python 2, a syntax error'\n" + GUARD,
    ],
)
def test_file_that_starts_and_makes_a_parser_is_a_tool(tmp_path: Path, text: str) -> None:
    assert candidates(tmp_path, hello=text) == {"hello"}


@pytest.mark.parametrize(
    "ending",
    [
        "tool()\n",
        "tool(auto_envvar_prefix='OFFICE')  # by environment too\n",
        "tool.main(standalone_mode=False)\n",
        "sys.exit(tool())\n",
        "raise SystemExit(tool())\n",
        "code = 0\ntry:\n    tool()\nexcept KeyboardInterrupt:\n    pass\n",
        "if len(sys.argv) > 1:\n    tool()\n",
    ],
)
def test_click_function_of_any_name_that_is_called_is_a_tool(tmp_path: Path, ending: str) -> None:
    head = "import sys, click\n@click.command()\n@click.option('--x')\ndef tool(x): ...\n"
    assert candidates(tmp_path, hello=head + ending, library=head) == {"hello"}


@pytest.mark.parametrize(
    "text",
    [
        ARGPARSE + "def run(): ...\nrun()\n",
        ARGPARSE + "def start():\n    print(parser.parse_args())\nstart()\n",
        ARGPARSE + "async def main(): ...\nasyncio.run(main())\n",
        ARGPARSE + "if True:\n    args = parser.parse_args()\n",
        "from optparse import OptionParser\n(options, args) = OptionParser().parse_args()\n",
        "import click\ntool = click.Group('tool')\ntool()\n",
        "import click\ntools = click.CommandCollection(sources=[])\ntools()\n",
        "import typer\ndef hello(): ...\ntyper.run(hello)\n",
        "import typer\napp = typer.Typer()\napp()\n",
        "#!/usr/bin/env python3\nfrom argparse import *\nArgumentParser()\n",
        '"""Usage: x"""\nfrom docopt import docopt\narguments = docopt(__doc__)\n',
        "import fire\nfire.Fire(print)\n",
        "from absl import app, flags\napp.run(print)\n",
        "import cyclopts\napp = cyclopts.App()\napp()\n",
        "import tyro\nconfig = tyro.cli(dict)\n",
        "import plac\nplac.call(print)\n",
        "from cleo.application import Application\napp = Application()\napp.run()\n",
        "from traitlets.config import Application\nApplication.launch_instance()\n",
        "from plumbum import cli\nclass Tool(cli.Application):\n    x = 1\nTool.run()\n",
        "import jsonargparse\njsonargparse.auto_cli(print)\n",
        "import configargparse\nargs = configargparse.ArgParser().parse_args()\n",
        "import argh\nargh.dispatch_command(print)\n",
        "from decli import cli\nargs = cli({}).parse_args()\n",
        "import rich_click as click\n@click.command()\ndef tool(): ...\ntool()\n",
        "from twisted.python.usage import Options\nOptions().parseOptions()\n",
        "import simple_parsing\nargs = simple_parsing.parse(dict)\n",
        "import getopt, sys\noptions, rest = getopt.getopt(sys.argv[1:], 'x')\n" + GUARD,
    ],
)
def test_script_without_a_guard_that_starts_itself_is_a_tool(tmp_path: Path, text: str) -> None:
    assert candidates(tmp_path, hello=text) == {"hello"}


@pytest.mark.parametrize(
    "text",
    [
        "#!/usr/bin/env python3\n" + LIBRARY,
        '"""Helpers.  A tool does so:\n\nmain()\nparser.parse_args()\n"""\n' + LIBRARY,
        LIBRARY + "def main():\n    return make_parser().parse_args()\n",
        LIBRARY + "class Tool:\n    def run(self):\n        main()\n",
        LIBRARY + "def configure(): ...\nconfigure()\n",
        LIBRARY + "import subprocess\nsubprocess.run(['true'])\n",
        "try:\n    import click\nexcept ImportError:\n    exit(1)\n@click.group()\ndef c(): ...\n",
        "import click\n@click.group()\ndef tool(): ...\ntool.add_command(print)\n",
        LIBRARY + "if __name__ == '__main__':\n    import doctest\n    doctest.testmod()\n",
    ],
)
def test_library_is_no_tool_whatever_it_says(tmp_path: Path, text: str) -> None:
    assert candidates(tmp_path, library=text) == set()


@pytest.mark.clock
@pytest.mark.parametrize(
    "text", ['\\"', "'" * 3 + 'a"', '"', "@command\n", "@command", "a = ", "(\n", "\\"]
)
def test_text_that_never_ends_is_read_in_one_go(text: str) -> None:
    begun = time.process_time()
    read_facts(text.encode() * (MOST_BYTES // len(text)))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        LIBRARY,
        "print('work is done at once')\n" + GUARD,
        "import click\nclick.echo('only colours')\n" + GUARD,
        "from . import other\n" + ARGPARSE + GUARD,
        "# import argparse, ArgumentParser\n" + GUARD,
        "\0" + ARGPARSE + GUARD,
    ],
)
def test_file_that_does_not_is_none(tmp_path: Path, text: str) -> None:
    assert candidates(tmp_path, hello=text) == set()


@pytest.mark.parametrize(
    "name", ["_hidden", "test_hello", "conftest", "setup", ".dot", "tests/hello"]
)
def test_file_that_is_no_tool_by_its_name_is_left_out(tmp_path: Path, name: str) -> None:
    assert candidates(tmp_path, **{name: ARGPARSE + GUARD}) == set()


def test_virtual_environment_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "pyvenv.cfg").touch()
    assert candidates(tmp_path, **{"env/hello": ARGPARSE + GUARD}) == set()


def test_folders_are_looked_into_one_level_down(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    text = ARGPARSE + GUARD
    assert candidates(tmp_path, **{"a/b": text}) == {"a/b"}
    (tmp_path / "a" / "c").mkdir()
    assert candidates(tmp_path, **{"a/c/d": text}) == {"a/b"}


@pytest.mark.parametrize(
    "borrowed",
    [
        "from shared import make_parser\nmake_parser()\n",
        "from shared import (\n    connect,\n    make_parser as mp,\n)\n",
        "import shared\nshared.make_parser()\n",
        "import shared as s\ns.parse()\n",
        "from between import main\n",
    ],
)
def test_parser_made_by_a_file_beside_counts(tmp_path: Path, borrowed: str) -> None:
    between = "from shared import make_parser\ndef main(): ...\n"
    found = candidates(tmp_path, shared=LIBRARY, between=between, hello=borrowed + GUARD)
    assert found == {"hello"}


def test_script_that_borrows_something_else_from_a_tool_is_none(tmp_path: Path) -> None:
    night = "from stock import connect\nconnect().execute('DELETE FROM old')\n" + GUARD
    assert candidates(tmp_path, stock=ARGPARSE + GUARD, night=night) == {"stock"}


def test_files_beside_that_import_each_other_end(tmp_path: Path) -> None:
    one, two = "from two import main\n", "from one import main\n"
    assert candidates(tmp_path, one=one + GUARD, two=two + GUARD) == set()


def test_what_a_tool_imports_from_its_folder_belongs_to_it(tmp_path: Path) -> None:
    files = {
        "hello": "import argparse, one\nfrom pack import part\nimport os\n",
        "one": "import two\n",
        "two": "import one\n",
        "pack/three": "",
        "three": "",
        "pack/__init__": "",
        "pack/part": "from .inner import x\nfrom . import three\n",
        "pack/inner": "",
        "pack/unused": "",
    }
    candidates(tmp_path, **files)
    sources = Sources()
    sources.take(scan(tmp_path, tmp_path / "data"))
    closure = sources.closure(str(tmp_path / "hello.py"))
    names = {Path(path).relative_to(tmp_path).as_posix() for path in closure}
    assert names == {
        "hello.py", "one.py", "two.py",
        "pack/__init__.py", "pack/part.py", "pack/inner.py", "pack/three.py",
    }  # fmt: skip
