"""Values, spelled and read back by absl itself, are the values."""

from __future__ import annotations

from typing import Any

from absl import flags
from hypothesis import event, given
from hypothesis import strategies as st

from tests.faces.tricky import HUNT, numbers, some, texts, whole
from webify.adapters import absl_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default

NAMES = ["foo", "foobar", "nofoo", "bar", "f", "no", "args", "n"]
SORTS = ["string", "string", "integer", "float", "bool", "enum", "multi", "many"]


@st.composite
def flag_sets(draw: Any) -> tuple[flags.FlagValues, dict[str, tuple[Any, Any]]]:
    """Return a set of flags, and (strategy, what it becomes) of each."""
    made = flags.FlagValues()
    told: dict[str, tuple[Any, Any]] = {}
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True)):
        sort = draw(st.sampled_from(SORTS))
        if sort == "string":
            default = draw(st.sampled_from([None, "x", ""]))
            flags.DEFINE_string(name, default, "x", flag_values=made)
            told[name] = (texts, str)
        elif sort == "integer":
            flags.DEFINE_integer(name, 3, "x", flag_values=made)
            told[name] = (whole, int)
        elif sort == "float":
            flags.DEFINE_float(name, None, "x", flag_values=made)
            told[name] = (numbers, float)
        elif sort == "bool":
            flags.DEFINE_bool(name, draw(st.booleans()), "x", flag_values=made)
            told[name] = (st.booleans(), bool)
        elif sort == "enum":
            flags.DEFINE_enum(name, None, ["x", "-y", "=z", ""], "x", flag_values=made)
            told[name] = (st.sampled_from(["x", "-y", "=z", ""]), str)
        elif sort == "multi":
            flags.DEFINE_multi_string(name, ["x"], "x", flag_values=made)
            told[name] = (some(texts, 1, 3), list)
        else:
            flags.DEFINE_multi_integer(name, None, "x", flag_values=made)
            told[name] = (some(whole, 1, 3), lambda value: [int(each) for each in value])
    return made, told


@HUNT
@given(flag_sets(), st.lists(texts, max_size=3), st.booleans(), st.data())
def test_values_spelled_and_read_by_absl_are_the_values(
    declared: Any, words_: list[str], gnu: bool, data: st.DataObject
) -> None:
    made, told = declared
    made.set_gnu_getopt(gnu)
    command = absl_.describe(made)
    named = {each.spellings[-1][2:]: each for each in command.parameters if not each.positional}
    given_ = {name: data.draw(told[name][0]) for name in named if data.draw(st.booleans())}
    rest = next(each.address for each in command.parameters if each.positional)
    values = {named[name].address: value for name, value in given_.items()}
    if words_:
        values[rest] = words_
    try:
        words = spell((command,), values)
    except ValuesRefused:
        event("refused")
        return
    heard = absl_.read(made, words)
    assert made(["tool", *words])[1:] == words_, words
    for name, value in given_.items():
        assert made[name].value == told[name][1](value), words
        assert named[name].address in heard or at_default(named[name], value)
    assert heard.get(rest, []) == words_
