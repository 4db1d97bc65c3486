"""Tools that behave badly while they are asked for their help."""

from __future__ import annotations

import os
import venv
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.probed import probed

PARSER = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--x')\n"


def told(tmp_path: Path, source: str, **how: Any) -> dict[str, Any]:
    tool = tmp_path / "tool.py"
    tool.write_text(source, encoding="utf-8")
    return probed(tool, tmp_path, **how)


def names(found: dict[str, Any]) -> list[str]:
    return [each["address"] for each in found["command"]["parameters"]]


def test_missing_module_is_named_and_the_tools_own_traceback_shown(tmp_path: Path) -> None:
    found = told(tmp_path, "import os\n\nimport no_such_thing\n")
    assert found["error"] == (
        "The tool needs the module no_such_thing, which its interpreter does not have."
    )
    assert 'tool.py", line 3' in found["trace"]
    assert "probe.py" not in found["trace"]
    assert "runpy" not in found["trace"]


def test_syntax_error_is_shown(tmp_path: Path) -> None:
    found = told(tmp_path, "def broken(:\n    pass\n")
    assert "SyntaxError" in found["error"]
    assert "def broken(:" in found["trace"]


def test_error_before_the_parser_is_the_tools_error(tmp_path: Path) -> None:
    found = told(tmp_path, PARSER + "raise KeyError('PORT')\n")
    assert found["error"] == "The tool failed before it read its arguments: KeyError: 'PORT'"


def test_error_after_the_command_line_was_read_is_a_warning(tmp_path: Path) -> None:
    source = (
        "import argparse\nparser = argparse.ArgumentParser(add_help=False)\n"
        "parser.add_argument('--help', action='store_true')\nparser.parse_args()\n1 / 0\n"
    )
    found = told(tmp_path, source)
    assert names(found) == ["help"]
    assert "ZeroDivisionError" in found["warnings"][0]


def test_exit_at_import_tells_its_message(tmp_path: Path) -> None:
    found = told(tmp_path, "import sys\nsys.exit('set DATABASE_URL first')\n")
    assert found["error"] == ("The tool ended before it read its arguments: set DATABASE_URL first")
    assert "no_parser" not in found


def test_exit_at_import_tells_its_code(tmp_path: Path) -> None:
    found = told(tmp_path, "raise SystemExit(3)\n")
    assert found["error"] == "The tool ended before it read its arguments, with exit code 3."


@pytest.mark.parametrize("source", ["x = 1\n", "import os\nos._exit(0)\n", PARSER])
def test_module_that_parses_nothing_has_no_parser(tmp_path: Path, source: str) -> None:
    assert told(tmp_path, source)["no_parser"] is True


def test_tool_that_ends_at_once_after_parsing_is_described(tmp_path: Path) -> None:
    source = (
        "import os, argparse\nparser = argparse.ArgumentParser(add_help=False)\n"
        "parser.add_argument('--help', action='store_true')\nparser.parse_args()\nos._exit(0)\n"
    )
    assert names(told(tmp_path, source)) == ["help"]


def test_tool_that_catches_everything_cannot_keep_the_probe(tmp_path: Path) -> None:
    source = PARSER + (
        "while True:\n    try:\n        parser.parse_args()\n"
        "    except BaseException:\n        pass\n"
    )
    assert names(told(tmp_path, source)) == ["help", "x"]


def test_parsing_runs_only_under_main(tmp_path: Path) -> None:
    source = PARSER + "if __name__ == '__main__':\n    parser.parse_args()\n"
    assert names(told(tmp_path, source)) == ["help", "x"]


def test_output_of_the_tool_is_not_in_the_result(tmp_path: Path) -> None:
    source = "print('noise ' * 1_000_000)\n" + PARSER + "parser.parse_args()\n"
    found = told(tmp_path, source)
    assert "noise" not in str(found)
    assert names(found) == ["help", "x"]


def test_files_written_at_import_land_in_the_empty_folder(tmp_path: Path) -> None:
    source = "open('made.txt', 'w').close()\n" + PARSER + "parser.parse_args()\n"
    assert names(told(tmp_path, source)) == ["help", "x"]
    assert (tmp_path / "work" / "made.txt").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answer.json", "home", "tool.py", "work"]


