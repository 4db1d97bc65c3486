"""What people read of a parameter: its label, its hint, and lists of things in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webify.model.command import Bounds, Choice, Kind, Parameter

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(])")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_LONGEST = 240  # characters of a hint; the whole sentence stands under "More"
_ENDS = (".", "!", "?", ":", "…")
_PLAIN_WORD = re.compile(r"[^\W\d_A-Z]+(?:['’-][^\W\d_A-Z]+)*")
_SHORT_FORMS = ("e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "incl.", "max.", "min.", "no.")


def label(parameter: Parameter) -> str:
    """Return the label of its field."""
    if parameter.label:
        return parameter.label
    longest = max(parameter.spellings, key=len, default="")
    bare = _without_prefix(longest)
    if len(bare) < 2:
        bare = _readable_metavar(parameter) or parameter.name or bare
    return _capital(re.sub(r"[-_.\s]+", " ", bare).strip() or parameter.address)


def in_sentence(text: str) -> str:
    """Return a label as it stands inside a sentence: lower case, save for names in capitals."""
    first = text.split(" ", 1)[0]
    if sum(letter.isupper() for letter in first) > 1:
        return text
    return text[:1].lower() + text[1:]


def flag(parameter: Parameter) -> str:
    """Return its spelling as shown small beside the label: "--prices FILE", "-v, -vv, -vvv"."""
    shown = spelling(parameter)
    if not shown:
        return ""
    short = min(parameter.spellings, key=len, default="")
    if parameter.kind is Kind.COUNT and len(short) == 2:
        return ", ".join(short + short[1] * times for times in range(3))
    if parameter.kind is Kind.SWITCH and parameter.negations:
        return f"{shown}, {parameter.negations[0]}" if parameter.spellings else shown
    if parameter.bare or not parameter.metavar or len(parameter.metavar) > 24:
        return shown
    return f"{shown} {parameter.metavar}"


def spelling(parameter: Parameter) -> str:
    """Return the spelling that is used in commands: the first long one, else the first."""
    every = (*parameter.spellings, *(() if parameter.spellings else parameter.negations))
    for each in every:
        if len(each) > 2:
            return each
    return every[0] if every else ""


def hint(help_text: str) -> tuple[str, str]:
    """Return the first sentence of a help text, and the rest; a blank line ends a sentence too.

    Of a sentence that is a paragraph the beginning is returned, and then all of it is the rest.
    """
    head, _, below = _PARAGRAPH.sub("\0", help_text.strip()).partition("\0")
    text, rest = " ".join(head.split()), " ".join(below.replace("\0", " ").split())
    for found in _SENTENCE_END.finditer(text):
        first = text[: found.start()]
        if not first.lower().endswith(_SHORT_FORMS):
            text, rest = first, f"{text[found.end() :]} {rest}".strip()
            break
    if len(text) > _LONGEST:
        start = text[:_LONGEST].rpartition(" ")[0].rstrip(" ,;:(-")
        return _stopped(f"{start}…"), " ".join(filter(None, (_stopped(text), _stopped(rest))))
    return _stopped(text), _stopped(rest)


def listed(things: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def choice_label(choice: Choice) -> str:
    """Return what a person reads of a choice."""
    return choice.label or choice.value or "(empty)"


def number(value: float) -> str:
    """Return a number in figures with thousands commas."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return repr(value)


def span(bounds: Bounds) -> str:
    """Return "from 1 to 5,000", "above 0", "of 1 or more"; "" without bounds."""
    least, most = bounds.least, bounds.most
    if least is not None and most is not None and not bounds.least_open and not bounds.most_open:
        return f"from {number(least)} to {number(most)}"
    low = "" if least is None else f"{'above' if bounds.least_open else 'from'} {number(least)}"
    high = "" if most is None else f"{'below' if bounds.most_open else 'up to'} {number(most)}"
    if least is not None and most is None and not bounds.least_open:
        return f"of {number(least)} or more"
    return " and ".join(part for part in (low, high) if part)


def _without_prefix(word: str) -> str:
    return word.lstrip("".join({each for each in word[:2] if not each.isalnum()}))


def _readable_metavar(parameter: Parameter) -> str:
    metavar = parameter.metavar.strip("<>[]()")
    return metavar if re.fullmatch(r"[A-Za-z][\w -]+", metavar) else ""


def _capital(text: str) -> str:
    if text.isupper() and len(text) > 3:
        text = text.lower()
    return text[:1].upper() + text[1:]


def _stopped(text: str) -> str:
    """End a sentence with a full stop and begin it with a capital, save for words in code."""
    text = text.strip()
    if not text:
        return ""
    first = text.split(" ", 1)[0].rstrip(",;:.!?")
    if _PLAIN_WORD.fullmatch(first):
        text = text[0].upper() + text[1:]
    ended = text.rstrip("”\"')")
    return text if ended[-1:] in _ENDS else text + "."
