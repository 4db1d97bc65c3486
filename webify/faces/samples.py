"""Values that a parameter could be given, to try whether they reach the tool as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from webify.faces.chain import always_on, must, parameters
from webify.model.command import (
    Bounds,
    Choice,
    Command,
    Constraint,
    Item,
    Kind,
    Parameter,
    PathRule,
    Value,
)

FILE, FOLDER = "sample file.txt", "sample folder"  # what lies in the folder of a trial
CHOICES = 3  # of a long list that are tried: the first ones
TIMES = 2  # uses of what may be used several times

_TEXTS = MappingProxyType(
    {
        Kind.TEXT: ("plain", "two words", "-x", "--help", "a=b", "=", "ünï ☃", "'\"$HOME\\"),
        Kind.INTEGER: ("7", "-5", "0"),
        Kind.NUMBER: ("2.5", "-0.5", "7"),
        Kind.DATE: ("2026-11-22",),
        Kind.DATETIME: ("2026-11-22T14:30:00",),
        Kind.TIME: ("14:30:00",),
        Kind.UUID: ("123e4567-e89b-12d3-a456-426614174000",),
        Kind.FILE_IN: (FILE,),
        Kind.FILE_OUT: ("out.txt", "-out.txt", "ünï ☃.txt"),
        Kind.DIRECTORY: (FOLDER,),
        Kind.PATH: ("new file.txt", "-new.txt", "ünï ☃.txt"),
    }
)


def samples(parameter: Parameter) -> list[Value]:
    """Return values in the shape of answers, a harmless one first."""
    if parameter.kind is Kind.SWITCH:
        return [True, False]
    if parameter.kind is Kind.COUNT:
        return [1, TIMES]
    if parameter.bare:
        return [True]
    rules = _rules(parameter)
    texts = [_texts(rule) for rule in rules]
    found: list[Value] = [
        _shaped(parameter, [each[min(turn, len(each) - 1)] for each in texts])
        for turn in range(max(map(len, texts), default=0))
    ]
    return [*found, True] if parameter.optional_value and not parameter.repeat else found


def filled(
    chain: Sequence[Command], tested: Parameter | None, value: Value | None
) -> dict[str, Value]:
    """Return this value, with harmless values of all that has to be given besides."""
    values: dict[str, Value] = {}
    if tested is not None and value is not None:
        values[tested.address] = value
    every = {each.address: each for each in parameters(chain)}
    rules = [rule for command in chain for rule in command.constraints]
    for each in every.values():
        if must(each) and not any(_against(rule, each, values) for rule in rules):
            values.setdefault(each.address, samples(each)[0])
    for rule in rules:
        for each in _needed(rule, every, values):
            values.setdefault(each.address, samples(each)[0])
    return values


def _against(rule: Constraint, parameter: Parameter, values: Mapping[str, Value]) -> bool:
    """Say whether a parameter may not be given beside these values."""
    others = set(rule.members) - {parameter.address}
    return (
        rule.kind == "exclusive"
        and parameter.address in rule.members
        and not others.isdisjoint(values)
    )


def _needed(
    rule: Constraint, every: Mapping[str, Parameter], values: Mapping[str, Value]
) -> Iterator[Parameter]:
    members = [every[each] for each in rule.members if each in every]
    given = [each for each in members if each.address in values]
    free = [each for each in members if not always_on(each)]
    if rule.kind == "requires" and members and members[0] in given:
        yield from members[1:]
    elif (rule.required or rule.kind == "at least one") and not given:
        yield from free[:1]


def _rules(parameter: Parameter) -> list[Parameter | Item]:
    """Return the rule of each value of one use."""
    if parameter.items:
        return list(parameter.items)
    count = max(parameter.least, min(TIMES, parameter.most or TIMES)) if parameter.several else 1
    return [parameter] * count


def _shaped(parameter: Parameter, use: list[str]) -> Value:
    """Return one use in the shape of an answer."""
    if parameter.several:
        return [use] * TIMES if parameter.repeat else use
    return use * TIMES if parameter.repeat else use[0]


def _texts(rule: Parameter | Item) -> list[str]:
    if rule.choices:
        return _choices(rule.choices)
    texts = list(_TEXTS[rule.kind])
    if rule.kind in (Kind.INTEGER, Kind.NUMBER) and rule.bounds:
        return _within(rule.bounds, texts, whole=rule.kind is Kind.INTEGER)
    if rule.path and rule.kind is not Kind.FILE_OUT:
        return _paths(rule.path, texts)
    return texts


def _choices(choices: Sequence[Choice]) -> list[str]:
    return [each.value for each in (*choices[:CHOICES], *choices[CHOICES:][-1:])]


def _paths(rule: PathRule, texts: list[str]) -> list[str]:
    if not rule.exists:
        return texts
    return [FILE] if rule.file_okay else [FOLDER]


def _within(bounds: Bounds, texts: list[str], *, whole: bool) -> list[str]:
    """Return the texts that are numbers inside of the bounds, or the least of them."""
    step = 1.0 if whole else 0.5
    least = None if bounds.least is None else bounds.least + step * bounds.least_open
    most = None if bounds.most is None else bounds.most - step * bounds.most_open
    found = [
        each
        for each in texts
        if (least is None or float(each) >= least) and (most is None or float(each) <= most)
    ]
    edges = [each for each in (least, most) if each is not None]
    return found + [str(int(each)) if whole else repr(float(each)) for each in edges]
