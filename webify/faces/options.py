"""The words that spell one option, so that its value can never become an option itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webify.faces import sentences
from webify.faces.kinds import Refused
from webify.model.command import Command, Kind, Parameter, Syntax, Value

_FIGURES = re.compile(r"-[0-9.]")
_NEGATIVE = re.compile(r"-[0-9]+|-[0-9]*\.[0-9]+")


@dataclass(frozen=True)
class Use:
    """One option as given: its words, and whether it would swallow the words that follow."""

    words: tuple[str, ...]
    open: bool = False
    parameter: Parameter | None = None

    @property
    def greedy(self) -> bool:
        """Say whether it takes all words that are left."""
        return self.open and self.parameter is not None and self.parameter.rest


@dataclass(frozen=True)
class Place:
    """Where words are spelled: a command, and the parsers that read its words before it does."""

    command: Command
    above: tuple[Command, ...] = ()

    @property
    def syntax(self) -> Syntax:
        """Return how the command spells."""
        return self.command.syntax

    @property
    def fromfile(self) -> str:
        """Return the characters that make any of the parsers read a file of arguments."""
        return "".join(each.syntax.fromfile for each in (*self.above, self.command))

    @property
    def takes_dashes(self) -> bool:
        """Say whether a value that stands apart may begin with a prefix character."""
        return self.syntax.dash_lists == "always"

    def dashed(self, word: str) -> bool:
        """Say whether a word begins as options do, or is the separator."""
        if self.syntax.plain_dash and word == "-":
            return False
        if self.syntax.negatives and _FIGURES.match(word) and _number(word):
            return False
        separator = word == (self.syntax.separator or "--")
        return separator or (bool(word) and word[0] in self.syntax.prefix_chars)

    def apart(self, word: str) -> str:
        """Return a value that stands as a word of its own, or raise Refused."""
        if word and word[0] in self.fromfile:
            raise Refused(sentences.from_file(word))
        if self.takes_dashes or not self.dashed(word):
            return word
        numbers = self.syntax.dash_lists == "numbers" and not self.syntax.negative_options
        if numbers and _NEGATIVE.fullmatch(word) and not self._begins_an_option(word):
            return word
        raise Refused(sentences.dashed(word))

    def ambiguous(self, word: str) -> bool:
        """Say whether a parser that takes shortened options could not tell which one this is."""
        return any(_fitting(word, each) > 1 for each in (*self.above, self.command))

    def known(self, word: str) -> bool:
        """Say whether the parser would read a word as one of its own options."""
        return self.dashed(word) and _fitting(word, self.command) > 0

    def letter(self, word: str) -> str:
        """Return O where the parser may see an option in a word of its own, else A."""
        if len(word) < 2 or not self.dashed(word):
            return "A"
        if _fitting(word, self.command):
            return "O"
        number = _NEGATIVE.fullmatch(word) and not self.syntax.negative_options
        return "A" if number or " " in word else "O"

    def _begins_an_option(self, word: str) -> bool:
        return any(each.startswith(word) for each in _spellings(self.command))


def _number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def bare_use(parameter: Parameter, value: Value, place: Place) -> Use | None:
    """Return a flag, switch or count, or None where it is not given."""
    if parameter.kind is Kind.COUNT:
        times = int(value) if isinstance(value, (int, str)) else 0
        word = _spelling(parameter.spellings, place)
        if times <= 0:
            return None
        short = next((each for each in parameter.spellings if len(each) == 2), "")
        joined = short + short[1:] * (times - 1)
        if times > 1 and joined in parameter.spellings:
            return Use((joined,))
        if short and not _shares_start(short, place.command) and not place.ambiguous(joined):
            return Use((joined,))
        return Use((word,) * times)
    if value is True:
        return Use((_spelling(parameter.spellings, place) + _truth(place, value=True),))
    if value is False and parameter.kind is Kind.SWITCH and place.syntax.truths:
        return Use((_spelling(parameter.spellings, place) + _truth(place, value=False),))
    if value is False and parameter.kind is Kind.SWITCH:
        return Use((_spelling(parameter.negations, place),))
    return None


def _truth(place: Place, *, value: bool) -> str:
    truths = place.syntax.truths
    return f"{place.syntax.long_join}{truths[0] if value else truths[1]}" if truths else ""


def value_use(parameter: Parameter, texts: Sequence[str], place: Place) -> Use:
    """Return one use of an option with values."""
    word = _spelling(parameter.spellings, place)
    if parameter.rest and len(texts) != 1:
        return Use((word, *_remainder(texts, place)), open=True, parameter=parameter)
    one_word = parameter.written or parameter.least <= 1 or not parameter.several
    if len(texts) == 1 and one_word:
        return _single(parameter, word, texts[0], place)
    open_ended = parameter.most is None or parameter.most != parameter.least
    words = (word, *(place.apart(each) for each in texts))
    return Use(words, open=open_ended, parameter=parameter)


def optional_bare(parameter: Parameter, place: Place) -> Use:
    """Return an option whose value may be left out, without one."""
    word = _spelling(parameter.spellings, place)
    return Use((word,), open=not parameter.attached, parameter=parameter)


def _single(parameter: Parameter, word: str, text: str, place: Place) -> Use:
    mistaken = parameter.optional_value and not parameter.attached and len(text) > 1
    if mistaken and place.takes_dashes and place.dashed(text):
        raise Refused(sentences.dashed(text))
    if text == place.syntax.separator and not place.takes_dashes:
        raise Refused(sentences.dropped(text))
    syntax = place.syntax
    if syntax.empty_apart and not text:
        return Use((word, text))
    join = _join(word, syntax)
    if join == " " or "=" in word:
        swallows = (parameter.several or parameter.repeat) and not place.takes_dashes
        return Use((word, place.apart(text)), open=swallows, parameter=parameter)
    if len(word) > 2 or join:
        swallows = parameter.several and syntax.swallows
        return Use((word + join + text,), open=swallows, parameter=parameter)
    glued = text and text[0] != "=" and not _shares_start(word, place.command)
    if glued and not place.ambiguous(word + text):
        return Use((word + text,))
    if place.takes_dashes:
        return Use((word, place.apart(text)))
    return Use((f"{word}={text}",))


def _join(word: str, syntax: Syntax) -> str:
    """Return what stands between an option and its value."""
    if len(word) <= 2:
        return syntax.short_join
    single = word[0] in syntax.prefix_chars and word[1] not in syntax.prefix_chars
    return (single and syntax.single_join) or syntax.long_join


def _remainder(texts: Sequence[str], place: Place) -> Sequence[str]:
    for each in texts:
        if each == "--" or each[:1] in place.fromfile or place.ambiguous(each):
            raise Refused(sentences.dashed(each))
    return texts


def _spelling(spellings: Sequence[str], place: Place) -> str:
    """Return the first long spelling, else the first, that no parser above takes for two others."""
    ordered = sorted(spellings, key=lambda each: len(each) <= 2)
    for each in ordered:
        if not place.ambiguous(each) and each[:1] not in place.fromfile:
            return each
    raise Refused(sentences.unspellable(ordered[0]) if ordered else sentences.no_word())


def _shares_start(short: str, command: Command) -> bool:
    return any(each.startswith(short) and each != short for each in _spellings(command))


def _spellings(command: Command) -> list[str]:
    return [
        each
        for parameter in command.parameters
        for each in (*parameter.spellings, *parameter.negations)
    ]


def _fitting(word: str, command: Command) -> int:
    """Return how many options of a command a word may be short for; 1 where it is one exactly."""
    prefix = command.syntax.prefix_chars
    if len(word) < 2 or word[0] not in prefix:
        return 0
    known = _spellings(command)
    head = word.partition("=")[0]
    if word in known or head in known:
        return 1
    # argparse takes shortened single-dash options even where it was told not to.
    always = command.syntax.dash_lists != "always" and not word.startswith("--")
    shortened = command.syntax.abbreviates or always
    if word[1] in prefix:
        return sum(each.startswith(head) for each in known) if shortened else 0
    return sum(each == word[:2] or (shortened and each.startswith(word)) for each in known)
