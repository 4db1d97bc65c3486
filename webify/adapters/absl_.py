"""absl: say in our nouns which flags a tool takes.

Those of its main module are described, as its --help shows them; those of other modules, absl's
own among them, are words that are passed on.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import re
import sys
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters.catching import Catch, around
from webify.adapters.defaults import answer, default_of, hidden_default
from webify.adapters.hearing import Refused, heard
from webify.adapters.meeting import meet
from webify.adapters.naming import Addresses, path_kind, secret, version_in
from webify.model.command import (
    Bounds,
    Choice,
    Command,
    Constraint,
    Default,
    Group,
    Kind,
    Parameter,
    Syntax,
)

NAME = "absl"
SYNTAX = Syntax(short_join="=", plain_dash=True)

_TELLS = ("help", "helpfull")
_NUMBERS = {"IntegerParser": Kind.INTEGER, "FloatParser": Kind.NUMBER}
_LISTS = {"ListParser": ",", "WhitespaceSeparatedListParser": " "}
_PLAIN = "ArgumentParser"
_NEEDED = "must have a value other than None."
_ONE_OF = re.compile(r"(Exactly|At most) one of \(")
_NO_HELP = "(no help available)"
_AGAIN = ";\n    repeat this option to specify a list of values"
_WORDS = "args"


def take(module: Any, catch: Catch) -> None:
    """Make every set of flags tell `catch` of itself when it parses."""

    def called(original: Any, flags: Any, args: Any, kwargs: Dict[str, Any]) -> Any:
        words = list(args[0] if args else kwargs["argv"])
        meet(catch, NAME, flags, words[1:], len(flags))
        return original(flags, *args, **kwargs)

    around(module.FlagValues, "__call__", called)


def describe(parser: Any) -> Command:
    """Say which flags the tool takes."""
    pairs = _parameters(parser)
    groups = dict.fromkeys(parameter.group for _, parameter in pairs if parameter.group)
    main = sys.modules.get("__main__")
    return Command(
        name=str(sys.argv[0]).replace("\\", "/").rpartition("/")[2],
        help=_text(getattr(main, "__doc__", "")),
        parameters=(*(parameter for _, parameter in pairs), _words(pairs)),
        groups=tuple(Group(each, each) for each in groups),
        constraints=_constraints(pairs),
        open_options=True,
        syntax=_syntax(parser),
    )


def _syntax(flags: Any) -> Syntax:
    """Return how these flags are spelled: --nox may be a flag of its own beside --x."""
    taken = any(flags[name].boolean and f"no{name}" in flags for name in flags)
    truths = ("true", "false") if taken else ()
    return replace(SYNTAX, stops=not flags.is_gnu_getopt(), truths=truths)


def version(parser: Any) -> str:
    """Return the version that the tool's main module tells: absl has none."""
    del parser
    return version_in(getattr(sys.modules.get("__main__"), "__version__", ""))


