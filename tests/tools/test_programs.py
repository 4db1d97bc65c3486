"""Programs in any language: asked within limits, described by what they say of themselves."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from tests.tools.programs import HELP, ask, command, saying, script, spelled
from webify.faces.argv import spell
from webify.model.command import Kind
from webify.tools.asking import Asker
from webify.tools.program import Program
from webify.tools.programs import opened_command

TREE = """\
case "$*" in
--help) cat <<'EOF'
Usage: tree <COMMAND>

Commands:
  grow   Make it grow
  cut    Cut it
  same   Not its own

Options:
  -h, --help  Print help
EOF
;;
"grow --help") cat <<'EOF'
Make it grow

Usage: tree grow [OPTIONS] <COMMAND>

Commands:
  up    Upwards
  wide  Sidewards

Options:
      --by <N>  So much
  -h, --help    Print help
EOF
;;
"grow up --help") cat <<'EOF'
Upwards

Usage: tree grow up [OPTIONS]

Options:
      --fast  At once
  -h, --help  Print help
EOF
;;
"same --help") exec "$0" --help ;;
*) echo "no such command" >&2; exit 1 ;;
esac
"""


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_program_is_described_by_its_help(tmp_path: Path) -> None:
    answer = ask(script(tmp_path, saying(HELP)))
    root = command(answer)
    assert (answer.error, answer.sources) == ("", ("help text",))
    assert {"-o", "--output", "-q", "--quiet", "--color"} <= spelled(root)
    output, quiet, color, shows = root.parameters[:4]
    assert (output.least, output.most, output.kind) == (1, 1, Kind.TEXT)
    assert (quiet.kind, quiet.most) == (Kind.FLAG, 0)
    assert (color.optional_value, color.attached) == (True, True)
    assert shows.hidden
    assert output.sources["value"] == "help text"


def test_values_are_spelled_by_the_rule_of_the_family(tmp_path: Path) -> None:
    root = command(ask(script(tmp_path, saying(HELP))))
    words = spell([root], {"output": "-x", "color": "auto", "quiet": True, "file": ["-a", "b"]})
    assert words == ["--output=-x", "--quiet", "--color=auto", "--", "-a", "b"]


def test_help_on_standard_error_with_any_exit_code_counts(tmp_path: Path) -> None:
    root = command(ask(script(tmp_path, f"cat >&2 <<'EOF'\n{HELP}EOF\nexit 64\n")))
    assert "--output" in spelled(root)


def test_other_words_for_help_are_tried_until_one_answers(tmp_path: Path) -> None:
    text = HELP.replace("-h, --help", "-h        ")
    body = '[ "$*" = "-h" ] || { echo "no such option: $1" >&2; exit 1; }\n'
    body += f"cat <<'EOF'\n{text}EOF\n"
    assert "--output" in spelled(command(ask(script(tmp_path, body))))


def test_longer_help_that_the_help_tells_of_is_read(tmp_path: Path) -> None:
    short = "Usage: pack [options]\n  -q, --quiet  Say nothing\nFor all options use --help all.\n"
    long = f"{short}  -o, --output <box>  Write there\n  -z, --zip  Press\n"
    body = f"if [ \"$2\" = all ]; then cat <<'EOF'\n{long}EOF\nelse cat <<'EOF'\n{short}EOF\nfi\n"
    assert {"--output", "--zip"} <= spelled(command(ask(script(tmp_path, body))))


def test_listed_commands_are_read_to_any_depth_and_no_others(tmp_path: Path) -> None:
    root = command(ask(script(tmp_path, TREE, "tree")))
    assert [path for path, _ in root.walk()] == [
        (), ("grow",), ("grow", "up"), ("grow", "wide"), ("cut",),
    ]  # fmt: skip
    chain = root.along(("grow", "up"))
    assert chain is not None
    assert "--by" in spelled(chain[1])
    assert "--fast" in spelled(chain[2])


def test_command_known_by_name_is_read_when_it_is_opened(tmp_path: Path) -> None:
    path = script(tmp_path, TREE, "tree")
    root = command(ask(path))
    program = Program((str(path),), path, "tree")
    found = opened_command(program, root, ("grow",), 10.0)
    assert found is not None
    assert (found.lazy, "--by" in spelled(found)) == (False, True)
    assert [each.lazy for each in found.commands] == [True, True]


@pytest.mark.clock
def test_program_that_ignores_help_and_works_is_ended_in_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    answer = ask(script(tmp_path, "echo working\nexec sleep 600\n"), 0.5)
    assert answer.error == "pack did not answer --help within 0.5 s."
    assert "working" in answer.trace
    assert time.monotonic() - begun < 10


def test_program_that_prints_a_gigabyte_fills_no_memory(tmp_path: Path) -> None:
    before = psutil.Process().memory_info().rss
    answer = ask(script(tmp_path, "exec yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"), 60)
    assert answer.error == "pack printed more than 20 MB at --help."
    assert psutil.Process().memory_info().rss - before < 60_000_000


def test_all_that_a_program_forks_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    body = f"setsid sleep 600 >/dev/null 2>&1 &\necho $! > {note}\n" + saying(HELP)
    assert command(ask(script(tmp_path, body)))
    assert gone(int(note.read_text("utf-8")))


def test_process_that_empties_its_environment_and_leaves_is_ended_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    inner = f"sh -c 'sleep 600 >/dev/null 2>&1 & echo $! > {note}' >/dev/null 2>&1"
    body = f'env -i PATH="$PATH" setsid {inner} &\nwait\n' + saying(HELP)
    assert command(ask(script(tmp_path, body)))
    assert gone(int(note.read_text("utf-8")))


def test_no_window_no_terminal_and_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    body = 'echo "$DISPLAY|$WAYLAND_DISPLAY|$TERM|$(ls | wc -l)"; [ -t 0 ] || echo none; cat\n'
    asker = Asker((str(script(tmp_path, body)),), 10.0, time.monotonic() + 10)
    assert asker.ask().out == "||dumb|0\nnone\n"


def test_text_that_is_no_help_is_shown_with_a_sentence(tmp_path: Path) -> None:
    answer = ask(script(tmp_path, 'echo "All 3 backups are done."\n'))
    assert answer.error == "What pack says at --help is no help text that webify can read."
    assert answer.trace.strip() == "All 3 backups are done."
    assert answer.no_parser


def test_program_that_says_nothing_is_told_with_its_code(tmp_path: Path) -> None:
    answer = ask(script(tmp_path, "exit 3\n"))
    assert answer.error == "pack says nothing at --help, and ends with code 3."


def test_program_that_a_signal_ends_is_told(tmp_path: Path) -> None:
    answer = ask(script(tmp_path, "kill -SEGV $$\n"))
    assert answer.error == "pack was ended by SIGSEGV at --help."


def test_program_that_cannot_start_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pack"
    path.write_text("#!/no/such/shell\n", encoding="utf-8")
    path.chmod(0o755)
    assert ask(path).error.startswith("pack cannot be started: ")


@pytest.mark.parametrize(
    "text",
    [
        """\
