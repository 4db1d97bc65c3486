"""Which folders of the server the paths of a tool have to lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from webify.faces.roots import PATHS
from webify.model.command import Command, Item, Kind, Parameter, Root, Tool
from webify.tool_settings import ToolSettings


def confined(tool: Tool, settings: ToolSettings, folders: Mapping[str, Path]) -> Tool:
    """Return the tool with each of its paths confined to the folders that the site names.

    Where the site names no folder at all, paths are left as they are.
    """
    if not folders or tool.command is None:
        return tool
    roots = {name: Root(name, str(folder)) for name, folder in folders.items()}
    names = list(roots) if settings.roots is None else settings.roots
    own = {address: roots[said.root] for address, said in settings.parameters.items() if said.root}
    command = _command(tool.command, tuple(roots[name] for name in names), own)
    return replace(tool, command=command)


def _command(command: Command, roots: Sequence[Root], own: Mapping[str, Root]) -> Command:
    return replace(
        command,
        parameters=tuple(_parameter(each, roots, own) for each in command.parameters),
        commands=tuple(_command(each, roots, own) for each in command.commands),
    )


def _parameter(parameter: Parameter, roots: Sequence[Root], own: Mapping[str, Root]) -> Parameter:
    named = own.get(parameter.address)
    held = (named,) if named else tuple(roots)
    if named and parameter.kind is Kind.TEXT:
        parameter = replace(
            parameter, kind=Kind.PATH, sources={**parameter.sources, "kind": "webify.toml"}
        )
    items = tuple(_item(each, held) for each in parameter.items)
    return replace(parameter, items=items, roots=held if parameter.kind in PATHS else None)


def _item(item: Item, roots: tuple[Root, ...]) -> Item:
    return replace(item, roots=roots) if item.kind in PATHS else item