def test_nothing_is_done_when_the_arguments_were_taken_away(tmp_path: Path) -> None:
    source = "import sys\ndel sys.argv[1:]\n" + PARSER + "parser.parse_args()\nopen('did', 'w')\n"
    assert names(told(tmp_path, source)) == ["help", "x"]
    assert not (tmp_path / "work" / "did").exists()


def test_no_click_command_is_ever_invoked(tmp_path: Path) -> None:
    source = (
        "import click\n"
        "@click.command(add_help_option=False, context_settings={'ignore_unknown_options': True})\n"
        "@click.argument('words', nargs=-1)\n"
        "def tool(words):\n    open('did', 'w')\ntool()\n"
    )
    assert names(told(tmp_path, source)) == ["words"]
    assert not (tmp_path / "work" / "did").exists()


def test_tool_that_starts_itself_again_is_followed(tmp_path: Path) -> None:
    source = (
        "import os, sys\n"
        "if 'AGAIN' not in os.environ:\n"
        "    os.environ['AGAIN'] = '1'\n"
        "    os.execv(sys.executable, [sys.executable, '-X', 'utf8', *sys.argv])\n" + PARSER
    )
    assert names(told(tmp_path, source + "parser.parse_args()\n")) == ["help", "x"]


def test_tool_that_starts_itself_as_a_child_is_followed(tmp_path: Path) -> None:
    source = (
        "import os, subprocess, sys\n"
        "if 'AGAIN' not in os.environ:\n"
        "    env = dict(os.environ, AGAIN='1')\n"
        "    sys.exit(subprocess.call([sys.executable, __file__, *sys.argv[1:]], env=env))\n"
    )
    assert names(told(tmp_path, source + PARSER + "parser.parse_args()\n")) == ["help", "x"]


def test_tool_that_starts_itself_for_ever_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "import os, sys\nos.execv(sys.executable, ['python', *sys.argv])\n")
    assert found["error"] == "The tool starts itself again and again."


def test_tool_that_becomes_another_program_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "import os\nos.execvp('ls', ['ls', '-l'])\n")
    assert found["error"].startswith("The tool hands over to another program: ")


def test_tool_that_forks_is_described(tmp_path: Path) -> None:
    source = (
        "import os\npid = os.fork() if hasattr(os, 'fork') else 0\n"
        "if pid:\n    os.waitpid(pid, 0)\n    os._exit(0)\n" + PARSER
    )
    assert names(told(tmp_path, source + "parser.parse_args()\n")) == ["help", "x"]


@pytest.mark.clock
def test_tool_that_hangs_is_told_where(tmp_path: Path) -> None:
    source = (
        "import threading\n\ndef wait_for_ever():\n    threading.Event().wait()\n\n"
        "wait_for_ever()\n"
    )
    found = told(tmp_path, source, seconds=0.5)
    assert found["error"] == "The tool had not printed its help after 0.5 s."
    assert "in wait_for_ever" in found["trace"]
    assert "probe.py" not in found["trace"]


def test_tool_that_asks_a_question_gets_no_answer(tmp_path: Path) -> None:
    assert "EOFError" in told(tmp_path, "name = input('Your name? ')\n")["error"]


def test_tool_finds_nothing_of_webify(tmp_path: Path) -> None:
    source = (
        "import sys\nassert not [name for name in sys.modules if 'webify' in name]\n"
        "try:\n    import webify.adapters\nexcept ImportError:\n    pass\nelse:\n    1 / 0\n"
        "assert 'WEBIFY_PROBE_ORDER' not in __import__('os').environ\n"
    )
    bare = tmp_path / "bare"  # the interpreter of the tests may have webify installed
    venv.create(bare, with_pip=False)
    python = bare / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    text = source + PARSER + "parser.parse_args()\n"
    found = told(tmp_path, text, env={"PYTHONPATH": ""}, interpreter=str(python))
    assert names(found) == ["help", "x"]


def test_tool_with_a_webify_of_its_own_gets_that_one(tmp_path: Path) -> None:
    (tmp_path / "webify.py").write_text("MINE = 'x'\n")
    source = "import webify, argparse\nparser = argparse.ArgumentParser()\n"
    source += "parser.add_argument('--' + webify.MINE)\nparser.parse_args()\n"
    assert names(told(tmp_path, source)) == ["help", "x"]


