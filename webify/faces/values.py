"""Raw answers of a form or a program, read into values; and values as raw answers again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from webify.errors import ValuesRefused
from webify.faces import sentences
from webify.faces.answer import Answers, read_one
from webify.faces.chain import (
    REST,
    Chooser,
    at_default,
    choosers,
    grid,
    must,
    open_options,
    parameters,
)
from webify.faces.kinds import Refused
from webify.faces.labels import label
from webify.faces.uploading import on_server
from webify.faces.value_texts import texts_of
from webify.model.command import Command, Constraint, Kind, Parameter, Value

MASK = "••••••"
SHORTEST = 4  # letters of a secret that is hidden inside of a word too

# Kinds of which a refusal says nothing that was entered.
_UNTOLD = frozenset({Kind.FLAG, Kind.FILE_IN})

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Upload:
    """A file that came with the answers: it lies at `path`, under its safe `name`."""

    name: str
    size: int
    path: Path


def read_values(
    chain: Sequence[Command],
    raw: Raw,
    uploads: Mapping[str, Sequence[Upload]] | None = None,
) -> dict[str, Value]:
    """Return the values that the raw answers give to the commands, root first.

    Raises ValuesRefused with all faults at once.
    """
    files = {address: [each.name for each in found] for address, found in (uploads or {}).items()}
    reading = _Reading(chain, Answers(raw, files))
    reading.choose()
    for parameter in parameters(chain):
        reading.take(parameter)
    reading.take_rest()
    reading.hold_constraints()
    reading.name_strangers()
    if reading.faults:
        raise ValuesRefused(reading.faults)
    return reading.values


def form_values(chain: Sequence[Command], values: Mapping[str, Value]) -> dict[str, list[str]]:
    """Return the raw answers that give these values; secrets and files are left out."""
    raw: dict[str, list[str]] = {}
    for parameter in parameters(chain):
        if parameter.address in values and not parameter.secret:
            raw.update(_as_raw(parameter, values[parameter.address]))
    for chooser in choosers(chain):
        given = [each.address for each in chooser.members if each.address in values]
        raw[chooser.name] = given[:1] or [""]
    rest = values.get(REST)
    if isinstance(rest, list):
        raw[REST] = ["\n".join(str(each) for each in rest)]
    return raw


def masked(chain: Sequence[Command], values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values with dots for secrets."""
    secret = {each.address for each in parameters(chain) if each.secret}
    return {
        address: _dots(value) if address in secret else value for address, value in values.items()
    }


def secret_values(chain: Sequence[Command], values: Mapping[str, Value]) -> dict[str, Value]:
    """Return of the values those that nobody may write down."""
    return {
        each.address: values[each.address]
        for each in parameters(chain)
        if hides(each, values) and texts_of(values[each.address])
    }


def dotted(values: Mapping[str, Value]) -> set[str]:
    """Return of masked values the addresses of those that are dots."""
    return {
        address for address, value in values.items() if texts_of(value) and value == _dots(value)
    }


