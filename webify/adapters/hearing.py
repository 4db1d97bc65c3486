"""What a parser made of the words that it was given, in plain form."""

from __future__ import annotations

import re
from typing import Any, Dict, Sequence

from webify.adapters.defaults import answer

DOTS = "••••••"  # in place of a secret
_OPEN = ("framework", "by_hand", "no_parser")
_NAMED = ("name", "aliases", "chain")
SHORTEST = 4  # letters of a secret that is hidden inside of a word too
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


def judged(result: Dict[str, Any], secrets: Sequence[str]) -> Dict[str, Any]:
    """Return of a probe's result what a judgement takes, with dots for secrets.

    No values and no defaults are in it, as the secrets of a run may be among them.
    """
    told: Dict[str, Any] = {key: result[key] for key in _OPEN if key in result}
    for key in ("error", "trace"):
        if key in result:
            told[key] = _dotted(str(result[key]), secrets)
    if "command" in result:
        told["command"] = _names(result["command"])
    told["heard"] = [
        {key: _dotted(str(each[key]), secrets) for key in ("refused", "about") if key in each}
        for each in result.get("heard", ())
    ]
    return told


def _names(command: Dict[str, Any]) -> Dict[str, Any]:
    kept: Dict[str, Any] = {key: command[key] for key in _NAMED if key in command}
    kept["commands"] = [_names(each) for each in command.get("commands", ())]
    return kept


def _dotted(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        for written in (secret, repr(secret)[1:-1]):
            if len(written) >= SHORTEST:
                text = text.replace(written, DOTS)
            elif written:
                text = re.sub(r"(?<!\w)" + re.escape(written) + r"(?!\w)", DOTS, text)
    return text
