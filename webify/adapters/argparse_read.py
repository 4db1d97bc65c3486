"""argparse: read arguments with a parser, without leaving the process or printing."""

from __future__ import annotations

import contextlib
import functools
import io
import re
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Sequence, Tuple

from webify.adapters.argparse_action import of_class, parsers_below
from webify.adapters.converters import file_mode
from webify.adapters.hearing import Refused, heard
from webify.adapters.sharing import Entry
from webify.model.command import Parameter

REST = ":rest"  # where words stand that the parser leaves to the tool
PASSES_ON = "_passes_unknown_words_on"  # set on a parser that the tool asks for what it knows only

_MANY = 50  # names in one sentence
_FLAGS = ("store_const", "store_true", "store_false")
_UNTOLD = "nothing was stored"

Entries = Callable[[Any, str], List[Entry]]
Held = Callable[[str, str], Any]
Parse = Callable[[Any, Sequence[str]], Tuple[Held, Sequence[str]]]


class _Use(NamedTuple):
    """One use of an action: whose it is, which words it took, and what became of them."""

    parser: Any
    action: Any
    words: Tuple[str, ...]
    value: Any


class _Left(Exception):
    """The parser wanted to leave the process."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def parse(parser: Any, argv: Sequence[str]) -> Tuple[Held, Sequence[str]]:
    """Return held(prefix of the command, dest), and the words that are left.

    held raises KeyError where nothing was stored.
    """
    found, rest = parser.parse_known_args(list(argv))
    return (lambda _, dest: vars(found)[dest]), rest


def read(parser: Any, argv: Sequence[str], entries: Entries, parse: Parse) -> Dict[str, Any]:
    """Return the values by address; entries(parser, prefix) are the parameters of a parser."""
    reading = _Reading(parser, entries)
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        try:
            held, rest = parse(parser, argv)
        except _Left as left:
            if left.code:
                raise reading.refused(left.sentence, left.__context__) from None
            return reading.told(_nothing)
        except Exception as wrong:
            if not of_class(wrong, "ArgumentError"):
                raise
            raise reading.refused(str(wrong), wrong) from None
        finally:
            reading.restore()
    found = reading.told(held)
    if rest and not getattr(parser, PASSES_ON, False):
        raise Refused(f"unrecognized arguments: {' '.join(map(str, rest))}", str(rest[0]))
    return dict(found, **{REST: list(rest)}) if rest else found


class _Reading:
    """One parse: our words on the parsers that it meets, and what they were used for."""

    def __init__(self, parser: Any, entries: Entries) -> None:
        """Put our words on the root parser; sub-parsers follow when they are met."""
        self.entries = entries
        self.chain: List[Tuple[Any, str]] = []  # parser, prefix
        self.uses: List[_Use] = []
        self.put: List[Tuple[Any, str, Any]] = []
        self._meet(parser, "")

    def restore(self) -> None:
        """Take our words off the parsers."""
        for owner, name, old in reversed(self.put):
            if old is None:
                delattr(owner, name)
            else:
                setattr(owner, name, old)

    def _set(self, owner: Any, name: str, value: Any) -> None:
        if any(each is owner and known == name for each, known, _ in self.put):
            return
        self.put.append((owner, name, vars(owner).get(name)))
        setattr(owner, name, value)

    def _meet(self, parser: Any, prefix: str) -> None:
        if any(parser is each for each, _ in self.chain):
            return
        self.chain.append((parser, prefix))
        self._set(parser, "error", _error)
        self._set(parser, "exit", _exit)
        get = functools.partial(self._heard, parser, parser._get_values)
        self._set(parser, "_get_values", get)
        for action in parser._actions:
            if file_mode(action.type) is not None:
                self._set(action, "type", str)  # to read what was said is not to open the file

    def _heard(self, parser: Any, original: Any, action: Any, words: Sequence[str]) -> Any:
        value = original(action, words)
        self.uses.append(_Use(parser, action, tuple(map(str, words)), value))
        if of_class(action, "_SubParsersAction") and value:
            below = parsers_below(action)
            chosen = below.get(value[0])
            if chosen is not None:
                names = [name for name, each in below.items() if each is chosen]
                prefix = next(prefix for each, prefix in self.chain if each is parser)
                self._meet(chosen, f"{prefix}{names[0]}.")
        return value

    def told(self, held: Held) -> Dict[str, Any]:
        """Return the values by address; `held` is what the parser stored in the end."""
        found: Dict[str, Any] = {}
        for parser, prefix in self.chain:
            for entry in self.entries(parser, prefix):
                sources = entry.source if isinstance(entry.source, tuple) else (entry.source,)
                uses = [use for use in self.uses if any(use.action is each for each in sources)]
                uses = [use for use in uses if use.words or use.action.option_strings]
                if uses:
                    stored = _stored(held, prefix, uses[-1])
                    found[entry.parameter.address] = _value(entry, uses, stored)
        return found

    def refused(self, sentence: str, wrong: Any) -> Refused:
        """Return the refusal with the addresses of what the parser names."""
        name = getattr(wrong, "argument_name", None)
        return Refused(sentence, self._addresses(name) if name else self._named(sentence))

    def _named(self, sentence: str) -> str:
        """Return the addresses that a sentence names without an argument of its own."""
        listed = re.search(r":\s+([^:]+)$|\barguments\s+(.+?)\s+is\s", sentence[:4000])
        if not listed:
            return ""
        pieces = (listed.group(1) or listed.group(2)).split(", " if listed.group(1) else " ")
        known = (self._addresses(piece.strip()) for piece in pieces[:_MANY])
        return ", ".join(dict.fromkeys(each for each in known if each))

    def _addresses(self, name: str) -> str:
        for parser, prefix in reversed(self.chain):
            for entry in self.entries(parser, prefix):
                sources = entry.source if isinstance(entry.source, tuple) else (entry.source,)
                if any(name in _names(each) for each in sources):
                    return entry.parameter.address
        return ""


def _error(message: str) -> Any:
    raise _Left(2, str(message))


def _exit(status: int = 0, message: Any = None) -> Any:
    raise _Left(status or 0, str(message or "").strip())


def _names(action: Any) -> Iterator[str]:
    """Yield the words by which a parser speaks of an action."""
    if action.option_strings:
        yield "/".join(action.option_strings)
        yield from action.option_strings
    for each in (action.metavar, action.dest):
        if isinstance(each, str):
            yield each
    if isinstance(action.metavar, tuple):
        yield "/".join(map(str, action.metavar))


def _nothing(prefix: str, dest: str) -> Any:
    raise KeyError(prefix + dest)


def _stored(held: Held, prefix: str, use: _Use) -> Any:
    """Return what was stored for an action in the end; _UNTOLD where nothing was."""
    try:
        return held(prefix, use.action.dest)
    except KeyError:
        return _UNTOLD


def _value(entry: Entry, uses: List[_Use], stored: Any) -> Any:
    """Return the values of these uses in the shape of an answer."""
    parameter, last = entry.parameter, uses[-1]
    if parameter.kind == "count":
        return len(uses)
    if parameter.kind == "switch":
        return _turned(last) if stored is _UNTOLD else heard(stored)
    if parameter.bare:
        constant = parameter.action in _FLAGS and stored is not _UNTOLD
        return heard(stored) if constant and stored != last.action.const else True
    if parameter.repeat:
        return _of_uses(uses, flat=not parameter.several)
    if not last.words and parameter.optional_value:
        return True
    final = parameter.action == "store" and stored is not _UNTOLD
    return _single(heard(stored if final else last.value), parameter)


def _single(value: Any, parameter: Parameter) -> Any:
    """Return the one value of a list that holds one always."""
    row = isinstance(value, list) and len(value) == 1 and not parameter.several
    return value[0] if row else value


def _turned(use: _Use) -> Any:
    return True if use.value in (None, [], ()) else heard(use.value)


def _of_uses(uses: List[_Use], *, flat: bool) -> List[Any]:
    found: List[Any] = []
    for use in uses:
        many = isinstance(use.value, (list, tuple))
        values = [heard(each) for each in use.value] if many else [heard(use.value)]
        if flat:
            found += values
        else:
            found.append(values)
    return found
