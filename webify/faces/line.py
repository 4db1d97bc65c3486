"""The words of one command of the chain: its options, the separator, its positional arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from webify.faces import sentences
from webify.faces.chain import REST, at_default, default_answer
from webify.faces.kinds import Refused
from webify.faces.labels import in_sentence, label
from webify.faces.options import Place, Use, bare_use, optional_bare, value_use
from webify.faces.placement import by_order, by_pattern
from webify.faces.quoting import quoted
from webify.faces.texts import passable, uses
from webify.faces.ways import order
from webify.model.command import Kind, Parameter, Value, Values

Given = list[tuple[Parameter, list[str]]]


@dataclass
class Line:
    """One command's words on their way, and what stands against them.

    behind     the words that follow: the next command's name, and all of its words
    passed_on  words that are not declared, for the innermost command that takes them
    """

    place: Place
    own: Sequence[Parameter]
    values: Values
    files: Path | None
    behind: Sequence[str] = ()
    passed_on: Sequence[str] = ()
    faults: dict[str, str] = field(default_factory=dict)
    spelled: set[str] = field(default_factory=set)

    def words(self) -> list[str]:
        """Return the words of this command; look at `faults` afterwards."""
        options, last = self._options()
        swallowing = options[-1] if options and options[-1].open else None
        given = self._positionals(swallowing)
        if self.faults:
            return []
        plain = [word for _, texts in given for word in texts]
        before, after = self._parted(given)
        separator = self._separator(swallowing, given, after)
        spelled = [word for use in options for word in use.words]
        if last and (separator or any(each.rest for each, _ in given)):
            self._refuse(last.parameter, Refused(sentences.not_told_apart("")))
        return [*spelled, *before, *separator, *plain, *after, *(last.words if last else ())]

    def _options(self) -> tuple[list[Use], Use | None]:
        """Return the options, and the one that takes all that is left: it stands at the very end.

        The last of the others does not swallow what follows, if there is one that does not.
        """
        named = [each for each in self.own if not each.positional]
        blocks = [self._uses(each) for each in named]
        self.spelled = {each.address for each, uses in zip(named, blocks, strict=True) if uses}
        greedy = [uses[0] for uses in blocks if uses and uses[0].greedy]
        others = [uses for uses in blocks if uses and not uses[0].greedy]
        for each in greedy if self.behind else greedy[1:]:
            self._refuse(each.parameter, Refused(sentences.swallows(self._next_word())))
        if others and others[-1][-1].open:
            others.sort(key=lambda uses: not uses[-1].open)
        return [use for uses in others for use in uses], greedy[0] if greedy else None

    def _uses(self, parameter: Parameter) -> list[Use]:
        try:
            return self._spelled(parameter)
        except Refused as refusal:
            self._refuse(parameter, refusal)
            return []

    def _spelled(self, parameter: Parameter) -> list[Use]:
        value = self._value(parameter)
        if value is None:
            return []
        if parameter.optional_value and value is True:
            return [optional_bare(parameter, self.place)]
        if parameter.bare or isinstance(value, (bool, int)):
            use = bare_use(parameter, value, self.place)
            return [use] if use else []
        texts = self._quoted_uses(parameter, value)
        return [value_use(parameter, each, self.place) for each in texts]

    def _quoted_uses(self, parameter: Parameter, value: Value) -> list[list[str]]:
        quoting = self.place.syntax.quoting
        found = uses(parameter, value, self.files)
        return [[quoted(each, parameter, quoting) for each in use] for use in found]

    def _value(self, parameter: Parameter) -> Value | None:
        """Return what is to be spelled; a question is always answered, if by its default."""
        value = self.values.get(parameter.address)
        if value is None and parameter.prompt:
            value = default_answer(parameter)
        if value is None:
            return None
        if self._one_needed(parameter):
            if not self.place.takes_dashes and _is_the_default(parameter, value):
                raise Refused(sentences.as_not_given(label(parameter)))
            return value
        if not at_default(parameter, value) or parameter.required or parameter.prompt:
            return value
        return None

    def _one_needed(self, parameter: Parameter) -> bool:
        """Say whether it is of a group of which one has to be given, be it at its default."""
        return any(
            constraint.required and parameter.address in constraint.members
            for constraint in self.place.command.constraints
        )

    def _positionals(self, swallowing: Use | None) -> Given:
        """Return the words of each positional argument, as few as the parser can tell apart."""
        declared = [each for each in self.own if each.positional]
        needed = [(each, self._needed_texts(each)) for each in declared]
        whole = [(each, self._texts(each, self.values.get(each.address))) for each in declared]
        for given in (needed, whole):
            ordered = self._ordered(given)
            if self.faults or (ordered is not None and self._told_apart(ordered, swallowing)):
                return given if ordered is None else ordered
        self._refuse_place(whole)
        return whole

    def _ordered(self, given: Given) -> Given | None:
        """Return the arguments in the order of the usage line that takes them, None without one."""
        ways = self.place.command.ways
        if not ways or self.behind:
            return given
        counts = {each.address: len(texts) for each, texts in given if texts}
        found = order(ways, counts, self.spelled)
        texts_of = {each.address: (each, texts) for each, texts in given}
        return None if found is None else [texts_of[address] for address in found]

    def _needed_texts(self, parameter: Parameter) -> list[str]:
        try:
            return self._texts(parameter, self._value(parameter))
        except Refused as refusal:
            self._refuse(parameter, refusal)
            return []

    def _texts(self, parameter: Parameter, value: Value | None) -> list[str]:
        if value is None or isinstance(value, bool):
            return []
        try:
            texts = [each for use in self._quoted_uses(parameter, value) for each in use]
            self._check_plain(parameter, texts)
        except Refused as refusal:
            self._refuse(parameter, refusal)
            return []
        return texts

    def _check_plain(self, parameter: Parameter, texts: Sequence[str]) -> None:
        for text in texts:
            if text and text[0] in self.place.fromfile:
                raise Refused(sentences.from_file(text))
            if self.behind and self.place.dashed(text):
                raise Refused(sentences.dashed(text))
            if text in self.place.syntax.reserved and not self.place.syntax.freed:
                raise Refused(sentences.reserved(text))
            if not self.place.takes_dashes and text == "--" and not self._keeps(parameter):
                raise Refused(sentences.dashed(text))

    def _keeps(self, parameter: Parameter) -> bool:
        """Say whether a second separator stays a value: parsers drop one for each parameter."""
        declared = [each for each in self.own if each.positional]
        return parameter.rest or declared[0] is parameter

    def _told_apart(self, given: Given, swallowing: Use | None) -> bool:
        if self.place.command.ways and not self.behind:
            return True
        wanted = [len(texts) for _, texts in given]
        plain = [word for _, texts in given for word in texts]
        declared = [each for each, _ in given]
        if self.place.takes_dashes or self.place.syntax.stops:
            passed_on = self.passed_on if self.place.takes_dashes else ()
            total = len(plain) + len(self.behind) + len(passed_on)
            return by_order(declared, total) == wanted
        command_follows = bool(self.place.command.commands or self.behind)
        dashed = self._dashed(given)
        separated = bool(plain and (dashed or swallowing) and not self.behind)
        pattern = self._pattern(plain, separated=separated)
        counts = by_pattern(declared, pattern, command_follows=command_follows)
        tail = [len(self.behind)] if command_follows else []
        return counts == [*wanted, *tail]

    def _pattern(self, plain: Sequence[str], *, separated: bool) -> str:
        if separated:
            return "-" + "A" * len(plain)
        letters = ""
        words = [*plain, *self.behind]
        for index, word in enumerate(words):
            if word == "--":
                return f"{letters}-{'A' * (len(words) - index - 1)}"
            letters += self.place.letter(word)
        return letters

    def _refuse_place(self, given: Given) -> None:
        """Say which positional argument the parser would misread, and what would be right."""
        word = self._next_word()
        for index, (parameter, texts) in enumerate(given):
            if not texts and parameter.required:
                self._refuse(parameter, Refused(sentences.missing(parameter)))
                return
            later = [in_sentence(label(each)) for each, words in given[index:] if words]
            later += [sentences.quoted(word)] if word else []
            if not texts and later:
                self._refuse(parameter, Refused(sentences.stands_before(parameter, later[0])))
                return
        named = [parameter for parameter, _ in given]
        self._refuse(named[-1] if named else None, Refused(sentences.not_told_apart(word)))

    def _parted(self, given: Given) -> tuple[list[str], list[str]]:
        """Return the undeclared words that stand before and behind the positional arguments."""
        if not self.passed_on:
            return [], []
        try:
            for word in self.passed_on:
                self._check_passed_on(passable(word))
        except Refused as refusal:
            self._refuse(None, refusal)
        words = list(self.passed_on)
        if not self.place.syntax.separator and all(self.place.dashed(word) for word in words):
            return words, []
        if self.place.takes_dashes:
            return [], words
        if all(self.place.dashed(word) for word in words):
            return words, []
        unfilled = [each for each, texts in given if len(texts) != (each.most or -1)]
        if unfilled:
            self._refuse(None, Refused(sentences.rest_needs(unfilled[0])))
        return [], words

    def _check_passed_on(self, word: str) -> None:
        if word[:1] and word[0] in self.place.fromfile:
            raise Refused(sentences.from_file(word))
        if self.place.takes_dashes:
            return
        if word == "--" or self.place.known(word):
            raise Refused(sentences.has_a_field(word))

    def _separator(self, swallowing: Use | None, given: Given, after: Sequence[str]) -> list[str]:
        """Return the separator where the words behind it need one."""
        plain = [(each, word) for each, texts in given for word in texts]
        if self.behind:
            if swallowing:
                sentence = sentences.swallows(self._next_word())
                self._refuse(swallowing.parameter, Refused(sentence))
            return []
        dashed = self._dashed(given)
        later = self.place.takes_dashes and any(self.place.dashed(word) for word in after)
        follows = bool(plain or after)
        if not (dashed or later or (swallowing and follows)):
            return []
        if not self.place.syntax.separator or self._loses_separator(plain):
            culprit = swallowing.parameter if swallowing else None
            culprit, word = dashed[0] if dashed else (culprit, plain[0][1] if plain else "")
            sentence = sentences.dashed(word) if dashed else sentences.swallows(word)
            self._refuse(culprit, Refused(sentence))
        return [self.place.syntax.separator]

    def _dashed(self, given: Given) -> list[tuple[Parameter, str]]:
        """Return the words that need a separator before them.

        One that takes all that is left needs none, as long as it begins with a plain word.
        """
        filled = [(each, texts) for each, texts in given if texts]
        if filled and self.place.syntax.stops and not self._set_apart(filled[0][1][0]):
            return []
        if filled and filled[0][0].rest and not self.place.dashed(filled[0][1][0]):
            filled = [
                (each, [text for text in texts if self._misread(text)]) for each, texts in filled
            ]
        return [(each, text) for each, texts in filled for text in texts if self._set_apart(text)]

    def _set_apart(self, word: str) -> bool:
        """Say whether a word is a positional argument behind the separator only."""
        syntax = self.place.syntax
        return self.place.dashed(word) or (syntax.freed and word in syntax.reserved)

    def _misread(self, word: str) -> bool:
        return self.place.takes_dashes or self.place.ambiguous(word)

    def _loses_separator(self, plain: Sequence[tuple[Parameter, str]]) -> bool:
        """Say whether the separator would be kept as a value, or no parameter takes it away."""
        if self.place.takes_dashes:
            return False
        return not plain or plain[0][0].rest

    def _next_word(self) -> str:
        return self.behind[0] if self.behind else ""

    def _refuse(self, parameter: Parameter | None, refusal: Refused) -> None:
        """Keep what is wrong with one value; of a secret, say nothing of the value itself."""
        sentence = str(refusal)
        if parameter is not None and parameter.secret:
            sentence = sentences.secret_wrong(parameter)
        self.faults.setdefault(parameter.address if parameter else REST, sentence)


def _is_the_default(parameter: Parameter, value: Value) -> bool:
    """Say whether argparse may take an answer for none: it is the same object as the default.

    So it is for truths, for small numbers and for texts of one letter, which Python keeps once.
    """
    if value is True and parameter.optional_value:
        return parameter.const in (None, "None", parameter.default.value)
    single = isinstance(value, str) and len(value) < 2
    return at_default(parameter, value) and (
        single or parameter.kind in (Kind.INTEGER, Kind.SWITCH)
    )
