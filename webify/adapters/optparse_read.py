"""optparse: read arguments with a parser, without leaving the process or printing."""

from __future__ import annotations

import contextlib
import functools
import io
import re
from typing import Any, Callable, Dict, List, Sequence, Tuple

from webify.adapters.hearing import Refused, heard
from webify.adapters.sharing import Entry
from webify.model.command import Parameter

_NAMED = re.compile(r"(?:^|\s)([-+/][^\s:]{1,200})")

Use = Tuple[Any, Any]  # option, value


class _Left(Exception):
    """The parser wanted to leave the process."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def read(
    parser: Any, argv: Sequence[str], entries: Sequence[Entry], places: Sequence[Parameter]
) -> Dict[str, Any]:
    """Return the values by address; places are the positional arguments."""
    uses: List[Use] = []
    options = [each for entry in entries for each in _sources(entry)]
    with _watched(parser, options, uses):
        try:
            namespace, rest = parser.parse_args(list(argv))
        except _Left as left:
            if left.code:
                raise Refused(left.sentence, _about(left.sentence, entries)) from None
            return {}
    found: Dict[str, Any] = {}
    for entry in entries:
        own = [use for use in uses if any(use[0] is each for each in _sources(entry))]
        if own:
            found[entry.parameter.address] = _value(entry, own, vars(namespace))
    return dict(found, **_placed(rest, places))


def _sources(entry: Entry) -> Tuple[Any, ...]:
    return entry.source if isinstance(entry.source, tuple) else (entry.source,)


@contextlib.contextmanager
def _watched(parser: Any, options: Sequence[Any], uses: List[Use]) -> Any:
    """Keep account of the options that are used; a callback of the tool is not called."""

    def take(option: Any, original: Callable[..., Any], action: str, *more: Any) -> Any:
        uses.append((option, more[2]))
        return None if action == "callback" else original(action, *more)

    def error(message: str) -> Any:
        raise _Left(2, str(message))

    def leave(status: int = 0, message: Any = None) -> Any:
        raise _Left(status, str(message or "").strip())

    sink = io.StringIO()
    for option in options:
        option.take_action = functools.partial(take, option, option.take_action)
    parser.error, parser.exit = error, leave
    try:
        with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
            yield
    finally:
        for option in options:
            del option.take_action
        del parser.error, parser.exit


def _about(sentence: str, entries: Sequence[Entry]) -> str:
    """Return the address of the option that a sentence names, or ""."""
    for word in _NAMED.findall(sentence[:4000]):
        for entry in entries:
            if word in (*entry.parameter.spellings, *entry.parameter.negations):
                return entry.parameter.address
    return ""


def _value(entry: Entry, uses: Sequence[Use], final: Dict[str, Any]) -> Any:
    """Return the values of these uses in the shape of an answer."""
    parameter, (option, value) = entry.parameter, uses[-1]
    if parameter.kind == "count":
        return len(uses)
    if parameter.kind == "switch":
        return heard(final.get(option.dest))
    if parameter.bare:
        return True
    if parameter.repeat:
        return [heard(each) for _, each in uses]
    stored = option.action == "store" and option.dest in final
    return heard(final[option.dest] if stored else value)


def _placed(rest: Sequence[str], places: Sequence[Parameter]) -> Dict[str, Any]:
    """Return the words that are left by the places that the usage names."""
    words, found = list(rest), {}
    for index, each in enumerate(places):
        after = sum(other.least for other in places[index + 1 :])
        count = len(words) - after if each.most is None else min(each.most, len(words))
        taken, words = words[: max(count, 0)], words[max(count, 0) :]
        if taken:
            found[each.address] = taken if each.several else taken[0]
    if words:
        raise Refused(f"unrecognized arguments: {' '.join(words)}", words[0])
    return found
