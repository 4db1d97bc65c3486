"""What a parser made of the words that it was given, in plain form."""

from __future__ import annotations

from typing import Any

from webify.adapters.defaults import answer

UNTOLD = {"untold": True}  # stands for an object that has no plain form


class Refused(Exception):
    """The parser did not take the arguments: its own sentence, and what it is about.

    about   the spelling, metavar or address that the parser names, or ""
    """

    def __init__(self, sentence: str, about: str = "") -> None:
        """Keep the parser's words."""
        super().__init__(sentence)
        self.sentence = sentence
        self.about = about


def heard(value: Any) -> Any:
    """Return a parser's value in plain form: None, bool, int, a text, a list; UNTOLD for others.

    Numbers but int, paths, dates and the like are texts, as a person would give them; an opened
    file is its name.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if type(value) is int:
        return value
    if isinstance(value, (list, tuple)):
        return [heard(each) for each in value]
    if isinstance(value, (set, frozenset)):
        return sorted((heard(each) for each in value), key=str)
    name = getattr(value, "name", None)
    if hasattr(value, "read") or hasattr(value, "write"):
        return name if isinstance(name, str) else UNTOLD
    text = answer(value)
    return UNTOLD if text is None else text
