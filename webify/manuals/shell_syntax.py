"""Read the text of a zsh or bash script into statements; nothing is run here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webify.manuals.brackets import closing
from webify.manuals.shell_words import STOPS, Word, Words, bare, plain

DEEPEST = 60
MOST = 150_000  # statements of one script
ASSIGNED = re.compile(r"([A-Za-z_]\w{0,80})(?:\[[^\]\n]{0,80}\])?(\+?=)")
ENDS = frozenset({"then", "elif", "else", "fi", "do", "done", "esac", "}"})
SIGNS = (";;&", ";;", ";&", ";|", "&&", "||", "|&", "&>", "|", "&", ";", "\n")
FUNCTION = re.compile(r"[ \t]{0,8}\(\s{0,8}\)")
HEREDOC = re.compile(r"<<-?[ \t]{0,8}(['\"]?)(\w{1,60})\1")


@dataclass(frozen=True)
class Assignment:
    """A variable that is given a value; values holds more than one only where it is a list."""

    name: str
    values: tuple[Word, ...]
    several: bool = False
    added: bool = False


@dataclass(frozen=True)
class Statement:
    """One command, or one block with what stands in it.

    kind      "command", "if", "case", "for", "while", "group", "function", "test",
              "next" and "falls" (at the end of a case: the patterns below are looked at too;
              what stands below is done whatever its patterns)
    join      "", "&&", "||", "|": what stands before it
    branches  if: (statements of the condition, body); case: (patterns, body)
    text      the raw text of a [[ test ]], or the name of a function
    """

    kind: str
    words: tuple[Word, ...] = ()
    join: str = ""
    negated: bool = False
    assignments: tuple[Assignment, ...] = ()
    body: tuple[Statement, ...] = ()
    branches: tuple[
        tuple[tuple[Statement, ...] | tuple[Word, ...], tuple[Statement, ...]], ...
    ] = ()
    text: str = ""


def parse(script: str) -> tuple[Statement, ...]:
    """Return the statements of a script."""
    reader = _Reader(script)
    found: list[Statement] = []
    while reader.at < len(script) and reader.count < MOST:
        before = reader.at
        found += reader.statements()
        if reader.at == before:
            reader.at += 1
    return tuple(found)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, split at blanks only."""
    reader = Words(text)
    found: list[Word] = []
    while reader.at < len(text):
        before = reader.at
        word = reader.word(frozenset(" \t\r\n"))
        found += [word] if word else []
        reader.at += reader.at == before
    return tuple(found)


