"""Read in the text of a Python file whether it does something when it is started.

A module beside the tools that only offers functions must never be started: it is told from a
tool by what stands outside of its functions and classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# A text without its end goes to the end, so that each letter is looked at once.
_BETWEEN = re.compile(
    r"#[^\n]*"
    r'|[rbuRBU]{0,2}"""[^"\\]*(?:(?:\\.?|"(?!""))[^"\\]*)*(?:""")?'
    r"|[rbuRBU]{0,2}'''[^'\\]*(?:(?:\\.?|'(?!''))[^'\\]*)*(?:''')?"
    r'|"(?:\\.?|[^"\\\n])*"?'
    r"|'(?:\\.?|[^'\\\n])*'?",
    re.DOTALL,
)
_INNER = re.compile(r"(?:async +)?(?:def|class)\b")
_BLOCK = re.compile(r"(?:try|with|if|elif|else|for|while|except|finally|async)\b")
_GUARD = re.compile(r"if[ \t(]+(?:__name__\b|[\"']__main__[\"'][ \t]*==)")
_TESTS = re.compile(r"\b(?:doctest|unittest|pytest)\b(?:\.main\b)?")
_WORK = re.compile(r"pars|(?:main|cli|app|run)\(")
_PARSES = re.compile(r"\.parse_(?:known_|intermixed_)?args\(")
_EXIT = re.compile(r"(?:sys\.)?exit\(|raise SystemExit")
_CALL = re.compile(r"(\w[\w.]*)\(")
_RUNNER = re.compile(
    r"(?:\w+ *= *)?(?:(?:typer|clize|asyncio|app|cyclopts)\.run\(|(?:fire\.)?Fire\(|plac\.call\("
    r"|(?:tyro|decli)\.cli\(|(?:argh\.)?dispatch(?:_commands?)?\(|(?:docopt\.)?docopt\("
    r"|(?:jsonargparse\.)?(?:CLI|auto_cli)\(|simple_parsing\.parse\("
    r"|\w+(?:\(\w*\))?\.(?:launch_instance|parseOptions)\()"
)
_COMMANDS = re.compile(
    r"^@[^\n]{0,80}(?:command|group|callback)[^\n]*\n(?:[@ \t)][^\n]*\n){0,200}+"
    r"(?:async +)?def +(\w+)"
    r"|^(\w+) *= *[\w.]*(?:Command|Group|CommandCollection|Typer|App|Application)\("
    r"|^class +(\w+)\([^\n)]{0,80}Application\b",
    re.MULTILINE | re.IGNORECASE,
)
_USUAL = frozenset({"main", "cli", "app", "run"})

# One line outside of functions and classes: how far it is indented, and its text.
Line = tuple[int, str]


def code(text: str) -> str:
    """Return the text without comments, and without texts of several lines."""
    return _BETWEEN.sub(_kept, text)


def _kept(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith("#"):
        return ""
    return '""' if text.lstrip("rbuRBU")[:3] in ('"""', "'''") else text


def outside(text: str) -> list[Line]:
    """Return the lines of code that run when the file is started or imported."""
    return list(_outside(text))


def _outside(text: str) -> Iterator[Line]:
    inner: int | None = None
    block = False
    for line in text.split("\n"):
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        if not words or (inner is not None and indent > inner):
            continue
        inner = indent if _INNER.match(words) else None
        if not indent:
            block = bool(_BLOCK.match(words))
        if inner is None and (block or not indent):
            yield indent, words


def starts(text: str, lines: Sequence[Line]) -> bool:
    """Say whether code, of which these lines are outside, does more than to offer functions."""
    if _guarded(lines):
        return True
    names = _USUAL | {name for pair in _COMMANDS.findall(text) for name in pair if name}
    call = re.compile(
        r"(?:(?:sys\.)?exit\(|raise SystemExit\(|asyncio\.run\(|\w+ *= *)*(?:await )?"
        rf"(?:{'|'.join(map(re.escape, sorted(names)))})(?:\.(?:main|run))?\("
    )
    return any(
        call.match(words)
        or _PARSES.search(words)
        or _RUNNER.match(words)
        or (not indent and _EXIT.match(words))
        for indent, words in lines
    ) or _ends_at_work(text, lines)


def ends_in_call(lines: Sequence[Line]) -> bool:
    """Say whether the last statement is a call of something."""
    last = [words for indent, words in lines if not indent][-1:]
    return any(_CALL.match(words) for words in last)


def _guarded(lines: Sequence[Line]) -> bool:
    """Say whether there is a guard, and more behind it than the tests of a library."""
    inside: list[str] | None = None
    for indent, words in lines:
        if not indent and inside is not None:
            break
        if not indent and _GUARD.match(words):
            inside = [words.partition(":")[2]]
        elif inside is not None:
            inside.append(words)
    if inside is None:
        return False
    body = "\n".join(inside)
    return not _TESTS.search(body) or bool(_WORK.search(_TESTS.sub("", body)))


def _ends_at_work(text: str, lines: Sequence[Line]) -> bool:
    """Say whether the last statement calls a function of this file that reads arguments."""
    last = [words for indent, words in lines if not indent][-1:]
    found = _CALL.match(last[0]) if last else None
    if not found:
        return False
    body = re.search(
        rf"^(?:async +)?def +{re.escape(found[1])}\(.*?(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE
    )
    return bool(body and _WORK.search(body[0]))
