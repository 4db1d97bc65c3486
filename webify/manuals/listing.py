"""Read lists of commands and of positional arguments, as programs print them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from webify.manuals.entries import Entry
from webify.manuals.facts import CommandFact, PositionalFact
from webify.manuals.lines import Line
from webify.manuals.splitting import begins_option
from webify.manuals.values import closing, listed

_MOST = 2_000
_NAME = r"[A-Za-z0-9@_][\w:.+@/-]{0,60}"
_COMMAND = re.compile(
    rf"(?P<name>{_NAME}\*?)(?P<more>(?:\s?\|\s?{_NAME}|,\s{{1,2}}{_NAME}|/(?=\w){_NAME}){{0,8}})"
    r"(?P<listed>\s{1,2}\([\w, :|-]{1,80}\))?:?"
    r"(?P<args>(?:\s[<\[{(|A-Z.-].{0,160}|\s{1,2}\.\.\.)?)$"
)
_DASHED = re.compile(
    rf"(?P<head>{_NAME}(?:,\s{_NAME}){{0,5}}(?:\s[<\[].{{0,80}}?)?)\s{{0,2}}(?:\s[-–—:=]|:|\s--|\s=>)\s{{1,8}}(?P<text>\S.{{0,2000}})$"
)
_BULLET = re.compile(r"[-*•·] (?=\w)")
_ALIASES = re.compile(r"[\[(]alias(?:es)?:?\s{1,2}(?P<list>[^\])]{1,200})[\])]", re.IGNORECASE)
_WORDS = re.compile(rf"{_NAME}\*?(?:,?\s{{1,40}}{_NAME}\*?){{0,60}},?")


@dataclass
class Listing:
    """What a section lists."""

    commands: list[CommandFact] = field(default_factory=list)
    positionals: list[PositionalFact] = field(default_factory=list)


def read_commands(lines: list[Line], *, sure: bool, program: str) -> list[CommandFact]:
    """Return the commands that lines list; sure: their title says that they are commands."""
    filled = [line for line in lines if not line.blank]
    braced = _braced(lines) if sure else []
    if braced:
        return braced
    rows = _rows(filled) if sure else []
    if rows:
        return [CommandFact(name) for name in dict.fromkeys(rows)][:_MOST]
    found: list[CommandFact] = []
    for entry in _entries(lines, program):
        fact = _command(entry)
        if fact and all(fact.name != other.name for other in found[-200:]):
            found.append(fact)
    if not (_mostly(found, filled) if sure else _plausible(found, filled)):
        return []
    return found[:_MOST]


def _braced(lines: list[Line]) -> list[CommandFact]:
    """Return the commands that stand deeper below a line of all their names: `{a,b}`."""
    for number, line in enumerate(lines):
        if line.body[:1] != "{":
            continue
        words = line.body.partition("}")[0].strip("{} ")
        names = {word.strip() for word in words.split(",")}
        entry = Entry(line.indent, words=lines[number + 1 :])
        return _inner_commands(entry, names) or [CommandFact(name) for name in sorted(names - {""})]
    return []


def _plausible(found: list[CommandFact], filled: list[Line]) -> bool:
    """Say whether nearly every line at the edge of a list is a command, and has words."""
    if not found or not filled:
        return False
    edge = min(line.indent for line in filled)
    outer = sum(line.indent == edge for line in filled)
    return (
        edge > 0
        and len(found) >= outer * 0.9
        and all(fact.help and fact.name[0].islower() for fact in found)
    )


def _mostly(found: list[CommandFact], filled: list[Line]) -> bool:
    """Say whether what stands at the left edge is a list of commands and not a text."""
    outer = sum(not line.indent for line in filled)
    return bool(found) and (len(found) * 2 >= outer or found[0].help != "")


def _rows(filled: list[Line]) -> list[str]:
    """Return the names of a list without words: in columns, or apart by commas."""
    inner = [line for line in filled if line.indent] or [
        line for line in filled if len(line.pieces) > 2
    ]
    if not inner:
        return []
    commas = sum(line.body.count(",") for line in inner) >= 2 * len(inner) and not any(
        len(line.pieces) > 1 for line in inner
    )
    columns = sum(
        len(line.pieces) > 2 and all(" " not in piece for _, piece in line.pieces) for line in inner
    )
    if not commas and columns < max(2, len(inner) * 0.5):
        return []
    kept = [line for line in inner if _WORDS.fullmatch(line.body)]
    if len(kept) < len(inner) * 0.8:
        return []
    return [word.strip(",*") for line in kept for word in line.body.split()]


def _entries(lines: list[Line], program: str) -> list[Entry]:
    """Gather the lines of a list whose entries begin with a name."""
    filled = [line for line in lines if not line.blank and not begins_option(line)]
    filled = filled[:_MOST]
    column = _text_column(filled)
    starts = [line.indent for line in filled if _split(line, program, column)]
    if not starts:
        return []
    inner = [start for start in starts if start >= filled[0].indent]
    edge = min(inner if len(inner) * 2 >= len(starts) else starts)  # not that of a remark
    found: list[Entry] = []
    for line in lines:
        if line.blank:
            if found:
                found[-1].words.append(line)
            continue
        if line.indent < edge:
            if found:
                found.append(Entry(edge))  # which takes what stands below it
            continue
        if len(found) > _MOST:
            break
        split = _split(line, program, column) if line.indent < edge + 2 else None
        if split and not begins_option(line):
            found.append(
                Entry(line.indent, head=split[0], words=[Line(split[1])] if split[1] else [])
            )
        elif found:
            found[-1].words.append(line)
    return [entry for entry in found if entry.head]


def _text_column(lines: list[Line]) -> int | None:
    """Return the column at which the words begin behind most names."""
    places = Counter(line.pieces[1][0] for line in lines if len(line.pieces) == 2)
    best = places.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None


def _split(line: Line, program: str, column: int | None) -> tuple[str, str] | None:
    """Part a line of a list into its name with arguments, and the words about it.

    column   where the words begin in the lines around it: behind the longest name one blank is left
    """
    pieces = line.pieces
    if column and len(pieces) == 1 and line.text[column - 1 : column] == " ":
        name, text = line.text[:column].strip(), line.text[column:]
        if text and re.fullmatch(_NAME, name):
            return name, text
    head = pieces[0][1]
    if len(pieces) > 1:
        number = 1
        while (
            number < len(pieces) - 1
            and re.fullmatch(r"[<\[{(].*|[A-Z_.|]+|[\w-]{1,20},?", pieces[number][1])
            and (pieces[number][1][0] in "<[{(" or head.endswith(","))
        ):
            head = f"{head} {pieces[number][1]}"
            number += 1
        text = line.text[pieces[number][0] :]
        return head, re.sub(r"^(?:--?|:|=|–|—)\s{1,8}", "", text)
    dashed = _DASHED.match(line.body)
    if dashed:
        return dashed["head"], dashed["text"]
    without = _without(head, program)
    return (head, "") if _COMMAND.match(without) and len(without.split()) < 6 else None


def _without(head: str, program: str) -> str:
    """Return the head of an entry without the name of the program."""
    first, _, rest = head.partition(" ")
    return rest.strip() if program and first == program else head


def _command(entry: Entry) -> CommandFact | None:
    text = entry.help
    match = _COMMAND.match(entry.head.strip("`'\""))
    if match is None:
        return None
    aliases = [word.strip() for word in re.split(r"[|,/]\s?", match["more"]) if word.strip()]
    if match["listed"]:
        aliases += [
            word.strip(" ()") for word in match["listed"].split(",") if " " not in word.strip(" ()")
        ]
    told = _ALIASES.search(text)
    if told:
        aliases += [word.strip() for word in re.split(r"[,|\s]\s?", told["list"]) if word.strip()]
    name = match["name"].rstrip("*:")
    aliases = [
        word for word in dict.fromkeys(aliases) if re.fullmatch(_NAME, word) and word != name
    ]
    return CommandFact(name, tuple(aliases), text) if name and "://" not in name else None


def commands_of(
    lines: list[Line], program: str, path: tuple[str, ...], *, sure: bool
) -> list[CommandFact]:
    """Return the commands of a list, also where each is printed with the program before it."""
    called = [program, *path]
    if all(_BULLET.match(line.body) for line in lines if not line.blank):
        lines = [Line(" " * (line.indent + 2) + line.body[2:]) for line in lines]
    return read_commands([_uncalled(line, called) for line in lines], sure=sure, program=program)


def _uncalled(line: Line, called: list[str]) -> Line:
    """Return a line without the call before the name of a command, and without what is below it."""
    words = line.body.split(" ", len(called))
    if not called[0] or words[: len(called)] != called or len(words) <= len(called):
        return line
    rest = re.sub(
        r"^(\S{1,60})(?: [a-z][\w-]{0,30}){1,4}(?=  |$| [<\[])", r"\1", words[len(called)]
    )
    return Line(" " * line.indent + rest)


def read_positionals(lines: list[Line]) -> Listing:
    """Read a list of positional arguments, and of the commands that one of them stands for."""
    listing = Listing()
    for entry in _arguments(lines):
        name = entry.head
        braces = listed(re.sub(r"\s?\.\.\.$", "", name)) if name[:1] in "{[<" else ()
        inner = _inner_commands(entry, {choice.value for choice in braces})
        if inner:
            listing.commands.extend(inner)
            continue
        plain = re.sub(r"(?:\.\.\.|…)[\])>]?$", "", name).strip()
        optional = (plain[:1] == "[" and closing(plain, 0) == len(plain)) or name[:1] == "["
        listing.positionals.append(
            PositionalFact(
                name=plain.strip("<>[]{}. *"),
                required=False if optional else (True if name[:1] == "<" else None),
                repeat=True if "..." in name or "…" in name else None,
                choices=braces,
                help=entry.help,
            )
        )
    return listing


def _arguments(lines: list[Line]) -> list[Entry]:
    filled = [line for line in lines if not line.blank and not begins_option(line)]
    if not filled:
        return []
    edge = min(line.indent for line in filled)
    if not edge:
        return []
    found: list[Entry] = []
    for line in lines:
        if line.blank or line.indent > edge + 1:
            if found:
                found[-1].words.append(line)
        elif not begins_option(line):
            head, _, text = line.body.partition("  ")
            head = re.sub(r"^[*] ", "", head.strip()).rstrip(":")
            if len(head.split()) > 4 and head[:1] not in "<[{":
                return []
            found.append(Entry(edge, head=head, words=[Line(text.strip())] if text.strip() else []))
    return found


def _inner_commands(entry: Entry, names: set[str]) -> list[CommandFact]:
    """Return the commands that stand below `{a,b}`, each with its help."""
    deeper = [line for line in entry.words if not line.blank]
    if not names and (not deeper or deeper[0].indent <= entry.indent):
        return []
    if not names:
        inner = read_commands(deeper, sure=False, program="")
        return inner if len(inner) > 1 else []
    starts = [line for line in deeper if line.body.split(" ")[0].rstrip(",") in names]
    if len(starts) < min(2, len(names)):
        return []
    edge = min(line.indent for line in starts)
    return read_commands([line for line in deeper if line.indent >= edge], sure=True, program="")
