"""One parameter as a field of the form, filled by its widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from webify.faces.chain import adds, must
from webify.faces.entered import Raw, default_texts, entered, fixed, limited, plain, ticked
from webify.faces.fields import Field, Option
from webify.faces.handing import told as sent
from webify.faces.hints import about, unit
from webify.faces.labels import choice_label, flag, label
from webify.faces.picture import picture
from webify.faces.roots import browsable, browsed
from webify.faces.uploading import may_upload
from webify.faces.widgets import box_of, html_id, multi_line, widget_of
from webify.model.command import Choice, Default, Item, Kind, Parameter, Syntax

SEARCH_ABOVE = 12
STEPS = 3
MANY = "999999"  # where a number that is counted up has no bound
SPARE = 3
NOTE_SECRET = "Never kept: dots stand for it in history, command and output."  # noqa: S105 - a sentence
NOTE_SAVED = "The file is offered for download when the run has ended."
NOT_SET = "Not set"
SERVER_FILE = "Or a file on the server"

_WIDTHS = MappingProxyType(
    {
        "number": "xs",
        "date": "sm",
        "datetime": "md",
        "time": "sm",
        "password": "md",
        "select": "md",
    }
)


def field(
    parameter: Parameter,
    raw: Raw,
    fault: str = "",
    *,
    syntax: Syntax | None = None,
    upload_bytes: int = 0,
    bare: bool = False,
    at: str = "",
) -> Field:
    """Return the field of a parameter, filled with its raw answers, else with its default.

    at: the place of the parameter in the command, for its picture.
    bare: it stands under a radio button that names it already, so that it has to be filled.
    """
    widget = widget_of(parameter)
    hint, more = about(parameter, upload_bytes)
    made = Field(
        address=parameter.address,
        name="" if widget == "shown" else parameter.address,
        id=html_id(parameter.address),
        label=label(parameter),
        widget=widget,
        flag=flag(parameter),
        hint=hint,
        more=more,
        optional=_optional(parameter, widget) and not bare,
        unit=unit(parameter),
        width=_WIDTHS.get(widget, _text_width(parameter)),
        secret=parameter.secret,
        note=f"{NOTE_SECRET} {sent(parameter.sent_by)}" if parameter.secret else "",
        fault=fault,
        deprecated=parameter.deprecated,
        upload=_upload(parameter, upload_bytes),
        browse=browsed(parameter) if browsable(parameter) else "",
        depends=parameter.depends or (),
        preview=picture(parameter, syntax or Syntax(), at),
    )
    return _FILLERS.get(widget, _fill_box)(made, parameter, raw)


def _upload(parameter: Parameter, upload_bytes: int) -> str:
    if not may_upload(parameter):
        return ""
    several = parameter.several or parameter.repeat
    most = f" of up to {upload_bytes / 1_000_000:g} MB" if upload_bytes else ""
    return f"Upload {'files' if several else 'a file'}{most} instead"


def _text_width(parameter: Parameter) -> str:
    wide = parameter.kind in (Kind.PATH, Kind.DIRECTORY) or multi_line(parameter)
    return "full" if wide or parameter.several or parameter.repeat else "md"


def _optional(parameter: Parameter, widget: str) -> bool:
    """Say whether "(optional)" stands beside the label: not where something is chosen anyway."""
    if widget in ("check", "shown", "optional", "save", "switch") or parameter.kind is Kind.COUNT:
        return False
    return not must(parameter) and parameter.default.value is None


def _fill_box(made: Field, parameter: Parameter, raw: Raw) -> Field:
    """Fill a single box: what was entered, else the default."""
    texts = entered(parameter, raw)
    value = texts[0] if texts else ""
    if parameter.secret:
        return replace(made, autocomplete="off")
    suggests = tuple(each.value for each in parameter.suggestions)
    return limited(replace(made, values=(value,), suggests=suggests), parameter)


def _fill_check(made: Field, parameter: Parameter, raw: Raw) -> Field:
    return replace(made, on=ticked(parameter.address, raw))


def _fill_shown(made: Field, parameter: Parameter, raw: Raw) -> Field:
    del parameter, raw
    return replace(made, on=True, note="Always on: the tool has no way to turn it off.")


def _fill_switch(made: Field, parameter: Parameter, raw: Raw) -> Field:
    said = (*raw.get(parameter.address, ()), "")[0].strip().lower()
    default = parameter.default.value
    choices = [("yes", "Yes"), ("no", "No")]
    if isinstance(default, bool):
        choices.insert(0, ("", f"Default ({'yes' if default else 'no'})"))
    elif not must(parameter):
        choices.insert(0, ("", NOT_SET))
    return replace(made, options=_options(made.id, choices, {said}))


def _fill_stepper(made: Field, parameter: Parameter, raw: Raw) -> Field:
    if parameter.kind is not Kind.COUNT:
        most = parameter.bounds.most if parameter.bounds else None
        value = (*entered(parameter, raw), "")[0]
        return replace(made, values=(value,), most=MANY if most is None else plain(most))
    said = (*raw.get(parameter.address, ()), "0")[0]
    return replace(made, values=(said or "0",), least="0", most=str(STEPS), inputmode="numeric")


def _fill_choice(made: Field, parameter: Parameter, raw: Raw) -> Field:
    said = next(iter(entered(parameter, raw)), "")
    choices = _pairs(parameter.choices)
    known = {value for value, _ in choices}
    default = next(iter(default_texts(parameter)), "")
    if default and default in known:
        said = said or default
    elif default or parameter.default.source == "computed":
        shown = default or parameter.default.text
        choices.insert(0, ("", f"Default ({shown})" if shown else "Default"))
        said = "" if said == default else said
    elif not must(parameter):
        choices.insert(0, ("", NOT_SET))
    elif made.widget == "select":
        choices.insert(0, ("", "Choose one"))
    return replace(made, options=_options(made.id, choices, {said}), values=(said,))


def _fill_checks(made: Field, parameter: Parameter, raw: Raw) -> Field:
    said = set(entered(parameter, raw))
    options = _options(made.id, _pairs(parameter.choices), said)
    search = len(options) > SEARCH_ABOVE
    return replace(made, options=options, search=search, fixed=fixed(parameter))


def _pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(each.value, choice_label(each)) for each in choices]


def _options(
    field_id: str, choices: Sequence[tuple[str, str]], said: set[str]
) -> tuple[Option, ...]:
    return tuple(
        Option(value, text, checked=value in said, id=f"{field_id}-{number}")
        for number, (value, text) in enumerate(choices, start=1)
    )


def _fill_list(made: Field, parameter: Parameter, raw: Raw) -> Field:
    values = tuple(each for each in entered(parameter, raw) if each)
    part = _part(made, parameter, parameter.label or made.label, values)
    return replace(made, values=part.values, parts=(part,), fixed=fixed(parameter), spare=SPARE)


def _fill_boxes(made: Field, parameter: Parameter, raw: Raw) -> Field:
    """Fill boxes of one use, or rows of boxes."""
    width = parameter.most or 1
    texts = entered(parameter, raw)
    values = texts if made.widget == "rows" else (texts + [""] * width)[:width]
    rules = _rules(parameter, width)
    labels = _heads(parameter, rules)
    parts = tuple(
        _part(made, rule, head, tuple(values[index::width]))
        for index, (rule, head) in enumerate(zip(rules, labels, strict=True))
    )
    spare = SPARE if made.widget == "rows" else 0
    return replace(
        made,
        values=() if parameter.secret else tuple(values),
        parts=parts,
        labels=tuple(labels),
        fixed=fixed(parameter),
        spare=spare,
    )


def _rules(parameter: Parameter, width: int) -> list[Parameter | Item]:
    rules: list[Parameter | Item] = list(parameter.items) or [parameter]
    return (rules + [rules[-1]] * width)[:width]


def _heads(parameter: Parameter, rules: Sequence[Parameter | Item]) -> list[str]:
    named = [each.name for each in rules if isinstance(each, Item)]
    words = parameter.metavar.split()
    if len(words) != len(rules):
        words = [f"Value {number}" for number in range(1, len(rules) + 1)]
    heads = named if len(named) == len(rules) and all(named) else words
    return [text.capitalize() if text.isupper() else text for text in heads]


def _part(made: Field, rule: Parameter | Item, head: str, values: tuple[str, ...]) -> Field:
    """Return one box of several; all of them share the name of the field."""
    secret = made.secret
    widget = "select" if rule.choices else box_of(rule, secret=secret)
    widget = "text" if widget == "textarea" else widget
    part = Field(
        address=made.address,
        name=made.address,
        id=made.id,
        label=head,
        widget=widget,
        values=() if secret else values,
        options=_options(made.id, [("", ""), *_pairs(rule.choices)], set()) if rule.choices else (),
        width=_WIDTHS.get(widget, "md"),
        secret=secret,
        autocomplete="off" if secret else "",
    )
    return limited(part, rule)


def _fill_uses(made: Field, parameter: Parameter, raw: Raw) -> Field:
    if parameter.address in raw:
        values = [each for each in raw[parameter.address] if each.strip()]
    else:
        default = parameter.default.value
        uses = default if isinstance(default, list) and not adds(parameter) else []
        values = ["\n".join(each) for each in uses if isinstance(each, list)]
    return replace(
        made, values=() if parameter.secret else tuple(values), fixed=fixed(parameter), spare=1
    )


def _fill_optional(made: Field, parameter: Parameter, raw: Raw) -> Field:
    address = parameter.address
    inner = replace(parameter, least=1, default=_text_default(parameter), label=_inner(parameter))
    box = replace(
        field(inner, raw),
        id=f"{made.id}-1",
        flag="",
        hint=_const(parameter),
        more="",
        optional=True,
        preview={},
    )
    given = [each for each in entered(parameter, raw) if each]
    on = ticked(f"{address}:on", raw) or bool(given)
    if address not in raw and f"{address}:on" not in raw:
        on = on or parameter.default.value is True
    return replace(made, name=f"{address}:on", on=on, parts=(box,))


def _const(parameter: Parameter) -> str:
    told = bool(parameter.const) and not parameter.secret
    return f"If left empty: {parameter.const}." if told else ""


def _text_default(parameter: Parameter) -> Default:
    default = parameter.default
    return replace(default, value=None) if default.value is True else default


def _inner(parameter: Parameter) -> str:
    return parameter.metavar.capitalize() if parameter.metavar.isupper() else label(parameter)


def _fill_file(made: Field, parameter: Parameter, raw: Raw) -> Field:
    if not made.browse:
        return made
    several = made.widget == "files"
    values = tuple(each for each in raw.get(parameter.address, ()) if each)
    part = replace(made, label=SERVER_FILE, widget="text", values=values, browse="", width="full")
    return replace(made, values=values, parts=(part,), spare=SPARE if several else 0)


def _fill_save(made: Field, parameter: Parameter, raw: Raw) -> Field:
    made = replace(made, note=NOTE_SAVED)
    if must(parameter):
        return replace(made, name="", on=True)
    name = f"{parameter.address}:on"
    text = f"Save {made.label[:1].lower()}{made.label[1:]} as a file"
    return replace(made, name=name, label=text, on=ticked(name, raw))


_FILLERS = MappingProxyType(
    {
        "check": _fill_check,
        "shown": _fill_shown,
        "switch": _fill_switch,
        "stepper": _fill_stepper,
        "radios": _fill_choice,
        "select": _fill_choice,
        "checks": _fill_checks,
        "list": _fill_list,
        "boxes": _fill_boxes,
        "rows": _fill_boxes,
        "uses": _fill_uses,
        "optional": _fill_optional,
        "file": _fill_file,
        "files": _fill_file,
        "save": _fill_save,
    }
)
