"""The nouns of a form: sections, fields and the options of a field, as templates read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Widgets of which the field's own id is not a control: the first control inside takes the focus.
_INSIDE = frozenset({"boxes", "list", "rows", "uses"})


@dataclass(frozen=True)
class Option:
    """One radio button, check box or entry of a select.

    flag   its spelling, small and grey, where each option has its own (exclusive groups)
    preview  as of a field, of an option that reveals none
    field  the box that it reveals: post it under its own name, show it always without scripts
    """

    value: str
    label: str
    checked: bool = False
    id: str = ""
    flag: str = ""
    hint: str = ""
    preview: Mapping[str, str] = field(default_factory=dict)
    field: Field | None = None


@dataclass(frozen=True)
class Field:
    """One question of the form.

    name      of the control; "" where there is nothing to post (widget "shown", a file that is
              always saved)
    id        of the control; with options see Option.id; the boxes of "boxes", "list", "rows" and
              "uses" are id-1, id-2 ...
    widget    text textarea number password date datetime time check switch radios select checks
              stepper list boxes rows uses optional exclusive file files save shown rest
    on        a check box is ticked; an option with an optional value is used
    values    what stands in the boxes; flat, row by row, for "rows"; one text for each use, a
              value a line, for "uses"
    labels    heads of the boxes of one use ("boxes", "rows")
    parts     one field for each box of one use ("boxes", "rows"); the one box that "optional"
              reveals; the box of one value ("list")
    fixed     values that always hold and are only added to ("list", "rows", "checks")
    suggests  texts that a single box offers; others are taken too
    spare     blank boxes to show where no script adds them
    upload    words for sending a file instead, "" where none may be sent
    browse    what can be chosen from the server: "file", "folder" or "file or folder", "" for none
    depends   its choices are told anew when one of these fields changes
    preview   for the picture of the command in the browser, see picture.py
    """

    address: str
    name: str
    id: str
    label: str
    widget: str
    flag: str = ""
    hint: str = ""
    more: str = ""
    optional: bool = False
    on: bool = False
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    labels: tuple[str, ...] = ()
    parts: tuple[Field, ...] = ()
    fixed: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    spare: int = 0
    unit: str = ""
    inputmode: str = ""
    least: str = ""
    most: str = ""
    width: str = "full"
    search: bool = False
    secret: bool = False
    note: str = ""
    fault: str = ""
    deprecated: str = ""
    autocomplete: str = ""
    upload: str = ""
    browse: str = ""
    depends: tuple[str, ...] = ()
    preview: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """Return what stands in the only box."""
        return self.values[0] if self.values else ""

    @property
    def takes_files(self) -> bool:
        """Say whether a file may be sent with it."""
        return bool(self.upload) or self.widget in ("file", "files")

    @property
    def focus(self) -> str:
        """Return the id of the control that a link to this field goes to."""
        if self.widget in _INSIDE:
            return f"{self.id}-1"
        if self.options and self.widget != "select":
            return self.options[0].id
        return self.id


@dataclass(frozen=True)
class Section:
    """Fields under one heading.

    folded   only its heading and its note are seen at first, unless it is opened
    """

    title: str
    help: str = ""
    fields: tuple[Field, ...] = ()
    opened: bool = False
    note: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Fault:
    """One line of the summary of faults; anchor is the id to focus, "" for the form itself."""

    anchor: str
    sentence: str
    address: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form.

    multipart  it holds a file to upload
    browses    a field can be filled by looking through the folders of the server
    long       it has so many fields that people look for one by its name
    """

    sections: tuple[Section, ...] = ()
    advanced: Section | None = None
    faults: tuple[Fault, ...] = ()
    multipart: bool = False
    browses: bool = False
    long: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all fields, those of "Advanced" last."""
        all_of_them = [*self.sections, *([self.advanced] if self.advanced else [])]
        return tuple(each for section in all_of_them for each in section.fields)
