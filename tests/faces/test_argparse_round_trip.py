"""Values, spelled and read back by argparse itself, are the values."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.faces.answers import answered, parameter_at
from tests.faces.tricky import HUNT, address_of, numbers, some, texts, whole
from webify.adapters import argparse_
from webify.errors import ValuesRefused
from webify.faces.argv import spell
from webify.faces.chain import at_default, levels, moved


class Parser(argparse.ArgumentParser):
    """A parser that raises where argparse would leave the process."""

    def error(self, message: str) -> Any:
        raise AssertionError(message)


class Told:
    """One action of a random parser: how it is declared, its values, what they become."""

    def __init__(
        self,
        names: tuple[str, ...],
        words: dict[str, Any],
        values: st.SearchStrategy[Any],
        becomes: Callable[[Any], Any],
    ) -> None:
        self.names = names
        self.words = words
        self.values = values
        self.becomes = becomes

    def __repr__(self) -> str:
        return f"add_argument(*{self.names}, **{self.words})"

    @property
    def dest(self) -> str:
        return self.words.get("dest") or self.names[0]


@dataclass
class Level:
    """One parser of a random tree."""

    name: str
    settings: dict[str, Any]
    actions: list[Told]
    exclusive: list[list[int]] = field(default_factory=list)
    required: bool = False


SPELLINGS = ["-a", "-b", "-n", "-ab", "-abc", "-1", "--a", "--foo", "--foobar", "--fo-bar"]
SPELLINGS += ["--no-foo", "--bar", "--run", "-f", "-fo", "--a=b"]
OTHERS = ["+a", "+b", "++foo", "++foobar", "+foo", "/a", "/foo"]
ACTIONS = ["store", "store", "store", "append", "extend", "count", "true", "false", "const", "add"]
ACTIONS += ["store", "append", "bool"]
TYPES: list[tuple[Any, Any]] = [(None, texts), (str, texts), (int, whole), (float, numbers)]


def typed(kind: Any) -> Callable[[str], Any]:
    return kind or str


@st.composite
def options(draw: Any, dest: str, spellings: list[str]) -> Told:
    names = tuple(draw(st.lists(st.sampled_from(spellings), min_size=1, max_size=2, unique=True)))
    words: dict[str, Any] = {"dest": dest}
    action = draw(st.sampled_from(ACTIONS))
    if action in ("true", "false"):
        words["action"] = f"store_{action}"
        return Told(names, words, st.just(True), lambda _: action == "true")
    if action in ("const", "add"):
        words |= {"action": "store_const" if action == "const" else "append_const", "const": "C"}
        return Told(names, words, st.just(True), lambda _: "C" if action == "const" else ["C"])
    if action == "count":
        start = draw(st.sampled_from([None, 0, 2]))
        words |= {"action": "count", "default": start}
        return Told(names, words, st.integers(1, 4), lambda times: (start or 0) + times)
    if action == "bool":
        words |= {
            "action": argparse.BooleanOptionalAction,
            "default": draw(st.sampled_from([None, True, False])),
        }
        both = any(each.startswith("--") for each in names)
        return Told(names, words, st.booleans() if both else st.just(True), lambda value: value)
    return draw(valued(names, words, action))


@st.composite
def valued(draw: Any, names: tuple[str, ...], words: dict[str, Any], action: str) -> Told:
    kind, one = draw(st.sampled_from(TYPES))
    make = typed(kind)
    nargs = draw(st.sampled_from([None, None, None, "?", "*", "+", 1, 2, 3, argparse.REMAINDER]))
    if action == "extend":
        nargs = draw(st.sampled_from(["*", "+", 2]))
    if nargs == argparse.REMAINDER and action != "store":
        nargs = None
    words |= {"action": action, "type": kind, "nargs": nargs}
    if kind is int and draw(st.booleans()):
        words["choices"] = [-3, 1, 20]
        one = st.sampled_from(["-3", "1", "20"])
    if nargs == "?":
        words["const"] = draw(st.sampled_from(["1", None]))
    default = draw(st.sampled_from([None, None, "value", argparse.SUPPRESS]))
    many = nargs in ("*", "+", 1, 2, 3, argparse.REMAINDER)
    if default == "value":
        words["default"] = [1, 20] if many or action != "store" else 20
        if kind in (None, str):
            words["default"] = ["x", "-y"] if many or action != "store" else "x"
    elif default:
        words["default"] = default
    if action == "store" and draw(st.integers(0, 5)) == 0:
        words["required"] = True
    return shaped(names, words, one, make)


def shaped(names: tuple[str, ...], words: dict[str, Any], one: Any, make: Any) -> Told:
    nargs, action = words["nargs"], words["action"]
    start = words.get("default")
    start = [] if start in (None, argparse.SUPPRESS) else start
    single = nargs in (None, "?", 1)
    use = one if single else some(one, nargs if isinstance(nargs, int) else 1)
    if isinstance(nargs, int) and nargs > 1:
        use = some(one, nargs, nargs)

    def read(value: Any) -> Any:
        if not single:
            return [make(each) for each in value]
        return [make(value)] if nargs == 1 else make(value)

    if action == "store":
        if nargs == "?":
            const = words.get("const")
            return Told(
                names,
                words,
                st.one_of(one, st.just(True)),
                lambda value: (const and make(const)) if value is True else make(value),
            )
        return Told(names, words, use, read)
    if action == "append":
        return Told(names, words, some(use, 1, 3), lambda v: [*start, *(read(each) for each in v)])
    if nargs in ("*", "+"):
        return Told(names, words, some(one, 1, 3), lambda v: [*start, *map(make, v)])
    return Told(
        names, words, some(use, 1, 2), lambda v: [*start, *(make(x) for each in v for x in each)]
    )


@st.composite
def positionals(draw: Any, dest: str) -> Told:
    kind, one = draw(st.sampled_from(TYPES))
    nargs = draw(st.sampled_from([None, None, None, "?", "*", "+", 1, 2, argparse.REMAINDER]))
    words: dict[str, Any] = {"type": kind, "nargs": nargs}
    if nargs in ("?", "*") and draw(st.booleans()):
        words["default"] = 20 if nargs == "?" else [1, 20]
        if kind in (None, str):
            words["default"] = "x" if nargs == "?" else ["x", "-y"]
    make = typed(kind)
    if nargs in (None, "?", 1):
        return Told(
            (dest,), words, one, (lambda v: [make(v)]) if nargs == 1 else (lambda v: make(v))
        )
    bound = nargs if isinstance(nargs, int) else None
    values = some(one, bound or 1, bound or 4)
    return Told((dest,), words, values, lambda v: [make(each) for each in v])


@st.composite
def level(draw: Any, depth: int, dests: list[str], prefixes: str, *, inner: bool) -> Level:
    spellings = [*SPELLINGS, *OTHERS]
    spellings = [each for each in spellings if each[0] in prefixes]
    count = draw(st.integers(0, 4))
    made: list[Told] = []
    free = list(spellings)
    for index in range(count):
        if not free:
            break
        dest = draw(st.sampled_from(dests)) if dests and draw(st.integers(0, 4)) == 0 else ""
        dest = dest or f"o{depth}{index}"
        if any(each.dest == dest for each in made):
            continue
        told = draw(options(dest, free))
        made.append(told)
        free = [each for each in free if each not in told.names and not clashes(each, told)]
    count = draw(st.integers(0, 3 if inner else 1))
    made += [draw(positionals(f"p{depth}{index}")) for index in range(count)]
    settings = {
        "prefix_chars": prefixes,
        "fromfile_prefix_chars": draw(st.sampled_from([None, None, "@", "%@"])),
        "allow_abbrev": draw(st.booleans()),
        "add_help": "-" in prefixes and draw(st.booleans()),
    }
    plain = [i for i, e in enumerate(made) if e.names[0] != e.dest and not e.words.get("required")]
    exclusive = [plain[:2]] if len(plain) > 1 and draw(st.booleans()) else []
    name = draw(st.sampled_from(["run", "add", "a"]))
    return Level(name, settings, made, exclusive, required=draw(st.booleans()))


def clashes(spelling: str, told: Told) -> bool:
    action = told.words.get("action")
    negated = [f"--no-{each[2:]}" for each in told.names if each.startswith("--")]
    return action is argparse.BooleanOptionalAction and spelling in negated


@st.composite
def trees(draw: Any) -> list[Level]:
    depth = draw(st.integers(1, 3))
    found: list[Level] = []
    dests: list[str] = []
    prefixes = draw(st.sampled_from(["-", "-", "-", "-+", "+", "/-"]))
    for index in range(depth):
        made = draw(level(index, list(dests), prefixes, inner=index + 1 == depth))
        found.append(made)
        dests += [each.dest for each in made.actions if each.dest != each.names[0]]
    return found


def built(tree: list[Level]) -> Parser:
    root = Parser("tool", **tree[0].settings)
    parser = root
    for index, each in enumerate(tree):
        if index:
            below = parser.add_subparsers(required=True, dest=f"command{index}")
            parser = below.add_parser(each.name, **each.settings)
            below.add_parser("other").add_argument("--foo")
        grouped = {
            i: parser.add_mutually_exclusive_group(required=each.required)
            for group in each.exclusive
            for i in group[:1]
        }
        for place, told in enumerate(each.actions):
            group = next((grouped[g[0]] for g in each.exclusive if place in g), parser)
            group.add_argument(*told.names, **told.words)
    return root


def drawn(data: st.DataObject, tree: list[Level]) -> dict[tuple[int, str], Any]:
    """Draw values by (depth, dest): what is required, and some of the others."""
    values: dict[tuple[int, str], Any] = {}
    for depth, each in enumerate(tree):
        for index, told in enumerate(each.actions):
            rivals = [i for group in each.exclusive if index in group for i in group]
            barred = any((depth, each.actions[i].dest) in values for i in rivals)
            positional = told.names[0] == told.dest
            needed = positional and told.words.get("nargs") not in ("?", "*", "...")
            needed = needed or told.words.get("required")
            if needed or (not barred and data.draw(st.booleans())):
                values[depth, told.dest] = data.draw(told.values)
        for group in each.exclusive if each.required else ():
            if not any((depth, each.actions[i].dest) in values for i in group):
                told = each.actions[group[0]]
                values[depth, told.dest] = data.draw(told.values)
    return values


@HUNT
@given(trees(), st.data())
def test_values_spelled_and_read_by_argparse_are_the_values(
    tree: list[Level], data: st.DataObject
) -> None:
    try:
        parser = built(tree)
    except (argparse.ArgumentError, ValueError):
        assume(False)
    given_ = drawn(data, tree)
    chain = argparse_.describe(parser).along(tuple(each.name for each in tree[1:]))
    assert chain is not None
    addresses = {
        (depth, told.dest): address_of(chain[depth], told.names)
        for depth, each in enumerate(tree)
        for told in each.actions
    }
    offered = {each.address for own in levels(chain) for each in own}
    asked = {key: value for key, value in given_.items() if addresses[key] in offered}
    assume(asked == given_ or not any(each.required for each in tree))
    given_ = asked
    try:
        words = spell(chain, {addresses[key]: value for key, value in given_.items()})
    except ValuesRefused:
        event("refused")
        return
    event(f"spelled {min(len(words), 4)} words or more")
    found = vars(parser.parse_args(words))
    for dest, expected in expectations(tree, given_).items():
        assert found.get(dest, argparse.SUPPRESS) == expected, (dest, words)
    heard = argparse_.read(parser, words)
    innermost = {dest: depth for depth, dest in sorted(given_)}
    last = {key: value for key, value in given_.items() if innermost[key[1]] == key[0]}
    placed = moved(chain, {addresses[key]: value for key, value in last.items()})
    lost = {address for command in chain for address in command.overwrites}
    for address, value in placed.items():
        if address not in lost and not at_default(parameter_at(chain, address), value):
            assert answered(heard[address]) == answered(value), (address, words)


def expectations(tree: list[Level], values: Mapping[tuple[int, str], Any]) -> dict[str, Any]:
    """Return what each dest of the namespace must hold; the innermost of a name decides."""
    expected: dict[str, Any] = {}
    for depth, each in enumerate(tree):
        for told in each.actions:
            if (depth, told.dest) in values:
                expected[told.dest] = told.becomes(values[depth, told.dest])
            elif told.words.get("default") != argparse.SUPPRESS:
                expected.pop(told.dest, None)
    return expected
