"""cyclopts: let it bind arguments to a command, without calling the command."""

from __future__ import annotations

import contextlib
import io
from typing import Any, Callable, Dict, List, Sequence, Tuple

from webify.adapters.hearing import Refused
from webify.adapters.naming import Addresses
from webify.model.command import Kind, Parameter

REST = ":rest"  # where words stand that the parser leaves to the tool

Arguments = Callable[..., List[Tuple[Any, Parameter]]]


def read(root: Any, argv: List[str], arguments: Arguments) -> Dict[str, Any]:
    """Return the values by address, or raise Refused in the words of cyclopts."""
    sink = io.StringIO()
    try:
        with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
            return _read(root, argv, arguments)
    except Refused:
        raise
    except Exception as trouble:
        if not any(cls.__name__ == "CycloptsError" for cls in type(trouble).__mro__):
            raise
        raise Refused(_sentence(trouble), _about(trouble)) from None


def unfolded(parser: Any) -> Tuple[List[Any], Any]:
    """Return the Apps that read options before the others do, and the one that they call."""
    metas = []
    while getattr(parser, "_meta_parent", None) is not None:
        metas.append(parser)
        parser = parser._meta_parent
    return metas, parser


def _read(parser: Any, words: List[str], arguments: Arguments) -> Dict[str, Any]:
    metas, root = unfolded(parser)
    addresses = Addresses("")
    found: Dict[str, Any] = {}
    for meta in metas:
        told = _parsed(meta, words)
        found.update(_told(arguments((meta,), addresses, told[-1])))
        words = [*_handed_on(told), *told[2]]
    chain, apps, _ = root.parse_commands(words)
    path = tuple(each for each in apps if getattr(each, "_meta_parent", None) is None)
    if getattr(path[-1], "default_command", None) is None:
        raise Refused("Missing command.")
    prefix = "".join(f"{_first(app, name)}." for app, name in zip(path, chain))
    told = _parsed(root, words)
    inner = Addresses(prefix) if prefix else addresses
    found.update(_told(arguments(path, inner, told[-1])))
    if told[2]:
        raise Refused(f"Unused words: {' '.join(told[2])}", told[2][0].partition("=")[0])
    return found


def _handed_on(told: Any) -> List[str]:
    """Return the words that a meta App hands on to the App that it calls."""
    spread = [each for each in told[-1] if each.field_info.kind.name == "VAR_POSITIONAL"]
    found = told[1].arguments.get(spread[0].field_info.name, ()) if spread else ()
    return [str(each) for each in found]


def _parsed(app: Any, words: List[str]) -> Any:
    stack = getattr(app, "app_stack", None)
    if stack is None:
        return app._parse_known_args(words, console=None, end_of_options_delimiter=None)
    with stack([]):
        return app._parse_known_args(app._expand_argfiles(words))


def _first(app: Any, name: str) -> str:
    """Return the first of the names by which an App lists this command."""
    command = app[name]
    for each in app:
        if each == name:
            break
        try:
            if app[each] is command:
                return str(each)
        except Exception:  # noqa: BLE001, S112 - a broken command is no other name of this one
            continue
    return name


def _told(pairs: Sequence[Tuple[Any, Parameter]]) -> Dict[str, Any]:
    """Return what was heard of each argument: the words, as cyclopts gave them out."""
    found: Dict[str, Any] = {}
    for source, parameter in pairs:
        tokens = [each for each in source.tokens if each.source in ("cli", "")]
        if tokens:
            found[parameter.address] = _value(parameter, tokens)
    return found


def _value(parameter: Parameter, tokens: List[Any]) -> Any:
    if parameter.kind is Kind.COUNT:
        return sum(int(each.implicit_value) for each in tokens)
    if parameter.most == 0:
        return bool(tokens[-1].implicit_value)
    texts = [str(each.value) for each in tokens]
    if parameter.repeat and parameter.several:
        size = parameter.most or 1
        return [texts[place : place + size] for place in range(0, len(texts), size)]
    return texts if parameter.repeat or parameter.several else texts[-1]


def _sentence(trouble: Any) -> str:
    trouble.verbose = False
    return " ".join(str(trouble).split()) or type(trouble).__name__


def _about(trouble: Any) -> str:
    """Return the spelling that the refusal is about."""
    argument = getattr(trouble, "argument", None)
    if argument is not None:
        return str(argument.name)
    token = getattr(trouble, "token", None)
    return str(getattr(token, "keyword", None) or getattr(token, "value", None) or "")