Aufruf: pack [OPTION]... DATEI...
Packt Dateien.

  -o, --ausgabe=ZIEL  dorthin schreiben
  -s, --still         nichts sagen
""",
        """\
Utilisation : pack [OPTION]... FICHIER...

  -o, --ausgabe=DEST  écrire dans DEST
  -s, --still         ne rien dire
""",
        """\
使い方: pack [オプション] ファイル

  -o, --ausgabe=FILE  ファイルに書く
  -s, --still         静か
""",
    ],
)
def test_help_in_another_language_is_read(tmp_path: Path, text: str) -> None:
    root = command(ask(script(tmp_path, saying(text))))
    assert {"-o", "--ausgabe", "-s", "--still"} <= spelled(root)


def test_broken_manual_page_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    pages = tmp_path / "share/man/man1"
    pages.mkdir(parents=True)
    markup = (
        ".TH pack 1\n.SH NAME\npack \\- \\f[\n.SH OPTIONS\n.TP\n\\fB\\-z\n.de XX\n.nonsense \\*[\n"
    )
    (pages / "pack.1").write_text(markup + "\\fQ\x00\x1b[" * 200, encoding="utf-8")
    root = command(ask(script(tmp_path / "bin", saying(HELP))))
    assert "--output" in spelled(root)


def test_manual_page_beside_a_program_tells_what_its_help_does_not(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    pages = tmp_path / "share/man/man1"
    pages.mkdir(parents=True)
    markup = ".TH PACK 1\n.SH NAME\npack \\- pack files\n.SH OPTIONS\n.TP\n"
    markup += "\\fB\\-\\-level\\fR=\\fIN\\fR\nHow hard.\n"
    (pages / "pack.1").write_text(markup, encoding="utf-8")
    answer = ask(script(tmp_path / "bin", saying(HELP)))
    assert answer.sources == ("help text", "man page")
    level = next(each for each in command(answer).parameters if "--level" in each.spellings)
    assert (level.metavar, level.sources["value"]) == ("N", "man page")


def test_document_beside_a_program_is_the_best_source(tmp_path: Path) -> None:
    path = script(tmp_path, "touch was-started; sleep 600\n")
    text = 'bin "pack"\nflag "-o --output <box>" help="Write there"\narg "<file>..."\n'
    (tmp_path / "pack.usage.kdl").write_text(text, encoding="utf-8")
    answer = ask(path)
    assert answer.sources == ("usage spec",)
    assert [each.address for each in command(answer).parameters] == ["output", "file"]


def test_completion_script_is_asked_for_only_where_the_help_lists_it(tmp_path: Path) -> None:
    body = saying(HELP, 'echo "$*" >> "$(dirname "$0")/asked"; exit 1')
    command(ask(script(tmp_path, body)))
    asked = tmp_path / "asked"
    assert not asked.exists() or "complet" not in asked.read_text("utf-8")


def test_completion_script_that_a_program_makes_is_read(tmp_path: Path) -> None:
    text = HELP + "      --completions=SHELL  print a completion script\n"
    fish = "complete -c pack -l level -r -d 'How hard' -f -a 'low high'\n"
    made = f"case \"$1 $2\" in '--completions fish') cat <<'EOF'\n{fish}EOF\n;; *) exit 1;; esac"
    answer = ask(script(tmp_path, saying(text, made)))
    assert answer.sources == ("completion script", "help text")
    level = next(each for each in command(answer).parameters if "--level" in each.spellings)
    assert [each.value for each in level.choices] == ["low", "high"]


def test_program_that_did_its_work_is_not_started_again(tmp_path: Path) -> None:
    path = script(tmp_path, f"echo 3 orders sent; echo x >> {tmp_path / 'count'}\n")
    answer = ask(path)
    assert answer.error == "What pack says at --help is no help text that webify can read."
    assert (tmp_path / "count").read_text("utf-8") == "x\n"


def test_script_that_knows_only_a_short_word_for_help_is_asked_with_that(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        'case "$1" in -h) cat <<EOF\n' + HELP + f"EOF\n;; *) touch {tmp_path / 'worked'};; esac\n",
    )
    assert "--output" in spelled(command(ask(path)))
    assert not (tmp_path / "worked").exists()


DANGER = """\
if [ "$1" = "--help" ]; then cat <<'EOF'
Usage: shop COMMAND

