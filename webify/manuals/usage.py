"""Read usage lines, `tool [-abc] [-o FILE] SOURCE... DEST`, into options and positionals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from webify.manuals.facts import NO, OptionFact, PositionalFact
from webify.manuals.heads import read_head
from webify.manuals.values import closing, listed

_LONGEST = 6000
_MOST = 300
_ANY_OPTIONS = re.compile(
    r"[\[<({]{0,2}\s?-{0,2}(?:global |common |command |other |more |general )?"
    r"(?:options?(?:\(s\))?|flags?|opts?|switch(?:es)?|parameters|modifiers|\w+[-_]options?|\w+[-_]opts?)(?:\[modifiers\])?(?:\.{2,3})?\s?[\])>}]{0,2}",
    re.IGNORECASE,
)
# [general/encoding options], [POSIX or GNU style options], [flags and files in any order]
_KINDS = re.compile(
    r"\s?[\w/, -]{1,60}[ -](?:options|flags|switches)\s?|(?:options|flags) (?:and|or) [a-z ]{5,60}"
)
_COMMAND_WORD = re.compile(
    r"[\[<({]{0,2}(?:sub-?)?-?_?(?:commands?|cmds?|verbs?|actions?|subcommands?|tasks?)[\])>}]{0,2}"
    r"|\{COMMANDS?\}",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"-[A-Za-z0-9?#@:!$%^*~+.]$")
_PLAIN = re.compile(r"[A-Za-z][a-z]{1,20}(?:\(s\))?")
_SIMPLE = re.compile(r"[a-z0-9]")
_NAME = re.compile(r"[^\W_]|\w")


@dataclass(frozen=True)
class Node:
    """A part of a usage line: a word, or what stands in brackets."""

    word: str = ""
    parts: tuple[Node, ...] = ()
    optional: bool = False
    repeat: bool = False
    bar: bool = False
    round: bool = False


@dataclass
class Usage:
    """What usage lines tell."""

    options: list[OptionFact] = field(default_factory=list)
    positionals: list[PositionalFact] = field(default_factory=list)
    command: PositionalFact | None = None
    open_options: bool = False


def read_usage(forms: list[str], program: str, path: tuple[str, ...]) -> Usage:
    """Read the forms of a usage, each one line long."""
    usage = Usage()
    rows: list[list[PositionalFact]] = []
    for form in forms[:_MOST]:
        rows.append([])
        nodes = _tree(_arguments(form[:_LONGEST], program, path))
        nodes = [node for node in nodes if node.word not in path or not node.word]
        _walk(nodes, usage, rows[-1], optional=False)
    usage.positionals = _joined(rows)
    usage.options = usage.options[:_MOST]
    return usage


def _joined(rows: list[list[PositionalFact]]) -> list[PositionalFact]:
    """Return the positionals of the first form that has some; required only where all agree."""
    told = [row for row in rows if row]
    if not told:
        return []
    fewest = min(sum(bool(fact.required) for fact in row) for row in rows)
    facts: list[PositionalFact] = []
    for fact in told[0]:
        fewest -= bool(fact.required)
        facts.append(replace(fact, required=bool(fact.required) and fewest >= 0))
    return facts


def _arguments(form: str, program: str, path: tuple[str, ...]) -> str:
    """Return a form without the words that call the program and its sub-command."""
    form = re.sub(r"\s\((?:to|for|if|when|or) [^()]{1,200}\)$", "", form.strip())
    words = form.lstrip("$%>").split()
    known = {program.rpartition("/")[2], *path}
    taken = 0
    for word in words:
        plain = word.strip("`'\"")
        if plain[:1] in "-[<{(" or (taken and plain.rpartition("/")[2] not in known):
            break
        taken += 1
    return " ".join(words[taken:])


def _tree(text: str) -> list[Node]:
    """Read the brackets of a usage line into nodes."""
    nodes: list[Node] = []
    place, bar = 0, False
    while place < len(text) and len(nodes) < _MOST:
        letter = text[place]
        if letter.isspace() or letter in ",])}":
            place += 1
            continue
        if letter == "|":
            place, bar = place + 1, True
            continue
        node, place = _node(text, place)
        if node.word in ("...", "…", "....", "..."):
            if nodes:
                nodes[-1] = replace(nodes[-1], repeat=True)
        elif node.word or node.parts:
            nodes.append(replace(node, bar=bar))
        bar = False
    return nodes


def _node(text: str, place: int) -> tuple[Node, int]:
    letter = text[place]
    end = closing(text, place) if letter in "[({" else -1
    if end > 0 and (end >= len(text) or text[end] in " .|,]*+\t" or letter == "["):
        after = text[end : end + 1]
        if not after or not (after.isalnum() or after in "<:@/"):
            inner = text[place + 1 : end - 1]
            dots = re.match(r"\s?(?:\.{2,4}|…|[*+](?!\w))", text[end : end + 6])
            stop = end + dots.end() if dots else end
            choices = letter == "{" and "," in inner and " " not in inner
            if choices or _ANY_OPTIONS.fullmatch(text[place:end]) or _KINDS.fullmatch(inner):
                return Node(word=text[place:end], optional=letter == "[", repeat=bool(dots)), stop
            return Node(
                parts=tuple(_tree(inner)),
                optional=letter == "[",
                repeat=bool(dots),
                round=letter != "[",
            ), stop
    return _word(text, place)


def _word(text: str, place: int) -> tuple[Node, int]:
    end = place
    while end < len(text) and not text[end].isspace() and text[end] not in "|])},":
        shut = closing(text, end) if text[end] in "[<({" else -1
        if shut < 0 and text[end] in "[({" and end > place:
            break
        end = shut if shut > 0 else end + 1
    word = text[place : max(end, place + 1)]
    dots = re.search(r"(?:\.{2,4}|…)$", word)
    if dots and dots.start():
        return Node(word=word[: dots.start()], repeat=True), max(end, place + 1)
    return Node(word=word), max(end, place + 1)


def _walk(nodes: list[Node], usage: Usage, found: list[PositionalFact], *, optional: bool) -> None:
    """Note what stands in a row of nodes; an option takes the word behind it as its value."""
    number = 0
    while number < len(nodes) and len(usage.options) < _MOST:
        node = nodes[number]
        number += 1
        loose = optional or node.optional
        if node.parts:
            _walk_inner(node, usage, found, optional=loose)
        elif _ANY_OPTIONS.fullmatch(node.word) or _KINDS.fullmatch(node.word.strip("[]")):
            usage.open_options = True
        elif node.word[:1] == "-" and node.word.strip("-"):
            number = _option(nodes, number - 1, usage, optional=optional)
        elif _COMMAND_WORD.fullmatch(node.word):
            more = node.repeat or number < len(nodes) or optional
            _command(node.word, usage, found, optional=loose, more=more)
            return
        else:
            _positional(node, found, optional=loose)


def _command(
    word: str, usage: Usage, found: list[PositionalFact], *, optional: bool, more: bool
) -> None:
    """Note that a command stands here; what follows belongs to it."""
    fact = PositionalFact(word.strip("[]<>{}()."), required=not optional, repeat=more)
    usage.command = usage.command or fact
    found.append(fact)


def _walk_inner(node: Node, usage: Usage, found: list[PositionalFact], *, optional: bool) -> None:
    parts = list(node.parts)
    only = parts[0].word if len(parts) == 1 else ""
    if (
        only
        and only[:1] != "-"
        and not _ANY_OPTIONS.fullmatch(only)
        and not _COMMAND_WORD.fullmatch(only)
    ):
        _positional(
            replace(parts[0], repeat=node.repeat or parts[0].repeat), found, optional=optional
        )
    elif (
        parts
        and all(part.word and part.word[:1] != "-" for part in parts)
        and all(part.bar for part in parts[1:])
    ):
        if any(_COMMAND_WORD.fullmatch(part.word) for part in parts):
            _command("COMMAND", usage, found, optional=optional, more=True)
            return
        words = "|".join(part.word for part in parts)
        _positional(
            Node(word=f"{{{words}}}" if node.round else words, repeat=node.repeat),
            found,
            optional=optional,
        )
    else:
        before = len(found)
        _walk(parts, usage, found, optional=optional)
        if node.repeat:
            found[before:] = [replace(fact, repeat=True) for fact in found[before:]]


def _option(nodes: list[Node], number: int, usage: Usage, *, optional: bool) -> int:
    """Note the option at a number, its other spellings and its value; return what comes next."""
    node = nodes[number]
    letters = _cluster(node.word) if optional and len(nodes) == 1 else ""
    if letters:
        usage.options.extend(
            OptionFact((f"-{letter}",), value=NO) for letter in dict.fromkeys(letters)
        )
        return number + 1
    spellings, number = [node.word], number + 1
    while number < len(nodes) and nodes[number].bar and nodes[number].word[:1] == "-":
        spellings.append(nodes[number].word)
        number += 1
    value, number = _value(nodes, number, optional=optional)
    _note(spellings, value, usage)
    return number


def _value(nodes: list[Node], number: int, *, optional: bool) -> tuple[str, int]:
    """Return the words behind an option that can only be its value."""
    if number >= len(nodes) or nodes[number].bar:
        return "", number
    node = nodes[number]
    if node.parts:
        inner = node.parts[0].word
        if (
            optional
            and node.optional
            and len(node.parts) == 1
            and inner[:1] not in ("", "-")
            and number == len(nodes) - 1
        ):
            return f" [{inner}]", number + 1
        return "", number
    if node.word[:1] == "-" or (
        not optional and number < len(nodes) and _ANY_OPTIONS.fullmatch(node.word)
    ):
        return "", number
    value = f" {node.word}{'...' if node.repeat else ''}"
    number += 1
    while (
        optional and number < len(nodes) and nodes[number].bar and _SIMPLE.match(nodes[number].word)
    ):
        value, number = f"{value}|{nodes[number].word}", number + 1
    return value, number


def _note(spellings: list[str], value: str, usage: Usage) -> None:
    """Keep options that stand apart by a bar; a letter and its word are one, others are several."""
    groups: list[list[str]] = []
    for word in spellings:
        if groups and len(groups[-1]) == 1 and _alike([groups[-1][0], word]):
            groups[-1].append(word)
        else:
            groups.append([word])
    for group in groups:
        own = value if group is groups[-1] else ""
        fact = read_head(", ".join(_parted(word) for word in group) + own)
        if fact:
            usage.options.append(fact)


def _parted(word: str) -> str:
    """Return an option without the brackets around a sign that may be left out: --to[=]file."""
    return word.replace("[=]", "=", 1)


def _alike(spellings: list[str]) -> bool:
    """Say whether two spellings may name one option: a letter and a word that has it."""
    if len(spellings) < 2:
        return True
    short, long = sorted((re.split(r"[=\[<]", word)[0] for word in spellings), key=len)
    return (
        short.count("-") == 1 and long.startswith("--") and short[1:2].lower() == long[2:3].lower()
    )


def _cluster(word: str) -> str:
    """Return the letters of one-letter options that stand in one word, or ""."""
    letters = word[1:]
    if len(letters) < 2 or letters[0] == "-" or not re.fullmatch(r"[A-Za-z0-9?#@%]{2,80}", letters):
        return ""
    rising = sum(a.lower() <= b.lower() for a, b in pairwise(letters))
    share = rising / (len(letters) - 1)
    if any(not letter.isalnum() for letter in letters):
        return letters
    mixed = letters.lower() != letters or any(map(str.isdigit, letters)) or len(letters) > 9
    return letters if share == 1 or (mixed and share >= 0.7 and len(letters) > 3) else ""


def _positional(node: Node, found: list[PositionalFact], *, optional: bool) -> None:
    word = node.word
    if found and _COMMAND_WORD.fullmatch(found[-1].name):
        found[-1] = replace(found[-1], repeat=True)
        return
    name = re.split(r"(?<=\w)[\[(]", word)[0].strip("<>[]{}()'\"`.:;*+ ").strip()
    if (
        word[:1] == "+"
        or name in ("", "--", "-", "or", "=")
        or not _NAME.search(name)
        or word in ("--", "-")
    ):
        return
    choices = listed(word) if word[:1] in "{(<[" else ()
    if any(fact.name == name for fact in found):
        found[:] = [replace(fact, repeat=True) if fact.name == name else fact for fact in found]
        return
    found.append(PositionalFact(name, required=not optional, repeat=node.repeat, choices=choices))
