"""Read the words of a fish script: quotes, variables, substitutions, braces.

Every character is looked at a bounded number of times, so a script of megabytes takes time in
proportion to its length.  What cannot be understood is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass

from webify.manuals.brackets import between_commas, closing, line_end

MOST = 600_000  # words of one script
DEEPEST = 40  # blocks and substitutions within each other
VARIABLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
ENDS_WORD = frozenset(" \t\r\n;&|<>")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


@dataclass(frozen=True)
class Part:
    """A piece of a word.  kind: "text", "variable", "substitution" or "braces".

    text   the letters, the variable's name, or the script of a substitution
    index  what stands in [...] behind a variable or substitution, or None
    several  the words within braces
    """

    kind: str
    text: str = ""
    index: str | None = None
    quoted: bool = False
    several: tuple[tuple[Part, ...], ...] = ()


Word = tuple[Part, ...]


def plain(word: Word) -> str | None:
    """Return the text of a word that nothing is put into, or None."""
    if all(part.kind == "text" for part in word):
        return "".join(part.text for part in word)
    return None


def bare(word: Word) -> str:
    """Return the text of a word without any quotes, or ""."""
    return (plain(word) or "") if not any(part.quoted for part in word) else ""


# A token is a word, or the sign that stands between commands: "\n", "|", "&&", "||", "&".
Token = Word | str


def tokens_of(script: str, depth: int) -> list[Token]:
    """Return the words of a script and the signs between its commands."""
    tokens: list[Token] = []
    at, end = 0, len(script)
    while at < end and len(tokens) < MOST:
        char = script[at]
        if char in " \t\r":
            at += 1
        elif char == "\\" and script[at + 1 : at + 2] == "\n":
            at += 2
        elif char == "#":
            at = line_end(script, at)
        elif char in "\n;":
            if not tokens or tokens[-1] != "\n":
                tokens.append("\n")
            at += 1
        elif char in "&|":
            at = _sign(script, at, tokens)
        elif char in "<>":
            at = _after_redirection(script, at)
        else:
            word, after = _word(script, at, depth)
            at = max(after, at + 1)
            if bare(word).isdigit() and script[at : at + 1] in {"<", ">"}:
                at = _after_redirection(script, at)  # 2>/dev/null
            else:
                tokens.append(word)
    return tokens


def _sign(script: str, at: int, tokens: list[Token]) -> int:
    sign = script[at : at + 2] if script[at : at + 2] in {"&&", "||"} else script[at]
    at += len(sign)
    if sign == "&" and script[at : at + 1] in {">", "|"}:  # &> file, &| command
        return _after_redirection(script, at) if script[at] == ">" else at
    tokens.append("\n" if sign == "&" else sign)
    return at


def _after_redirection(script: str, at: int) -> int:
    while script[at : at + 1] and script[at] in "<>&?|":
        at += 1
    while script[at : at + 1] in {" ", "\t"}:
        at += 1
    return _word(script, at, DEEPEST)[1]


def arguments(text: str) -> tuple[Word, ...]:
    """Return the words of a list of arguments, where the signs between commands are letters."""
    words, at = [], 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
            continue
        word, after = _word(text, at, 1, frozenset(" \t\r\n"))
        words.append(word)
        at = max(after, at + 1)
    return tuple(words)


def _word(script: str, at: int, depth: int, ends: frozenset[str] = ENDS_WORD) -> tuple[Word, int]:
    parts: list[Part] = []
    letters: list[str] = []

    def flush() -> None:
        if letters:
            parts.append(Part("text", "".join(letters)))
            letters.clear()

    while at < len(script) and script[at] not in ends:
        char = script[at]
        if char == "\\":
            text, at = _escaped(script, at)
            letters.append(text)
        elif char in "'\"":
            flush()
            inside, at = _quoted(script, at)
            parts += inside
        elif char in "$(":
            flush()
            part, at = _dollar(script, at, quoted=False)
            parts.append(part)
        elif char == "{":
            flush()
            part, at = _braces(script, at, depth)
            parts.append(part)
        elif char == ")":
            at += 1
        else:
            letters.append(char)
            at += 1
    flush()
    return tuple(parts), at


def _escaped(script: str, at: int) -> tuple[str, int]:
    char = script[at + 1 : at + 2]
    if char == "\n":
        return "", at + 2
    if char in {"x", "X", "u", "U"}:
        width = {"x": 2, "X": 2, "u": 4, "U": 8}[char]
        end = at + 2
        while end < at + 2 + width and script[end : end + 1] in set("0123456789abcdefABCDEF"):
            end += 1
        code = int(script[at + 2 : end] or "0", 16)
        return (chr(code) if 0 < code < 0x110000 else ""), max(end, at + 2)
    return ESCAPES.get(char, char), at + 2


def _quoted(script: str, at: int) -> tuple[list[Part], int]:
    mark, parts, letters = script[at], [], []
    at += 1
    while at < len(script) and script[at] != mark:
        char = script[at]
        if char == "\\" and script[at + 1 : at + 2] in (
            {"'", "\\"} if mark == "'" else set('"\\$')
        ):
            letters.append(script[at + 1])
            at += 2
        elif char == "\\" and mark == '"' and script[at + 1 : at + 2] == "\n":
            at += 2
        elif mark == '"' and char == "$" and _names(script, at + 1):
            parts.append(Part("text", "".join(letters), quoted=True))
            letters = []
            part, at = _dollar(script, at, quoted=True)
            parts.append(part)
        else:
            letters.append(char)
            at += 1
    parts.append(Part("text", "".join(letters), quoted=True))
    return parts, at + 1


def _names(script: str, at: int) -> bool:
    return script[at : at + 1] in VARIABLE or script[at : at + 1] in {"(", "$"}


def _dollar(script: str, at: int, *, quoted: bool) -> tuple[Part, int]:
    start = at
    while script[at : at + 1] == "$":
        at += 1
    if script[at : at + 1] == "(":
        end = closing(script, at, "(", ")", fish=True)
        inside, kind, at = script[at + 1 : end], "substitution", end + 1
    else:
        begin = at
        while at < len(script) and script[at] in VARIABLE:
            at += 1
        # "$$name" holds the name of a variable: kept with its signs
        inside, kind = "$" * max(0, begin - start - 1) + script[begin:at], "variable"
        if begin == at:
            return Part("text", script[start:at], quoted=quoted), max(at, start + 1)
    index = None
    if script[at : at + 1] == "[":
        end = closing(script, at, "[", "]", fish=True)
        index, at = script[at + 1 : end], end + 1
    return Part(kind, inside, index, quoted), at


def _braces(script: str, at: int, depth: int) -> tuple[Part, int]:
    end = closing(script, at, "{", "}", fish=True)
    inside = script[at + 1 : end]
    if end >= len(script):
        return Part("text", inside), end
    several = tuple(
        _word(piece.strip(" \n"), 0, depth + 1, frozenset())[0]
        for piece in (between_commas(inside, fish=True) if depth < DEEPEST else [])
    )
    if len(several) == 1:
        several = ((Part("text", "{"), *several[0], Part("text", "}")),)
    return Part("braces", several=several), end + 1
