"""Paths of the server as a run is given them: judged once more, and with their links resolved.

Between a form and its run a link may have been turned to another place, and the tool would follow
it.  So a path is resolved when the run is started, and the tool gets what was judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from webify.errors import ValuesRefused
from webify.faces import sentences
from webify.faces.chain import parameters
from webify.faces.kinds import Refused, Rule, rules
from webify.faces.roots import PATHS, default, settled
from webify.faces.uploading import on_server
from webify.model.command import Command, Kind, Parameter, Root, Value


def settled_values(
    chain: Sequence[Command], values: Mapping[str, Value], files: Path, cwd: str = ""
) -> dict[str, Value]:
    """Return the values with each path of the server as its tool is to be given it.

    files: the run's own folder, which may be read too, and where it starts without a `cwd`.
    Raises ValuesRefused.
    """
    settling = _Settling(files, Path(cwd) if cwd else files)
    found, faults = dict(values), dict[str, str]()
    for parameter in parameters(chain):
        value = values.get(parameter.address)
        if value is None or isinstance(value, (bool, int)) or not _confined(parameter):
            continue
        try:
            found[parameter.address] = settling.value(parameter, value)
        except Refused as refused:
            faults[parameter.address] = str(refused)
    if faults:
        raise ValuesRefused(faults)
    return found


def _confined(parameter: Parameter) -> bool:
    return parameter.roots is not None or any(each.roots is not None for each in parameter.items)


@dataclass(frozen=True)
class _Settling:
    """The paths of one run.

    base   where those start from that are not absolute
    """

    files: Path
    base: Path

    def value(self, parameter: Parameter, value: Value) -> Value:
        """Return the value with its paths settled; raise Refused where one leads outside."""
        if isinstance(value, str):
            return self.use(parameter, [value])[0]
        texts = cast("list[str] | list[list[str]]", value)
        if any(isinstance(each, list) for each in texts):
            return [self.use(parameter, cast("list[str]", each)) for each in texts]
        flat = cast("list[str]", texts)
        if parameter.several:
            return self.use(parameter, flat)
        return [self.use(parameter, [each])[0] for each in flat]

    def use(self, parameter: Parameter, texts: Sequence[str]) -> list[str]:
        """Return the texts of one use."""
        pairs = zip(texts, rules(parameter, len(texts)), strict=True)
        return [self.text(text, rule) for text, rule in pairs]

    def text(self, text: str, rule: Rule) -> str:
        """Return one text."""
        sent = rule.kind is Kind.FILE_IN and not on_server(text)
        dash = text == "-" and rule.path is not None and rule.path.allow_dash
        if rule.roots is None or rule.kind not in PATHS or sent or dash or default(text, rule):
            return text
        roots = [*rule.roots, Root("", str(self.files))]
        found = settled(text, roots, self.base)
        if found is None:
            raise Refused(sentences.outside(text, rule.roots))
        return found
