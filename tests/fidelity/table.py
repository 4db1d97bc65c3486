"""Work the fidelity table out: each feature of each framework, described, spelled and read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.probed import probed
from tests.fidelity.features import COMMANDS, FEATURES, Feature
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.echo import came_back
from webify.model.command import Command, Kind, Parameter, Value
from webify.model.plain import from_plain

TOOLS = Path(__file__).with_name("tools")
YES, TEXT, REFUSED, RAW, NONE, WRONG = "yes", "text", "refused", "raw", "–", "WRONG"
FILLING = {Kind.INTEGER: "1", Kind.NUMBER: "1", Kind.DATE: "2026-11-22"}

Found = dict[str, str]  # feature: cell


class Asked:
    """One tool of one framework: its model, and its parser to ask."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Describe the tool."""
        self.path, self.folder = path, folder
        told = probed(path, folder)
        assert told.get("command"), (path.name, told.get("error"), told.get("trace"))
        self.framework = told["framework"]
        self.root = from_plain(Command, told["command"])

    def cells(self) -> Iterator[tuple[str, str]]:
        """Yield (feature, cell) for each that the tool declares."""
        for _, command in self.root.walk():
            for title, declares, holds, word in COMMANDS:
                if declares(command):
                    yield title, word if holds(command) else WRONG
        spelled = list(self._spelled())
        told = probed(self.path, self.folder, read=[one.words for one in spelled])
        for one, heard in zip(spelled, told.get("heard", []), strict=True):
            values = heard.get("values", {})
            value = values.get(one.parameter.address)
            if one.joined and isinstance(value, list):
                value = ",".join(map(str, value))
            came = came_back(one.parameter, one.sample, value)
            good = "values" in heard and came is not False  # None: an object of the tool's own
            yield one.title, one.cell if good else WRONG
        yield from self._unspelled.items()

    def _spelled(self) -> Iterator[Spelled]:
        """Yield what is to be read back; what is not goes to _unspelled."""
        self._unspelled: Found = {}
        for path, command in self.root.walk():
            chain = self.root.along(path)
            assert chain is not None
            for parameter in command.parameters:
                for feature in FEATURES:
                    if _name(parameter) == feature.parameter:
                        yield from self._one(chain, parameter, feature)

    def _one(
        self, chain: Sequence[Command], parameter: Parameter, feature: Feature
    ) -> Iterator[Spelled]:
        held = feature.holds(parameter)
        sample = feature.sample
        if isinstance(sample, list) and not (parameter.several or parameter.repeat):
            sample = ",".join(map(str, sample))
        if sample is None:
            self._unspelled[feature.title] = YES if held else TEXT
            return
        values = {**_filling(chain), parameter.address: sample}
        try:
            words = spell(chain, values)
        except ValuesRefused:
            self._unspelled[feature.title] = REFUSED
        else:
            cell = YES if held else TEXT
            joined = sample != feature.sample
            yield Spelled(feature.title, parameter, sample, tuple(words), cell, joined)


@dataclass(frozen=True)
class Spelled:
    """A sample on its way to the tool's own parser, and the cell if it comes back.

    joined  several values go as one text, which the framework parts at commas
    """

    title: str
    parameter: Parameter
    sample: Value
    words: tuple[str, ...]
    cell: str
    joined: bool


def _name(parameter: Parameter) -> str:
    """Return the parameter's name, without that of the settings that it is a field of."""
    return parameter.name.removeprefix("settings_")


def _filling(chain: Sequence[Command]) -> dict[str, Value]:
    """Return answers for all that must be given."""
    return {
        each.address: each.choices[0].value if each.choices else FILLING.get(each.kind, "x")
        for command in chain
        for each in command.parameters
        if each.required and not each.bare
    }
