"""Completion scripts of fish, zsh and bash in their layouts, beside what is read of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.manuals.written import compared, shown
from webify.manuals.bash import read_bash
from webify.manuals.facts import NO, YES, Page
from webify.manuals.fish import read_fish
from webify.manuals.zsh import read_zsh

HERE = Path(__file__).parent
READERS: dict[str, Callable[[str, str], Mapping[tuple[str, ...], Page]]] = {
    "fish": lambda script, program: read_fish(script, program, system="Linux"),
    "zsh": lambda script, program: read_zsh(script, program, system="Linux"),
    "bash": read_bash,
}
SCRIPTS = sorted(path for shell in READERS for path in (HERE / shell).glob(f"*.{shell}"))
# What these offer depends on the system, or on where fish gives up.
OFFERED = [
    each for each in SCRIPTS if each.suffix == ".fish" and each.stem not in {"systems", "broken"}
]
SECONDS = 20.0  # of the processor
SIZE = 200_000


def spellings(script: str, shell: str) -> set[str]:
    pages = READERS[shell](script, "pack")
    options = pages[()].options if pages else ()
    return {word for fact in options for word in fact.spellings}


@pytest.mark.parametrize("shell", READERS)
def test_there_are_scripts_of_each_shell(shell: str) -> None:
    assert len([path for path in SCRIPTS if path.suffix == f".{shell}"]) >= 8


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_is_read_as_written_down(path: Path, golden: bool) -> None:
    found = READERS[path.suffix[1:]](path.read_text("utf-8"), path.stem)
    compared(shown(found), path.with_suffix(".json"), golden)


@pytest.mark.parametrize("path", OFFERED, ids=lambda path: path.stem)
def test_fish_itself_offers_the_same_options(path: Path, tmp_path: Path) -> None:
    """Where fish is here, it is asked; else the files beside the scripts hold what it said."""
    found = read_fish(path.read_text("utf-8"), path.stem)
    for words, page in found.items():
        told = {word for fact in page.options for word in fact.spellings}
        told |= {word for fact in found[()].options for word in fact.spellings} if words else set()
        offered = offers(path, (path.stem, *words), tmp_path)
        assert offered is None or offered <= told


def offers(path: Path, words: tuple[str, ...], folder: Path) -> set[str] | None:
    """Return the options that fish offers behind some words, or None where there is no fish."""
    fish = shutil.which("fish")
    if fish is None:
        return None
    asked = 'source $SCRIPT; complete -C "$ASKED -"; complete -C "$ASKED --"'
    env = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    env |= {"SCRIPT": str(path), "ASKED": " ".join(words)}
    said = subprocess.run([fish, "-c", asked], env=env, capture_output=True, text=True, timeout=60)
    lines = [line.split("\t")[0].partition("=")[0] for line in said.stdout.splitlines()]
    return {line for line in lines if line.startswith("-") and "$" not in line and " " not in line}


def test_fish_script_is_read_for_the_system_that_it_is_for() -> None:
    script = (HERE / "fish" / "systems.fish").read_text("utf-8")
    darwin = read_fish(script, "systems", system="Darwin")[()].options
    assert {word for fact in darwin for word in fact.spellings} >= {"-@", "-S"}
    assert "-Z" not in {word for fact in darwin for word in fact.spellings}


def test_program_that_wraps_another_is_completed_as_that_one() -> None:
    files = {
        ("completions", "inner"): "complete -c inner -l deep -r",
        ("functions", "__fish_x"): "",
    }
    found = read_fish(
        "complete -c outer -w inner",
        "outer",
        library=lambda kind, name: files.get((kind, name), ""),
    )
    assert [(fact.spellings, fact.value) for fact in found[()].options] == [(("--deep",), YES)]


def test_function_that_comes_with_the_shell_is_read_where_it_is_called() -> None:
    text = "function __fish_add\n  complete -c $argv[1] -s x -d Added\nend"
    found = read_fish("__fish_add pack", "pack", library=lambda _kind, _name: text)
    assert [fact.help for fact in found[()].options] == ["Added"]


def test_programs_that_call_each_other_for_ever_end() -> None:
    assert read_fish("complete -c a -w a", "a", library=lambda _k, _n: "complete -c a -w a") == {}
    assert spellings("function f; f; end; f; complete -c pack -s x", "fish") == {"-x"}
    assert spellings("f() { f; }; f; complete -W --x pack", "bash") == {"--x"}
    assert spellings("f() { f; _arguments -x }; f", "zsh") == {"-x"}


def test_nothing_of_a_script_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for shell, script in (
        ("fish", f"touch {mark}; eval touch {mark}; complete -c pack -s x -a '(touch {mark})'"),
        ("zsh", f'touch {mark}; $(touch {mark}); _arguments "-x[a]:b:($(touch {mark}))"'),
        ("bash", f'touch {mark}; complete -W "-x $(touch {mark}) `touch {mark}`" pack'),
    ):
        assert spellings(script, shell) == {"-x"}
    assert not mark.exists()


@pytest.mark.parametrize("shell", READERS)
@pytest.mark.parametrize(
    "script",
    [
        *(
            "",
            "\x00",
            "(((((",
            ")))",
            "{{{{",
            "'",
            '"',
            "`",
            "$(",
            "${",
            "case",
            "if",
            "for",
            "end",
        ),
        *("}", "complete -c pack", "complete -c", "_arguments", "compgen -W", "\\", "function"),
        *("x=(", "[[", "! ", "for x in ", "<<X", "#", "a|", "&&", "case x in (", "'\\''"),
    ],
)
def test_broken_script_is_read_as_far_as_it_goes(shell: str, script: str) -> None:
    for text in (script, script * 500, f"{script}\n" * 500):
        assert isinstance(READERS[shell](text, "pack"), dict)


FISH = (
    "complete -c pack -n '__fish_seen_subcommand_from a' -s x -l long -d 'Text of it' -xa 'b c'\n"
)
ZSH = "_arguments '(-x --long)'{-x,--long=}'[text of it]:message:(b c)' '*:file:_files'\n"
BASH = "COMPREPLY=($(compgen -W '-x --long' -- \"$cur\")); case $prev in --a) x;; esac\n"


@pytest.mark.clock
@pytest.mark.parametrize(
    ("shell", "piece"),
    [
        ("fish", FISH),
        ("zsh", ZSH),
        ("bash", BASH),
        *[(shell, piece) for shell in READERS for piece in ("(", "{", "$(", "'", "x\n", "a{b,c}")],
        ("fish", "for i in a b c d e f g h; "),
        ("fish", "set x $x $x a; "),
        ("zsh", "x=($x $x a); "),
        ("bash", "x=$x$x.; "),
        ("zsh", "case x in a|b) "),
        ("bash", "if x; then "),
    ],
)
def test_long_script_takes_bounded_time(shell: str, piece: str) -> None:
    begun = time.process_time()
    READERS[shell](piece * (SIZE // len(piece)), "pack")
    assert time.process_time() - begun < SECONDS


def test_reading_says_nothing_that_no_shell_would_offer() -> None:
    pages = json.loads((HERE / "zsh" / "gnu.json").read_text("utf-8"))
    options = {word: fact for fact in pages["."]["options"] for word in fact["spellings"]}
    assert "-b" not in options
    assert "-@" not in options
    assert options["--hidden-one"]["hidden"]
    assert options["-a"]["value"] == NO


def test_functions_named_after_listed_commands_are_those_commands() -> None:
    found = read_zsh((HERE / "zsh" / "vcs.zsh").read_text("utf-8"), "vcs")
    assert list(found) == [(), ("add",), ("remote",), ("remote", "add"), ("remote", "drop")]
    assert [fact.name for fact in found[()].commands] == ["add", "remote"]
    assert [fact.spellings for fact in found["remote", "add"].options] == [("-f",)]


def test_program_is_completed_as_the_service_that_the_first_line_names() -> None:
    script = (HERE / "zsh" / "services.zsh").read_text("utf-8")
    for name in ("other", "other-service"):
        assert "-y" in {
            word for fact in read_zsh(script, name)[()].options for word in fact.spellings
        }