def test_module_is_found_in_its_folder_and_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "work" / "shop"
    package.mkdir(parents=True)
    (package / "parts.py").write_text(PARSER)
    (package / "__main__.py").write_text("from shop.parts import parser\nparser.parse_args()\n")
    assert names(probed("shop", tmp_path, kind="module")) == ["help", "x"]


def test_console_script_is_found_by_its_name(tmp_path: Path) -> None:
    found = probed("flask", tmp_path, kind="console")
    assert found["framework"] == "click"
    assert {"run", "shell", "routes"} <= {each["name"] for each in found["command"]["commands"]}


def test_unknown_console_script_is_told(tmp_path: Path) -> None:
    found = probed("no-such-command", tmp_path, kind="console")
    assert "There is no command no-such-command" in found["error"]


def test_earlier_small_parsers_do_not_win(tmp_path: Path) -> None:
    source = (
        "import argparse, optparse\n"
        "early = argparse.ArgumentParser(add_help=False)\nearly.add_argument('--early')\n"
        "early.parse_args([])\nearly.parse_known_args()\n"
        "optparse.OptionParser(add_help_option=False).parse_args([])\n"
    )
    assert names(told(tmp_path, source + PARSER + "parser.parse_args()\n")) == ["help", "x"]


def test_help_that_a_tool_prints_by_hand_is_met(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        + PARSER
        + ("if '--help' in sys.argv:\n    print(parser.format_help())\n    sys.exit()\n")
    )
    assert names(told(tmp_path, source)) == ["help", "x"]


def test_parser_that_knows_help_is_asked_though_another_one_reads_nothing(tmp_path: Path) -> None:
    source = (
        "import optparse\n"
        "root = optparse.OptionParser(add_help_option=False)\n"
        "root.add_option('-h', '--help', action='store_true')\n"
        "options, words = root.parse_args()\n"
        "optparse.OptionParser(prog='tool help').parse_args([])\n"
        "if options.help:\n    root.print_help()\n"
    )
    found = told(tmp_path, source)
    assert found["command"]["parameters"][0]["spellings"] == ["-h", "--help"]
    assert "by_hand" not in found
    assert found["command"]["name"] != "tool help"


def test_application_that_prints_its_help_before_it_reads_arguments_is_met(tmp_path: Path) -> None:
    source = (
        "import sys\nfrom traitlets.config import Application\n"
        "class Tool(Application):\n    aliases = {'level': 'Application.log_level'}\n"
        "if '--help' in sys.argv:\n    Tool().print_help()\n"
    )
    found = told(tmp_path, source)
    assert found["framework"] == "traitlets"
    assert "by_hand" not in found


def test_command_words_reach_parsers_that_a_tool_chooses_by_hand(tmp_path: Path) -> None:
    source = "import sys\nif sys.argv[1] != 'put':\n    sys.exit(2)\ndel sys.argv[1]\n" + PARSER
    found = told(tmp_path, source + "parser.parse_args()\n", argv=("put", "--help"))
    assert names(found) == ["help", "x"]


def test_parser_that_cannot_be_read_shows_why(tmp_path: Path) -> None:
    source = (
        PARSER + "parser._actions[-1].nargs = property\nparser._actions[-1].option_strings = 3\n"
    )
    found = told(tmp_path, source + "parser.print_help()\n")
    assert found["error"] == "The tool's parser could not be read."
    assert "Traceback" in found["trace"]


def test_tool_without_streams_is_described(tmp_path: Path) -> None:
    source = "import sys\n" + PARSER + "del sys.stdout, sys.stderr\nparser.parse_args()\n"
    assert names(told(tmp_path, source)) == ["help", "x"]


def test_tool_that_puts_finders_around_all_others_is_described(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        "class Around:\n"
        "    def __init__(self, finder): self.finder = finder\n"
        "    def find_spec(self, *args): return self.finder.find_spec(*args)\n"
        "sys.meta_path[:] = [Around(each) for each in sys.meta_path]\n"
    )
    assert names(told(tmp_path, source + PARSER + "parser.parse_args()\n")) == ["help", "x"]


def test_tool_that_minds_other_threads_meets_none_of_ours(tmp_path: Path) -> None:
    source = "import threading, sys\nif threading.active_count() > 1:\n    sys.exit('threads')\n"
    found = told(tmp_path, source + PARSER + "parser.parse_args()\n", seconds=30.0)
    assert names(found) == ["help", "x"]
