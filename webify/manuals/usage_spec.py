"""Read a usage spec: the whole command line of a program, written by its author in KDL.

What such a document names to be run (mounts, completers) is never run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from webify.manuals.facts import NO, OPTIONAL, YES, CommandFact, OptionFact, Page, PositionalFact
from webify.manuals.kdl import KdlFault, Node, read_kdl
from webify.model.command import DESTROYS, READS, WRITES, Choice
from webify.model.exits import Exit

SOURCE = "usage spec"
DEEPEST = 8
MOST_COMMANDS = 2000
_SPELLED = re.compile(r"(--?[\w?@#](?:[\w:-]|\.(?=\w)){0,60})(\.\.\.|…)?")
_PLACE = re.compile(r"([<\[])(?:-- )?([^<>\[\]\n]{1,80})[>\]](\.\.\.|…)?")

EFFECTS = {"read": READS, "write": WRITES, "destructive": DESTROYS}
Path = tuple[str, ...]


def read_usage_spec(text: str) -> dict[Path, Page]:
    """Return the pages of all commands, or {} where this is no usage spec."""
    try:
        nodes = read_kdl(text)
    except (KdlFault, RecursionError):
        return {}
    root = Node("", nodes=nodes)
    if not any(node.name in {"bin", "cmd", "flag", "arg"} for node in nodes):
        return {}
    pages: dict[Path, Page] = {}
    for path, page in _pages(root, (), ()):
        if len(pages) < MOST_COMMANDS:
            pages[path] = page
    return pages


def _pages(
    node: Node, path: Path, handed_down: Sequence[OptionFact]
) -> Iterator[tuple[Path, Page]]:
    own = [_option(each) for each in node.all("flag") if each.args]
    shared = [o for each, o in zip(_flags(node), own, strict=True) if each.get("global") is True]
    below = [each for each in node.all("cmd") if each.args] if len(path) < DEEPEST else []
    yield (
        path,
        Page(
            SOURCE,
            path,
            usage=node.text("usage"),
            help=node.text("long_about", "about", "long_help", "help"),
            epilog=node.text("after_long_help", "after_help"),
            options=tuple(fact for fact in (*own, *handed_down) if fact.spellings),
            positionals=tuple(_argument(each) for each in node.all("arg") if each.args),
            commands=tuple(_command(each) for each in below),
            whole=True,
            version=node.text("version"),
            exits=tuple(_exits(node)),
            effect=_effect(node),
        ),
    )
    for each in below:
        yield from _pages(each, (*path, str(each.args[0])), (*handed_down, *shared))


def _flags(node: Node) -> list[Node]:
    return [each for each in node.all("flag") if each.args]


def _command(node: Node) -> CommandFact:
    aliases = [str(word) for each in node.all("alias") for word in each.args]
    hidden = node.get("hide") is True
    return CommandFact(str(node.args[0]), tuple(aliases), node.text("help", "long_help"), hidden)


def _option(node: Node) -> OptionFact:
    head = str(node.args[0])
    inside = [str(each.args[0]) for each in node.all("arg") if each.args]
    places = _PLACE.findall(" ".join([head, *inside]))
    several = bool(places) and bool(places[-1][2])
    count = node.get("count") is True
    value = NO if not places else OPTIONAL if places[0][0] == "[" else YES
    negation = node.text("negate")
    spelled = [match[0] for match in _SPELLED.findall(_PLACE.sub("", head))]
    spelled += [str(word) for each in node.all("alias") for word in each.args]
    return OptionFact(
        tuple(dict.fromkeys(spelled)),
        negations=(negation,) if negation else (),
        value=value,
        metavar=" ".join(name for _, name, _ in places),
        choices=_choices(node),
        help=node.text("long_help", "help"),
        default=_shown(node.get("default")),
        repeat=True if several or count or node.get("var") is True or _dotted(head) else None,
        required=node.get("required") is True,
        env=(node.text("env"),) if node.text("env") else (),
        group=node.text("help_heading") or ("Global options" if node.get("global") is True else ""),
        hidden=node.get("hide") is True,
        deprecated=_deprecated(node),
        effect=_effect(node),
    )


def _effect(node: Node) -> str:
    """Return what a call does that has this in it; it holds for no command below."""
    told = node.get("effect")
    return EFFECTS.get(told, "") if isinstance(told, str) else ""


def _exits(node: Node) -> Iterator[Exit]:
    """Yield what the exit codes mean that are no success."""
    for each in node.all("exit_code"):
        code, *words = each.args or [0]
        if isinstance(code, float) and 0 < code <= 255 and code == int(code):
            yield Exit(int(code), int(code), words=str(words[0]) if words else "")


def _dotted(head: str) -> bool:
    return any(dots for _, dots in _SPELLED.findall(_PLACE.sub("", head)))


def _deprecated(node: Node) -> str:
    told = node.get("deprecated")
    return told if isinstance(told, str) else "Deprecated" if told is True else ""


def _argument(node: Node) -> PositionalFact:
    head = str(node.args[0])
    found = _PLACE.match(head)
    name = found[2] if found else head
    required = node.get("required")
    needed = (found is None or found[1] == "<") if required is None else required is True
    return PositionalFact(
        name,
        required=needed and node.get("default") is None,
        repeat=bool(found and found[3]) or node.get("var") is True,
        choices=_choices(node),
        help=node.text("long_help", "help"),
        effect=_effect(node),
    )


def _choices(node: Node) -> tuple[Choice, ...]:
    """Return the values that may be chosen: arguments of `choices`, or nodes inside it."""
    found: list[Choice] = []
    for holder in (node, *node.all("arg")):
        for each in holder.all("choices"):
            found += [Choice(str(value)) for value in each.args if isinstance(value, str)]
            found += [
                Choice(str(one.args[0]), one.text("help")) for one in each.all("choice") if one.args
            ]
    return tuple(dict.fromkeys(found))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) else ""
