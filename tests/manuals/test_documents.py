"""Documents in which an author writes the whole command line down: OpenCLI, usage specs, KDL."""

from __future__ import annotations

import json
from typing import Any

import pytest

from webify.faces.effects import effect
from webify.manuals.cobra import read_complete
from webify.manuals.command import Tree, to_command
from webify.manuals.facts import NO, OPTIONAL, YES, OptionFact
from webify.manuals.kdl import KdlFault, Node, read_kdl
from webify.manuals.merging import merged
from webify.manuals.opencli import read_opencli
from webify.manuals.usage_spec import read_usage_spec
from webify.model.command import DESTROYS, READS, WRITES
from webify.model.exits import Exit

OPENCLI: dict[str, Any] = {
    "opencli": "0.1",
    "info": {"title": "pack", "version": "1.0", "description": "Packs."},
    "options": [
        {
            "name": "--level",
            "aliases": ["-l"],
            "recursive": True,
            "arguments": [{"name": "N", "acceptedValues": ["low", "high"]}],
        },
        {"name": "--color", "arguments": [{"name": "WHEN", "arity": {"minimum": 0, "maximum": 1}}]},
        {"name": "--quiet", "description": "Say nothing", "hidden": True},
    ],
    "exitCodes": [
        {"code": 0, "description": "Packed"},
        {"code": 4, "description": "Nothing to pack"},
        {"code": "x"},
        3,
    ],
    "commands": [
        {
            "name": "add",
            "aliases": ["a"],
            "description": "Add files",
            "arguments": [{"name": "FILE", "required": True, "arity": {"minimum": 1}}],
        }
    ],
}
USAGE = """
// a comment
bin "pack"
about "Packs."
flag "-l --level <n>" global=#true help="How hard" default="low" {
  choices "low" "high"
}
flag "--color [when]" env="PACK_COLOR"
flag "-v --verbose" count=true
flag "--cache" negate="--no-cache"
flag "--include... <pattern>"
cmd "add" help="Add files" {
  alias "a"
  arg "<file>..." help=r#"What to "add""#
  arg "[-- rest]..."
  cmd "one" hide=#true
}
mount run="rm -rf /"
"""


def by_name(options: tuple[OptionFact, ...]) -> dict[str, OptionFact]:
    return {word: fact for fact in options for word in fact.spellings}


def test_opencli_document_is_read_whole() -> None:
    pages = read_opencli(json.dumps(OPENCLI))
    assert list(pages) == [(), ("add",)]
    root = by_name(pages[()].options)
    assert (root["-l"].value, [c.value for c in root["-l"].choices]) == (YES, ["low", "high"])
    assert root["--color"].value == OPTIONAL
    assert (root["--quiet"].value, root["--quiet"].hidden) == (NO, True)
    (fact,) = pages[()].commands
    assert (fact.name, fact.aliases, fact.help) == ("add", ("a",), "Add files")
    (file,) = pages["add",].positionals
    assert (file.required, file.repeat) == (True, True)
    assert "--level" in by_name(pages["add",].options)
    assert pages[()].exits == (Exit(4, 4, words="Nothing to pack"),)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"opencli": 1}', "[" * 100_000, "{\x00", "nonsense"]
)
def test_other_text_is_no_document(text: str) -> None:
    assert read_opencli(text) == {}
    assert read_usage_spec(text) == {}


def test_document_with_wrong_types_is_read_as_far_as_it_goes() -> None:
    odd = {"opencli": "0.1", "options": [3, {"name": ["x"]}, {"name": "-q", "arguments": "no"}]}
    (fact,) = read_opencli(json.dumps(odd))[()].options
    assert (fact.spellings, fact.value) == (("-q",), NO)


def test_usage_spec_is_read_whole() -> None:
    pages = read_usage_spec(USAGE)
    assert list(pages) == [(), ("add",), ("add", "one")]
    root = by_name(pages[()].options)
    assert pages[()].help == "Packs."
    assert (root["--level"].value, root["--level"].default) == (YES, "low")
    assert [each.value for each in root["-l"].choices] == ["low", "high"]
    assert (root["--color"].value, root["--color"].env) == (OPTIONAL, ("PACK_COLOR",))
    assert (root["-v"].value, root["-v"].repeat) == (NO, True)
    assert root["--cache"].negations == ("--no-cache",)
    assert (root["--include"].repeat, root["--include"].metavar) == (True, "pattern")
    file, rest = pages["add",].positionals
    assert (file.name, file.required, file.repeat, file.help) == (
        "file",
        True,
        True,
        'What to "add"',
    )
    assert (rest.name, rest.required) == ("rest", False)
    assert "--level" in by_name(pages["add",].options)
    assert pages["add",].commands[0].hidden


EFFECTS = """
bin "den"
effect "write"
exit_code 0 "well"
exit_code 3 "nothing there"
exit_code 900 "no such code"
cmd "logs" effect="read" {
  flag "--clear" effect="destructive"
  flag "--follow" effect="odd"
  arg "[into]" effect="write"
  exit_code 1 "no such log"
  cmd "show"
}
"""


def test_usage_spec_tells_what_commands_and_their_options_do_and_how_they_end() -> None:
    tree = Tree({path: merged([page]) for path, page in read_usage_spec(EFFECTS).items()})
    root = to_command(tree, "den")
    (logs,) = root.commands
    assert [effect((root,)), effect((root, logs)), effect((root, logs, logs.commands[0]))] == [
        WRITES,
        READS,
        "",
    ]
    given = {"logs.clear": DESTROYS, "logs.follow": READS, "logs.into": WRITES}
    assert {name: effect((root, logs), {name: True}) for name in given} == given
    assert root.exits == (Exit(3, 3, words="nothing there"),)
    assert logs.exits == (Exit(1, 1, words="no such log"),)


def test_both_versions_of_kdl_are_read() -> None:
    text = 'a true #false null #null 1.5 -3 bare "\\u{e9}\\n" r"\\x" #"raw"# '
    text += '{ b; c /-d e=(t)"f" }\n/-gone {}\n'
    (node,) = read_kdl(text)
    assert node.args == [True, False, None, None, 1.5, -3.0, "bare", "é\n", "\\x", "raw"]
    assert [each.name for each in node.nodes] == ["b", "c"]
    assert node.nodes[1].props == {"e": "f"}


def test_text_of_several_lines_loses_its_indent() -> None:
    (node,) = read_kdl('help """\n  one\n    two\n  """\n')
    assert node.args == ["one\n  two"]


@pytest.mark.parametrize(
    "text", ["a {", "a }", '"open', "a /* never", "a #(", "{" * 500, "x {" * 500]
)
def test_what_is_no_kdl_is_refused(text: str) -> None:
    with pytest.raises(KdlFault):
        read_kdl(text)


def test_large_document_is_read_in_time() -> None:
    nodes = read_kdl('flag "--x" help="y"\n' * 20_000)
    assert nodes[-1] == Node("flag", ["--x"], {"help": "y"})


def test_answer_of_cobra_is_read() -> None:
    text = "--output\tWhere to\n-o\tWhere to\n--level=\tHow hard\nadd\tAdd files\n:4\nEnded\n"
    page = read_complete(text, ("x",))
    assert page is not None
    assert [each.spellings for each in page.options] == [("-o", "--output"), ("--level",)]
    assert [each.name for each in page.commands] == ["add"]
    assert page.options[1].value == YES


def test_other_answers_are_none_of_cobra() -> None:
    assert read_complete("Usage: tool\n--output\n") is None
