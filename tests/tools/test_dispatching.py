"""Commands that a tool chooses by hand: asked one by one, and only those that it lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from webify.settings import Settings
from webify.tool_settings import ToolSettings
from webify.tools.dispatching import described, joined, listed
from webify.tools.finding import Finder
from webify.tools.probing import Answer

HAND = """
import optparse, sys
USAGE = \"\"\"usage: %prog command [options]

Commands:
  add    Add one.
  drop   Drop one.
  help   Show this.\"\"\"


def add(argv):
    parser = optparse.OptionParser(usage="%prog [options] NAME", prog="hand add")
    parser.add_option("--size", type="int")
    parser.add_option("--small", dest="kind", action="store_const", const="s")
    parser.add_option("--large", dest="kind", action="store_const", const="l")
    parser.parse_args(argv)


def drop(argv):
    optparse.OptionParser(usage="%prog NAME", prog="hand drop").parse_args(argv)


if sys.argv[1] in ("add", "drop"):
    globals()[sys.argv[1]](sys.argv[2:])
else:
    optparse.OptionParser(usage=USAGE).print_help()
"""


def ask(folder: Path, text: str, seconds: float = 20.0, in_all: float = 45.0) -> Answer:
    (folder / "hand.py").write_text(text, encoding="utf-8")
    tools = {"hand": ToolSettings(target="hand.py")}
    found = (Finder(Settings(folder, folder / "data", tools=tools), "1").find() or ())[0]
    return described(found, seconds, in_all=in_all)


def names(command: Any) -> list[str]:
    return [each["address"] for each in command["parameters"]]


def below(command: Any) -> list[str]:
    return [each["name"] for each in command.get("commands", ())]


def test_commands_chosen_by_hand_are_asked_one_by_one(tmp_path: Path) -> None:
    answer = ask(tmp_path, HAND)
    root: Any = answer.command
    add, _ = root["commands"]
    assert below(root) == ["add", "drop"]
    assert root["needs_command"] is True
    assert names(root) == ["help"]
    assert names(add) == ["add.help", "add.size", "add.small", "add.large", "add.name"]
    assert add["constraints"][0]["members"] == ["add.small", "add.large"]
    assert answer.warnings == ()


def test_words_in_a_help_text_that_are_no_commands_stay_words(tmp_path: Path) -> None:
    answer = ask(
        tmp_path,
        "import optparse\nparser = optparse.OptionParser(epilog='Commands of the printer:\\n'\n"
        "'  feed   one page\\n  stop   at once')\nparser.parse_args()\n",
    )
    assert below(answer.command) == []
    assert names(answer.command) == ["help", "args"]


AFTER = """
import argparse, sys

class Parser(argparse.ArgumentParser):
    def print_help(self, file=None):
        super().print_help(file)
        print("\\ncommands:\\n  add   add one\\n  drop  drop one")

if sys.argv[1] in ("add", "drop"):
    parser = argparse.ArgumentParser("hand " + sys.argv[1])
    parser.add_argument("--" + sys.argv[1])
    parser.parse_args(sys.argv[2:])
else:
    parser = Parser("hand")
    parser.add_argument("command")
    parser.add_argument("words", nargs="...")
    parser.parse_args()
"""


def test_commands_that_a_tool_prints_after_its_help_are_met(tmp_path: Path) -> None:
    root: Any = ask(tmp_path, AFTER).command
    assert below(root) == ["add", "drop"]
    assert names(root) == ["help"]
    assert names(root["commands"][0]) == ["add.help", "add.add"]


DEEP = """
import argparse, sys

COMMANDS = {(): ("store", "help"), ("store",): ("add", "drop")}
path = tuple(word for word in sys.argv[1:] if word.isalpha())
parser = argparse.ArgumentParser(" ".join(("hand", *path)), description="Does " + "-".join(path))
parser.add_argument("--" + "-".join(("of", *path)))
parser.formatter_class = argparse.RawDescriptionHelpFormatter
words = COMMANDS.get(path, ())
parser.epilog = "Commands:" + "".join("\\n  %s   what it does" % word for word in words)
parser.parse_args(["--help"])
"""


def test_commands_below_commands_are_asked_too(tmp_path: Path) -> None:
    root: Any = ask(tmp_path, DEEP).command
    assert below(root) == ["store", "help"]
    store = root["commands"][0]
    assert below(store) == ["add", "drop"]
    assert names(store["commands"][1]) == ["store.drop.help", "store.drop.of_store_drop"]


CHOSEN = """
import argparse, sys

