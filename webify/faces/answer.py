"""One parameter's answer, read from the raw answers by the shape of what it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from webify.faces import sentences
from webify.faces.chain import grid, must, saved_name
from webify.faces.kinds import Refused, check, rules
from webify.faces.roots import browsable
from webify.model.command import Kind, Parameter, Value

YES = frozenset({"1", "yes", "true", "on"})
_NO = frozenset({"0", "no", "false", "off"})


class Answers:
    """The raw answers, with the line ends of browsers made plain."""

    def __init__(self, raw: Mapping[str, Sequence[str]], files: Mapping[str, list[str]]) -> None:
        """Keep the answers and the names of the uploaded files."""
        self._raw = {
            name: [each.replace("\r\n", "\n") for each in texts] for name, texts in raw.items()
        }
        self.files = files

    def sent(self, name: str) -> bool:
        """Say whether a field of this name came, blank or not."""
        return name in self._raw

    def texts(self, name: str) -> list[str]:
        """Return all that stands in the fields of this name."""
        return self._raw.get(name, [])

    def text(self, name: str) -> str:
        """Return what stands in the first field of this name."""
        return next(iter(self.texts(name)), "")

    def ticked(self, name: str) -> bool:
        """Say whether a check box of this name is on."""
        return truth(self.text(name)) is True

    def names(self) -> list[str]:
        """Return the names of all fields that are not webify's own."""
        return [name for name in (*self._raw, *self.files) if not name.startswith(":")]


def truth(text: str) -> bool | None:
    """Return what a check box or a yes and no question says; None where it is blank."""
    word = text.strip().lower()
    if word in YES:
        return True
    if word in _NO:
        return False
    if word:
        raise Refused(sentences.not_yes_or_no(text))
    return None


def read_one(parameter: Parameter, answers: Answers, *, chosen: bool = False) -> Value | None:
    """Return the answer, or None where nothing is given; raise Refused where it cannot be.

    chosen: it is the member of an exclusive group that was picked.
    """
    by_kind = _KINDS.get(parameter.kind)
    if by_kind:
        return by_kind(parameter, answers, chosen=chosen)
    if parameter.optional_value and not parameter.repeat:
        return _optional(parameter, answers, chosen=chosen)
    if grid(parameter):
        return _grid(parameter, answers)
    if parameter.several or parameter.repeat:
        return _list(parameter, answers.texts(parameter.address))
    return _single(parameter, answers)


def _flag(parameter: Parameter, answers: Answers, *, chosen: bool) -> Value | None:
    if chosen or answers.ticked(parameter.address):
        return True
    if parameter.prompt and not parameter.negations:
        raise Refused(sentences.question_open(parameter))
    return None


def _switch(parameter: Parameter, answers: Answers, *, chosen: bool) -> Value | None:
    said = truth(answers.text(parameter.address))
    return True if said is None and chosen else said


def _count(parameter: Parameter, answers: Answers, *, chosen: bool) -> Value | None:
    text = answers.text(parameter.address).strip()
    times = int(check(text, parameter)) if text and len(text) < 10 else 0
    if times < 0 or times > 99 or len(text) > 9:
        raise Refused(sentences.not_a_count(text))
    return times or (1 if chosen else None)


def _file_in(parameter: Parameter, answers: Answers, *, chosen: bool) -> Value | None:
    del chosen
    names = answers.files.get(parameter.address, [])
    if browsable(parameter):  # a file of the server may be named instead
        typed = [text for text in answers.texts(parameter.address) if text.strip()]
        if names and typed and not (parameter.several or parameter.repeat):
            raise Refused(sentences.path_or_file())
        names = [*names, *(check(text, parameter) for text in typed)]
    if not names:
        return None
    if not parameter.several and not parameter.repeat:
        if len(names) > 1:
            raise Refused(sentences.one_answer(parameter))
        return names[0]
    if not grid(parameter):
        return _counted(parameter, names)
    width = parameter.most or len(names)
    return [_counted(parameter, names[at : at + width]) for at in range(0, len(names), width)]


def _file_out(parameter: Parameter, answers: Answers, *, chosen: bool) -> Value | None:
    if not (chosen or must(parameter) or answers.ticked(f"{parameter.address}:on")):
        return None
    name = saved_name(parameter)
    if grid(parameter):
        return [[name] * max(parameter.least, 1)]
    if parameter.several or parameter.repeat:
        return [name] * (max(parameter.least, 1) if parameter.several else 1)
    return name


def _single(parameter: Parameter, answers: Answers) -> Value | None:
    texts = [each for each in answers.texts(parameter.address) if not blank(each, parameter)]
    if not texts:
        return None
    if len(texts) > 1:
        raise Refused(sentences.one_answer(parameter))
    return check(texts[0], rules(parameter, 1)[0])


def _optional(parameter: Parameter, answers: Answers, *, chosen: bool) -> Value | None:
    value = _single(parameter, answers)
    if value is None and (chosen or answers.ticked(f"{parameter.address}:on")):
        return True
    return value


def _list(parameter: Parameter, texts: Sequence[str]) -> Value | None:
    fixed = parameter.most if parameter.several and parameter.least == parameter.most else 0
    given = [each for each in texts if not blank(each, parameter)]
    if not given:
        return None
    if fixed and len(given) != len(texts):
        raise Refused(sentences.count_wrong(parameter, len(given)))
    checked = [
        check(each, rule) for each, rule in zip(given, rules(parameter, len(given)), strict=True)
    ]
    return _counted(parameter, checked) if parameter.several else checked


def _grid(parameter: Parameter, answers: Answers) -> Value | None:
    texts = answers.texts(parameter.address)
    if parameter.most is None:
        uses = [text.split("\n") for text in texts]
    else:
        width = parameter.most
        uses = [list(texts[at : at + width]) for at in range(0, len(texts), width)]
    found = [_list(parameter, use) for use in uses]
    return [cast(list[str], use) for use in found if use is not None] or None


def _counted(parameter: Parameter, values: list[str]) -> list[str]:
    most = parameter.most if parameter.several else None
    if len(values) < parameter.least or (most is not None and len(values) > most):
        raise Refused(sentences.count_wrong(parameter, len(values)))
    return values


def blank(text: str, parameter: Parameter) -> bool:
    """Say whether a box counts as not filled; blanks are an answer only where text is asked."""
    return not (text if parameter.kind in _KEPT and not parameter.choices else text.strip())


_KEPT = frozenset({Kind.TEXT, Kind.PATH, Kind.DIRECTORY})

_KINDS = {
    Kind.FLAG: _flag,
    Kind.SWITCH: _switch,
    Kind.COUNT: _count,
    Kind.FILE_IN: _file_in,
    Kind.FILE_OUT: _file_out,
}
