"""What fish has built in, as far as scripts of completions use it: tests, lists, words.

Each takes the shell, its arguments and the lines piped into it or None, and returns how it ended
and the lines that it prints.  None as an ending means that it cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webify.manuals.fish_run import Shell

# Stands in place of what only running a program would tell.
UNKNOWN = "\ue000"
LONGEST = 20_000
ANCHORED = re.compile(r"\A\^?(?:[\w /:=@,%-]|\\[.$^*+?|(){}\[\]/-])*\$?\Z")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "\\": "\\", "a": "\a", "'": "'", '"': '"'}

Ending = tuple[bool | None, list[str]]
Builtin = Callable[["Shell", list[str], "list[str] | None"], Ending]


def known(text: str) -> bool:
    """Say whether nothing of this text depends on running a program."""
    return UNKNOWN not in text


def globbed(pattern: str, text: str) -> bool:
    """Say whether a text matches a pattern of *, and ? as itself or any letter."""
    at = held = 0
    star, mark = -1, 0
    while held < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, mark = at, held
            at += 1
        elif at < len(pattern) and pattern[at] in {text[held], "?"}:
            at += 1
            held += 1
        elif star >= 0 and mark < LONGEST:
            mark += 1
            at, held = star + 1, mark
        else:
            return False
    return not pattern[at:].strip("*")


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
    return bool(words[0]) and words[0] not in {"-z"} if words else False


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


def unescaped(text: str) -> str:
    """Return a text with its backslash escapes taken as letters."""
    pieces, at = [], 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ESCAPED:
            pieces.append(ESCAPED[text[at + 1]])
            at += 2
        else:
            pieces.append(text[at])
            at += 1
    return "".join(pieces)


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


def _string(shell: Shell, words: list[str], given: list[str] | None) -> Ending:
    action, words = (words[0], words[1:]) if words else ("", [])
    flags: list[str] = []
    while words and words[0].startswith("-") and len(words[0]) > 1:
        flag = words.pop(0)
        if flag == "--":
            break
        flags.append(flag)
        if flag in {"-m", "-s", "-l", "-c", "-n", "-e"} and action in {"sub", "trim", "repeat"}:
            flags.append(words.pop(0) if words else "")
    run = STRINGS.get(action)
    texts = {"match": 1, "replace": 2, "split": 1, "join": 1, "escape": 0, "collect": 0}
    head = words[: texts.get(action, 0)]
    rest = words[texts.get(action, 0) :] if given is None else given
    if run is None or not all(known(word) for word in [*head, *rest]):
        return None, [UNKNOWN]
    return run(flags, head, rest)


def _match(flags: list[str], head: list[str], texts: list[str]) -> Ending:
    letters = "".join(flag.lstrip("-")[:1] if flag[:2] == "--" else flag[1:] for flag in flags)
    pattern = head[0] if head else ""
    if "r" in letters:
        # Any other expression could take for ever on a hostile text.
        if not ANCHORED.match(pattern):
            return None, [UNKNOWN]
        expression = re.compile(pattern, re.IGNORECASE if "i" in letters else 0)
        hits = [text for text in texts if bool(expression.search(text)) != ("v" in letters)]
    else:
        hits = [text for text in texts if globbed(pattern, text) != ("v" in letters)]
    return bool(hits), [] if "q" in letters else hits


def _replace(flags: list[str], head: list[str], texts: list[str]) -> Ending:
    if len(head) < 2 or any("r" in flag for flag in flags):
        return None, [UNKNOWN]
    count = -1 if "-a" in flags or "--all" in flags else 1
    found = [text.replace(head[0], head[1], count) if head[0] else text for text in texts]
    return found != texts, found


def _split(_flags: list[str], head: list[str], texts: list[str]) -> Ending:
    separator = head[0] if head else "\n"
    found = [piece for text in texts for piece in (text.split(separator) if separator else text)]
    return len(found) > len(texts), found


def _join(_flags: list[str], head: list[str], texts: list[str]) -> Ending:
    return len(texts) > 1, ["".join(head[:1]).join(texts)]


def _same(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, texts


def _lower(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, [text.lower() for text in texts]


def _upper(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, [text.upper() for text in texts]


def _trim(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return True, [text.strip() for text in texts]


def _length(_flags: list[str], _head: list[str], texts: list[str]) -> Ending:
    return any(texts), [str(len(text)) for text in texts]


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
    return all(name in shell.functions or name in BUILTINS for name in names), []


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


STRINGS: dict[str, Callable[[list[str], list[str], list[str]], Ending]] = {
    "match": _match,
    "replace": _replace,
    "split": _split,
    "join": _join,
    "escape": _same,
    "collect": _same,
    "lower": _lower,
    "upper": _upper,
    "trim": _trim,
    "length": _length,
}
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
