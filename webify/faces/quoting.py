"""Texts in quotes, for parsers that would read them as something else than text."""

from __future__ import annotations

import ast
import re

from webify.model.command import Kind, Parameter

# What no parser of Python literals takes for anything but text: words that begin with a letter.
_WORD = re.compile(r"[A-Za-z_/][\w./:@%+~-]*(?: [\w./:@%+~-]+)*", re.ASCII)
_LITERALS = frozenset({"True", "False", "None"})
_LONGEST = 200  # longer expressions are too deep for Python's own parser
_ENDS = (("[", "]"), ("(", ")"), ("{", "}"), ('"', '"'), ("'", "'"))


def quoted(text: str, parameter: Parameter, quoting: str) -> str:
    """Return the text as this parser reads it back, in quotes where it needs them.

    quoting: the Syntax field of that name.  Values of the tool's own types stay as they are.
    """
    own = parameter.custom or parameter.choices or parameter.action == "verbatim"
    if not quoting or own:
        return text
    return _python(text, parameter) if quoting == "python" else _pairs(text, parameter)


def _python(text: str, parameter: Parameter) -> str:
    if parameter.kind is Kind.INTEGER:
        return _whole(text)
    if parameter.kind is Kind.NUMBER:
        return text
    plain = len(text) < _LONGEST and _WORD.fullmatch(text) and text not in _LITERALS
    if plain or (parameter.action == "literal" and _same(text)):
        return text
    return repr(text)


def _whole(text: str) -> str:
    """Return a whole number as Python writes it: 007 would be a text."""
    try:
        return str(int(text))
    except ValueError:
        return text


def _same(text: str) -> bool:
    """Say whether Python reads a value here that it writes just so."""
    if len(text) >= _LONGEST:
        return False
    try:
        return str(ast.literal_eval(text)) == text
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False


def _pairs(text: str, parameter: Parameter) -> str:
    if parameter.kind not in (Kind.TEXT, Kind.PATH, Kind.DIRECTORY, Kind.FILE_IN, Kind.FILE_OUT):
        return text
    pair = next((pair for pair in _ENDS if (text[:1], text[-1:]) == pair), None)
    if len(text) > 1 and pair:
        mark = pair[0] if pair[0] in "\"'" else '"'
        return f"{mark}{text}{mark}"
    return f'"{text}"' if text[:1] == "~" or text == "None" else text
