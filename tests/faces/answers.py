"""Compare what a parser made of its words with the values that were to be spelled."""

from __future__ import annotations

from typing import Any

from webify.model.command import Command, Parameter


def answered(value: Any) -> Any:
    """Return numbers as numbers, so that 1 is 1.0 and "1"; anything else as it is."""
    if isinstance(value, (list, tuple)):
        return [answered(each) for each in value]
    if isinstance(value, bool) or value is None:
        return value
    try:
        number = float(value)
    except (ValueError, TypeError):
        return value
    return number if number == number else str(value).lower()


def parameter_at(chain: tuple[Command, ...], address: str) -> Parameter:
    """Return the parameter of this address."""
    return next(each for one in chain for each in one.parameters if each.address == address)
