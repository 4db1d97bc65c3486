"""Which words each positional argument would get, worked out as the parser does it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.command import Parameter


def by_pattern(
    parameters: Sequence[Parameter], pattern: str, *, command_follows: bool
) -> list[int] | None:
    """Return how many words each parameter gets from a parser that matches them greedily.

    pattern: A for a plain word, O for an option, - for the separator.  None where they do not fit.
    command_follows: the parser takes a command word, and all that is behind it, at the end.
    """
    shapes = [_shape(each) for each in parameters]
    if command_follows:
        found = re.match("".join([*shapes, "-*(A[-AO]*)"]), pattern)
        if found:
            return [*_counts(parameters, found), len(found.groups()[-1])]
    found = re.match("".join(shapes), pattern)
    if not found or (found.end() < len(pattern) and not command_follows):
        return None
    counts = _counts(parameters, found)
    return [*counts, 0] if command_follows else counts


def _counts(parameters: Sequence[Parameter], found: re.Match[str]) -> list[int]:
    """Return the words in each group: the separator is dropped, save where all is kept."""
    groups = zip(parameters, found.groups(), strict=False)
    return [len(text if each.rest else text.replace("-", "")) for each, text in groups]


def by_order(parameters: Sequence[Parameter], words: int) -> list[int]:
    """Return how many words each parameter gets from a parser that hands them out in order.

    One parameter without a bound takes what those behind it leave.
    """
    counts = [0] * len(parameters)
    unbounded = next((i for i, each in enumerate(parameters) if each.most is None), None)
    before = range(len(parameters) if unbounded is None else unbounded)
    behind = range(len(parameters) - 1, len(parameters) if unbounded is None else unbounded, -1)
    for index in (*before, *behind):
        counts[index] = min(parameters[index].most or 0, words)
        words -= counts[index]
    if unbounded is not None:
        counts[unbounded] = words
    return counts


def _shape(parameter: Parameter) -> str:
    if parameter.rest:
        return "([-AO]*)"
    if parameter.written:
        return "(-*A?-*)" if parameter.least == 0 else "(-*A-*)"
    if parameter.most is None:
        return "(-*[A-]*)" if parameter.least == 0 else "(-*A[A-]*)"
    if parameter.most == 1:
        return "(-*A?-*)" if parameter.least == 0 else "(-*A-*)"
    return f"({'-*A' * parameter.most}-*)"
