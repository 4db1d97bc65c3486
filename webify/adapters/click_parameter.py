"""click: say in our nouns what one option or argument accepts."""

from __future__ import annotations

import inspect
import os
import re
from dataclasses import replace
from typing import Any, NamedTuple, Optional, Tuple

from webify.adapters.click_types import choice_text, type_of, typed
from webify.adapters.defaults import NONE, OFF, ON, answer, default_of, hidden_default, shown
from webify.adapters.naming import longest, named_values, path_kind, secret
from webify.adapters.typed import Typed
from webify.model.command import Choice, Default, Item, Kind, Parameter

_MARK = re.compile(r"\s*\(DEPRECATED.*\)$", re.DOTALL)


class _Use(NamedTuple):
    """How many values one use takes, and how often it may be used."""

    least: int = 1
    most: Optional[int] = 1
    repeat: bool = False


def unset(value: Any) -> bool:
    """Say whether this is click's sentinel for "no value", in any copy of click."""
    return getattr(value, "name", "") == "UNSET" and type(value).__name__ == "Sentinel"


def set_or(value: Any, other: Any = None) -> Any:
    """Return the value, or `other` where click says that it is not set."""
    return other if unset(value) or value is Ellipsis else value


def told(source: Any, context: Any, address: str, group: str = "") -> Parameter:
    """Return the parameter for one of click's own, in short where the tool's own code fails."""
    try:
        return parameter(source, context, address, group)
    except Exception as trouble:  # noqa: BLE001 - a default that cannot even be compared
        positional = source.param_type_name == "argument"
        bare = bool(getattr(source, "is_flag", False))
        return Parameter(
            address=address,
            spellings=() if positional else tuple(source.opts),
            negations=tuple(source.secondary_opts),
            kind=Kind.FLAG if bare else Kind.TEXT,
            help=_help(source),
            required=bool(source.required),
            least=0 if bare else 1,
            most=0 if bare else 1,
            default=Default("computed"),
            group=group,
            custom="" if bare else type(trouble).__name__,
        )


def parameter(source: Any, context: Any, address: str, group: str = "") -> Parameter:
    """Return the parameter for one of click's own."""
    word = action(source, context)
    use = _use(source, word)
    said = _said(source, word)
    asked = _prompt(source)
    hide = _secret(source, said, use)
    env = () if word in ("help", "version") else _env(source, context)
    default = _with_env(_default(source, context, word, said, use), env)
    positional = source.param_type_name == "argument"
    return Parameter(
        address=address,
        spellings=() if positional else _spellings(source, context, word),
        negations=tuple(source.secondary_opts),
        kind=said.kind,
        help=_help(source),
        metavar=_metavar(source),
        choices=said.choices,
        suggestions=_suggestions(source, said),
        case_sensitive=said.case_sensitive,
        default=hidden_default(default) if hide else default,
        const=_const(source, use, said),
        required=_required(source, said, default, asked),
        least=use.least,
        most=use.most,
        repeat=use.repeat,
        items=_items(source, said),
        action=word,
        group=group,
        bounds=said.bounds,
        path=said.path,
        formats=said.formats,
        secret=hide,
        prompt=asked,
        env=env,
        hidden=bool(getattr(source, "hidden", False)) or word in ("help", "version"),
        deprecated=deprecation(source),
        custom="" if use.most == 0 else said.custom,
    )


def _suggestions(source: Any, said: Typed) -> Tuple[Choice, ...]:
    free = said.kind is Kind.TEXT and not said.choices
    return named_values(_metavar(source)) if free else ()


def text(help_: Any) -> str:
    """Return help text as click shows it: dedented, cut at its form feed, without its marks."""
    if help_ is None:
        return ""
    clean = inspect.cleandoc(shown(help_)).partition("\f")[0]
    lines = [line for line in clean.splitlines() if line.strip() != "\b"]
    return "\n".join(lines).strip()


def _help(source: Any) -> str:
    """Return the help of a parameter, without the mark that click adds to an outdated one."""
    said = text(getattr(source, "help", None))
    return _MARK.sub("", said) if deprecation(source) else said


def deprecation(source: Any) -> str:
    """Return why it should not be used any more, or ""."""
    said = getattr(source, "deprecated", False)
    return said if isinstance(said, str) else ("Deprecated" if said else "")


def action(source: Any, context: Any) -> str:
    """Return the word for what it does, in argparse's manner: click has none of its own."""
    if source.param_type_name == "argument":
        return "positional"
    if source.is_flag and getattr(source, "is_eager", False):
        if set(source.opts) & set(context.help_option_names):
            return "help"
        if "--version" in source.opts:
            return "version"
    if source.count:
        return "count"
    if source.is_flag:
        return "append_const" if source.multiple else "store_const"
    return "multiple" if source.multiple else "store"


def wishes(source: Any, *, alone: bool) -> Tuple[str, ...]:
    """Return the names for its address, the best first: its own, where it has that alone."""
    spelled = longest([*source.opts, *source.secondary_opts]).replace("-", "_")
    name = str(source.name or "").lstrip("_")
    if name == "click_default_help":
        name = spelled
    return (name, spelled, "value") if alone else (spelled, name, "value")


def _use(source: Any, word: str) -> _Use:
    if word in ("store_const", "append_const", "count", "help", "version"):
        return _Use(0, 0)
    if source.nargs == -1:
        return _Use(1 if source.required else 0, None)
    if word == "positional" and source.nargs == 1:
        return _Use(1 if source.required else 0, 1)
    if word == "positional":
        return _Use(source.nargs, source.nargs)
    return _Use(0 if _bare(source) else source.nargs, source.nargs, bool(source.multiple))