Removes what is told in prose: purge-all, or "wipe" it.  See shop erase.

Commands:
  sell               Sell one
  delete-everything  Delete it
  list               Tell what is there
  move               Move it

Options:
      --mode=MODE    one of: burn, drown
  -h, --help         display this help and exit

Examples:
  shop incinerate --mode=burn
EOF
exit 0
fi
"""


def test_program_whose_command_works_instead_of_helping_is_asked_no_further(
    tmp_path: Path,
) -> None:
    path = script(tmp_path, DANGER + f'echo "$*" >> {tmp_path / "worked"}; echo done\n', "shop")
    answer = ask(path)
    found = command(answer)
    assert {"sell", "delete-everything", "list", "move"} <= {each.name for each in found.commands}
    assert not any(each.lazy for each in found.commands)
    assert (tmp_path / "worked").read_text("utf-8") == "list --help\n"
    assert answer.warnings == (
        (
            "It seems to have gone on to work when it was asked “shop list --help”. "
            "A command that does not say what it accepts is known by its name only."
        ),
    )


def test_command_that_hangs_at_its_help_is_asked_once(tmp_path: Path) -> None:
    path = script(tmp_path, DANGER + f'echo "$*" >> {tmp_path / "worked"}; sleep 600\n', "shop")
    ask(path, 0.5)
    assert (tmp_path / "worked").read_text("utf-8") == "list --help\n"


def test_words_of_prose_examples_and_choices_are_never_tried(tmp_path: Path) -> None:
    refuses = f'echo "$1" >> {tmp_path / "asked"}; echo "bad words" >&2; exit 2\n'
    command(ask(script(tmp_path, DANGER + refuses, "shop")))
    asked = set((tmp_path / "asked").read_text("utf-8").split())
    assert asked <= {"sell", "delete-everything", "list", "move", "help", "-h"}
