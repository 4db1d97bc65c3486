"""Values, spelled and read back by optparse itself, are the values."""

from __future__ import annotations

import optparse
from collections.abc import Callable
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.faces.answers import answered, parameter_at
from tests.faces.tricky import HUNT, address_of, numbers, some, texts, whole
from webify.adapters import optparse_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default

SPELLINGS = ["-a", "-b", "-n", "-1", "--a", "--foo", "--foobar", "--fo-bar", "--no-foo", "--bar"]
SPELLINGS += ["--run", "--f", "-=", "--1"]
ACTIONS = ["store", "store", "store", "append", "count", "true", "false", "const", "add"]
TYPES: list[tuple[str, Any, Any]] = [
    ("string", texts, str),
    ("string", texts, str),
    ("int", whole, int),
    ("float", numbers, float),
]


class Parser(optparse.OptionParser):
    """A parser that raises where optparse would leave the process."""

    def error(self, msg: str) -> Any:
        raise AssertionError(msg)


class Told:
    """One option of a random parser: how it is declared, its values, what they become."""

    def __init__(
        self,
        names: tuple[str, ...],
        words: dict[str, Any],
        values: Any,
        becomes: Callable[..., Any],
    ) -> None:
        self.names = names
        self.words = words
        self.values = values
        self.becomes = becomes

    def __repr__(self) -> str:
        return f"add_option(*{self.names}, **{self.words})"


@st.composite
def options(draw: Any, dest: str, free: list[str]) -> Told:
    names = tuple(draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True)))
    action = draw(st.sampled_from(ACTIONS))
    words: dict[str, Any] = {"dest": dest}
    if action in ("true", "false"):
        words["action"] = f"store_{action}"
        return Told(names, words, st.just(True), lambda _: action == "true")
    if action in ("const", "add"):
        words |= {"action": "store_const" if action == "const" else "append_const", "const": "C"}
        return Told(names, words, st.just(True), lambda _: "C" if action == "const" else ["C"])
    if action == "count":
        start = draw(st.sampled_from([0, 2]))
        words |= {"action": "count", "default": start}
        return Told(names, words, st.integers(1, 4), lambda times: start + times)
    return draw(valued(names, words, action))


@st.composite
def valued(draw: Any, names: tuple[str, ...], words: dict[str, Any], action: str) -> Told:
    kind, one, make = draw(st.sampled_from(TYPES))
    count = draw(st.sampled_from([1, 1, 2, 3]))
    words |= {"action": action, "type": kind, "nargs": count}
    if kind == "string" and count == 1 and draw(st.booleans()):
        words |= {"type": "choice", "choices": ["x", "-y", "", "=z"]}
        one = st.sampled_from(words["choices"])
    start: list[Any] = []
    if draw(st.booleans()):
        value = "x" if make is str else make("3")
        whole_value = value if count == 1 else (value,) * count
        start = [whole_value] if action == "append" else []
        words["default"] = [whole_value] if action == "append" else whole_value

    def read(value: Any) -> Any:
        return make(value) if count == 1 else tuple(make(each) for each in value)

    use = one if count == 1 else some(one, count, count)
    if action == "store":
        return Told(names, words, use, read)
    return Told(names, words, some(use, 1, 3), lambda v: [*start, *(read(each) for each in v)])


@st.composite
def tools(draw: Any) -> tuple[list[Told], bool, str]:
    free = list(SPELLINGS)
    made = []
    for index in range(draw(st.integers(0, 4))):
        made.append(draw(options(f"o{index}", free)))
        free = [each for each in free if each not in made[-1].names]
    usage = st.sampled_from(["%prog [options]", "%prog [options] FILE [FILE ...]", "%prog SRC DST"])
    return made, draw(st.booleans()), draw(usage)


@HUNT
@given(tools(), st.data())
def test_values_spelled_and_read_by_optparse_are_the_values(
    tool: tuple[list[Told], bool, str], data: st.DataObject
) -> None:
    told, interspersed, usage = tool
    parser = Parser(usage, add_help_option=False)
    if not interspersed:
        parser.disable_interspersed_args()
    try:
        for each in told:
            parser.add_option(*each.names, **each.words)
    except (optparse.OptionError, ValueError):
        assume(False)
    command = optparse_.describe(parser)
    given = {
        index: data.draw(each.values) for index, each in enumerate(told) if data.draw(st.booleans())
    }
    values = {address_of(command, told[index].names): value for index, value in given.items()}
    free = []
    for each in (parameter for parameter in command.parameters if parameter.positional):
        count = data.draw(st.integers(1, 4)) if each.most is None else 1
        words = data.draw(some(texts, count, count))
        values[each.address] = words if each.most is None else words[0]
        free += words
    try:
        words = spell((command,), values)
    except ValuesRefused:
        event("refused")
        return
    found, rest = parser.parse_args(words)
    assert rest == free, words
    for index, value in given.items():
        assert getattr(found, told[index].words["dest"]) == told[index].becomes(value), words
    heard = optparse_.read(parser, words)
    for address, value in values.items():
        if not at_default(parameter_at((command,), address), value):
            assert answered(heard[address]) == answered(value), (address, words)