parser = argparse.ArgumentParser("hand")
parser.add_argument("command", choices=["check", "upload"])
parser.add_argument("words", nargs=argparse.REMAINDER)
given = parser.parse_args()
below = argparse.ArgumentParser("hand " + given.command)
below.add_argument("--" + given.command)
below.parse_args(given.words)
"""


def test_choices_before_words_that_are_handed_on_are_commands(tmp_path: Path) -> None:
    root: Any = ask(tmp_path, CHOSEN).command
    assert below(root) == ["check", "upload"]
    assert names(root["commands"][1]) == ["upload.help", "upload.upload"]


def test_nothing_is_asked_that_is_not_listed(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    note = f"import sys\nopen({str(calls)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
    ask(tmp_path, note + HAND)
    assert sorted(calls.read_text("utf-8").splitlines()) == [
        "--help",
        "add --help",
        "drop --help",
        "help --help",
    ]


def test_tool_that_shows_the_same_help_for_all_words_is_asked_a_few_only(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    words = "\n".join(f"  word{number}   of a command" for number in range(50))
    text = (
        f"open({str(calls)!r}, 'a').write('x')\nimport argparse\n"
        f"argparse.ArgumentParser(epilog={words!r},\n"
        "formatter_class=argparse.RawTextHelpFormatter).parse_args(['--help'])\n"
    )
    assert below(ask(tmp_path, text).command) == []
    assert len(calls.read_text("utf-8")) == 4


BARE = """
import argparse, sys

COMMANDS = ["broken", "sad", "ill", "add", "drop"]
if sys.argv[1] == "--help":
    parser = argparse.ArgumentParser("hand", add_help=False)
    parser.add_argument("--settings")
    parser.parse_known_args(sys.argv[2:])
    print("Type 'hand help <subcommand>' for help on a specific subcommand.\\n")
    print("Available subcommands:\\n\\n[core]\\n    " + "\\n    ".join(COMMANDS))
elif sys.argv[1] in COMMANDS[3:]:
    parser = argparse.ArgumentParser("hand " + sys.argv[1])
    parser.add_argument("--" + sys.argv[1])
    parser.parse_args(sys.argv[2:])
else:
    raise LookupError("no settings")
"""


def test_commands_listed_without_words_are_asked_though_the_first_ones_fail(tmp_path: Path) -> None:
    root: Any = ask(tmp_path, BARE).command
    assert below(root) == ["broken", "sad", "ill", "add", "drop"]
    assert names(root["commands"][4]) == ["drop.help", "drop.drop"]
    assert root["commands"][0] == {
        "name": "broken",
        "lost": ["The tool failed before it read its arguments: LookupError: no settings"],
    }


def test_commands_listed_with_their_short_names_are_asked_once(tmp_path: Path) -> None:
    usage = (
        "    USAGE = 'hand <command>\\n\\nCommands:\\n  add (a, ad)  add one\\n  drop  drop one'\n"
    )
    text = HAND.replace(HAND[HAND.index("USAGE") : HAND.index("def add")], usage.strip() + "\n\n")
    assert below(ask(tmp_path, text).command) == ["add", "drop"]


NAMED = """
import argparse, sys

COMMANDS = {"new": "Make one", "run": "Run one", "build": "Build one"}
listed = "commands:\\n" + "\\n".join(f"  {word}    {text}" for word, text in COMMANDS.items())
first = argparse.ArgumentParser(
    "hand", epilog=listed, formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False
)
first.add_argument("command", choices=list(COMMANDS), nargs="?")
first.add_argument("-h", "--help", action="store_true")
options, rest = first.parse_known_args()
if options.command is None:
    first.print_help()
    sys.exit()
second = argparse.ArgumentParser("hand " + options.command)
second.add_argument("--" + options.command)
second.parse_args([*rest, "--help"])
"""


def test_choices_that_a_list_of_commands_names_are_commands(tmp_path: Path) -> None:
    root: Any = ask(tmp_path, NAMED).command
    assert below(root) == ["new", "run", "build"]
    assert names(root["commands"][2]) == ["build.help", "build.build"]


TWICE = """
import argparse, sys

early = argparse.ArgumentParser("hand", add_help=False)
early.add_argument("--help", action="store_true")
known, rest = early.parse_known_args()
if not rest:
    for word in ("add", "drop", "move", "pack"):
        early.add_argument(word, help=word + " one")
    early._positionals.title = "Commands"
    early.print_help()
    sys.exit()
