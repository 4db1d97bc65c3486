"""docopt: one option, argument or word of a pattern as a parameter."""

from __future__ import annotations

from typing import Any, Tuple

from webify.adapters.defaults import default_of, hidden_default
from webify.adapters.docopt_lines import Facts
from webify.adapters.docopt_pattern import Kinds, spellings, tells
from webify.adapters.docopt_text import Texts
from webify.adapters.naming import Addresses, longest, path_kind, secret
from webify.model.command import Choice, Default, Kind, Parameter


def made(leaf: Any, facts: Facts, texts: Texts, addresses: Addresses, kinds: Kinds) -> Parameter:
    """Return the parameter for a leaf of the pattern."""
    kind = kinds.kind(leaf)
    if kind == "option":
        return _option(leaf, facts, texts, addresses, kinds)
    return _argument(leaf, facts, texts, addresses, word=kind == "command")


def _option(leaf: Any, facts: Facts, texts: Texts, addresses: Addresses, kinds: Kinds) -> Parameter:
    spelled = spellings(leaf)
    takes = bool(leaf.argcount)
    repeat = takes and facts.again and isinstance(leaf.value, list)
    count = not takes and facts.again and type(leaf.value) is int
    metavar = texts.metavar(leaf.name) if takes else ""
    kind = path_kind([metavar, *spelled]) if takes else Kind.COUNT if count else Kind.FLAG
    hide = takes and kind is Kind.TEXT and secret(spelled)
    default = default_of(leaf.value, repeat=repeat) if takes else Default()
    told = tells(leaf, kinds)
    word = "version" if leaf.name == "--version" else "help"
    return Parameter(
        address=addresses.take(longest(spelled).replace("-", "_"), "option"),
        spellings=spelled,
        kind=kind,
        help=texts.option(leaf.name, hide=str(leaf.value or "") if hide else ""),
        metavar=metavar,
        default=hidden_default(default) if hide else default,
        required=facts.required,
        least=1 if takes else 0,
        most=1 if takes else 0,
        repeat=repeat,
        action=word if told else "store" if takes else "count" if count else "store_true",
        secret=hide,
        hidden=facts.hidden,
        alone=facts.alone,
    )


def _argument(
    leaf: Any, facts: Facts, texts: Texts, addresses: Addresses, *, word: bool
) -> Parameter:
    bare = "dash" if leaf.name == "-" else leaf.name.strip("<>")
    many = facts.again and isinstance(leaf.value, list)
    choices: Tuple[Choice, ...] = (Choice(leaf.name),) if word else ()
    return Parameter(
        address=addresses.take(bare.lower().replace("-", "_"), bare, "argument"),
        kind=Kind.TEXT if word else path_kind([bare]),
        help=texts.argument(leaf.name),
        metavar=bare,
        choices=choices,
        required=facts.required,
        least=1 if facts.required else 0,
        most=None if many else 1,
        action="positional",
        alone=facts.alone,
    )
