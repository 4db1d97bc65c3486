"""The answers of a run in one line: those that differ from what the tool takes anyway."""

from __future__ import annotations

from collections.abc import Sequence

from webify.faces.chain import at_default, default_answer, parameters
from webify.faces.labels import in_sentence, label
from webify.faces.values import MASK
from webify.model.command import Command, Parameter, Tool, Value
from webify.model.run import Run
from webify.web.words import in_words

LONGEST = 160  # characters


def answers(run: Run, tool: Tool | None) -> str:
    """Return "site leeds, below 20, value"; labels are the tool's, while it is there."""
    known = {parameter.address: parameter for parameter in parameters(chain_of(run, tool))}
    pieces = [
        piece
        for address, value in run.values.items()
        if (piece := spoken(address, known.get(address), value))
    ]
    text = ", ".join(pieces)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def chain_of(run: Run, tool: Tool | None) -> Sequence[Command]:
    """Return the commands of a run, () where its tool has changed or gone."""
    return (tool.command.along(run.path) if tool and tool.command else None) or ()


def spoken(address: str, parameter: Parameter | None, value: Value) -> str:
    """Return one answer in words, "" for a default or a secret."""
    if value == MASK or (parameter and at_default(parameter, value)):
        return ""
    name = label(parameter) if parameter else in_words(address.lstrip(":").rpartition(".")[2])
    name = in_sentence(name)
    if isinstance(value, bool):
        return name if value else f"no {name}"
    if isinstance(value, int):
        return f"{name} {value}" if value else ""
    text = value if isinstance(value, str) else several(value)
    return f"{name} {text}"


def several(values: Sequence[str] | Sequence[Sequence[str]]) -> str:
    """Return "a and b", or the first two and how many more."""
    words = [each if isinstance(each, str) else " ".join(each) for each in values]
    if len(words) <= 3:
        return " and ".join(words)
    return f"{words[0]}, {words[1]} and {len(words) - 2} more"


def differing(old: Run, new: Run, tool: Tool | None) -> list[tuple[str, str, str]]:
    """Return the answers in which two runs differ: what is asked, and what each was told."""
    known = {
        parameter.address: parameter
        for run in (old, new)
        for parameter in parameters(chain_of(run, tool))
    }
    found = []
    for address in dict.fromkeys((*old.values, *new.values)):
        parameter = known.get(address)
        was, now = (plainly(run.values.get(address), parameter) for run in (old, new))
        if was != now:
            name = label(parameter) if parameter else in_words(address.rpartition(".")[2])
            found.append((name, was, now))
    return found


def plainly(value: Value | None, parameter: Parameter | None) -> str:
    """Return one answer alone; what was not given is what the tool takes then."""
    if value is None and parameter and not parameter.secret:
        value = default_answer(parameter)
    if value is None or value == MASK:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value) if isinstance(value, (str, int)) else several(value)
    return text[:LONGEST]
