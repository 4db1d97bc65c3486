"""docopt and docopt-ng: say in our nouns what a help text means that docopt parses by itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import Any, Callable, Dict, List, Sequence, Tuple

from webify.adapters.catching import PARSED, PARSED_COMMAND_LINE, Catch
from webify.adapters.docopt_lines import Level, levels
from webify.adapters.docopt_pattern import SILENT, Parsed, parsed
from webify.adapters.docopt_rules import rules, ways
from webify.adapters.docopt_text import Texts
from webify.adapters.docopt_values import made
from webify.adapters.hearing import Refused, heard
from webify.adapters.naming import Addresses, part, version_in
from webify.model.command import Command, Parameter, Syntax

NAME = "docopt"
SYNTAX = Syntax(dash_lists="always", abbreviates=True, plain_dash=True, separator="")

_HELP = ("-h", "--help")
_SECONDS = "--"


@dataclass
class Call:
    """One call of docopt(): the help text, how it was called, and the docopt that was called."""

    text: str
    module: Any
    docopt: Callable[..., Any]
    told: Any = None  # the version
    options_first: bool = False
    words: Tuple[str, ...] = ()  # of the command line, which this text is for


def take(module: Any, catch: Catch) -> None:
    """Make docopt() of this copy tell `catch` of the help text that it was called with."""
    if not hasattr(module, "docopt") or not hasattr(module, "parse_pattern"):
        return  # a package whose own module docopt is inside
    original = module.docopt

    def docopt(*args: Any, **kwargs: Any) -> Any:
        named = dict(zip(("doc", "argv", "help", "version", "options_first"), args), **kwargs)
        text = named.get("doc", named.get("docstring", ""))
        given = named.get("argv")
        words = given.split() if isinstance(given, str) else given
        words = sys.argv[1:] if words is None else list(words)
        first = bool(named.get("options_first"))
        told = named.get("version")
        call = Call(str(text), module, original, told, first, tuple(words[:-1]))
        rank = PARSED_COMMAND_LINE if words == sys.argv[1:] else PARSED
        catch.note(NAME, call, rank, len(text or ""))
        if not words or words[0] in _HELP or (words[-1] in _HELP and not first):
            catch.announce(NAME, call)
        try:
            return original(*args, **kwargs)
        except module.DocoptExit:
            catch.announce(NAME, call)
            raise

    module.docopt = docopt


def describe(parser: Call) -> Command:
    """Say what the usage lines and the option descriptions take."""
    return _Description(parser).root()


def version(parser: Call) -> str:
    """Return the version that docopt was told."""
    return version_in(str(parser.told)) if parser.told else ""


def read(parser: Call, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what docopt makes of these arguments."""
    try:
        found = parser.docopt(parser.text, list(argv), *SILENT, parser.options_first)
    except SystemExit as wrong:
        raise Refused(str(wrong).partition("\n")[0], "") from None
    given = {name: value for name, value in found.items() if value not in (None, False, 0, [])}
    return _Description(parser).heard(given, argv)


class _Description:
    """One help text on its way to a command."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.parsed: Parsed = parsed(call.module, call.docopt, call.text, call.options_first)
        self.texts = Texts(call.text, self.parsed.descriptions)
        self.top: Level = levels(self.parsed)

    def root(self) -> Command:
        """Return the whole tool."""
        name = self.parsed.usage.split()[1:2]
        command = self._command(self._entered(), name[0] if name else "", "")
        return replace(
            command,
            help=self.texts.about(),
            usage="\n".join(line.strip() for line in self.parsed.usage.splitlines()),
            lost=self.parsed.lost,
        )

    def _entered(self) -> Level:
        """Return the level of the words of the command line: a tool may choose texts by them."""
        found = self.top.along(self.call.words)
        return found[-1] if len(found) == len(self.call.words) + 1 else self.top

    def heard(self, given: Dict[str, Any], argv: Sequence[str]) -> Dict[str, Any]:
        """Return docopt's values by address."""
        known = self.top.words()
        words = [word for word in argv if word in given and word in known]
        levels_ = self.top.along(words)
        entered = self._entered()
        levels_ = levels_[levels_.index(entered) :] if entered in levels_ else levels_
        found = {}
        for depth, level in enumerate(levels_):
            prefix = "".join(f"{part(each.word)}." for each in levels_[1 : depth + 1])
            for name, parameter in self._parameters(level, prefix):
                if name in given and not parameter.hidden:
                    found[parameter.address] = heard(given[name])
        return found

    def _command(self, level: Level, name: str, prefix: str) -> Command:
        pairs = self._parameters(level, prefix)
        addresses = {name: parameter.address for name, parameter in pairs}
        below = tuple(
            self._command(each, each.word, f"{prefix}{part(each.word)}.")
            for each in level.below.values()
        )
        return Command(
            name=name,
            help=self.texts.command(name) if prefix else "",
            parameters=tuple(parameter for _, parameter in pairs),
            constraints=rules(level, addresses),
            commands=below,
            needs_command=bool(below) and not level.lines,
            ways=ways(level, addresses),
            leading=tuple(addresses[name] for name in level.leading),
            syntax=self._syntax(level, prefix),
        )

    def _parameters(self, level: Level, prefix: str) -> List[Tuple[str, Parameter]]:
        addresses = Addresses(prefix)
        found = []
        leaves = list(level.leaves(self.parsed, root=not prefix))
        leaves.sort(key=lambda pair: self._rank(pair[0]))
        for leaf, facts in leaves:
            parameter = made(leaf, facts, self.texts, addresses, self.parsed.kinds)
            found.append((leaf.name, parameter))
        return found

    def _rank(self, leaf: Any) -> int:
        """Return the place of an option in the help text; arguments keep theirs, before them."""
        if self.parsed.kinds.kind(leaf) != "option":
            return -1
        listed = list(self.parsed.descriptions)
        return listed.index(leaf.name) if leaf.name in listed else len(listed)

    def _syntax(self, level: Level, prefix: str) -> Syntax:
        first = self.call.options_first
        return replace(
            SYNTAX,
            separator=_SECONDS if level.separated else "",
            prefix_chars="" if first and prefix else "-",
            stops=first,
            negatives=self.parsed.numbers,
            reserved=tuple(level.below),
        )
