"""A command as a form: what people fill in to run it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from webify.errors import CommandUnknown
from webify.faces.chain import REST, choosers, levels, must, offers, open_options
from webify.faces.exclusive import exclusive_field
from webify.faces.fields import Fault, Field, Form
from webify.faces.filling import field
from webify.faces.handing import settled
from webify.faces.picture import place
from webify.faces.sections import (
    LONG,
    Heap,
    Line,
    every_field,
    folded,
    heaps_of,
    sections_of,
    shown_or_aside,
)
from webify.faces.widgets import html_id
from webify.model.command import Command, Kind, Parameter, Tool

SETTINGS = "Settings"
FOR_ALL = "For all commands"
ADVANCED = "Advanced"

Raw = Mapping[str, Sequence[str]]


def build(
    tool: Tool,
    path: Sequence[str],
    raw: Raw | None = None,
    faults: Mapping[str, str] | None = None,
    *,
    upload_bytes: int = 20_000_000,
) -> Form:
    """Return the form of the command at this path, filled with raw answers or defaults.

    Raises CommandUnknown where the path leads nowhere.
    """
    chain = tool.command.along(tuple(path)) if tool.command else None
    if chain is None:
        raise CommandUnknown(f"{tool.title} has no command “{' '.join(path)}”.")
    return _Build(settled(chain), raw or {}, faults or {}, upload_bytes).form()


@dataclass(frozen=True)
class _Build:
    """One form being made."""

    chain: tuple[Command, ...]
    raw: Raw
    faults: Mapping[str, str]
    upload_bytes: int

    def form(self) -> Form:
        """Return the whole form."""
        heaps: list[Heap] = []
        all_lines = self._lines()
        for depth, lines in enumerate(all_lines):
            inner = depth + 1 == len(self.chain)
            title = SETTINGS if inner else self._title(depth)
            shown = [line for line in lines if not line.aside]
            heaps += heaps_of(self.chain[depth], shown, title, above=not inner)
        aside = [line for lines in all_lines for line in lines if line.aside]
        sections = sections_of(heaps)
        made = [*(each for section in sections for each in section.fields)]
        made += [line.made for line in aside]
        return Form(
            sections=sections,
            advanced=folded(Heap(ADVANCED, "", aside), defaults=True) if aside else None,
            faults=tuple(self._summary(made)),
            multipart=any(each.takes_files for each in every_field(made)),
            browses=any(box.browse for each in every_field(made) for box in (each, *each.parts)),
            long=len(made) > LONG,
        )

    def _title(self, depth: int) -> str:
        """Return the heading of what a command above asks for."""
        above = self.chain[depth]
        name = above.title or above.name
        return FOR_ALL if depth == 0 else f"{FOR_ALL} of {name}"

    def _lines(self) -> list[list[Line]]:
        """Return the fields of each command of the chain, required ones first."""
        found = []
        for depth, own in enumerate(levels(self.chain)):
            lines = sorted(self._level(depth, own), key=lambda line: (line.order, not line.needed))
            inner = depth + 1 == len(self.chain)
            rest = [self._rest()] if inner and open_options(self.chain) else []
            found.append([*shown_or_aside(lines, may_hide=inner), *rest])
        return found

    def _level(self, depth: int, own: Sequence[Parameter]) -> Iterator[Line]:
        command = self.chain[depth]
        titled = {group.name for group in command.groups if group.title}
        asked = [each for each in choosers(self.chain) if each.level == depth]
        members = {each.address: chooser for chooser in asked for each in chooser.members}
        standing = {each.address for chooser in asked for each in chooser.standing}
        syntax = command.syntax
        for at, parameter in enumerate(own):
            if parameter.hidden or parameter.address in standing:
                continue
            group = parameter.group if parameter.group in titled else ""
            chooser = members.get(parameter.address)
            if chooser is None:
                stands = place(depth, at)
                yield Line(
                    self._field(parameter, self.raw, command, stands),
                    self._field(parameter, {}, command, stands),
                    group,
                    must(parameter),
                    not group and _aside(parameter),
                    parameter.order,
                    first=must(parameter) or parameter.positional or parameter.order < 0,
                )
            elif chooser.members[0] is parameter:
                made, untouched = (
                    exclusive_field(
                        chooser,
                        own,
                        raw,
                        self.faults,
                        syntax=syntax,
                        upload_bytes=self.upload_bytes,
                    )
                    for raw in (self.raw, {})
                )
                needed = chooser.constraint.required
                yield Line(made, untouched, group, needed, aside=False, first=needed)

    def _field(self, parameter: Parameter, raw: Raw, command: Command, at: str) -> Field:
        fault = self.faults.get(parameter.address, "")
        limit = self.upload_bytes
        return field(parameter, raw, fault, syntax=command.syntax, upload_bytes=limit, at=at)

    def _rest(self) -> Line:
        untouched = Field(
            address=REST,
            name=REST,
            id=html_id(REST),
            label="More arguments",
            widget="rest",
            hint="One argument a line. They are passed on to the tool as they are.",
            optional=True,
            fault=self.faults.get(REST, ""),
            preview={"kind": "rest"},
        )
        lines = [each for text in self.raw.get(REST, ()) for each in text.splitlines() if each]
        return Line(
            replace(untouched, values=tuple(lines)), untouched, "", needed=False, aside=True
        )

    def _summary(self, made: Sequence[Field]) -> Iterator[Fault]:
        """Yield the faults in the order of their fields, those of no field first.

        Of several that say the same each begins with what its field is called.
        """
        every = list(every_field(made))
        told = {each.address for each in every if each.fault}
        asked = [each for each in every if each.fault and each.widget == "exclusive"]
        told |= {o.value for each in asked for o in each.options if o.value and not o.field}
        for address, sentence in self.faults.items():
            if address not in told:
                yield Fault("", sentence, address)
        times = Counter(each.fault for each in every)
        for each in every:
            if each.fault:
                name = f"{each.label}: " if times[each.fault] > 1 else ""
                yield Fault(each.focus, f"{name}{each.fault}", each.address)


def _aside(parameter: Parameter) -> bool:
    """Say whether it is an optional setting that has a default already."""
    if must(parameter) or parameter.positional or not offers(parameter):
        return False
    settled = parameter.kind in (Kind.FLAG, Kind.SWITCH, Kind.COUNT)
    return settled or parameter.default.value is not None
