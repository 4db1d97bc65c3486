"""docopt: the pattern that docopt itself makes of a help text, in either of its two forms."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, FrozenSet, Iterator, List, Tuple

_SHORTCUTS = ("AnyOptions", "OptionsShortcut")
_TELLS = ("-h", "--help", "--version")
SILENT = (False, None)  # no help of its own, no version
_PROBE = "Usage: x [<a>]"


@dataclass
class Kinds:
    """The classes of a pattern by what they mean, of this copy of docopt."""

    module: Any

    def kind(self, item: Any) -> str:
        """Return "option", "argument", "command", "options" or what a group of items is."""
        word = type(item).__name__
        if word in _SHORTCUTS:
            return "options"
        return {"NotRequired": "optional", "OneOrMore": "again"}.get(word, word.lower())


@dataclass
class Parsed:
    """A help text as docopt reads it.

    descriptions   of each option, by its name
    told           options that docopt answers itself, in its usage lines or not
    numbers        a negative number is no option
    once           options that docopt miscounts where they are given again: it looks through
                   alternatives one by one, and adds up what it has added up before
    lost           what no form can offer, a sentence each
    """

    pattern: Any
    usage: str
    kinds: Kinds
    descriptions: Dict[str, str] = field(default_factory=dict)
    told: Tuple[Any, ...] = ()
    numbers: bool = False
    options_first: bool = False
    once: FrozenSet[str] = frozenset()
    lost: Tuple[str, ...] = ()


def parsed(module: Any, docopt: Callable[..., Any], text: str, options_first: bool) -> Parsed:
    """Return what docopt makes of a help text; it is called with no words at all."""
    kept: List[Any] = []
    read: List[Tuple[Any, str]] = []  # each option with its description
    with _listening(module, kept, read):
        _quietly(docopt, module, text, [], options_first=options_first)
    descriptions = {str(option.name): text for option, text in reversed(read)}
    descriptions = {str(option.name): descriptions[str(option.name)] for option, _ in read}
    made = Parsed(kept[0], str(module.DocoptExit.usage), Kinds(module), descriptions)
    leaves = [*kept[0].flat(), *(option for option, _ in read)]
    made.told = tuple(leaf for leaf in leaves if tells(leaf, made.kinds))
    _sort(made.pattern, list(descriptions), made.kinds)
    made.options_first = options_first
    made.once = frozenset(_once(made.pattern, made.kinds))
    made.numbers = _quietly(docopt, module, _PROBE, ["-5"], options_first=False)
    return made


def _sort(item: Any, names: List[str], kinds: Kinds) -> None:
    """Put what [options] stands for in the order of the help text: docopt keeps it as a set."""
    if kinds.kind(item) == "options":
        item.children.sort(key=lambda leaf: names.index(leaf.name))
    for each in getattr(item, "children", ()):
        _sort(each, names, kinds)


def _once(pattern: Any, kinds: Kinds) -> Iterator[str]:
    for leaf in pattern.flat():
        if kinds.kind(leaf) == "option":
            found = _alternatives(pattern, leaf.name, kinds)
            if len(found) > 1 and (leaf.argcount or not all(found)):
                yield leaf.name


def _alternatives(item: Any, name: str, kinds: Kinds) -> List[bool]:
    """Return, for each alternative that holds an option, whether it may be given again there."""
    if not hasattr(item, "children"):
        return [False] if item.name == name else []
    inner = [_alternatives(each, name, kinds) for each in item.children]
    holding = [each for each in inner if each]
    if kinds.kind(item) == "either":
        return [found for each in holding for found in each]
    if kinds.kind(item) == "again" or len(holding) > 1:
        return [True] * max(map(len, holding), default=0)
    return holding[0] if holding else []


@contextlib.contextmanager
def _listening(module: Any, kept: List[Any], read: List[Tuple[Any, str]]) -> Iterator[None]:
    """Keep the pattern, and the description that each option was read from."""
    parse_pattern, parse = module.parse_pattern, module.Option.parse

    def pattern(*args: Any, **kwargs: Any) -> Any:
        kept.append(parse_pattern(*args, **kwargs))
        return kept[-1]

    def option(description: str) -> Any:
        found = parse(description)
        read.append((found, description))
        return found

    module.parse_pattern, module.Option.parse = pattern, option
    try:
        yield
    finally:
        module.parse_pattern, module.Option.parse = parse_pattern, classmethod(parse.__func__)


def _quietly(
    docopt: Callable[..., Any], module: Any, text: str, words: List[str], *, options_first: bool
) -> bool:
    """Call docopt() and say whether it took the words."""
    usage = getattr(module.DocoptExit, "usage", "")
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink):
        try:
            docopt(text, words, *SILENT, options_first)
        except SystemExit:
            return False
    if text == _PROBE:
        module.DocoptExit.usage = usage
    return True


def spellings(option: Any) -> Tuple[str, ...]:
    """Return the short and the long spelling of an option."""
    long = getattr(option, "longer", None) or getattr(option, "long", None)
    return tuple(each for each in (option.short, long) if each)


def tells(leaf: Any, kinds: Kinds) -> bool:
    """Say whether this is an option that docopt answers itself, or is meant for people only."""
    return kinds.kind(leaf) == "option" and not leaf.argcount and leaf.name in _TELLS