parser = argparse.ArgumentParser("hand")
below = parser.add_subparsers()
for word in ("add", "drop", "move", "pack"):
    below.add_parser(word).add_argument("--" + word)
parser.parse_args()
"""


def test_tool_whose_commands_are_parsed_by_another_parser_is_that_parser(tmp_path: Path) -> None:
    root: Any = ask(tmp_path, TWICE).command
    assert below(root) == ["add", "drop", "move", "pack"]
    assert names(root["commands"][3]) == ["pack.help", "pack.pack"]


def test_commands_that_come_too_late_are_told(tmp_path: Path) -> None:
    hang = "if sys.argv[1] == 'drop': __import__('threading').Event().wait()\n"
    answer = ask(tmp_path, HAND.replace("if sys.argv[1] in", hang + "if sys.argv[1] in"), 3.0, 3.0)
    assert below(answer.command) == ["add"]
    assert answer.warnings == ("Some of its 3 commands could not be read within 3 s.",)


WRITTEN = """
import argparse, sys

USAGE = "Usage: hand [options] <command>\\n\\nOptions:\\n  -q, --quiet  say less\\n\\n"
USAGE += "Commands:\\n  add   add one thing\\n  drop  drop one thing\\n"
if sys.argv[1] in ("add", "drop"):
    parser = argparse.ArgumentParser("hand " + sys.argv[1])
    parser.add_argument("--" + sys.argv[1], choices=["a", "b"])
    parser.parse_args(sys.argv[2:])
else:
    print(USAGE)
"""


def test_help_written_by_hand_lists_commands_that_have_parsers(tmp_path: Path) -> None:
    answer = ask(tmp_path, WRITTEN)
    root: Any = answer.command
    assert (answer.error, answer.framework) == ("", "argparse")
    assert [each["spellings"] for each in root["parameters"]] == [["-q", "--quiet"]]
    assert below(root) == ["add", "drop"]
    assert names(root["commands"][0]) == ["add.help", "add.add"]


PARTLY = """
import argparse, sys
parser = argparse.ArgumentParser(add_help=False)
parser.add_argument("--size", type=int, choices=[1, 2])
parser.parse_known_args()
print("Usage: hand [options]\\n\\nOptions:\\n  --size N     how large\\n"
      "  --name TEXT  whose\\n  --quiet      say less\\n  --help       this text")
"""


def test_help_written_by_hand_tells_more_than_a_parser_of_a_part(tmp_path: Path) -> None:
    answer = ask(tmp_path, PARTLY)
    known: Any = {each["address"]: each for each in (answer.command or {})["parameters"]}
    assert set(known) == {"size", "name", "quiet", "help"}
    assert known["size"]["kind"] == "integer"
    assert answer.sources == ("parser", "help text")


GETOPT = """
import getopt, sys
try:
    getopt.getopt(sys.argv[1:], "o:v")
except getopt.GetoptError as wrong:
    sys.exit(str(wrong) + "\\nusage: hand [-v] [-o FILE]\\n\\n  -v       say more\\n"
             "  -o FILE  where to")
"""


def test_usage_that_a_tool_leaves_with_is_kept_whole(tmp_path: Path) -> None:
    answer = ask(tmp_path, GETOPT)
    assert answer.command is None
    assert answer.no_parser is True
    assert "-o FILE  where to" in answer.printed


def test_program_that_a_tool_hands_its_arguments_to_answers_for_it(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("#!/bin/sh\necho 'usage: other [-v]'\necho '  -v  say more'\n", "utf-8")
    other.chmod(0o755)
    for text in (
        f"import os, sys\nos.execv({str(other)!r}, ['other', *sys.argv[1:]])\n",
        f"import subprocess, sys\nsys.exit(subprocess.call([{str(other)!r}, *sys.argv[1:]]))\n",
    ):
        answer = ask(tmp_path, text)
        assert answer.no_parser is True, answer
        assert answer.printed == "usage: other [-v]\n  -v  say more\n"


def test_long_lines_are_read_in_time() -> None:
    line = "commands " + "a-" * 200_000 + " " * 200_000
    assert listed(Answer(command={"name": "x", "help": line, "epilog": line[::-1]})) == []


def test_arguments_give_way_to_commands() -> None:
    root = {"name": "x", "parameters": [{"address": "word"}, {"address": "v", "spellings": ["-v"]}]}
    made = joined(root, {"add": {"name": "x add", "parameters": [{"address": "one"}]}})
    assert [each["address"] for each in made["parameters"]] == ["v"]
    assert made["commands"][0]["parameters"] == [{"address": "add.one"}]
