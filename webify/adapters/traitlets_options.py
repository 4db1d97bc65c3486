"""traitlets: the flags and aliases of an application as options, each with all its spellings."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from typing import Any, Iterator, List, Optional, Tuple

from webify.adapters.defaults import hidden_default
from webify.adapters.naming import longest, secret
from webify.adapters.traitlets_types import declared, typed
from webify.model.command import Kind, Parameter

_OFF = "no-"


@dataclass
class Option:
    """An option on its way: what it sets ("Class.trait"), or the configuration that a flag is."""

    parameter: Parameter = field(default_factory=lambda: Parameter(""))
    targets: Tuple[str, ...] = ()
    config: Any = field(default_factory=dict)


def options(app: Any) -> List[Option]:
    """Return the options of an application, or of a class of applications."""
    flags = [_flag(keys, *value) for keys, value in dict(declared(app, "flags") or {}).items()]
    aliases = [
        _alias(app, keys, target) for keys, target in dict(declared(app, "aliases") or {}).items()
    ]
    return _joined(_alike([*_switches(flags)]), aliases)


def _spelled(keys: Any) -> Tuple[str, ...]:
    words = keys if isinstance(keys, tuple) else (keys,)
    return tuple(f"-{word}" if len(word) == 1 else f"--{word}" for word in words)


def _flag(keys: Any, config: Any, help_: Any) -> Option:
    parameter = Parameter(
        "", _spelled(keys), kind=Kind.FLAG, help=_text(help_), least=0, most=0,
        action="store_true",
    )  # fmt: skip
    return Option(parameter, config=config)


def _switches(flags: List[Option]) -> Iterator[Option]:
    """Yield the flags, those of the form --x and --no-x joined to a switch."""
    by_name = {spelling: each for each in flags for spelling in each.parameter.spellings}
    for flag in flags:
        name = longest(flag.parameter.spellings)
        off = by_name.get(f"--{_OFF}{name}")
        if name.startswith(_OFF) and f"--{name[len(_OFF) :]}" in by_name:
            continue
        yield flag if off is None or off is flag else _switch(flag, off)


def _switch(on: Option, off: Option) -> Option:
    said = [on.parameter.help, off.parameter.help]
    parameter = replace(
        on.parameter,
        kind=Kind.SWITCH,
        negations=off.parameter.spellings,
        help="\n".join(filter(None, said)),
        action="store_bool",
    )
    return Option(parameter, config=on.config)


def _alike(flags: List[Option]) -> List[Option]:
    """Return the flags, those that do and say the same as one: -f and --force."""
    made: List[Option] = []
    for flag in flags:
        same = [each for each in made if _same(each, flag)]
        if not same:
            made.append(flag)
            continue
        spellings = (*same[0].parameter.spellings, *flag.parameter.spellings)
        same[0].parameter = replace(same[0].parameter, spellings=spellings)
    return made


def _same(one: Option, other: Option) -> bool:
    plain = one.parameter.kind is other.parameter.kind is Kind.FLAG
    return plain and bool(one.config == other.config) and one.parameter.help == other.parameter.help


def _joined(flags: List[Option], aliases: List[Option]) -> List[Option]:
    """Return all of them; a spelling that is a flag and an alias may stand without its value."""
    made = list(flags)
    for alias in aliases:
        spellings = set(alias.parameter.spellings)
        twin = next((each for each in flags if spellings & set(each.parameter.spellings)), None)
        if twin is None:
            made.append(alias)
            continue
        words = (*alias.parameter.spellings, *twin.parameter.spellings)
        parameter = replace(
            alias.parameter,
            spellings=tuple(dict.fromkeys(words)),
            help="\n".join(dict.fromkeys((twin.parameter.help, alias.parameter.help))).strip(),
            least=0,
        )
        made[made.index(twin)] = Option(parameter, alias.targets, twin.config)
    return made


def _alias(app: Any, keys: Any, target: Any) -> Option:
    target, help_ = target if isinstance(target, tuple) else (target, None)
    trait = _trait(app, str(target))
    spellings = _spelled(keys)
    if trait is None:
        return Option(Parameter("", spellings, help=_text(help_)), _targets(app, str(target)))
    said = typed(trait, [*spellings, str(target)])
    hide = said.kind is Kind.TEXT and not said.choices and secret([*spellings, str(target)])
    parameter = Parameter(
        "",
        spellings,
        kind=said.kind,
        help=_text(help_) or _text(trait.help),
        metavar=said.metavar,
        choices=said.choices,
        case_sensitive=said.case_sensitive,
        default=hidden_default(said.default) if hide else said.default,
        repeat=said.repeat,
        least=said.least,
        most=said.most,
        action=said.action,
        bounds=said.bounds,
        secret=hide,
        custom=said.custom,
    )
    return Option(parameter, _targets(app, str(target)))


def _targets(app: Any, target: str) -> Tuple[str, ...]:
    """Return what the alias sets: traitlets hands it on to the one class that inherits it."""
    name, _, trait = target.partition(".")
    heirs = [cls.__name__ for cls in _classes(app) if name in [c.__name__ for c in cls.__mro__[1:]]]
    return (target, f"{heirs[0]}.{trait}") if len(heirs) == 1 else (target,)


def _trait(app: Any, target: str) -> Any:
    name, _, trait = target.rpartition(".")
    for cls in _classes(app):
        for each in cls.__mro__:
            if each.__name__ == name.rpartition(".")[2] and hasattr(each, "class_traits"):
                found: Optional[Any] = each.class_traits().get(trait)
                if found is not None:
                    return found
    return None


def _classes(app: Any) -> List[Any]:
    own = app if isinstance(app, type) else type(app)
    listed: Any = declared(app, "classes") or ()
    return list({id(each): each for each in (own, *listed)}.values())


def _text(value: Any) -> str:
    return inspect.cleandoc(value).strip() if isinstance(value, str) else ""
