"""What fish has built in, as far as scripts of completions use it: tests, lists, words.

Each takes the shell, its arguments and the lines piped into it or None, and returns how it ended
and the lines that it prints.  None as an ending means that it cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Protocol

from webify.manuals.fish_strings import Ending, string, unescaped
from webify.manuals.unknown import UNKNOWN, known

LONGEST = 20_000


class Shell(Protocol):
    """What a builtin may see of the script that runs, and change."""

    system: str
    tokens: tuple[str, ...] | None
    completions: list[list[str]]
    scopes: list[dict[str, list[str]]]
    status: bool | None

    @property
    def known_functions(self) -> Container[str]:
        """Return the names of the functions of the script."""

    def value(self, name: str) -> list[str] | None:
        """Return what a variable holds, or None."""

    def assign(self, name: str, values: list[str], *, everywhere: bool = False) -> None:
        """Give a variable its values."""


Builtin = Callable[["Shell", list[str], "list[str] | None"], Ending]


def _test(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    if words[-1:] == ["]"]:
        words = words[:-1]
    return _either(words), []


def _either(words: list[str]) -> bool | None:
    for sign, stop in (("-o", True), ("-a", False)):
        if sign in words[1:-1]:
            place = words.index(sign, 1)
            left, right = _either(words[:place]), _either(words[place + 1 :])
            if stop in {left, right}:
                return stop
            return None if None in {left, right} else not stop
    if words[:1] == ["!"]:
        inner = _either(words[1:])
        return None if inner is None else not inner
    return _single(words)


def _single(words: list[str]) -> bool | None:
    if len(words) == 3:
        return _compared(*words)
    if not all(known(word) for word in words):
        return None
    if len(words) == 2 and words[0] in {"-n", "-z"}:
        return bool(words[1]) == (words[0] == "-n")
    if len(words) == 2:
        return None  # a file, a terminal
    return bool(words) and words[0] not in {"", "-z"}


def _compared(left: str, sign: str, right: str) -> bool | None:
    if not known(left) or not known(right):
        return None
    if sign in {"=", "=="}:
        return left == right
    if sign == "!=":
        return left != right
    try:
        one, other = float(left), float(right)
    except ValueError:
        return False
    outcomes = {
        "-eq": one == other,
        "-ne": one != other,
        "-gt": one > other,
        "-ge": one >= other,
        "-lt": one < other,
        "-le": one <= other,
    }
    return outcomes.get(sign)


def _contains(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    indexed = words[:1] in (["-i"], ["--index"])
    words = words[1:] if indexed else words
    words = words[1:] if words[:1] == ["--"] else words
    if not words:
        return False, []
    if words[0] in words[1:]:
        return True, [str(words.index(words[0], 1))] if indexed else []
    return (False if all(known(word) for word in words) else None), []


def _count(_shell: Shell, words: list[str], given: list[str] | None) -> Ending:
    words = words if given is None else [*words, *given]
    if not all(known(word) for word in words):
        return None, [UNKNOWN]
    return bool(words), [str(len(words))]


def _set(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    flags = ""
    while words and words[0].startswith("-") and len(words[0]) > 1:
        flag = words.pop(0)
        if flag == "--":
            break
        flags += flag[2:3] if flag.startswith("--") and flag != "--unexport" else flag[1:]
    if not words:
        return True, []
    if "q" in flags:
        return all(_is_set(shell, word) for word in words), []
    name, _, index = words[0].partition("[")
    old = shell.value(name) or []
    if "e" in flags:
        _erase(shell, name, old, index)
        return True, []
    values = words[1:]
    if "a" in flags or "p" in flags:
        values = [*old, *values] if "a" in flags else [*values, *old]
    local = "l" in flags or (len(shell.scopes) > 1 and name in shell.scopes[-1]) or "f" in flags
    shell.assign(name, values, everywhere=not local and len(shell.scopes) > 0)
    return shell.status, []


def _is_set(shell: Shell, word: str) -> bool:
    name, _, index = word.partition("[")
    values = shell.value(name)
    if values is None:
        return False
    number = index.rstrip("]")
    return len(values) >= int(number) if number.isdigit() else True


def _erase(shell: Shell, name: str, old: list[str], index: str) -> None:
    number = index.rstrip("]")
    for scope in (shell.scopes[-1], shell.scopes[0]):
        if name not in scope:
            continue
        if not index:
            del scope[name]
        elif number.lstrip("-").isdigit() and old:
            place = int(number) - 1 if int(number) > 0 else len(old) + int(number)
            scope[name] = old[:place] + old[place + 1 :] if 0 <= place < len(old) else old
        return


def _commandline(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    if shell.tokens is None:
        return None, [UNKNOWN]
    flags = "".join(word[2:3] if word.startswith("--") else word[1:] for word in words)
    if "t" in flags and "o" not in flags and not any(w.startswith("--tokeni") for w in words):
        return True, ["-"]  # the word that is being typed
    if "o" in flags or "x" in flags or any(word.startswith("--tokeni") for word in words):
        return True, list(shell.tokens)
    return True, [" ".join(shell.tokens)]


def _echo(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    escaped = False
    while words[:1] and words[0] in {"-e", "-n", "-s", "-E", "-en", "-ne", "--"}:
        escaped = escaped or "e" in words[0]
        words = words[1:]
    text = " ".join(words)
    return True, [unescaped(text) if escaped else text]


def _printf(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    if not words:
        return False, []
    form, values = unescaped(words[0]), words[1:]
    pieces = re.split(r"%[-0-9.]{0,6}([sdib%])", form)
    wanted = sum(kind in set("sdib") for kind in pieces[1::2])
    text, left = "", list(values)
    for _ in range(1 + (len(values) - 1) // wanted if wanted and values else 1):
        for place, piece in enumerate(pieces):
            if place % 2 == 0:
                text += piece
            elif piece == "%":
                text += "%"
            else:
                text += left.pop(0) if left else ""
        if len(text) > LONGEST * 20:
            break
    return True, text.removesuffix("\n").split("\n")


def _string(_shell: Shell, words: list[str], given: list[str] | None) -> Ending:
    return string(words, given)


def _arguments(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    """Do what `argparse` does where no options were typed: leave the arguments."""
    rest = words[words.index("--") + 1 :] if "--" in words else []
    shell.assign("argv", rest)
    return True, []


def _complete(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    if shell.tokens is None:
        shell.completions.append(words)
    return True, []


def _without(flags: set[str]) -> Builtin:
    def run(shell: Shell, words: list[str], given: list[str] | None) -> Ending:
        return _complete(shell, [word for word in words if word not in flags], given)

    return run


def _there(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    """Take every program to be there: a completion is for those who have it."""
    return (True if words[:1] and words[0].startswith("-") else None), [UNKNOWN]


def _functions(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    names = [word for word in words if not word.startswith("-")]
    return all(name in shell.known_functions or name in BUILTINS for name in names), []


def _uname(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    return (True, [shell.system]) if words in ([], ["-s"]) else (None, [UNKNOWN])


def _typed(shell: Shell) -> list[str] | None:
    if shell.tokens is None:
        return None
    return [word for word in shell.tokens[1:] if not word.startswith("-")]


def _fresh(shell: Shell, _words: list[str], _given: list[str] | None) -> Ending:
    typed = _typed(shell)
    return (None if typed is None else not typed), []


def _seen(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    typed = _typed(shell)
    return (None if typed is None else any(word in words for word in typed)), []


def _nth(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    typed = _typed(shell)
    return (None if typed is None else [str(len(typed) + 1)] == words[:1]), []


def _before(shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    tokens = shell.tokens
    return (None if tokens is None else len(tokens) > 1 and tokens[-1] in words), []


def _typed_count(shell: Shell, _words: list[str], _given: list[str] | None) -> Ending:
    typed = _typed(shell)
    return (None, [UNKNOWN]) if typed is None else (True, [str(len(typed) + 1)])


def _no(_shell: Shell, _words: list[str], _given: list[str] | None) -> Ending:
    return False, []


def _yes(_shell: Shell, _words: list[str], _given: list[str] | None) -> Ending:
    return True, []


def _translated(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    return True, words[:1]


def _seq(_shell: Shell, words: list[str], _given: list[str] | None) -> Ending:
    if not words or len(words) > 3 or not all(re.fullmatch(r"-?\d{1,6}", word) for word in words):
        return None, [UNKNOWN]
    numbers = [int(word) for word in words]
    first = numbers[0] if len(numbers) > 1 else 1
    step = numbers[1] if len(numbers) == 3 else 1
    if step == 0 or abs(numbers[-1] - first) > LONGEST:
        return None, [UNKNOWN]
    return True, [str(n) for n in range(first, numbers[-1] + (1 if step > 0 else -1), step)]


BUILTINS: dict[str, Builtin] = {
    "test": _test,
    "[": _test,
    "contains": _contains,
    "count": _count,
    "set": _set,
    "commandline": _commandline,
    "echo": _echo,
    "printf": _printf,
    "string": _string,
    "argparse": _arguments,
    "complete": _complete,
    "functions": _functions,
    "type": _there,
    "uname": _uname,
    "seq": _seq,
    "true": _yes,
    "false": _no,
    "_": _translated,
    "N_": _translated,
    # What comes with fish and scripts ask in their conditions.
    "__fish_use_subcommand": _fresh,
    "__fish_no_arguments": _fresh,
    "__fish_is_first_arg": _fresh,
    "__fish_is_first_token": _fresh,
    "__fish_is_nth_token": _nth,
    "__fish_is_token_n": _nth,
    "__fish_seen_subcommand_from": _seen,
    "__fish_prev_arg_in": _before,
    "__fish_number_of_cmd_args_wo_opts": _typed_count,
    "__fish_contains_opt": _no,
    "__fish_not_contain_opt": _yes,
    "__fish_seen_argument": _no,
    "__fish_should_complete_switches": _yes,
    "__fish_is_switch": _yes,
    "__fish_gnu_complete": _without({"-g", "--is-gnu"}),
}
