"""Read the text of a fish script into statements; nothing is run here."""

from __future__ import annotations

from dataclasses import dataclass

from webify.manuals.fish_words import DEEPEST, Token, Word, bare, tokens_of

OPENERS = frozenset({"if", "for", "while", "switch", "begin", "function"})


@dataclass(frozen=True)
class Statement:
    """One command, or one block with what stands in it.

    join      "", "and", "or": what it takes of the one before to be run
    negated   its outcome is turned around
    words     of the command, or of the head of the block
    piped     the commands that read what it prints
    branches  if and switch: (head, body) each; an else has an empty head
    """

    kind: str
    words: tuple[Word, ...] = ()
    join: str = ""
    negated: bool = False
    piped: tuple[Statement, ...] = ()
    body: tuple[Statement, ...] = ()
    branches: tuple[tuple[object, tuple[Statement, ...]], ...] = ()


def parse(script: str, depth: int = 0) -> tuple[Statement, ...]:
    """Return the statements of a script."""
    if depth > DEEPEST:
        return ()
    return tuple(_Blocks(tokens_of(script, depth)).statements(())[0])


class _Blocks:
    """Put tokens together to statements."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def statements(self, until: tuple[str, ...]) -> tuple[list[Statement], str]:
        """Return the statements up to one of these words, and that word."""
        found: list[Statement] = []
        join = ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if isinstance(token, str):
                join = {"&&": "and", "||": "or"}.get(token, join)
                self.at += 1
                continue
            word = bare(token)
            if word in until:
                self.at += 1
                return found, word
            if word in {"and", "or"}:
                join = word
                self.at += 1
                continue
            found.append(self._job(join))
            join = ""
        return found, ""

    def _job(self, join: str) -> Statement:
        negated = False
        while self._here() in {"not", "!"}:
            negated = not negated
            self.at += 1
        first = self._one(join, negated=negated)
        piped = []
        while self.at < len(self.tokens) and self.tokens[self.at] == "|":
            self.at += 1
            while self.at < len(self.tokens) and self.tokens[self.at] == "\n":
                self.at += 1
            piped.append(self._one("", negated=False))
        if not piped:
            return first
        return Statement("pipe", join=join, negated=negated, piped=(first, *piped))

    def _here(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        return "" if isinstance(token, str) else bare(token)

    def _one(self, join: str, *, negated: bool) -> Statement:
        word = self._here()
        if word not in OPENERS or self.depth >= DEEPEST:
            return Statement("command", self._rest(), join, negated)
        self.at += 1
        self.depth += 1
        try:
            return self._block(word, join, negated=negated)
        finally:
            self.depth -= 1
            self._rest()  # redirections and the like behind `end`

    def _rest(self) -> tuple[Word, ...]:
        words: list[Word] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if isinstance(token, str):
                break
            words.append(token)
            self.at += 1
        return tuple(words)

    def _block(self, kind: str, join: str, *, negated: bool) -> Statement:
        if kind == "if":
            return self._if(join, negated=negated)
        if kind == "switch":
            return self._switch(join)
        if kind == "while":
            body, _ = self.statements(("end",))
            return Statement(kind, join=join, body=tuple(body))
        words = () if kind == "begin" else self._rest()
        body, _ = self.statements(("end",))
        return Statement(kind, words, join, negated, body=tuple(body))

    def _if(self, join: str, *, negated: bool) -> Statement:
        branches: list[tuple[object, tuple[Statement, ...]]] = []
        more = True
        while more:
            head = self._condition()
            body, stop = self.statements(("else", "end"))
            branches.append((head, tuple(body)))
            more = stop == "else" and self._here() == "if"
            self.at += more
            if stop == "else" and not more:
                body, _ = self.statements(("end",))
                branches.append(((), tuple(body)))
        return Statement("if", (), join, negated, branches=tuple(branches))

    def _condition(self) -> tuple[Statement, ...]:
        """Return the jobs of an `if`: the first line, and those behind it with and, or."""
        found: list[Statement] = []
        join = ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if isinstance(token, str):
                if found and token == "\n" and not self._goes_on():  # noqa: S105 - no password
                    break
                join = {"&&": "and", "||": "or"}.get(token, join)
                self.at += 1
            elif bare(token) in {"and", "or"}:
                join = bare(token)
                self.at += 1
            elif bare(token) in {"end", "else"} and found:
                break
            else:
                found.append(self._job(join))
                join = ""
        return tuple(found)

    def _goes_on(self) -> bool:
        at = self.at
        while at < len(self.tokens) and self.tokens[at] == "\n":
            at += 1
        token = self.tokens[at] if at < len(self.tokens) else ""
        return not isinstance(token, str) and bare(token) in {"and", "or"}

    def _switch(self, join: str) -> Statement:
        words = self._rest()
        branches: list[tuple[object, tuple[Statement, ...]]] = []
        _, stop = self.statements(("case", "end"))
        while stop == "case":
            head = self._rest()
            body, stop = self.statements(("case", "end"))
            branches.append((head, tuple(body)))
        return Statement("switch", words, join, branches=tuple(branches))
