"""Read the words of zsh and bash: quotes, variables, substitutions, braces.

Every character is looked at a bounded number of times; what cannot be understood is text.
"""

from __future__ import annotations

from dataclasses import dataclass

from webify.manuals.brackets import between_commas, closing

DEEPEST = 30
MOST_COUNTED = 1_000
MOST_UNCLOSED = 20  # braces that are looked for to the end of the script
STOPS = frozenset(" \t\r\n;&|<>()")
NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
SPECIAL = frozenset("#?*@!$-")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "E": "\x1b", "a": "\a", "b": "\b"}


@dataclass(frozen=True)
class Part:
    """A piece of a word.  kind: "text", "variable", "substitution" or "braces".

    text   the letters; what stands between ${ and }; the script of a substitution
    """

    kind: str
    text: str = ""
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
    return "" if any(part.quoted for part in word) else plain(word) or ""


def shown(word: Word) -> str:
    """Return a word roughly as it was written, to see which variables it holds."""
    signs = {"variable": "${%s}", "substitution": "$(%s)"}
    return "".join(signs.get(part.kind, "%s") % part.text for part in word)


class Words:
    """Read words from a text, one after the other."""

    def __init__(self, text: str, depth: int = 0) -> None:
        """Begin at the first letter; depth counts the braces around the text."""
        self.text = text
        self.at = 0
        self.depth = depth
        self.unclosed = 0

    def peek(self, width: int = 1) -> str:
        """Return the letters that come next."""
        return self.text[self.at : self.at + width]

    def blanks(self) -> None:
        """Pass over blanks and joined lines."""
        while self.at < len(self.text):
            if self.text[self.at] in " \t\r":
                self.at += 1
            elif self.peek(2) == "\\\n":
                self.at += 2
            else:
                return

    def comment(self) -> bool:
        """Pass over a comment; say whether there was one."""
        if self.peek() != "#":
            return False
        found = self.text.find("\n", self.at)
        self.at = len(self.text) if found < 0 else found
        return True

    def word(self, stops: frozenset[str] = STOPS) -> Word:
        """Return the word that begins here; it may have nothing in it."""
        parts: list[Part] = []
        letters: list[str] = []
        begin = self.at
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "(" and "(" in stops and self.at > begin and self._within(letters):
                letters.append(self._balanced())
            elif char in "<>" and "<" in stops and self.text[self.at + 1 : self.at + 2] == "(":
                self.at += 1
                letters.append(self._balanced())
            elif char in stops:
                break
            elif char == "\\":
                escaped = self.text[self.at + 1 : self.at + 2]
                letters.append("" if escaped == "\n" else escaped)
                self.at += 2
            elif part := self._special(char):
                if letters:
                    parts.append(Part("text", "".join(letters)))
                    letters = []
                parts += part
            else:
                letters.append(char)
                self.at += 1
        if letters:
            parts.append(Part("text", "".join(letters)))
        return tuple(parts)

    def _within(self, letters: list[str]) -> bool:
        """Say whether a bracket belongs to the word: a pattern, not the end of a name."""
        return self.peek(2) != "()" and letters[-1:] != ["="]

    def _balanced(self) -> str:
        end = closing(self.text, self.at, "(", ")")
        inside = self.text[self.at : end + 1]
        self.at = end + 1
        return inside

    def _special(self, char: str) -> list[Part]:
        if char == "'":
            return [self._single()]
        if char == '"':
            return self._double()
        if char == "$":
            return [self._dollar(quoted=False)]
        if char == "`":
            return [self._ticks()]
        if char == "{":
            return self._braces()
        return []

    def _single(self) -> Part:
        end = self.text.find("'", self.at + 1)
        end = len(self.text) if end < 0 else end
        inside = self.text[self.at + 1 : end]
        self.at = end + 1
        return Part("text", inside, quoted=True)

    def _double(self) -> list[Part]:
        parts: list[Part] = []
        letters: list[str] = []
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            char = self.text[self.at]
            if char == "\\":
                follows = self.text[self.at + 1 : self.at + 2]
                letters.append({"\n": ""}.get(follows, follows) if follows in '"\\$`\n' else char)
                self.at += 2 if follows in '"\\$`\n' else 1
            elif char in "$`":
                parts.append(Part("text", "".join(letters), quoted=True))
                letters = []
                parts.append(self._ticks() if char == "`" else self._dollar(quoted=True))
            else:
                letters.append(char)
                self.at += 1
        self.at += 1
        parts.append(Part("text", "".join(letters), quoted=True))
        return parts

    def _ticks(self) -> Part:
        end = self.text.find("`", self.at + 1)
        end = len(self.text) if end < 0 else end
        inside = self.text[self.at + 1 : end]
        self.at = end + 1
        return Part("substitution", inside)

    def _dollar(self, *, quoted: bool) -> Part:
        follows = self.text[self.at + 1 : self.at + 2]
        if follows == "'" and not quoted:
            return self._ansi()
        if self.text.startswith("$((", self.at):
            self.at += 1
            self._balanced()
            return Part("variable", "?", quoted)
        if follows in {"(", "{"}:
            self.at += 1
            end = closing(self.text, self.at, follows, ")" if follows == "(" else "}")
            inside = self.text[self.at + 1 : end]
            self.at = end + 1
            return Part("substitution" if follows == "(" else "variable", inside, quoted)
        return self._named(quoted=quoted)

    def _named(self, *, quoted: bool) -> Part:
        begin = self.at + 1
        self.at = begin + (self.text[begin : begin + 1] in {"+", "=", "^", "~"})
        if self.text[self.at : self.at + 1] in SPECIAL:
            self.at += 1
        else:
            while self.at < len(self.text) and self.text[self.at] in NAME:
                self.at += 1
        if self.at == begin:
            return Part("text", "$", quoted)
        if self.peek() == "[":
            self.at = closing(self.text, self.at, "[", "]") + 1
        return Part("variable", self.text[begin : self.at], quoted)

    def _ansi(self) -> Part:
        letters: list[str] = []
        self.at += 2
        while self.at < len(self.text) and self.text[self.at] != "'":
            if self.text[self.at] == "\\":
                follows = self.text[self.at + 1 : self.at + 2]
                letters.append(ESCAPES.get(follows, follows))
                self.at += 2
            else:
                letters.append(self.text[self.at])
                self.at += 1
        self.at += 1
        return Part("text", "".join(letters), quoted=True)

    def _braces(self) -> list[Part]:
        if self.unclosed > MOST_UNCLOSED:
            return []
        end = closing(self.text, self.at, "{", "}")
        self.unclosed += end >= len(self.text)
        inside = self.text[self.at + 1 : end]
        pieces = _counted(inside) or []
        if not pieces and self.depth < DEEPEST and "\n" not in inside[:400]:
            pieces = between_commas(inside)
        if len(pieces) < 2 or end >= len(self.text):
            return []
        self.at = end + 1
        several = tuple(Words(piece, self.depth + 1).word(frozenset()) for piece in pieces)
        return [Part("braces", several=several)]


def _counted(text: str) -> list[str]:
    """Return the numbers that 1..9 stands for."""
    first, dots, last = text.partition("..")
    if not dots or not (first.isdecimal() and last.isdecimal()) or len(first + last) > 8:
        return []
    one, other = int(first), int(last)
    step = 1 if one <= other else -1
    numbers = range(one, other + step, step)
    return [str(number) for number in numbers] if len(numbers) <= MOST_COUNTED else []
