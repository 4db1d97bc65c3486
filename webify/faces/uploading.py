"""Files that people send from their own machine where a tool takes the path of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from webify.faces.chain import default_answer, grid, parameters
from webify.model.command import Command, Kind, Parameter, Value

# Words in the name of a parameter that tell of a file to be written, not read.
_WRITTEN = frozenset(
    {"out", "outfile", "output", "outputfile", "dest", "destination", "target", "save", "write"}
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def may_upload(parameter: Parameter) -> bool:
    """Say whether a file may be sent instead of a path: where one file that is read is meant."""
    plain = parameter.kind is Kind.PATH and not parameter.widget and not parameter.secret
    if not plain or parameter.optional_value or grid(parameter) or parameter.items:
        return False
    if parameter.choices or parameter.depends is not None or parameter.rest:
        return False
    rule = parameter.path
    if rule is not None and (not rule.file_okay or rule.executable or rule.writable):
        return False
    return not _named_as_written(parameter)


def with_uploads(
    chain: Sequence[Command], sent: Mapping[str, Sequence[object]]
) -> tuple[Command, ...]:
    """Return the commands, with each path for which a file was sent as a file that is read."""
    return tuple(
        replace(
            command,
            parameters=tuple(
                _as_sent(each) if sent.get(each.address) and may_upload(each) else each
                for each in command.parameters
            ),
        )
        for command in chain
    )


def _as_sent(parameter: Parameter) -> Parameter:
    """Return a path as a file that was sent: what stands in its box is not read."""
    return replace(parameter, kind=Kind.FILE_IN, roots=None)


def doubled(
    chain: Sequence[Command],
    raw: Mapping[str, Sequence[str]],
    sent: Mapping[str, Sequence[object]],
) -> set[str]:
    """Return the addresses for which somebody typed a path and sent a file too."""
    return {
        each.address
        for each in parameters(chain)
        if sent.get(each.address) and may_upload(each) and _typed(each, raw)
    }


def was_sent(parameter: Parameter, value: Value | None, given: Collection[str]) -> bool:
    """Say whether the value of a run is a file that was sent; given: the names of those."""
    if value is None:
        return False
    texts = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    if parameter.kind is Kind.FILE_IN:
        return not all(map(on_server, texts))
    return may_upload(parameter) and all(text in given for text in texts)


def on_server(text: str) -> bool:
    """Say whether the value of a file is one of the server: what was sent has a plain name."""
    return "/" in text or "\\" in text


def _typed(parameter: Parameter, raw: Mapping[str, Sequence[str]]) -> bool:
    default = default_answer(parameter)
    known = [str(each) for each in default] if isinstance(default, list) else [str(default)]
    typed = [text for text in raw.get(parameter.address, ()) if text.strip()]
    return bool(typed) and typed != known


def _named_as_written(parameter: Parameter) -> bool:
    names = (parameter.name, parameter.metavar, *parameter.spellings)
    return any(word.lower() in _WRITTEN for name in names for word in _WORD.findall(name))
