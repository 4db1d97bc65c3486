"""Read an OpenCLI document: the whole command line of a program, written by its author as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from webify.manuals.facts import NO, OPTIONAL, YES, CommandFact, OptionFact, Page, PositionalFact
from webify.model.command import Choice
from webify.model.exits import Exit

SOURCE = "OpenCLI"
LONGEST = 8_000_000
DEEPEST = 8
MOST_COMMANDS = 2000

Node = Mapping[str, Any]
Path = tuple[str, ...]


def read_opencli(text: str) -> dict[Path, Page]:
    """Return the pages of all commands, or {} where this is no OpenCLI document."""
    try:
        root = json.loads(text[:LONGEST].removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(root, dict) or not isinstance(root.get("opencli"), str):
        return {}
    info = _node(root.get("info"))
    texts = {"description": info.get("description") or info.get("summary")}
    pages: dict[Path, Page] = {}
    for path, page in _pages({**root, **texts}, (), ()):
        if len(pages) < MOST_COMMANDS:
            pages[path] = page
    return pages


def _pages(
    node: Node, path: Path, handed_down: tuple[OptionFact, ...]
) -> Iterator[tuple[Path, Page]]:
    """Yield the pages of a command and of all below it; recursive options go down with them."""
    own = tuple(_option(each) for each in _named(node.get("options")))
    below = _named(node.get("commands")) if len(path) < DEEPEST else []
    yield (
        path,
        Page(
            SOURCE,
            path,
            help=_text(node.get("description")),
            options=(*own, *handed_down),
            positionals=tuple(_argument(each) for each in _named(node.get("arguments"))),
            commands=tuple(_command(each) for each in below),
            whole=True,
            exits=tuple(_exits(node)),
        ),
    )
    recursive = tuple(
        _option(each) for each in _named(node.get("options")) if each.get("recursive") is True
    )
    for each in below:
        yield from _pages(each, (*path, _text(each.get("name"))), (*handed_down, *recursive))


def _exits(node: Node) -> Iterator[Exit]:
    """Yield what the exit codes mean that are no success."""
    for each in _list(node.get("exitCodes")):
        code = each.get("code") if isinstance(each, dict) else None
        if isinstance(code, int) and code > 0:
            yield Exit(code, code, words=_text(each.get("description")))


def _command(node: Node) -> CommandFact:
    aliases = tuple(each for each in _list(node.get("aliases")) if isinstance(each, str))
    hidden = node.get("hidden") is True
    return CommandFact(_text(node["name"]), aliases, _text(node.get("description")), hidden)


def _option(node: Node) -> OptionFact:
    arguments = _named(node.get("arguments"))
    first = arguments[0] if arguments else {}
    least, most = _arity(first)
    value = NO if not arguments or most == 0 else OPTIONAL if least == 0 else YES
    names = [
        _text(node["name"]),
        *(each for each in _list(node.get("aliases")) if isinstance(each, str)),
    ]
    return OptionFact(
        tuple(dict.fromkeys(_spelled(name) for name in names if name)),
        value=value,
        metavar=" ".join(_text(each["name"]) for each in arguments),
        choices=_choices(first),
        help=_text(node.get("description")),
        repeat=True if most is None or most > 1 else None,
        required=node.get("required") is True,
        group=_text(node.get("group")),
        hidden=node.get("hidden") is True,
    )


def _spelled(name: str) -> str:
    """Return a name with its dashes; examples leave them out of aliases."""
    if name.startswith(("-", "/", "+")):
        return name
    return f"-{name}" if len(name) == 1 else f"--{name}"


def _argument(node: Node) -> PositionalFact:
    least, most = _arity(node)
    return PositionalFact(
        _text(node["name"]),
        required=node.get("required") is True and least != 0,
        repeat=most is None or most > 1,
        choices=_choices(node),
        help=_text(node.get("description")),
    )


def _arity(node: Node) -> tuple[int, int | None]:
    """Return the least and the most values; no "maximum" in an arity means no bound."""
    arity = node.get("arity")
    if not isinstance(arity, dict):
        return 1, 1
    least, most = arity.get("minimum", 1), arity.get("maximum")
    return (least if isinstance(least, int) else 1), (most if isinstance(most, int) else None)


def _choices(node: Node) -> tuple[Choice, ...]:
    values = _list(node.get("acceptedValues"))
    return tuple(Choice(each) for each in dict.fromkeys(v for v in values if isinstance(v, str)))


def _named(value: Any) -> list[Node]:
    return [each for each in _list(value) if isinstance(each, dict) and _text(each.get("name"))]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _node(value: Any) -> Node:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
