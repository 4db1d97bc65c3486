"""An exclusive group as one question: radio buttons, each of which may reveal a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from webify.faces.chain import Chooser
from webify.faces.fields import Field, Option
from webify.faces.filling import field
from webify.faces.hints import about
from webify.faces.labels import flag, in_sentence, label, listed, spelling
from webify.faces.picture import place
from webify.faces.widgets import html_id
from webify.model.command import Kind, Parameter, Syntax

_LONGEST = 60

Raw = Mapping[str, Sequence[str]]


def exclusive_field(
    chooser: Chooser,
    own: Sequence[Parameter],
    raw: Raw,
    faults: Mapping[str, str],
    *,
    syntax: Syntax,
    upload_bytes: int,
) -> Field:
    """Return the question of an exclusive group; `own` are all parameters of its command."""
    field_id = html_id(chooser.name)
    chosen = _chosen(chooser, raw)
    options: list[Option] = []
    if not chooser.constraint.required:
        name = _nothing(chooser, own)
        options.append(Option("", name, checked=not chosen, id=f"{field_id}-0"))
    told = [faults.get(chooser.name, "")]
    index = {each.address: at for at, each in enumerate(own)}
    for number, member in enumerate(chooser.members, start=1):
        made = field(
            member, raw, faults.get(member.address, ""), syntax=syntax, upload_bytes=upload_bytes,
            bare=True, at=place(chooser.level, index[member.address]),
        )  # fmt: skip
        inner = _revealed(member, made)
        told += [] if inner else [made.fault]
        options.append(_option(member, made, inner, f"{field_id}-{number}", chosen))
    return Field(
        address=chooser.name,
        name=chooser.name,
        id=field_id,
        label=_label(chooser),
        widget="exclusive",
        hint="Choose one.",
        options=tuple(options),
        fault=" ".join(filter(None, told)),
    )


def _option(member: Parameter, made: Field, inner: Field | None, name: str, chosen: str) -> Option:
    note = made.note if member.kind is Kind.FILE_OUT else ""
    return Option(
        member.address,
        label(member),
        checked=member.address == chosen,
        id=name,
        flag=spelling(member) if inner else flag(member),
        hint="" if inner else " ".join(filter(None, (*about(member), note))),
        preview={} if inner else made.preview,
        field=inner,
    )


def _revealed(member: Parameter, made: Field) -> Field | None:
    """Return what the radio button of a member reveals; to choose it is enough for some."""
    if member.kind in (Kind.FLAG, Kind.FILE_OUT):
        return None
    if made.widget == "optional":
        box = made.parts[0]
        return replace(
            box, hint=f"{made.hint} {box.hint}".strip(), fault=made.fault, preview=made.preview
        )
    return made


def _chosen(chooser: Chooser, raw: Raw) -> str:
    if chooser.name in raw:
        return next(iter(raw[chooser.name]), "")
    filled = (each.address for each in chooser.members if any(raw.get(each.address, ())))
    return next(filled, "")


def _nothing(chooser: Chooser, own: Sequence[Parameter]) -> str:
    """Return the words for choosing none: the flag that is on already, if there is one."""
    if chooser.standing:
        return f"{label(chooser.standing[0])} (default)"
    every = [each for each in own if each.address in chooser.constraint.members]
    return "Default" if any(each.default.value for each in every) else "None"


def _label(chooser: Chooser) -> str:
    if chooser.constraint.title:
        return chooser.constraint.title
    names = [label(each) for each in (*chooser.standing, *chooser.members)]
    text = listed([names[0], *(in_sentence(each) for each in names[1:])], "or")
    return text if len(text) <= _LONGEST else "Choose one"
