"""Read what `_arguments` of zsh is told: `'(-x --y)'{-x,--y}'[text]:message:action'`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webify.manuals.facts import NO, OPTIONAL, YES
from webify.manuals.unknown import known
from webify.model.command import Choice

OPTION = re.compile(
    r"(?P<name>-(?:\\.|[^\s\\\[:=+]|[=+](?![-\[:]|\Z)){1,100}?)(?P<suffix>=-?|\+|-(?=\[|:|\Z))?(?=\[|:|\Z)"
)
BAD = set(" \t\n$(){}'\"|<>;,`*")


@dataclass(frozen=True)
class Spec:
    """One specification: of an option, or of an argument where names is empty.

    place   of an argument: "1", "2", "*" or "" (the next one)
    action  what completes its value, as written
    """

    name: str = ""
    value: str = ""
    attached: bool = False
    repeat: bool = False
    hidden: bool = False
    text: str = ""
    message: str = ""
    action: str = ""
    place: str = ""
    rest: str = ""


def read_spec(spec: str) -> Spec | None:
    """Read one specification, or None where it is none."""
    hidden = spec.startswith("!")
    at = 1 if hidden else 0
    if spec[at : at + 1] == "(":
        at = _after_bracket(spec, at)
    star = spec[at : at + 1] == "*" and spec[at + 1 : at + 2] not in {":", ""}
    at += star
    found = OPTION.match(spec, at)
    if found is None:
        return _argument(spec[at - star :])
    name = found["name"].replace("\\", "")
    if not known(name) or set(name) & BAD or name in {"-", "--", "+"}:
        return None
    text, after = _bracketed(spec, found.end())
    value, message, action = _value(spec[after:])
    suffix = found["suffix"] or ""
    value = YES if value == NO and suffix and known(spec) else value
    return Spec(
        name,
        value,
        attached=suffix.endswith("-"),
        repeat=star,
        hidden=hidden,
        text=text,
        message=message,
        action=action,
        rest=spec[found.end() :],
    )


def _after_bracket(spec: str, at: int) -> int:
    end = spec.find(")", at)
    return len(spec) if end < 0 else end + 1


def _bracketed(spec: str, at: int) -> tuple[str, int]:
    if spec[at : at + 1] != "[":
        return "", at
    letters = []
    at += 1
    while at < len(spec) and spec[at] != "]":
        if spec[at] == "\\" and at + 1 < len(spec):
            at += 1
        letters.append(spec[at])
        at += 1
    return " ".join("".join(letters).split()), at + 1


def _value(text: str) -> tuple[str, str, str]:
    """Return whether a value follows, its message and its action."""
    if not text.startswith(":"):
        return NO, "", ""
    optional = text.startswith("::")
    pieces = split(text[2 if optional else 1 :])
    message = pieces[0].strip() if pieces else ""
    action = pieces[1].strip() if len(pieces) > 1 else ""
    return (OPTIONAL if optional else YES), message, action


def _argument(spec: str) -> Spec | None:
    found = re.match(r"(?P<place>\d{1,3}|\*(?:[^:\s]{0,40})?|)(?P<colons>:{1,3})", spec)
    if found is None:
        return None
    pieces = split(spec[found.end() :])
    place = found["place"][:1] if found["place"].startswith("*") else found["place"]
    optional = len(found["colons"]) == 2
    return Spec(
        value=OPTIONAL if optional else YES,
        repeat=place == "*",
        message=pieces[0].strip() if pieces else "",
        action=pieces[1].strip() if len(pieces) > 1 else "",
        place=place,
    )


def split(text: str) -> list[str]:
    """Split at the colons without a backslash."""
    pieces, letters, at = [], [], 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            letters.append(":" if text[at + 1] == ":" else text[at : at + 2])
            at += 2
            continue
        if text[at] == ":":
            pieces.append("".join(letters))
            letters = []
        else:
            letters.append(text[at])
        at += 1
    return [*pieces, "".join(letters)]


def choices_of(action: str) -> tuple[Choice, ...]:
    r"""Return the values of an action such as (a b c) or ((a\:text b\:text)).

    What a command would print is not known: ( $(tool --list) ).
    """
    if "$(" in action or "`" in action:
        return ()
    if action.startswith("((") and action.endswith("))"):
        return tuple(_described(word) for word in _words(action[2:-2]))
    if action.startswith("(") and action.endswith(")"):
        return tuple(Choice(word) for word in _words(action[1:-1]))
    return ()


def _described(word: str) -> Choice:
    value, _, text = word.partition(":")
    return Choice(value, text.strip())


def described(word: str) -> Choice:
    """Read an entry of _describe, `name:text`, or of _values, `name[text]`."""
    found = re.match(
        r"\A\*?(?P<name>(?:\\.|[^\\\[:]){1,200})(?::(?P<text>.{0,2000})|\[(?P<inner>[^\]]{0,2000})\])?",
        word,
        re.DOTALL,
    )
    if found is None:
        return Choice("")
    text = found["text"] or found["inner"] or ""
    return Choice(found["name"].replace("\\", "").strip(), " ".join(text.replace("\\", "").split()))


def _words(text: str) -> list[str]:
    """Split at blanks that are in no quotes and have no backslash before them."""
    words, letters, mark, at = [], [], "", 0
    started = False
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            letters.append(text[at + 1])
            at += 1
        elif mark:
            mark = "" if char == mark else mark
            letters += [char] if mark else []
        elif (char in "'\"" and started) or char in "'\"":
            mark = char
        elif char.isspace():
            words += ["".join(letters)] if letters else []
            letters = []
        else:
            letters.append(char)
        started = bool(letters)
        at += 1
    words += ["".join(letters)] if letters else []
    return [word for word in words if known(word)]
