"""The texts that a value holds, for whoever looks for one of them."""

from __future__ import annotations

from webify.model.command import Value


def texts_of(value: Value | None) -> list[str]:
    """Return each text of a value, of all uses where it has several; none of a flag."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        return []
    return [text for each in value for text in ([each] if isinstance(each, str) else each)]
