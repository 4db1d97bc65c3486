"""Merge what several writings say of one command: the best source for each field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from webify.manuals.facts import FOREIGN, NO, OPTIONAL, YES, OptionFact, Page
from webify.manuals.listed import merged_commands, merged_positionals
from webify.model.command import Choice

# The most trusted first: what the author wrote for machines, what the program itself makes of its
# own parser, what it says to people, and what others have written about it.
TRUST = (
    "usage spec",
    "OpenCLI",
    "completion script",
    "help text",
    "man page",
    "zsh completion",
    "fish completion",
    "bash completion",
)
# How much a source's word weighs that an option takes a value, and that it takes none.  A help
# text or a completion that shows no value may only have left it out; one that names it has not.
VALUE_WORDS: Mapping[str, tuple[float, float]] = {
    "usage spec": (20.0, 20.0),
    "OpenCLI": (20.0, 20.0),
    "completion script": (8.0, 6.0),
    "help text": (4.0, 3.0),
    "man page": (4.0, 1.5),
    "zsh completion": (3.0, 2.0),
    "fish completion": (3.0, 1.0),
    "bash completion": (2.0, 0.0),
}
_OVERSTRUCK = re.compile(r".\x08|\x1b\[[0-9;]{0,20}m")
_DASHED = re.compile(r"(?<![\w-])--?[A-Za-z0-9?@#][\w.-]{0,60}(?<![.-])")
_SWITCHED = re.compile(r"--\[([a-z]{1,9}-?)\]([\w-]{1,60})")
_OTHER_NAME = re.compile(r"(?i)\b(?:same as|alternat\w{1,4}|synonym|alias|equivalent|identical)\b")
LONG_HELP = 1500  # letters of one option's help; longer ones are chapters, not help
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class MergedOption:
    """One option, and which source each of its fields is from."""

    fact: OptionFact
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Merged:
    """What all writings together say of one command; sources are those that said something."""

    page: Page
    options: tuple[MergedOption, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass
class _Entry:
    """One option on its way, with what each source says of it."""

    facts: list[tuple[str, OptionFact]]

    @property
    def words(self) -> set[str]:
        """Return all its spellings."""
        return {word for _, fact in self.facts for word in (*fact.spellings, *fact.negations)}


def merged(pages: Iterable[Page], texts: Sequence[str] = ()) -> Merged:
    """Return what several writings say of one command, each field from its best source.

    texts   what the program and its manual say, in which an option must be named that only an
            installed completion file knows: such files are written for other versions too
    """
    ordered = sorted(pages, key=lambda page: _rank(page.source))
    if not ordered:
        return Merged(Page(""))
    options = tuple(_option(entry) for entry in _entries(ordered, _named_in(texts)))
    page = replace(
        ordered[0],
        usage=_first(ordered, "usage"),
        help=_first(ordered, "help"),
        epilog=_first(ordered, "epilog"),
        family=_first(ordered, "family"),
        options=tuple(each.fact for each in options),
        positionals=merged_positionals(ordered),
        commands=merged_commands(ordered, texts),
        whole=any(each.whole for each in ordered),
        version=_first(ordered, "version"),
        effect=_first(ordered, "effect"),
        exits=next((each.exits for each in ordered if each.exits), ()),
    )
    return Merged(page, options, tuple(dict.fromkeys(each.source for each in ordered)))


def _rank(source: str) -> int:
    return TRUST.index(source) if source in TRUST else len(TRUST)


def _first(pages: Sequence[Page], name: str) -> str:
    return next((str(text) for page in pages if (text := getattr(page, name))), "")


def _named_in(texts: Sequence[str]) -> set[str] | None:
    """Return the words of texts that are spelled as options, or None where there is no text."""
    if not texts:
        return None
    found: set[str] = set()
    for text in texts:
        plain = _OVERSTRUCK.sub("", text)
        found.update(_DASHED.findall(plain))
        for off, name in _SWITCHED.findall(plain):
            found.update((f"--{name}", f"--{off}{name}"))
    return found


def _entries(pages: Sequence[Page], named: set[str] | None) -> list[_Entry]:
    """Return the options, those of the best source in its order first."""
    told = any(page.options for page in pages if page.source != "bash completion")
    entries: list[_Entry] = []
    by_word: dict[str, _Entry] = {}
    for page in pages:
        for fact in map(_weighed, page.options):
            same = _same(fact, by_word)
            entry = same[0] if same else _Entry([])
            if _doubtful(page, fact, named, entry, other=told):
                continue
            if not same:
                entries.append(entry)
            for twin in same[1:]:
                if _are_one(entry, twin):
                    entries.remove(twin)
                    entry.facts = sorted(entry.facts + twin.facts, key=lambda p: _rank(p[0]))
                    by_word.update(dict.fromkeys(twin.words, entry))
            known = entry.words
            entry.facts.append((page.source, _without_others(fact, entry, by_word)))
            for word in entry.words - known:
                by_word.setdefault(word, entry)
    return entries


def _weighed(fact: OptionFact) -> OptionFact:
    """Return a fact whose value is told as far as its name tells it.

    A named value is one that is taken; dots name none: programs print them where an option is
    only handed on to another program.
    """
    if fact.metavar in ("...", "…") and not fact.choices:
        return replace(fact, value="", metavar="")
    if not fact.value and fact.metavar:
        return replace(fact, value=YES)
    return fact


def _same(fact: OptionFact, by_word: Mapping[str, _Entry]) -> list[_Entry]:
    """Return the entries that share a spelling with a fact, that of its longest one first."""
    words = sorted((*fact.spellings, *fact.negations), key=lambda word: -len(word))
    found: list[_Entry] = []
    for word in words:
        entry = by_word.get(word)
        if entry is not None and not any(entry is each for each in found):
            found.append(entry)
    return found


def _are_one(one: _Entry, other: _Entry) -> bool:
    """Say whether two options that a source shows as one may be one: "-b" and "--backup[=HOW]".

    They must agree on the value, or only differ in that one of them may leave it out, and one
    must be the short form of the other, or both are told of in the same words.
    """
    values = {_value(one.facts)[0], _value(other.facts)[0]}
    if len(values) > 1 and values != {NO, OPTIONAL}:
        return False
    if {w for _, f in one.facts for w in f.negations} & {
        w for _, f in other.facts for w in f.spellings
    }:
        return False
    long = [any(len(word) > 2 for word in entry.words) for entry in (one, other)]
    same = _helps(one) & _helps(other)
    return not all(long) or bool(same) or _told_same(one, other) or _told_same(other, one)


def _told_same(one: _Entry, other: _Entry) -> bool:
    """Say whether the help of one calls it another name of the other."""
    return any(
        _OTHER_NAME.search(text) and any(word in text.split() for word in _dotted(other.words))
        for text in _helps(one)
    )


def _dotted(words: Iterable[str]) -> set[str]:
    """Return words as they stand in a sentence: bare, or before a comma or a full stop."""
    return {word + mark for word in words for mark in ("", ",", ".", ";", ")")}


def _helps(entry: _Entry) -> set[str]:
    return {" ".join(fact.help.split()) for _, fact in entry.facts if fact.help}


def _without_others(fact: OptionFact, entry: _Entry, by_word: Mapping[str, _Entry]) -> OptionFact:
    """Return the fact without spellings that a better source gives to another option."""

    def own(words: Sequence[str], others: Iterable[str] = ()) -> tuple[str, ...]:
        taken = set(others)
        return tuple(w for w in words if by_word.get(w, entry) is entry and w not in taken)

    negations = {word for _, each in entry.facts for word in each.negations}
    spellings = {word for _, each in entry.facts for word in each.spellings}
    return replace(
        fact,
        spellings=own(fact.spellings, negations),
        negations=own(fact.negations, spellings),
    )


def _doubtful(
    page: Page, fact: OptionFact, named: set[str] | None, entry: _Entry, *, other: bool
) -> bool:
    """Say whether an option that only this source knows is left out.

    Without a text of the program it is what bash offers besides what another file tells: for which
    command bash offers a word is a guess.  With one it is what no text names, and what shares no
    more than its letter with a known option: it is of another version, or of another program.
    """
    if named is None:
        return page.source == "bash completion" and other and not entry.facts
    if page.source not in FOREIGN:
        return False
    if not entry.facts:
        return named.isdisjoint((*fact.spellings, *fact.negations))
    long, own = _long(fact.spellings), _long(entry.words)
    return bool(long and own) and long.isdisjoint(own | named)


def _long(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.startswith("--")}


def _option(entry: _Entry) -> MergedOption:
    facts, sources = entry.facts, {}
    value, sources["value"] = _value(facts)
    choices, sources["choices"] = _choices(facts) if value != NO else ((), "")
    help_, sources["help"] = _help(facts)
    shown = [pair for pair in facts if pair[1].value == value] or facts
    found = OptionFact(
        spellings=tuple(dict.fromkeys(word for _, fact in facts for word in fact.spellings)),
        negations=tuple(dict.fromkeys(word for _, fact in facts for word in fact.negations)),
        value=value,
        metavar=_told(shown, "metavar", sources, "") if value != NO else "",
        attached=value == OPTIONAL and any(fact.attached for _, fact in facts),
        choices=choices,
        help=help_,
        default=_told(facts, "default", sources, ""),
        repeat=_told(facts, "repeat", sources, None),
        required=_told(facts, "required", sources, None),
        env=_told(facts, "env", sources, ()),
        group=_told(facts, "group", sources, ""),
        hidden=all(fact.hidden for _, fact in facts),
        deprecated=_told(facts, "deprecated", sources, ""),
        effect=_told(facts, "effect", sources, ""),
    )
    sources["spellings"] = facts[0][0]
    return MergedOption(found, {name: source for name, source in sources.items() if source})


def _told(
    facts: Sequence[tuple[str, OptionFact]], name: str, sources: dict[str, str], none: object
) -> Any:
    """Return the first word on a field, and note whose it is."""
    for source, fact in facts:
        told = getattr(fact, name)
        if told != none:
            sources[name] = source
            return told
    return none


def _value(facts: Sequence[tuple[str, OptionFact]]) -> tuple[str, str]:
    """Return whether a value is taken, by the weight of what the sources say."""
    for_it = sum(
        _weight(source, fact, 0) for source, fact in facts if fact.value in (YES, OPTIONAL)
    )
    against = sum(_weight(source, fact, 1) for source, fact in facts if fact.value == NO)
    if not for_it and not against:
        return OPTIONAL, ""  # nobody tells: it may be given with a value and without
    if for_it <= against:
        return NO, _teller(facts, (NO,))
    always = [source for source, fact in facts if fact.value == YES and source not in FOREIGN]
    # Brackets behind a blank may also mean a set of letters: "-type [bcd]".
    optional = [s for s, f in facts if f.value == OPTIONAL and (f.attached or not always)]
    if optional and (not always or _rank(optional[0]) <= _rank(always[0])):
        return OPTIONAL, optional[0]
    return YES, _teller(facts, (YES, OPTIONAL))


def _weight(source: str, fact: OptionFact, side: int) -> float:
    weight = VALUE_WORDS.get(source, (1.0, 1.0))[side]
    return weight + 1.0 if side == 0 and (fact.choices or fact.metavar) else weight


def _teller(facts: Sequence[tuple[str, OptionFact]], words: Sequence[str]) -> str:
    return next((source for source, fact in facts if fact.value in words), "")


def _choices(facts: Sequence[tuple[str, OptionFact]]) -> tuple[tuple[Choice, ...], str]:
    """Return the choices of the best source that tells them, with labels wherever they stand."""
    for source, fact in facts:
        if fact.choices:
            labels = {
                choice.value: choice.label
                for _, other in reversed(facts)
                for choice in other.choices
                if choice.label
            }
            found = (Choice(c.value, labels.get(c.value, c.label)) for c in fact.choices)
            return tuple(found), source
    return (), ""


def _help(facts: Sequence[tuple[str, OptionFact]]) -> tuple[str, str]:
    """Return the help of the best source, and below it the others as far as they say more."""
    told: list[str] = []
    sources = ""
    for source, fact in facts:
        text = fact.help.strip()
        if text and len(text) <= LONG_HELP and _says_more(text, told):
            told = [each for each in told if not _begins(text, each)]
            told.append(text)
            sources = sources or source
    if not told:
        longest = max(facts, key=lambda pair: len(pair[1].help))
        return longest[1].help[:LONG_HELP], longest[0] if longest[1].help else ""
    return "\n\n".join(told), sources


def _begins(text: str, start: str) -> bool:
    """Say whether a text begins with the words of another one."""
    words = _WORD.findall(start.lower())
    return _WORD.findall(text.lower())[: len(words)] == words


def _says_more(text: str, told: Sequence[str]) -> bool:
    """Say whether half of the words of a text are new."""
    known = {word for each in told for word in _WORD.findall(each.lower())}
    words = set(_WORD.findall(text.lower()))
    return len(words - known) * 2 > len(words)