def read(parser: Any, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what a copy of the flags makes of these arguments."""
    flags = copy.deepcopy(parser)
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        try:
            words = flags(["tool", *argv])[1:]
        except (Exception, SystemExit) as wrong:  # noqa: BLE001 - the tool's checks may raise
            raise Refused(str(wrong) or type(wrong).__name__) from None
    pairs = _parameters(parser)
    given = [(flags[flag.name], parameter) for flag, parameter in pairs]
    found = {parameter.address: _told(flag) for flag, parameter in given if flag.present}
    return dict(found, **{_words(pairs).address: list(words)}) if words else found


def _told(flag: Any) -> Any:
    many = isinstance(flag.value, (list, tuple))
    told = [answer(each) or heard(each) for each in (flag.value if many else ())]
    name = getattr(flag.value, "name", None)  # of an enum: it is what people give
    return told if many else name if isinstance(name, str) else heard(flag.value)


def _parameters(flags: Any) -> List[Tuple[Any, Parameter]]:
    addresses = Addresses("")
    return [
        (flag, _parameter(flags, flag, addresses.take(flag.name, "flag"), group))
        for flag, group in _shown(flags)
    ]


def _shown(flags: Any) -> Iterator[Tuple[Any, str]]:
    """Yield the flags that are the tool's own, each with the module that groups it."""
    seen = set()
    main = flags.get_key_flags_for_module(sys.argv[0])
    listed = [("", main)] if main else _others(flags)
    told = [("", [flags[name] for name in _TELLS if name in flags])]
    for module, found in [*listed, *told]:
        for flag in found:
            if id(flag) not in seen:
                seen.add(id(flag))
                yield flag, module


def _others(flags: Any) -> List[Tuple[str, List[Any]]]:
    """Return the flags of all modules but absl's own."""
    own = flags.__class__.__module__.partition(".")[0]
    found = [
        (name, list(listed))
        for name, listed in flags.flags_by_module_dict().items()
        if name.partition(".")[0] != own
    ]
    return found if len(found) > 1 else [("", listed) for _, listed in found]


def _negations(flag: Any) -> Tuple[str, ...]:
    return (f"--no{flag.name}",) if flag.boolean else ()


def _parameter(flags: Any, flag: Any, address: str, group: str) -> Parameter:
    short = (f"-{flag.short_name}",) if flag.short_name else ()
    kind, choices, bounds, custom = _said(flag)
    tells = flag.name in _TELLS and bool(flag.boolean)
    hide = kind is Kind.TEXT and not choices and secret([flag.name])
    default = _default(flag)
    return Parameter(
        address=address,
        spellings=(*short, f"--{flag.name}"),
        negations=() if tells or f"no{flag.name}" in flags else _negations(flag),
        kind=Kind.FLAG if tells else kind,
        help=_help(flag),
        choices=choices,
        case_sensitive=bool(getattr(flag.parser, "case_sensitive", True)),
        default=hidden_default(default) if hide else default,
        required=flag.default is None and any(_NEEDED in each for each in _messages(flag)),
        least=0 if flag.boolean else 1,
        most=0 if flag.boolean else 1,
        repeat=_repeats(flag),
        action="help" if tells else "store_bool" if flag.boolean else "store",
        group=group,
        bounds=bounds,
        secret=hide,
        hidden=tells,
        custom=custom,
    )


def _messages(flag: Any) -> List[str]:
    """Return what the checks of this flag alone would say."""
    checks = (each for each in flag.validators if not hasattr(each, "flag_names"))
    return [str(each.message) for each in checks]


def _repeats(flag: Any) -> bool:
    return any(cls.__name__ == "MultiFlag" for cls in type(flag).__mro__)


def _said(flag: Any) -> Tuple[Kind, Tuple[Choice, ...], Any, str]:
    """Return the kind, the choices, the bounds and the tool's own type of a flag's values."""
    name = next(
        (cls.__name__ for cls in type(flag.parser).__mro__ if cls.__module__.endswith("_parser")),
        "",
    )
    theirs = "" if type(flag.parser).__name__ == name else type(flag.parser).__name__
    if flag.boolean:
        return Kind.SWITCH, (), None, ""
    if name in _NUMBERS:
        least, most = flag.parser.lower_bound, flag.parser.upper_bound
        return _NUMBERS[name], (), None if least is most is None else Bounds(least, most), theirs
    listed = _listed(flag)
    if listed:
        return Kind.TEXT, tuple(map(Choice, listed)), None, ""
    return (path_kind([flag.name]) if name == _PLAIN else Kind.TEXT), (), None, theirs


def _listed(flag: Any) -> List[str]:
    """Return the values that an enum flag takes."""
    for name in ("enum_values", "member_names"):
        found = getattr(flag.parser, name, None)
        if found:
            return [str(each) for each in found]
    return []


def _help(flag: Any) -> str:
    """Return the author's own help, without what absl adds to it."""
    if flag.help == _NO_HELP:
        return ""
    listed = _listed(flag)
    start = f"<{'|'.join(listed)}>: "
    text = flag.help[len(start) :] if listed and flag.help.startswith(start) else flag.help
    return _text(text.partition(_AGAIN)[0])


def _default(flag: Any) -> Default:
    if flag.name in _TELLS:
        return Default()
    if flag.boolean:
        return Default("value", flag.default) if isinstance(flag.default, bool) else Default()
    comma = next(
        (_LISTS[c.__name__] for c in type(flag.parser).__mro__ if c.__name__ in _LISTS), ""
    )
    if comma and isinstance(flag.default, list) and not _repeats(flag):
        return default_of(comma.join(map(str, flag.default)) or None)
    if hasattr(flag.parser, "member_names") and flag.default is not None:
        return _of_members(flag)
    return default_of(flag.default, repeat=_repeats(flag)) if flag.default != "" else Default()


def _of_members(flag: Any) -> Default:
    many = flag.default if isinstance(flag.default, list) else [flag.default]
    names = [str(each.name) for each in many]
    names = [each if flag.parser._case_sensitive else each.lower() for each in names]
    return Default("value", names if isinstance(flag.default, list) else names[0])


def _words(pairs: Sequence[Tuple[Any, Parameter]]) -> Parameter:
    """Return the parameter of all words that are no flags: main() gets them."""
    address = _WORDS
    while any(parameter.address == address for _, parameter in pairs):
        address += "_"
    return Parameter(
        address, metavar=_WORDS, least=0, most=None, action="positional",
        sources={"parameter": "parser"},
    )  # fmt: skip


def _constraints(pairs: Sequence[Tuple[Any, Parameter]]) -> Tuple[Constraint, ...]:
    """Return the exclusive sets that the tool declared, told by the sentence of absl's check."""
    addresses = {flag.name: parameter.address for flag, parameter in pairs}
    made = {}
    for flag, _ in pairs:
        for check in flag.validators:
            found = _ONE_OF.match(str(check.message))
            names = tuple(getattr(check, "flag_names", ()))
            members = tuple(addresses[name] for name in names if name in addresses)
            if found and len(members) > 1 and len(members) == len(names):
                required = found.group(1) == "Exactly"
                made[id(check)] = Constraint("exclusive", members, required)
    return tuple(made.values())


def _text(value: Any) -> str:
    return inspect.cleandoc(value).strip() if isinstance(value, str) else ""
