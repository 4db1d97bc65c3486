"""Fill in the choices that a site's own module tells, for the answers at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from webify.model.command import Choice, Command, Parameter, Tool
from webify.site_adapters.loading import AdapterFailed
from webify.site_adapters.modules import SiteAdapters

Raw = Mapping[str, Sequence[str]]


def offered(adapters: SiteAdapters, tool: Tool, path: Sequence[str], raw: Raw) -> Tool:
    """Return the tool with the choices that the fields on this path have now.

    raw   the answers at hand, by address; a field that is not among them has its default
    A field whose choices cannot be told takes any text, and its hint says why.
    """
    chain = tool.command.along(tuple(path)) if tool.command else None
    if chain is None or not any(_asks(each) for each in chain):
        return tool
    asking = _Asking(adapters, tool.slug, chain, raw)
    below: Command | None = None
    for command in reversed(chain):
        made = asking.filled(command)
        if below is not None:
            made = replace(made, commands=_swapped(made.commands, below))
        below = made
    return replace(tool, command=below)


def _asks(command: Command) -> bool:
    return any(each.depends is not None for each in command.parameters)


def _swapped(commands: Sequence[Command], one: Command) -> tuple[Command, ...]:
    return tuple(one if each.name == one.name else each for each in commands)


class _Asking:
    """One form being filled with choices; each address is asked for once."""

    def __init__(
        self, adapters: SiteAdapters, slug: str, chain: Sequence[Command], raw: Raw
    ) -> None:
        self.adapters = adapters
        self.slug = slug
        self.raw = raw
        self.known = {each.address: each for command in chain for each in command.parameters}
        self.told: dict[str, tuple[Choice, ...] | str] = {}

    def filled(self, command: Command) -> Command:
        """Return the command with the choices of its own fields."""
        return replace(command, parameters=tuple(map(self._filled, command.parameters)))

    def _filled(self, parameter: Parameter) -> Parameter:
        if parameter.depends is None or parameter.hidden:
            return parameter
        told = self.told.get(parameter.address)
        if told is None:
            told = self.told[parameter.address] = self._ask(parameter.address, parameter.depends)
        if isinstance(told, str):
            hint = f"Its choices cannot be told just now ({told}). {parameter.help}"
            return replace(parameter, choices=(), help=hint.strip())
        return replace(parameter, choices=told)

    def _ask(self, address: str, depends: Sequence[str]) -> tuple[Choice, ...] | str:
        values = {each: self._answer(each) for each in depends}
        try:
            return self.adapters.choices(self.slug, address, values)
        except AdapterFailed as failed:
            return str(failed)

    def _answer(self, address: str) -> str | list[str]:
        """Return what is answered to another field, or its default; "" where there is none."""
        parameter = self.known.get(address)
        several = parameter is not None and (parameter.several or parameter.repeat)
        given = [each for each in self.raw.get(address, ()) if each]
        if address not in self.raw and parameter is not None:
            default = parameter.default.value
            given = [each for each in _listed(default) if isinstance(each, str)]
        return given if several else (given or [""])[0]


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]
