"""Which words make a program say what it accepts.

What its help text itself says counts first; only words that can do no work are ever tried, and a
word that a program would take for a command or a file only where it has shown that it knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from webify.manuals.facts import OptionFact, Page

Words = tuple[str, ...]

# The one place where programs are known by name: switches for more help which their own help
# does not tell of, or tells of in no way that can be read.
SPECIAL: Mapping[str, Sequence[Words]] = {
    "openssl": (("help",),),
    "npm": (("help", "-l"), ("-l",)),
    "java": (("-X",), ("--help-extra",)),
    "gcc": (("--help=common",),),
    "x264": (("--fullhelp",),),
}
FIRST: tuple[Words, ...] = (("--help",),)
ONLY_WINDOWS: Words = ("/?",)
_AMOUNT = "all|full|long|everything|complete|extended|advanced|verbose|more|extra"
_MORE = re.compile(
    rf"(?<![\w-])(--?h(?:elp)?[= ](?:{_AMOUNT})|--help-(?:{_AMOUNT})"
    rf"|--(?:{_AMOUNT})-?help|-hh|--help (?:--all|--verbose|-v)|-v --help)(?![\w=-])"
)
_CAPITAL = re.compile(
    r"(?i:\b(?:more|extended|full|all|long(?:er)?)\b[^.\n]{0,80}?[\s'\"`(])(-H)(?![\w-])"
)
_ALL_COMMANDS = "(help -a|help --all|help commands|--list-commands|commands)"
_HELP_WORD = re.compile(
    r"(?i)[\"'`‘“ ](?:[\w.-]{1,40} )?help[\"'`’”](?!\w)"
    r"|\bhelp(?: command)?\b[^.\n]{0,20}\bfor (?:a list|more|usage|help)"
)
_HELP_COMMAND = re.compile(r"(?i)\bhelp\s{1,3}[\[<{(]?(?:sub-?)?(?:command|topic|name)")
_SWITCH = re.compile(r"(?<![\w-])(-h|-help|-\?|-H|/\?)(?![\w-])")
_MAKER = re.compile(
    r"(?:(?:generate|gen|print|shell|init)-)?(?:shell-)?(?:auto-?)?complet(?:ions?|er)(?:-script|-generate)?"
)
SCOUTS = 3  # commands that are asked before all others
# Names of commands that only look, should they do their work.
HARMLESS = frozenset(
    {"list", "ls", "show", "status", "version", "info", "get", "describe", "check"}
)
_SHELLS = ("zsh", "fish", "bash")


def first_switches(said: str, *, windows: bool = False) -> list[Words]:
    """Return what to ask with after --help, given what the program said to that."""
    told = [("help",)] if _HELP_WORD.search(said) else []
    shown = [(word,) for word in _SWITCH.findall(said)]
    rest: list[Words] = [("-h",), ("-help",), ("-?",)]
    last = [ONLY_WINDOWS] if windows else []
    return list(dict.fromkeys([*shown, *told, *rest, *last]))


def longer_switches(name: str, help_text: str) -> list[Words]:
    """Return the ways to a longer help that a help text tells of, the likeliest first."""
    found = [tuple(match.split()) for match in _MORE.findall(help_text)]
    found += [(match,) for match in _CAPITAL.findall(help_text)]
    order = _AMOUNT.split("|")

    def rank(words: Words) -> int:
        text = " ".join(words)
        return next((place for place, word in enumerate(order) if word in text), len(order))

    return [*SPECIAL.get(name, ()), *sorted(dict.fromkeys(found), key=rank)]


def command_lists(name: str, help_text: str) -> list[Words]:
    """Return the words after which a program lists all of its commands, as its help says."""
    said = re.compile(rf"(?<![\w-]){re.escape(name)} {_ALL_COMMANDS}(?![\w-])")
    return [tuple(match.split()) for match in dict.fromkeys(said.findall(help_text[:200_000]))]


def command_switches(help_text: str, page: Page, path: Sequence[str]) -> list[Words]:
    """Return the ways to the help of one command, the likeliest first."""
    behind: list[Words] = [(*path, "--help"), (*path, "-h")]
    listed = any(each.name == "help" for each in page.commands)
    if not (listed or _HELP_COMMAND.search(help_text)):
        return behind
    before: Words = ("help", *path)
    shown = re.search(r"(?i)(?:command>?\]?|COMMAND) (?:--help|-h)\b", help_text)
    first = behind[0] if shown or not _HELP_COMMAND.search(help_text) else before
    return list(dict.fromkeys([first, *behind, before]))


def scouts(level: Sequence[Words]) -> list[Words]:
    """Return a few commands that are asked first, those that do no harm before all others."""
    return sorted(level, key=lambda path: path[-1] not in HARMLESS)[:SCOUTS]


def completion_makers(page: Page) -> list[Words]:
    """Return the words that print a completion script, where the help lists one."""
    found: list[Words] = []
    for command in page.commands:
        if _MAKER.fullmatch(command.name):
            found += [(command.name, shell) for shell in _SHELLS]
    for option in page.options:
        found += _of_option(option)
    return found


def _of_option(option: OptionFact) -> Iterable[Words]:
    for spelling in option.spellings:
        if spelling.startswith("--") and _MAKER.fullmatch(spelling[2:]):
            return [(spelling, shell) for shell in _SHELLS]
        values = [choice.value for choice in option.choices if "complet" in choice.value]
        if spelling == "--generate" and values:
            return [(spelling, value) for value in values if value.endswith(_SHELLS)]
    return []
