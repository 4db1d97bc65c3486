"""click: the headings under which the packages that build on it put parameters, and their rules."""

from __future__ import annotations

import inspect
import sys
from fnmatch import fnmatch
from typing import Any, Dict, Iterable, List, NamedTuple, Sequence, Tuple

from webify.adapters.sharing import Entry
from webify.model.command import Constraint, Group

# Groups of the package click-option-group, by the name of their class.
_RULES = {
    "MutuallyExclusiveOptionGroup": ("exclusive", False),
    "RequiredMutuallyExclusiveOptionGroup": ("exclusive", True),
    "RequiredAnyOptionGroup": ("at least one", False),
}


class Panel(NamedTuple):
    """A heading, and the names, spellings or objects that stand below it."""

    title: str
    help: str
    members: Tuple[Any, ...]

    def holds(self, source: Any) -> bool:
        """Say whether a parameter stands below it."""
        known = (source.name, *source.opts, *source.secondary_opts)
        return any(each is source or (isinstance(each, str) and each in known) for each in self[2])


def panels(command: Any, context: Any) -> List[Panel]:
    """Return the headings that the command itself holds: those of rich-click and cloup."""
    held = [*_listed(command, "panels"), *_listed(command, "option_groups")]
    made = [
        Panel(
            _text(getattr(each, "name", "")) or _text(getattr(each, "title", "")),
            _text(getattr(each, "help", "")),
            tuple(getattr(each, "options", None) or ()),
        )
        for each in held
    ]
    return [each for each in (*made, *_configured(context)) if each.title]


def heading(source: Any, known: Sequence[Panel]) -> str:
    """Return the heading of one parameter, or ""."""
    for name in ("rich_help_panel", "panel"):
        said = getattr(source, name, None)
        said = said[0] if isinstance(said, (list, tuple)) and said else said
        if isinstance(said, str) and said:
            return said
    own = _group(source)
    if own is not None:
        return _title(own)
    return next((each.title for each in known if each.holds(source)), "")


def groups(entries: Sequence[Entry], known: Sequence[Panel]) -> Tuple[Group, ...]:
    """Return the headings that are in use."""
    helps = {each.title: each.help for each in reversed(known)}
    for entry in entries:
        own = _group(entry.source)
        if own is not None:
            helps.setdefault(_title(own), _text(getattr(own, "help", "")))
    names = dict.fromkeys(entry.parameter.group for entry in entries if entry.parameter.group)
    return tuple(Group(name, name, helps.get(name, "")) for name in names)


def constraints(entries: Sequence[Entry]) -> Tuple[Constraint, ...]:
    """Return the rules that click-option-group holds between the parameters of a group."""
    found: Dict[int, Tuple[Any, List[str]]] = {}
    for entry in entries:
        own = _group(entry.source)
        if own is not None and not entry.parameter.hidden:
            found.setdefault(id(own), (own, []))[1].append(entry.parameter.address)
    made: List[Constraint] = []
    for own, members in found.values():
        name = type(own).__name__
        if name in _RULES and len(members) > 1:
            kind, required = _RULES[name]
            made.append(Constraint(kind, tuple(members), required))
        elif name == "AllOptionGroup":
            made += [_together(each, members) for each in members]
    return tuple(made)


def _together(first: str, members: List[str]) -> Constraint:
    return Constraint("requires", (first, *(each for each in members if each != first)))


def _group(source: Any) -> Any:
    """Return the group of click-option-group that an option stands in."""
    own = getattr(source, "group", None)
    return own if hasattr(own, "get_options") else None


def _title(own: Any) -> str:
    named = _text(getattr(own, "name", ""))
    return named or _text(getattr(own, "name_extra", "")) or type(own).__name__


def _listed(command: Any, name: str) -> Iterable[Any]:
    held = getattr(command, name, None)
    return held if isinstance(held, (list, tuple)) else ()


def _configured(context: Any) -> List[Panel]:
    """Return the groups of options that rich-click was told of by the path of the command."""
    module = sys.modules.get("rich_click.rich_click")
    told = getattr(getattr(context, "help_config", None), "option_groups", None)
    paths = {context.command_path, _names(context)}
    made: List[Panel] = []
    for table in (told, getattr(module, "OPTION_GROUPS", None)):
        for pattern, listed in table.items() if isinstance(table, dict) else ():
            if any(fnmatch(path, pattern) for path in paths):
                made += [_of_table(each) for each in listed if isinstance(each, dict)]
    return made


def _of_table(each: Dict[str, Any]) -> Panel:
    return Panel(_text(each.get("name")), _text(each.get("help")), tuple(each.get("options") or ()))


def _names(context: Any) -> str:
    """Return the path as the commands are called in the source, not as the tool was started."""
    names: List[str] = []
    while context is not None:
        names.insert(0, str(context.command.name))
        context = context.parent
    return " ".join(names)


def _text(said: Any) -> str:
    return inspect.cleandoc(said) if isinstance(said, str) else ""