class _Reader(Words):
    """Put words together to statements."""

    count = 0

    def statements(self, until: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
        """Return the statements up to one of these words, which is not read yet."""
        found: list[Statement] = []
        join = ""
        self.depth += 1
        while self.at < len(self.text) and self.depth < DEEPEST and self.count < MOST:
            self.blanks()
            sign = self._sign()
            if sign.startswith(";") and sign != ";":
                break
            if sign == "&>":
                self._redirected()
            elif sign:
                self.at += len(sign)
                if sign != "\n" or join not in {"&&", "||", "|"}:
                    join = {"&&": "&&", "||": "||", "|": "|", "|&": "|"}.get(sign, "")
            elif self.comment():
                continue
            elif self.peek() == ")" or self._next_word() in (until or ENDS):
                break
            else:
                before = self.at
                found.append(self._statement(join))
                join = ""
                self.at += self.at == before
        self.depth -= 1
        return tuple(found)

    def _sign(self) -> str:
        return next((sign for sign in SIGNS if self.text.startswith(sign, self.at)), "")

    def _next_word(self) -> str:
        found = re.compile(r"[a-z\[{}!(]{1,9}(?![\w.-])").match(self.text, self.at)
        return found.group() if found else ""

    def _take(self, *words: str) -> bool:
        """Pass over one of these words and what parts it from the next; say whether it is there."""
        self._lines()
        for word in words:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return True
        return False

    def _lines(self) -> None:
        while self.at < len(self.text):
            self.blanks()
            if self.peek() in {"\n", ";"} and self.peek(2) != ";;":
                self.at += 1
            elif not self.comment():
                return

    def _statement(self, join: str) -> Statement:
        self.depth += 1
        try:
            return self._any(join) if self.depth < DEEPEST else self._passed()
        finally:
            self.depth -= 1

    def _passed(self) -> Statement:
        """Pass over a command that is not read."""
        self._arguments()
        return Statement("command")

    def _any(self, join: str) -> Statement:
        self.count += 1
        word = self._next_word()
        if word == "!":
            self.at += 1
            self.blanks()
            inner = self._statement(join)
            return _with(inner, negated=not inner.negated)
        if self.text.startswith("((", self.at):
            self.at = closing(self.text, self.at, "(", ")") + 1
            return Statement("test", join=join)
        if self.text.startswith("[[", self.at):
            return self._test(join)
        readers = {"if": self._if, "case": self._case, "for": self._for, "while": self._while}
        readers |= {"until": self._while, "select": self._for, "function": self._function}
        if word in readers:
            self.at += len(word)
            return readers[word](join)
        if self.peek() in {"{", "("}:
            return self._group(join)
        return self._command(join)

    def _test(self, join: str) -> Statement:
        end = re.compile(r"\s\]\]").search(self.text, self.at)
        begin = self.at + 2
        self.at = end.end() if end else len(self.text)
        return Statement("test", join=join, text=self.text[begin : self.at - 2].strip())

    def _group(self, join: str) -> Statement:
        closer = "}" if self.peek() == "{" else ")"
        self.at += 1
        body = self.statements(frozenset({"}"}) if closer == "}" else frozenset({"\0"}))
        self._take(closer)
        if re.compile(r"\s{1,8}always\s{0,8}\{").match(self.text, self.at):
            self._take("always")
        return Statement("group", join=join, body=body)

    def _if(self, join: str) -> Statement:
        branches = []
        while True:
            head = self.statements(frozenset({"then", "{"}))
            if self._take("then"):
                body = self.statements(frozenset({"elif", "else", "fi"}))
            else:
                body = self._group("").body
            branches.append((head, body))
            self._lines()
            if self._next_word() == "elif":
                self.at += 4
                continue
            if self._next_word() == "else":
                self.at += 4
                branches.append(((), self.statements(frozenset({"fi"}))))
            self._take("fi")
            return Statement("if", join=join, branches=tuple(branches))

    def _case(self, join: str) -> Statement:
        self.blanks()
        subject = self.word()
        self._take("in", "{")
        branches: list[tuple[tuple[Word, ...], tuple[Statement, ...]]] = []
        while self.at < len(self.text):
            self._lines()
            if self._next_word() in {"esac", "}"}:
                break
            patterns = self._patterns()
            body = self.statements(frozenset({"esac"}))
            sign = self._sign()
            goes_on = sign in {";;&", ";&", ";|"}
            mark = Statement("falls" if sign == ";&" else "next")
            branches.append((patterns, (*body, *([mark] if goes_on else []))))
            if not goes_on and sign != ";;":
                break
            self.at += len(sign)
        self._take("esac", "}")
        return Statement("case", (subject,), join, branches=tuple(branches))

    def _patterns(self) -> tuple[Word, ...]:
        found: list[Word] = []
        self.at += self.peek() == "("
        while self.at < len(self.text):
            self._lines()
            before = self.at
            if self.peek() == "(" and self.at > 0:
                inside = Words(self._balanced()[1:-1])
                found += [inside.word(frozenset("|")) for _ in range(1)]
            word = self.word()
            found += [word] if word else []
            self.blanks()
            if self.peek() == "|":
                self.at += 1
            elif self.peek() == ")":
                self.at += 2 if self.peek(2) == "))" else 1  # (a|b)) is a group, and its end
                break
            elif self.at == before:
                self.at += 1
        return tuple(found)

    def _for(self, join: str) -> Statement:
        self.blanks()
        if self.text.startswith("((", self.at):
            self.at = closing(self.text, self.at, "(", ")") + 1
        words = [self.word()]
        self.blanks()
        if self.peek() == "(":
            self.at += 1
            words += self._listed()
        elif self._take("in"):
            words += self._arguments()
        return Statement("for", tuple(words), join, body=self._loop())

    def _while(self, join: str) -> Statement:
        self.statements(frozenset({"do", "{"}))
        return Statement("while", join=join, body=self._loop())

    def _loop(self) -> tuple[Statement, ...]:
        if self._take("do"):
            body = self.statements(frozenset({"done"}))
            self._take("done")
            return body
        self._lines()
        if self.peek() == "{":
            return self._group("").body
        return (self._statement(""),) if self.at < len(self.text) else ()

    def _function(self, join: str) -> Statement:
        self.blanks()
        name = plain(self.word()) or ""
        return self._body_of(name, join)

    def _body_of(self, name: str, join: str) -> Statement:
        self.blanks()
        if found := FUNCTION.match(self.text, self.at):
            self.at = found.end()
        self._lines()
        if self.peek() in {"{", "("}:
            body = self._group("").body
        else:
            body = (self._statement(""),) if self.at < len(self.text) else ()
        return Statement("function", join=join, body=body, text=name)

    def _listed(self) -> list[Word]:
        """Return the words of a list in brackets, up to the closing one."""
        found: list[Word] = []
        while self.at < len(self.text):
            self._lines()
            if self.peek() == ")":
                self.at += 1
                break
            before = self.at
            word = self.word(STOPS - {"(", "|", "<", ">", "&", ";"})
            found += [word] if word else []
            self.at += self.at == before
        return found

    def _assignment(self) -> Assignment | None:
        found = ASSIGNED.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        added = found[2] == "+="
        if self.peek() == "(":
            self.at += 1
            return Assignment(found[1], tuple(self._listed()), several=True, added=added)
        return Assignment(found[1], (self.word(),), added=added)

    def _arguments(self) -> list[Word]:
        words: list[Word] = []
        while self.at < len(self.text):
            self.blanks()
            char = self.peek()
            if not char or char in "\n;|&)" or (char == "#" and self.text[self.at - 1] in " \t"):
                break
            if char in "<>":
                self._redirected()
                continue
            before = self.at
            words.append(self.word(STOPS - {"("} if char == "(" else STOPS))
            if self.at == before:
                break
        return words

    def _command(self, join: str) -> Statement:
        words: list[Word] = []
        assignments: list[Assignment] = []
        declares = False
        while self.at < len(self.text):
            self.blanks()
            char = self.peek()
            if (
                not char
                or char in "\n;|&)"
                or (char == "#" and self.at and self.text[self.at - 1] in " \t")
                or self._closes()
            ):
                break
            if char in "<>":
                self._redirected()
                continue
            assigned = self._assignment() if declares or not words else None
            if assigned:
                assignments.append(assigned)
                continue
            before = self.at
            word = self.word(STOPS - {"("} if char == "(" else STOPS)
            if not words and FUNCTION.match(self.text, self.at) and word:
                return self._body_of(plain(word) or "", join)
            words.append(word)
            declares = declares or (len(words) == 1 and bare(word) in DECLARES)
            if self.at == before:
                break
        return Statement("command", tuple(words), join, assignments=tuple(assignments))

    def _closes(self) -> bool:
        """Say whether a lone brace ends the block here, as in zsh."""
        return self.peek() == "}" and self.text[self.at + 1 : self.at + 2] in {"", " ", "\n", ";"}

    def _redirected(self) -> None:
        if found := HEREDOC.match(self.text, self.at):
            line = self.text.find("\n", found.end())
            end = re.compile(rf"^\t*{re.escape(found[2])}$", re.MULTILINE)
            last = end.search(self.text, line) if line >= 0 else None
            self.at = last.end() if last else len(self.text)
            return
        while self.peek() and self.peek() in "<>&|!":
            self.at += 1
        self.blanks()
        self.word()


DECLARES = frozenset({"local", "typeset", "declare", "integer", "readonly", "export", "private"})


def _with(statement: Statement, *, negated: bool) -> Statement:
    return Statement(
        statement.kind,
        statement.words,
        statement.join,
        negated,
        statement.assignments,
        statement.body,
        statement.branches,
        statement.text,
    )