def _bare(source: Any) -> bool:
    """Say whether the option may stand without its value; then its flag value holds."""
    if source.nargs != 1 or not getattr(source, "_flag_needs_value", False) or source.prompt:
        return False
    return set_or(getattr(source, "flag_value", None)) is not None


def _prompt(source: Any) -> str:
    """Return the question that click asks where the option is not given."""
    return (
        str(getattr(source, "prompt", None) or "")
        if getattr(source, "prompt_required", True)
        else ""
    )


def _said(source: Any, word: str) -> Typed:
    if word in ("count", "append_const"):
        return Typed(Kind.COUNT)
    if word in ("help", "version"):
        return Typed(Kind.FLAG)
    if word == "store_const":
        return Typed(Kind.SWITCH if source.secondary_opts else Kind.FLAG)
    said = typed(type_of(source))
    if said.plain:
        metavar = str(source.metavar or "")
        names = [metavar, source.name] if word == "positional" else [metavar, *source.opts]
        return Typed(path_kind([str(name) for name in names]))
    return said


def _spellings(source: Any, context: Any, word: str) -> Tuple[str, ...]:
    """Return the spellings in the author's order: click shuffles those of its help."""
    if word == "help":
        named = [each for each in context.help_option_names if each in source.opts]
        return tuple(dict.fromkeys([*named, *source.opts]))
    return tuple(source.opts)


def _secret(source: Any, said: Typed, use: _Use) -> bool:
    if getattr(source, "hide_input", False):
        return use.most != 0
    named = [*source.opts] if source.param_type_name == "option" else [str(source.name)]
    return use.most != 0 and said.kind is Kind.TEXT and not said.choices and secret(named)


def _metavar(source: Any) -> str:
    if source.metavar:
        return str(source.metavar)
    return str(source.name or "").upper() if source.param_type_name == "argument" else ""


def _items(source: Any, said: Typed) -> Tuple[Item, ...]:
    names = str(source.metavar or "").split()
    if not said.items or len(names) != len(said.items):
        return said.items
    return tuple(replace(each, name=name) for each, name in zip(said.items, names))


def _env(source: Any, context: Any) -> Tuple[str, ...]:
    named = source.envvar or ()
    names = (named,) if isinstance(named, str) else tuple(str(each) for each in named)
    prefix = context.auto_envvar_prefix
    allowed = getattr(source, "allow_from_autoenv", False) and source.param_type_name == "option"
    if prefix and allowed and source.name:
        names += (f"{prefix}_{source.name.upper()}",)
    return names


def _with_env(default: Default, env: Tuple[str, ...]) -> Default:
    """Return the default, or the first environment variable that holds where there is none."""
    given = next((name for name in env if os.environ.get(name)), "")
    return Default("env", text=given) if given and default.source == "none" else default


def _required(source: Any, said: Typed, default: Default, asked: str) -> bool:
    asking = bool(asked) and default.source == "none" and said.kind is not Kind.FLAG
    return (bool(source.required) or asking) and default.source != "env"


def _const(source: Any, use: _Use, said: Typed) -> Optional[str]:
    optional = use.least == 0 and use.most == 1 and source.param_type_name == "option"
    flag = said.kind is Kind.FLAG
    value = set_or(getattr(source, "flag_value", None)) if optional or flag else None
    if value is None or isinstance(value, bool):
        return None
    return _choice_or_answer(source, value) or str(value)


def _choice_or_answer(source: Any, value: Any) -> Optional[str]:
    kind = type_of(source)
    return choice_text(kind, value) if getattr(kind, "choices", None) else answer(value)


def _raw_default(source: Any, context: Any) -> Any:
    try:
        mapped = context.lookup_default(source.name, call=False)
    except TypeError:  # click 7 has no `call`
        known = context.default_map or {}
        mapped = known.get(source.name)
    mapped = set_or(mapped)
    return set_or(source.default) if mapped is None else mapped


def _default(source: Any, context: Any, word: str, said: Typed, use: _Use) -> Default:
    raw = _raw_default(source, context)
    if word in ("help", "version", "append_const"):
        return NONE
    if word == "count":
        return Default("value", 0, str(raw)) if raw and not callable(raw) else NONE
    if said.kind is Kind.SWITCH:
        return _switch_default(source, raw)
    if said.kind is Kind.FLAG:
        return _flag_default(source, raw)
    words = getattr(source, "show_default", None)
    if callable(raw) and not isinstance(raw, type):
        return Default("computed", text=words if isinstance(words, str) else "")
    if said.choices:
        return _choice_default(source, raw, use)
    several = use.most is None or use.most > 1
    return default_of(raw, several=several, repeat=use.repeat, formats=said.formats, kind=said.kind)


def _choice_default(source: Any, raw: Any, use: _Use) -> Default:
    if raw is None or raw in ((), []):
        return NONE
    if isinstance(raw, bool):
        return Default("value", "true" if raw else "false")
    several = use.repeat or use.most is None or use.most > 1
    if several and isinstance(raw, (list, tuple)):
        return Default("value", [choice_text(type_of(source), each) for each in raw])
    one = choice_text(type_of(source), raw)
    return Default("value", [one] if several else one)


def _switch_default(source: Any, raw: Any) -> Default:
    if callable(raw):
        return Default("computed")
    if raw is None:
        implied = set_or(source.default, other=False) is False and not source.required
        return OFF if implied and not source.prompt else NONE
    return Default("value", raw) if isinstance(raw, bool) else NONE


def _flag_default(source: Any, raw: Any) -> Default:
    """Return True for a flag whose effect holds already when it is not given."""
    effect = set_or(getattr(source, "flag_value", None))
    effect = True if effect is None else effect
    whole = not isinstance(effect, bool)
    on = raw == effect and type(raw) is type(effect)
    return ON if on or (whole and raw is True) else NONE
