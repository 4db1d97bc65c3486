"""Write the first version of a site's module for one tool, all of it commented out."""

from __future__ import annotations

from collections.abc import Iterator

from webify.model.command import Command, Parameter, Tool

MOST = 200  # addresses that are listed
EXAMPLE = "address"  # where a tool has no field that could be named


def starting(tool: Tool) -> str:
    """Return a module for a tool that says nothing yet, with the tool's own addresses in it."""
    assert tool.command is not None
    fields = [each for _, each in _fields(tool.command) if not each.bare] or [Parameter(EXAMPLE)]
    field, other = fields[0], fields[min(1, len(fields) - 1)]
    paths = [path for path, command in tool.command.walk() if path and not command.hidden]
    listed = "\n".join(_listed(tool.command))
    return "\n".join(
        [
            _head(_plain(tool.title), _plain(tool.target), listed),
            _describe(field.address, paths[0] if paths else ()),
            _choices(field.address, other.address),
            _output(),
        ]
    )


def _fields(command: Command) -> Iterator[tuple[str, Parameter]]:
    """Yield (spelling, parameter) of each parameter once."""
    seen: set[str] = set()
    for _, below in command.walk():
        for each in below.parameters:
            if each.address not in seen and not each.hidden:
                seen.add(each.address)
                yield max(each.spellings, key=len, default=each.metavar), each


def _listed(command: Command) -> Iterator[str]:
    every = list(_fields(command))
    width = max((len(each.address) for _, each in every[:MOST]), default=0)
    for spelling, each in every[:MOST]:
        line = f"    {_plain(each.address):<{width}}  {_plain(spelling)} ({each.kind.value})"
        yield line.rstrip()
    if len(every) > MOST:
        yield f"    and {len(every) - MOST} more"
    if not every:
        yield "    none: this tool asks nothing"


def _plain(text: str) -> str:
    """Return text that can stand in a docstring: a tool's words may hold anything."""
    kept = "".join(letter for letter in text if letter.isprintable())
    return kept.replace("\\", "/").replace('"""', "'''")


def _head(title: str, target: str, listed: str) -> str:
    return f'''"""What this site says of {title} ({target}).

webify loads this file by its name, and anew when it changes.  As it stands it says nothing:
take the "# " away from what you want.  The addresses of the tool's fields:

{listed}
"""

from __future__ import annotations
'''


def _describe(address: str, path: tuple[str, ...]) -> str:
    name = path[0] if path else ""
    doom = (
        f'    if command.name == {name!r}:\n        command = replace(command, destructive="'
        'It deletes what is older than a year.")\n'
        if path
        else '    # command = replace(command, destructive="It deletes what is older.")\n'
    )
    return _commented(
        f'''from dataclasses import replace

FIELDS = {{
    # Also: unit, group, example, widget, choices, kind, required, hidden, secret.
    {address!r}: {{"label": "In our words", "help": "A hint.", "order": -1}},
}}

def describe(command):
    """Return the command as the form shall show it; command.parameters hold its fields."""
    own = tuple(replace(each, **FIELDS.get(each.address, {{}})) for each in command.parameters)
    below = tuple(describe(each) for each in command.commands)
{doom}    return replace(command, parameters=own, commands=below)
'''
    )


def _choices(address: str, other: str) -> str:
    on = f"({other!r},)" if other != address else "()"
    return _commented(
        f'''# Fields whose choices come from choices(), and the fields that those depend on.
CHOICES = {{{address!r}: {on}}}

def choices(address, values):
    """Return values, or pairs of a value and what people read, within 3 seconds."""
    return ["one", ("two", "What people read")]
'''
    )


def _output() -> str:
    return _commented(
        '''# How all that it prints is read: "text", "csv", "json", "table" or "pairs".
OUTPUT = "text"

def read(lines):
    """Return tables, pairs and text of the whole output; None reads it as any other."""
    return [{"title": "All lines", "columns": ["Line"], "rows": [[line] for line in lines]}]
'''
    )


def _commented(code: str) -> str:
    return "\n" + "".join(f"# {line}".rstrip() + "\n" for line in code.splitlines())