def secret_texts(chain: Sequence[Command], values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the texts of all secrets, each once, the longest first."""
    given = (values[each.address] for each in parameters(chain) if hides(each, values))
    return tuple(sorted({text for value in given for text in texts_of(value)}, key=len)[::-1])


def hides(parameter: Parameter, values: Mapping[str, Value]) -> bool:
    """Say whether a parameter is secret and has been given."""
    return parameter.secret and parameter.address in values


def without_secrets(sentence: str, secrets: Sequence[str]) -> str:
    """Return a sentence with dots for each secret that it quotes, however Python writes it."""
    for secret in secrets:
        for written in (secret, repr(secret)[1:-1]):
            if len(written) >= SHORTEST:
                sentence = sentence.replace(written, MASK)
            elif written:
                alone = rf"(?<!\w){re.escape(written)}(?!\w)"
                sentence = re.sub(alone, MASK, sentence)
    return sentence


def _dots(value: Value) -> Value:
    if isinstance(value, str):
        return MASK
    if isinstance(value, list):
        return [MASK] * len(value)
    return value


def _as_raw(parameter: Parameter, value: Value) -> dict[str, list[str]]:
    address = parameter.address
    if parameter.kind is Kind.FILE_IN:
        texts = [text for text in texts_of(value) if on_server(text)]
        return {address: texts} if texts else {}
    if parameter.kind is Kind.FILE_OUT:
        return {} if must(parameter) else {f"{address}:on": ["1"]}
    if isinstance(value, bool):
        return _truth_as_raw(parameter, given=value)
    if isinstance(value, list):
        uses = [each if isinstance(each, list) else [each] for each in value]
        if grid(parameter) and parameter.most is None:
            return {address: ["\n".join(use) for use in uses]}
        return {address: [each for use in uses for each in use]}
    if parameter.optional_value and not parameter.repeat:
        return {f"{address}:on": ["1"], address: [str(value)]}
    return {address: [str(value)]}


def _truth_as_raw(parameter: Parameter, *, given: bool) -> dict[str, list[str]]:
    if parameter.kind is Kind.SWITCH:
        return {parameter.address: ["yes" if given else "no"]}
    if parameter.optional_value:
        return {f"{parameter.address}:on": ["1"], parameter.address: [""]} if given else {}
    return {parameter.address: ["1"]} if given else {}


class _Reading:
    """One reading of all answers: what was given, and what is wrong with it."""

    def __init__(self, chain: Sequence[Command], answers: Answers) -> None:
        """Begin with nothing given."""
        self.chain = chain
        self.answers = answers
        self.values: dict[str, Value] = {}
        self.faults: dict[str, str] = {}
        self.chosen: set[str] = set()
        self.left: set[str] = set()
        self.choosers = choosers(chain)
        self.asked: set[Constraint] = set()

    def choose(self) -> None:
        """Read the radio buttons of the exclusive groups, where they were sent."""
        for chooser in self.choosers:
            if not self.answers.sent(chooser.name):
                continue
            self.asked.add(chooser.constraint)
            word = self.answers.text(chooser.name)
            members = {each.address for each in chooser.members}
            self.left |= members - {word}
            if word in members:
                self.chosen.add(word)
            else:
                self._refuse_choice(chooser, word)

    def _refuse_choice(self, chooser: Chooser, word: str) -> None:
        labels = [label(each) for each in chooser.members]
        if word:
            self.faults[chooser.name] = sentences.unknown_choice(word, labels)
        elif chooser.constraint.required:
            self.faults[chooser.name] = sentences.missing_of(labels)

    def take(self, parameter: Parameter) -> None:
        """Read the answer to one parameter."""
        address = parameter.address
        if address in self.left or parameter.hidden:
            return
        chosen = address in self.chosen
        try:
            value = read_one(parameter, self.answers, chosen=chosen)
        except Refused as refusal:
            hidden = parameter.secret and parameter.kind not in _UNTOLD
            self.faults[address] = sentences.secret_wrong(parameter) if hidden else str(refusal)
            return
        if value is not None:
            self.values[address] = value
        elif chosen or must(parameter):
            self.faults[address] = sentences.missing(parameter)

    def take_rest(self) -> None:
        """Read the arguments that are passed on as they are, one a line."""
        if open_options(self.chain):
            lines = [each for text in self.answers.texts(REST) for each in text.split("\n")]
            words = [each for each in lines if each]
            if words:
                self.values[REST] = words
        innermost = self.chain[-1]
        if innermost.needs_command:
            names = [each.name for each in innermost.commands if not each.hidden]
            self.faults[""] = sentences.command_needed(names)

    def hold_constraints(self) -> None:
        """Check the rules between parameters."""
        known = {each.address: each for each in parameters(self.chain)}
        for command in self.chain:
            for constraint in command.constraints:
                members = [known[each] for each in constraint.members if each in known]
                if members:
                    _RULES[constraint.kind](self, constraint, members)

    def _given(self, members: Sequence[Parameter]) -> list[Parameter]:
        return [each for each in members if self._really(each)]

    def _really(self, parameter: Parameter) -> bool:
        value = self.values.get(parameter.address)
        return value is not None and not at_default(parameter, value)

    def exclusive(self, constraint: Constraint, members: Sequence[Parameter]) -> None:
        """Hold that at most one is given, or exactly one where one is required."""
        given = self._given(members)
        labels = [label(each) for each in members]
        if len(given) > 1:
            self.faults[given[-1].address] = sentences.only_one([label(each) for each in given])
        any_fault = any(each.address in self.faults for each in members)
        none = not any(each.address in self.values for each in members)
        if constraint.required and none and constraint not in self.asked and not any_fault:
            self.faults[self._place(constraint, members)] = sentences.missing_of(labels)

    def _place(self, constraint: Constraint, members: Sequence[Parameter]) -> str:
        for chooser in self.choosers:
            if chooser.constraint == constraint:
                return chooser.name
        return members[0].address if members else ""

    def requires(self, constraint: Constraint, members: Sequence[Parameter]) -> None:
        """Hold that the first brings the others with it."""
        del constraint
        if not members or not self._given(members[:1]):
            return
        for other in members[1:]:
            if other.address not in self.values:
                sentence = sentences.needed_with(other, members[0])
                self.faults.setdefault(other.address, sentence)

    def at_least_one(self, constraint: Constraint, members: Sequence[Parameter]) -> None:
        """Hold that one or more are given."""
        del constraint
        if members and not any(each.address in self.values for each in members):
            sentence = sentences.at_least_one([label(each) for each in members])
            self.faults.setdefault(members[0].address, sentence)

    def name_strangers(self) -> None:
        """Refuse answers to fields that this form does not have."""
        known = {each.address for each in parameters(self.chain) if not each.hidden}
        strangers = [name for name in self.answers.names() if name.removesuffix(":on") not in known]
        if strangers:
            self.faults.setdefault("", sentences.unknown_field(strangers[0]))


_RULES = {
    "exclusive": _Reading.exclusive,
    "requires": _Reading.requires,
    "at least one": _Reading.at_least_one,
}
