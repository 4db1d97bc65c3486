"""Read how a writing names the value of an option: FILE, <file>, [=WHEN], {a,b}, string."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webify.manuals.facts import NO, OPTIONAL, YES
from webify.model.command import Choice

_PAIRS = {"<": ">", "[": "]", "{": "}", "(": ")", '"': '"', "'": "'", "`": "`"}
_WORD = re.compile(r"""[^\s<>{}()\[\]|,"'`]{1,80}""")
_CHOICE = re.compile(r"[\w.+:@%/*=#-]{1,60}")
_DOTS = re.compile(r"(?:\.\.\.|…|\+|\*)")
_LONGEST = 400

# Words for the kind of a value, which some parsers print where others print a placeholder.
_TYPES = re.compile(
    r"(?:str(?:ing)?s?|text|string(?:array|slice)|stringto\w{1,10}|u?int(?:8|16|32|64)?s?|integers?"
    r"|float(?:32|64)?s?|double|num(?:ber)?s?|durations?|bytes?|size|files?|filename|paths?|dirs?"
    r"|directory|folder|ur[il]s?|regexp?|pattern|list|date|time|datetime|timestamp|values?|args?"
    r"|names?|ip(?:net|mask)?|port|host|bytesize|bytes(?:base64|hex)|count|expr|glob|key|level|type"
    r"|format|mode|command|cmd|(?:int|bool|float|duration|ip)slice|bools|map|object|array)",
    re.IGNORECASE,
)
# Kinds under which the parsers that print them take several values.
_SEVERAL = re.compile(
    r"(?:strings|stringarray|\w{1,10}slice|stringto\w{1,10}|ints|bools|floats|durations|array|files|values)",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"FILES?|FILENAME|DIR|DIRECTORY|PATH|NAME|ID|PID|UID|GID|USER|GROUP|URL|URI|N|NUM|NUMBER|INT|INTEGER"
    r"|SIZE|STRING|STR|TEXT|KEY|VALUE|VAL|TAG|COMMIT|HOST|PORT|IP|DATE|TIME|REGEX|PATTERN|CMD|COMMAND"
    r"|KEY=VALUE|SECONDS?|PERCENT|BOOL|BOOLEAN|OBJECT|STYLE|TYPE|LIST|SPEC|FLOAT|X|Y|Z"
)
_OPENING = re.compile(r"[A-Z][A-Z0-9_-]{0,40}[:=]?[{<\[]")
_GLUED = re.compile(
    r"-[A-Za-z](?P<value>NUM|NUMBER|FILE|DIR|PATH|LEVEL|SIZE|NAME|STRING|PORT|CMD|(?<=-[a-z])N)"
)


@dataclass(frozen=True)
class Shape:
    """The value of an option as its head shows it; kind is NO, YES or OPTIONAL."""

    kind: str = NO
    metavar: str = ""
    attached: bool = False
    choices: tuple[Choice, ...] = ()
    repeat: bool = False
    end: int = 0


def closing(text: str, start: int) -> int:
    """Return the place after the bracket or quote that closes the one at start, or -1."""
    opened = text[start]
    shut = _PAIRS.get(opened, "")
    depth = 0
    for place in range(start, min(len(text), start + _LONGEST)):
        letter = text[place]
        if letter == shut and (place > start or opened != shut):
            depth -= opened != shut
            if depth == 0:
                return place + 1
        elif letter == opened:
            depth += opened != shut
    return -1


def scan_word(text: str, start: int) -> int:
    """Return where the placeholder that begins at start ends: words and brackets without blanks."""
    place = start
    while place < len(text) and not text[place].isspace():
        letter = text[place]
        if letter in _PAIRS and (letter not in "'`\"" or place == start):
            end = closing(text, place)
            if end < 0:
                return place
            place = end
        elif letter == "|" or (
            letter == "," and place + 1 < len(text) and not text[place + 1].isspace()
        ):
            place += 1
        else:
            match = _WORD.match(text, place)
            if match is None:
                return place
            place = match.end()
    return place


