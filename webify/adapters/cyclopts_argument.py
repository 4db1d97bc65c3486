"""cyclopts: say in our nouns what one argument of a function accepts."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from webify.adapters.annotations import annotated, arguments, bare, literal, members, origin, united
from webify.adapters.defaults import NONE, OFF, answer, default_of, hidden_default, shown
from webify.adapters.naming import longest, path_kind, secret
from webify.adapters.typed import YES_NO, Typed, own_name
from webify.model.command import Bounds, Choice, Default, Kind, Parameter, PathRule

_BARE = (Kind.FLAG, Kind.SWITCH, Kind.COUNT)
_PLAIN_GROUPS = ("Arguments", "Parameters")
_PATH_RULES = ("exists", "file_okay", "dir_okay")
_TEXTS = (str, bytes, bytearray)
_ANY = r"(?s:.*)"


class _Use(NamedTuple):
    """How many values one use takes, and how often it may be used."""

    least: int = 1
    most: Optional[int] = 1
    repeat: bool = False


def parameter(source: Any, address: str, *, positional: bool) -> Parameter:
    """Return the parameter for one argument of cyclopts."""
    said = _said(source, positional=positional)
    use = _use(source, said, positional=positional)
    names = () if positional else _spelled(source.parameter.name)
    hide = said.kind is Kind.TEXT and not said.choices and secret([*names, str(_name(source))])
    default = _default(source, said, use)
    env = tuple(str(each) for each in source.parameter.env_var or ())
    required = bool(source.required)
    return Parameter(
        address=address,
        spellings=names,
        negations=() if positional else _negations(source, said),
        kind=said.kind,
        help=_text(source.parameter.help),
        metavar=_metavar(source, positional=positional),
        choices=said.choices,
        default=hidden_default(default) if hide else default,
        required=required,
        least=max(use.least, 1) if required and said.kind not in _BARE else use.least,
        most=use.most,
        repeat=use.repeat,
        items=said.items,
        action="positional" if positional else _action(said, use),
        group=group_of(source),
        bounds=said.bounds,
        path=said.path,
        formats=said.formats,
        secret=hide,
        env=env,
        hidden=not source.show,
        custom=said.custom,
        misread=_misread(source, said, positional=positional),
    )


def group_of(source: Any) -> str:
    """Return the heading under which the author put it; the two usual ones are none."""
    for group in source.parameter.group or ():
        name = str(getattr(group, "name", ""))
        if name and name not in _PLAIN_GROUPS and getattr(group, "show", True):
            return name
    return ""


def wish(source: Any) -> str:
    """Return the best name for its address."""
    name = ".".join([_name(source).split(".")[0], *source.keys]) if source.keys else _name(source)
    return name.replace("-", "_") or longest(source.parameter.name or ()).replace("-", "_")


def _name(source: Any) -> str:
    own = getattr(source.field_info, "name", "")
    return longest(source.parameter.name or ()) if source.keys else str(own)


def _spelled(names: Any) -> Tuple[str, ...]:
    return tuple(str(each) for each in names or () if str(each).startswith("-"))


def _negations(source: Any, said: Typed) -> Tuple[str, ...]:
    negatives = _spelled(source.negatives)
    if said.kind is Kind.SWITCH and not negatives:
        return (f"{_spelled(source.parameter.name)[0]}=false",)
    return negatives if said.kind is not Kind.COUNT else ()


def _said(source: Any, *, positional: bool) -> Typed:
    hint = bare(source.hint)
    if getattr(source.parameter, "count", False):
        return Typed(Kind.INTEGER if positional else Kind.COUNT)
    if getattr(source.parameter, "converter", None) is not None:
        return Typed(choices=_choices(source), custom=own_name(source.parameter.converter))
    if hint is bool and not positional:
        return _truth(source)
    kinds = _row(source, hint)
    if kinds:
        return Typed(items=tuple(_one(source, each).item() for each in kinds))
    return _one(source, element(hint))


def _truth(source: Any) -> Typed:
    """Return a flag, or a switch where it can be turned off: any flag takes =false."""
    on = source.field_info.default is True
    return Typed(Kind.SWITCH if _spelled(source.negatives) or on else Kind.FLAG)


def element(hint: Any) -> Any:
    """Return the annotation of one of a list; of a thing that is no list, its own."""
    hint = bare(hint)
    kinds = arguments(hint)
    if hint in (list, set, frozenset, tuple):
        return str
    listed = isinstance(origin(hint), type) and issubclass(
        origin(hint), (list, set, frozenset, tuple)
    )
    if not listed and not _abstract(hint):
        return hint
    return element(kinds[0]) if kinds else str


def _abstract(hint: Any) -> bool:
    """Say whether it is Sequence[...], Iterable[...] or the like, and no mapping."""
    kind = origin(hint)
    return hasattr(kind, "__iter__") and not hasattr(kind, "keys") and isinstance(kind, type)


def _row(source: Any, hint: Any) -> Tuple[Any, ...]:
    """Return the kinds of a fixed row of values (a tuple, or a list of tuples), else ()."""
    count, _ = source.token_count()
    while count > 1:
        kinds = arguments(hint)
        if origin(hint) is tuple and len(kinds) == count:
            return kinds
        if not kinds:
            break
        hint = bare(kinds[0])
    return ()


def _one(source: Any, hint: Any) -> Typed:
    choices = _choices(source) if not getattr(source.parameter, "count", False) else ()
    if choices and (_closed(hint) or getattr(source.parameter, "choices", None)):
        return Typed(choices=choices, case_sensitive=not members(bare(hint)))
    if bare(hint) is bool:
        return Typed(choices=YES_NO)
    if bare(hint) in _TEXTS:
        named = path_kind([_metavar(source, positional=False), *(source.parameter.name or ())])
        return Typed(named, plain=True)
    if members(bare(hint)):
        return Typed(choices=_named(source, hint))
    return _ruled(source, annotated(hint))


def _closed(hint: Any) -> bool:
    """Say whether the choices of a hint are all that it takes."""
    hint = bare(hint)
    if united(hint):
        return all(_closed(each) for each in arguments(hint) if each is not type(None))
    return literal(hint) is not None or bool(members(hint))


def _choices(source: Any) -> Tuple[Choice, ...]:
    try:
        found = source.get_choices(force=True)
    except TypeError:  # of old, it had no such word
        found = getattr(source, "get_choices", lambda: None)()
    except AttributeError:
        found = None
    if found is None:
        return _literal_choices(source)
    return tuple(Choice(str(each)) for each in found)


def _literal_choices(source: Any) -> Tuple[Choice, ...]:
    hint = bare(element(source.hint))
    return tuple(Choice(answer(each) or str(each)) for each in literal(hint) or ()) or _named(
        source, hint
    )


def _named(source: Any, hint: Any) -> Tuple[Choice, ...]:
    """Return the members of an enum as cyclopts spells them: by their names."""
    return tuple(Choice(_spelled_name(source, each)) for each in members(bare(hint)))


def _spelled_name(source: Any, member: Any) -> str:
    transform = getattr(source.parameter, "name_transform", None)
    return str(transform(member.name)) if callable(transform) else str(member.name).lower()


def _ruled(source: Any, said: Typed) -> Typed:
    """Return the type with what the validators that come with cyclopts hold."""
    for rule in source.parameter.validator or ():
        if said.kind in (Kind.INTEGER, Kind.NUMBER) and hasattr(rule, "gte"):
            said = replace(said, bounds=_bounds(rule))
        if said.kind is Kind.PATH and hasattr(rule, "dir_okay"):
            said = _path(said, rule)
    return said


def _bounds(rule: Any) -> Optional[Bounds]:
    least, most = (rule.gt, rule.lt) if rule.gte is None else (rule.gte, rule.lt)
    most = rule.lte if rule.lte is not None else most
    if least is None and most is None:
        return None
    return Bounds(
        least, most, least_open=rule.gte is None, most_open=rule.lte is None and most is not None
    )


def _path(said: Typed, rule: Any) -> Typed:
    held = PathRule(**{name: bool(getattr(rule, name)) for name in _PATH_RULES})
    if held.dir_okay and not held.file_okay:
        return replace(said, kind=Kind.DIRECTORY, path=held)
    reads = held.exists and not held.dir_okay
    return replace(said, kind=Kind.FILE_IN if reads else Kind.PATH, path=held)


def _use(source: Any, said: Typed, *, positional: bool) -> _Use:
    if said.kind in _BARE:
        return _Use(0, 0)
    count, spread = source.token_count()
    count = max(count, 1)
    if positional:
        return _Use(0, None) if spread else _Use(count if source.required else 0, count)
    consumes = getattr(source.parameter, "consume_multiple", None)
    if spread and consumes and count == 1:
        least, most = consumes if isinstance(consumes, tuple) else (1, None)
        return _Use(max(int(least), 1), most)
    return _Use(count, count, repeat=bool(spread))


def _action(said: Typed, use: _Use) -> str:
    if said.kind is Kind.COUNT:
        return "count"
    if said.kind in _BARE:
        return "flag"
    return "multiple" if use.repeat else "store"


def _metavar(source: Any, *, positional: bool) -> str:
    told = getattr(source.parameter, "metavar", None)
    if told:
        return str(told)
    return str(_name(source)).upper().replace("-", "_") if positional else ""


def _default(source: Any, said: Typed, use: _Use) -> Default:
    raw = source.field_info.default
    if raw is inspect.Parameter.empty or type(raw).__name__ == "UNSET" or source.required:
        return NONE
    if said.kind in (Kind.FLAG, Kind.COUNT):
        return NONE
    if said.kind is Kind.SWITCH:
        return Default("value", raw) if isinstance(raw, bool) else NONE
    if callable(raw) and not isinstance(raw, type):
        return Default("computed")
    several = use.most is None or use.most > 1
    found = default_of(
        _named_members(source, raw),
        several=several,
        repeat=use.repeat,
        formats=said.formats,
        kind=said.kind,
    )
    return _true_of(raw, found, said)


def _true_of(raw: Any, found: Default, said: Typed) -> Default:
    if isinstance(raw, bool) and said.choices:
        return Default("value", "true" if raw else "false")
    return OFF if raw is False and said.kind is Kind.SWITCH else found


def _named_members(source: Any, raw: Any) -> Any:
    """Return a default with its enum members as they are spelled."""
    if isinstance(raw, (list, tuple, set, frozenset)):
        return [_named_members(source, each) for each in raw]
    if members(type(raw)):
        return _spelled_name(source, raw)
    return raw


def _misread(source: Any, said: Typed, *, positional: bool) -> str:
    """Return the texts that cyclopts reads as something else.

    A count that is given by its place is 0, whatever is given; a JSON list may have been asked for.
    """
    if positional and getattr(source.parameter, "count", False):
        return _ANY
    asked = getattr(source.parameter, "json_list", None)
    return r"\s*\[.*" if asked and said.kind not in _BARE else ""


def _text(said: Any) -> str:
    return inspect.cleandoc(shown(said)).strip() if said else ""


def by_group(made: List[Any]) -> Dict[str, str]:
    """Return the headings in use, with their help: (source, parameter) pairs are given."""
    found: Dict[str, str] = {}
    for source, one in made:
        for group in source.parameter.group or ():
            if one.group and getattr(group, "name", "") == one.group:
                found.setdefault(one.group, _text(getattr(group, "help", "")))
    return found
