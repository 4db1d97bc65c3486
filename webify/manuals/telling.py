"""Complete the facts of an option by what its words tell, and make one of what is told twice."""

from __future__ import annotations

import re
from dataclasses import replace

from webify.manuals.entries import Entry
from webify.manuals.facts import NO, OPTIONAL, YES, OptionFact
from webify.manuals.wording import (
    choices_in,
    default_in,
    deprecated_in,
    env_in,
    repeats_in,
    required_in,
)

_TYPED = re.compile(
    r"[\[(](?P<type>boolean|bool|string|str|number|integer|int|float|array|count|path|file)[\])]",
    re.IGNORECASE,
)
_TYPE_LINE = re.compile(
    r"(?:^|\n|\s)type:\s{1,4}(?P<type>boolean|bool|string|number|integer|int|list|object|array)\b",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"[\[(]choices: |(?:^|\s)one (?:of|or more): \S")
_CAPITAL = re.compile(r"-[A-Z][a-z]{3,30}")
_FLAGS = re.compile(r"^[A-Z.]{8,12}\s(?=\S)")
_RANGE = re.compile(r"^-(?P<low>\d)\s?(?:\.{2,3}|to|through|-|–|,? ?\.\.\.,?)\s?-(?P<high>\d)\b")
_NUMBERS = re.compile(
    r"(?:\bbetween|\bfrom|[\[(])\s?(?P<low>\d{1,2})\s?(?:and|to|-|\.\.)\s?(?P<high>\d{1,2})\b"
)
_ALWAYS_BARE = re.compile(r"--?(?:h|help|V|version|\?)$")
_SHOWN = 10


def option_facts(entries: list[Entry], group: str) -> list[OptionFact]:
    """Return the options of a section's entries."""
    found: list[OptionFact] = []
    for entry in entries:
        if entry.fact is None:
            continue
        fact = told(entry.fact, entry.help, group)
        levels = numbered(fact)
        if levels:
            found.extend(levels)
            continue
        digits = _RANGE.match(entry.head)
        if digits and digits["low"] < digits["high"]:
            numbers = range(int(digits["low"]), int(digits["high"]) + 1)
            found.extend(
                OptionFact((f"-{number}",), value=NO, help=fact.help, group=group)
                for number in numbers
            )
            continue
        if entry.head.startswith("*"):
            fact = replace(fact, required=True)
        found.append(fact)
    return found


def numbered(fact: OptionFact) -> list[OptionFact]:
    """Return the options that `-#` stands for, where the words about it tell the numbers."""
    match = _NUMBERS.search(fact.help) if fact.spellings == ("-#",) else None
    low, high = (int(match["low"]), int(match["high"])) if match else (1, 0)
    return [
        replace(fact, spellings=(f"-{number}",), value=NO, metavar="")
        for number in range(low, min(high, 9) + 1)
    ]


def told(fact: OptionFact, text: str, group: str) -> OptionFact:
    """Return an option with what the words about it tell."""
    text = _FLAGS.sub("", text)
    fact = _typed(fact, text)
    choices = fact.choices
    if not choices and fact.value != NO:
        choices = choices_in(text, fact.metavar, fact.spellings[-1])
    repeat = repeats_in(text)
    return replace(
        fact,
        help=text,
        group=group,
        choices=choices,
        default=fact.default or default_in(text),
        env=env_in(text),
        repeat=fact.repeat if repeat is None else repeat,
        required=required_in(text),
        deprecated=deprecated_in(text),
    )


def _typed(fact: OptionFact, text: str) -> OptionFact:
    """Heed a type that stands in the words: `[boolean]`, `type: string`."""
    match = _TYPED.search(text) or _TYPE_LINE.search(text)
    kind = match["type"].lower() if match else ""
    if kind in ("boolean", "bool"):
        return fact if fact.metavar else replace(fact, value=NO)
    if kind == "count":
        return replace(fact, value=NO, repeat=True)
    if kind:
        several = kind in ("array", "list")
        value = fact.value if fact.value != NO else YES
        return replace(fact, value=value, repeat=True if several else fact.repeat)
    if fact.value == NO and _ENUMERATED.search(text):
        return replace(fact, value=YES)
    return fact


def twinned(facts: list[OptionFact]) -> list[OptionFact]:
    """Join an entry with the one before it where both say the same: two spellings of one option."""
    found: list[OptionFact] = []
    for fact in facts:
        if found and _twins(found[-1], fact):
            spellings = (*found[-1].spellings, *fact.spellings)
            found[-1] = replace(fact, spellings=tuple(dict.fromkeys(spellings)))
        else:
            found.append(fact)
    return found


def _twins(first: OptionFact, second: OptionFact) -> bool:
    if _stacked(first, second):
        return True
    if first.help != second.help or " " not in first.help or first.value != second.value:
        return False
    if first.deprecated or first.group != second.group or first.negations or second.negations:
        return False
    names = [word.lstrip("-") for word in (*first.spellings, *second.spellings)]
    if any(name.isdigit() for name in names):
        return False
    return (
        sum(len(name) > 1 for name in names) < 2 or len(set(names)) < len(names) or "help" in names
    )


