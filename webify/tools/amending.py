"""Amend what a tool's parser said by what webify.toml says of it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from webify.faces.handing import fits as can_be_sent
from webify.faces.widgets import fits
from webify.model.command import READS, WRITES, Choice, Command, Group, Parameter
from webify.tool_settings import CommandSettings, ParameterSettings, ToolSettings

TAKEN = (
    "label",
    "unit",
    "hidden",
    "secret",
    "kind",
    "help",
    "group",
    "example",
    "widget",
    "order",
    "required",
    "sent_by",
)
EFFECT = "It may change data or files, and that cannot be undone from here."


def amended(command: Command, settings: ToolSettings) -> tuple[Command, list[str]]:
    """Return the command as the site wants it, and what could not be done."""
    said = (settings.output, settings.destructive, settings.effect, settings.exits or None)
    if settings.commands or any(each is not None for each in said):
        command = _commands(command, (), _own(settings), "")
    if settings.parameters:
        command = _parameters(command, settings.parameters)
    return command, list(_warnings(command, settings))


def _own(settings: ToolSettings) -> Mapping[str, CommandSettings]:
    """Return what is said of commands, that of the whole tool as of its root."""
    whole = CommandSettings(
        effect=settings.effect,
        destructive=settings.destructive,
        output=settings.output,
        exits=settings.exits,
    )
    return {**settings.commands, "": whole}


def _commands(
    command: Command, path: Sequence[str], settings: Mapping[str, CommandSettings], above: str
) -> Command:
    """Return a command amended; above: the effect that the site says of the commands above it.

    It holds for those below as well, unless the site, or the tool itself, says otherwise of one.
    """
    own = settings.get(".".join(path))
    own = own or CommandSettings()
    said = own.effect or ("" if own.destructive else above)
    below = tuple(_commands(each, (*path, each.name), settings, said) for each in command.commands)
    told = command.effect or ("" if command.destructive else said)
    changes = {"effect": told, **_of_command(own)}
    exits = (*own.exits, *command.exits)
    return replace(command, commands=below, exits=exits, **changes)


def _of_command(settings: CommandSettings) -> dict[str, Any]:
    names = ("title", "help", "hidden", "output", "effect")
    changes: dict[str, Any] = {
        name: getattr(settings, name) for name in names if getattr(settings, name) is not None
    }
    if settings.destructive is not None:
        told = settings.destructive
        changes["destructive"] = told if isinstance(told, str) else EFFECT if told else ""
    elif settings.effect in (READS, WRITES):  # the site knows better than the tool
        changes["destructive"] = ""
    return changes


def _parameters(command: Command, settings: Mapping[str, ParameterSettings]) -> Command:
    titles = {group.title: group.name for group in command.groups if group.title}
    own = tuple(
        _parameter(each, settings[each.address], titles) if each.address in settings else each
        for each in command.parameters
    )
    return replace(
        command,
        parameters=own,
        groups=(*command.groups, *_new_groups(command, own)),
        commands=tuple(_parameters(below, settings) for below in command.commands),
    )


def _new_groups(command: Command, own: Sequence[Parameter]) -> Iterator[Group]:
    """Yield a heading for each group that the tool does not have."""
    known = {group.name for group in command.groups}
    for name in dict.fromkeys(each.group for each in own):
        if name and name not in known and "group" in _said(own, name):
            yield Group(name, name)


def _said(own: Sequence[Parameter], group: str) -> set[str]:
    return {name for each in own if each.group == group for name in each.sources}


def _parameter(
    parameter: Parameter, settings: ParameterSettings, titles: Mapping[str, str]
) -> Parameter:
    changes: dict[str, Any] = {
        name: getattr(settings, name) for name in TAKEN if getattr(settings, name) is not None
    }
    if settings.group is not None:
        changes["group"] = titles.get(settings.group, settings.group)
    if settings.choices is not None:
        changes["choices"] = tuple(Choice(value) for value in settings.choices)
    if settings.widget == "password":
        changes["secret"] = True
    if parameter.bare:
        changes.pop("kind", None)  # a flag takes no value that could be of another kind
    sources = dict.fromkeys(changes, "webify.toml")
    return replace(parameter, **changes, sources={**parameter.sources, **sources})


def _warnings(command: Command, settings: ToolSettings) -> Iterator[str]:
    known = {each.address: each for _, below in command.walk() for each in below.parameters}
    paths = [".".join(path) for path, _ in command.walk() if path]
    for address in settings.parameters:
        each = known.get(address)
        if each is None:
            yield _unknown(address, list(known), "does not have")
        elif each.widget and not fits(each, each.widget):
            yield f"webify.toml asks “{address}” with “{each.widget}”, which does not fit it."
        elif each.sent_by and not can_be_sent(each):
            yield (
                f"webify.toml says how “{address}” is sent, which can be chosen for a secret of "
                "one value only."
            )
    for address in settings.commands:
        if address not in paths:
            yield _unknown(address, paths, "does not have as a command")


def _unknown(address: str, known: Sequence[str], lacks: str) -> str:
    near = difflib.get_close_matches(address, known, 1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"webify.toml amends “{address}”, which this tool {lacks}.{hint}"
