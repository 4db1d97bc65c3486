"""Read a document of the KDL language, version 1 or 2, into nodes.

Specifications of programs are written in both versions and mix them; the readers that there are
take one of the two.  This one takes what both have in common, and the words of either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST = 4_000_000
DEEPEST = 60
_SPACE = re.compile(r"(?:[ \t\ufeff\u00a0]|//[^\n]*|\\[ \t]*(?://[^\n]*)?\n)*")
_BREAKS = re.compile(r"(?:[ \t\ufeff\u00a0\r\n;]|//[^\n]*|\\[ \t]*\n)*")
_RAW = re.compile(r"r?(#{1,20})(\"\"\"|\")|r(\")")
_BARE = re.compile(r"[^\s\"\\/(){}\[\];=]{1,2000}")
_TYPE = re.compile(r"\([^()\n]{1,200}\)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " ", "/": "/"}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|(\s{1,2000})|(.))", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None}
_NUMBER = re.compile(r"[+-]?\d[\d_]{0,40}(?:\.[\d_]{1,40})?(?:[eE][+-]?\d{1,4})?")

Value = str | bool | float | None


class KdlFault(ValueError):
    """The text is no KDL."""


@dataclass
class Node:
    """One node: its name, its arguments, its properties and the nodes inside it."""

    name: str
    args: list[Value] = field(default_factory=list)
    props: dict[str, Value] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)

    def all(self, name: str) -> list[Node]:
        """Return the nodes of one name that stand directly inside this one."""
        return [node for node in self.nodes if node.name == name]

    def get(self, name: str) -> Value:
        """Return a property, or the argument of the node of that name inside; else None."""
        if name in self.props:
            return self.props[name]
        inside = self.all(name)
        return inside[0].args[0] if inside and inside[0].args else None

    def text(self, *names: str) -> str:
        """Return the first of these that is a text, else ""."""
        for name in names:
            value = self.get(name)
            if isinstance(value, str) and value:
                return value
        return ""


def read_kdl(text: str) -> list[Node]:
    """Return the nodes of a document.  Raises KdlFault."""
    reader = _Reader(text[:LONGEST].replace("\r\n", "\n"))
    nodes = reader.nodes(0)
    if reader.place < len(reader.text):
        raise reader.fault()
    return nodes


@dataclass
class _Reader:
    text: str
    place: int = 0

    def fault(self) -> KdlFault:
        line = self.text.count("\n", 0, self.place) + 1
        return KdlFault(f"Line {line} is no KDL.")

    def nodes(self, depth: int) -> list[Node]:
        """Read nodes up to the end, or to the brace that closes them."""
        if depth > DEEPEST:
            raise self.fault()
        found: list[Node] = []
        while True:
            self._skip(_BREAKS)
            if self.place >= len(self.text) or self.text[self.place] == "}":
                return found
            dropped = self._take("/-")
            if dropped:
                self._skip(_SPACE)
            node = self._node(depth)
            if not dropped:
                found.append(node)

    def _node(self, depth: int) -> Node:
        self._type()
        node = Node(str(self._word()))
        while True:
            self._skip(_SPACE)
            if self.place >= len(self.text) or self.text[self.place] in "\n;}":
                return node
            dropped = self._take("/-")
            if dropped:
                self._skip(_SPACE)
            if self._take("{"):
                inside = self.nodes(depth + 1)
                if not self._take("}"):
                    raise self.fault()
                node.nodes += [] if dropped else inside
            else:
                self._entry(Node("") if dropped else node)

    def _entry(self, node: Node) -> None:
        """Read an argument, or a property."""
        self._type()
        value, bare = self._value()
        before = self.place
        self._skip(_SPACE)
        if self._take("=") and isinstance(value, str):
            self._skip(_SPACE)
            self._type()
            node.props[value] = self._meaning(*self._value())
        else:
            self.place = before
            node.args.append(self._meaning(value, bare))

    def _meaning(self, value: str, bare: bool) -> Value:
        if not bare:
            return value
        word = value.removeprefix("#")
        if word in _WORDS:
            return _WORDS[word]
        return float(word.replace("_", "")) if _NUMBER.fullmatch(word) else value

    def _word(self) -> str:
        return self._value()[0]

    def _value(self) -> tuple[str, bool]:
        """Read a string or a bare word; say which."""
        raw = _RAW.match(self.text, self.place)
        if raw:
            quote = raw[2] or raw[3]
            return self._until(raw.end(), quote + (raw[1] or ""), quote, raw=True), False
        for quote in ('"""', '"'):
            if self.text.startswith(quote, self.place):
                return self._until(self.place + len(quote), quote, quote, raw=False), False
        bare = _BARE.match(self.text, self.place)
        if bare is None:
            raise self.fault()
        self.place = bare.end()
        return bare.group(), True

    def _until(self, start: int, close: str, quote: str, *, raw: bool) -> str:
        end = start
        while not self.text.startswith(close, end):
            if end >= len(self.text):
                raise self.fault()
            end += 2 if self.text[end] == "\\" and not raw else 1
        inner = self.text[start:end]
        self.place = end + len(close)
        inner = _dedented(inner) if quote == '"""' else inner
        return inner if raw else _ESCAPE.sub(_unescaped, inner)

    def _type(self) -> None:
        """Pass over a type annotation."""
        found = _TYPE.match(self.text, self.place)
        if found:
            self.place = found.end()

    def _take(self, word: str) -> bool:
        if not self.text.startswith(word, self.place):
            return False
        self.place += len(word)
        return True

    def _skip(self, blank: re.Pattern[str]) -> None:
        """Pass over blanks and comments."""
        while True:
            found = blank.match(self.text, self.place)
            self.place = found.end() if found else self.place
            if not self.text.startswith("/*", self.place):
                return
            self._comment()

    def _comment(self) -> None:
        depth = 0
        while self.place < len(self.text):
            two = self.text[self.place : self.place + 2]
            depth += (two == "/*") - (two == "*/")
            self.place += 2 if two in ("/*", "*/") else 1
            if not depth:
                return
        raise self.fault()


def _dedented(text: str) -> str:
    """Return a text of several lines without the blanks that its last line begins with."""
    lines = text.split("\n")
    indent = lines[-1] if not lines[-1].strip() else ""
    return "\n".join(line.removeprefix(indent) for line in lines[1:-1])


def _unescaped(found: re.Match[str]) -> str:
    code, blank, letter = found.groups()
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return "" if blank else _ESCAPES.get(letter, letter)