def _stacked(first: OptionFact, second: OptionFact) -> bool:
    """Say whether an option without words stands over another spelling of it."""
    same = first.value == second.value != NO and first.metavar == second.metavar != ""
    return same and not first.help and bool(second.help) and len(first.spellings) < 4


def with_own_negations(facts: list[OptionFact]) -> list[OptionFact]:
    """Add the spelling that turns an option off where the words about it name it: --x, --no-x."""
    known = {word for fact in facts for word in (*fact.spellings, *fact.negations)}
    return [
        _with_negation(fact, known) if "`--" in fact.help or " --" in fact.help else fact
        for fact in facts
    ]


def _with_negation(fact: OptionFact, known: set[str]) -> OptionFact:
    for word in fact.spellings:
        if not word.startswith("--"):
            continue
        other = f"--{word[5:]}" if word.startswith("--no-") else f"--no-{word[2:]}"
        mention = re.search(rf"(?<![\w-]){re.escape(other)}(?![\w-])", fact.help)
        if other not in known and mention and not fact.negations:
            known.add(other)
            return replace(fact, negations=(other,))
    return fact


def united(facts: list[OptionFact]) -> list[OptionFact]:
    """Return the options with each spelling once; what a later entry adds goes to the first."""
    found: list[OptionFact] = []
    owner: dict[str, int] = {}
    for fact in facts:
        known = [word for word in fact.spellings if word in owner]
        fresh = tuple(word for word in dict.fromkeys(fact.spellings) if word not in owner)
        fresh_off = tuple(word for word in dict.fromkeys(fact.negations) if word not in owner)
        if known and not fresh:
            number = owner[known[0]]
            found[number] = _joined(found[number], fact, fresh_off)
        elif fresh:
            value = "" if known and fact.value != NO else fact.value
            found.append(replace(fact, spellings=fresh, negations=fresh_off, value=value))
            number = len(found) - 1
        else:
            continue
        owner.update(dict.fromkeys((*fresh, *fresh_off), number))
    return found


def _joined(first: OptionFact, second: OptionFact, off: tuple[str, ...]) -> OptionFact:
    """Return what two entries tell of one option."""
    value = first.value
    if {first.value, second.value} == {NO, YES} and second.help:
        value = OPTIONAL
    return replace(
        first,
        value=value,
        negations=(*first.negations, *off),
        metavar=first.metavar or second.metavar,
        attached=first.attached or second.attached,
        help=first.help or second.help,
        choices=first.choices or second.choices,
    )


def with_usage(facts: list[OptionFact], shown: list[OptionFact]) -> list[OptionFact]:
    """Return the options with what only the usage tells: names and values.

    A list that shows the values of options shows those of all: what stands behind an option in
    the usage may be the first argument.
    """
    silent = not any(fact.value in (YES, OPTIONAL) and fact.metavar for fact in facts)
    owner = {
        word: number
        for number, fact in enumerate(facts)
        for word in (*fact.spellings, *fact.negations)
    }
    found = list(facts)
    for fact in united(_unglued(shown, owner)):
        numbers = {owner[word] for word in fact.spellings if word in owner}
        if not numbers:
            found.append(fact)
            continue
        number = min(numbers)
        if (
            silent
            and found[number].value == NO
            and fact.value != NO
            and fact.spellings[0] in found[number].spellings
        ):
            found[number] = replace(
                found[number],
                value=fact.value,
                metavar=fact.metavar,
                attached=fact.attached,
                choices=fact.choices,
            )
    return found


def _unglued(shown: list[OptionFact], known: dict[str, int]) -> list[OptionFact]:
    """Part `-Olevel` into a letter and its value, unless options of one dash have long names."""
    if any(_CAPITAL.fullmatch(word) for word in known):
        return shown
    found: list[OptionFact] = []
    for fact in shown:
        word = fact.spellings[0]
        if _CAPITAL.fullmatch(word):
            found.append(replace(fact, spellings=(word[:2],), value=YES, metavar=word[2:]))
        else:
            found.append(fact)
    return found


def unknown_values(facts: list[OptionFact]) -> list[OptionFact]:
    """Take no value as told, for a long list that shows the value of no option at all.

    A list that prints the types of options shows which of them take a value.
    """
    if len(facts) < _SHOWN or any(fact.value in (YES, OPTIONAL) and fact.metavar for fact in facts):
        return facts
    if any(_TYPED.search(fact.help) for fact in facts):
        return facts
    return [
        replace(fact, value="")
        if fact.value == NO and not any(map(_ALWAYS_BARE.match, fact.spellings))
        else fact
        for fact in facts
    ]


def bare_booleans(facts: list[OptionFact]) -> list[OptionFact]:
    """Take the type `bool` as the mark of a flag, for parsers that print a type for flags too."""
    return [
        replace(fact, value=NO, metavar="") if fact.metavar in ("bool", "BOOLEAN") else fact
        for fact in facts
    ]