def listed(text: str) -> tuple[Choice, ...]:
    """Return the choices that a placeholder spells out: {a,b}, a|b|c, <a|b>."""
    inner = text.strip()
    named = re.match(r"[A-Z_]{1,40}[:=](?=\{)", inner)
    inner = inner[named.end() :] if named else inner
    while len(inner) > 1 and inner[0] in "<[{(\"'" and closing(inner, 0) == len(inner):
        braces = inner[0] == "{"
        inner = inner[1:-1].strip()
        if braces and "," in inner and "|" not in inner:
            return _cut(inner, ",")
    inner = inner.lstrip("=").strip()
    if "|" in inner:
        return _cut(inner, "|")
    return ()


def _cut(inner: str, mark: str) -> tuple[Choice, ...]:
    words = [word.strip().strip("\"'") for word in inner.split(mark)]
    if len(words) < 2 or not all(_CHOICE.fullmatch(word) for word in words):
        return ()
    if any("..." in word or word.startswith("--") for word in words):
        return ()
    letters = len(words) > 2 and all(len(word) == 1 for word in words)
    if mark == "|" and not letters and any(_KIND.fullmatch(word) for word in words):
        return ()  # FILE|DIR: the names of two kinds of value
    return tuple(Choice(word) for word in dict.fromkeys(words))


def shape_of(written: str, *, joined: bool) -> Shape:
    """Say what a placeholder means; joined: it is written at the option, without a blank."""
    text = written.strip()
    optional = False
    if text.startswith("=[") and closing(text, 1) == len(text):
        optional, text = True, text[2:-1]
    elif text.startswith("[") and closing(text.rstrip(".…*+ "), 0) == len(text.rstrip(".…*+ ")):
        inner = text.rstrip(".…*+ ")[1:-1]
        optional = joined or "|" not in inner
        text = inner.strip() + ("..." if text.endswith(("...", "…")) else "")
    text = text.lstrip("=:," if joined else "=").strip()
    marked = text.endswith("[+]")  # the sign of an option that may be repeated
    text = text.removesuffix("[+]").rstrip() if marked else text
    choices = listed(text)
    repeat = (
        marked
        or (bool(_DOTS.search(text[-3:])) and text[-1:] in ".…*+")
        or bool(_SEVERAL.fullmatch(text))
    )
    kind = OPTIONAL if optional else YES
    return Shape(kind, _bare(text), joined and optional, choices, repeat)


def _bare(text: str) -> str:
    """Take the brackets off a placeholder of one word."""
    text = text.rstrip(".…").strip() or text
    if text[:1] in ("<", "[", "{", "(", '"', "'") and closing(text, 0) == len(text):
        inner = text[1:-1].strip()
        return _bare(inner) if inner and inner[0] in "<[{(" else inner
    return text


def placeholder(word: str) -> bool:
    """Say whether a word can only be the name of a value: bracketed, or in capitals."""
    if word[:1] in ("<", "{"):
        return closing(word, 0) > 0
    if word[:1] == "[":
        return closing(word, 0) > 0 and ": " not in word
    if word[:1] in ("(", '"', "'"):
        return "|" in word and closing(word, 0) > 0
    if _OPENING.match(word):
        return True
    letters = [letter for letter in word if letter.isalpha()]
    return (bool(letters) and word == word.upper() and word[-1:] not in ".:;!") or word.endswith(
        "..."
    )


def type_word(word: str) -> bool:
    """Say whether a word names a kind of value, as parsers print it."""
    return _TYPES.fullmatch(word) is not None


def known_glued(word: str) -> int:
    """Return how many letters at the end of a short spelling are its value: -nNUM, -jN."""
    match = _GLUED.fullmatch(word)
    return len(match["value"]) if match else 0
