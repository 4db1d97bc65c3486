"""fire: the arguments of a function as parameters; a default, or else a hint, tells the kind."""

from __future__ import annotations

import inspect
import pathlib
import typing
from dataclasses import dataclass, field, replace
from typing import Any, Dict, Iterator, List, Optional, Tuple

from webify.adapters.defaults import default_of, hidden_default
from webify.adapters.naming import Addresses, path_kind, secret
from webify.model.command import Choice, Default, Kind, Parameter

_TRUTHS = (Choice("True", "Yes"), Choice("False", "No"))
_KINDS: Dict[Any, Kind] = {bool: Kind.SWITCH, int: Kind.INTEGER, float: Kind.NUMBER}
_NAMED = {"bool": bool, "int": int, "float": float, "str": str, "Path": pathlib.Path}
_CONTAINERS = (list, tuple, dict, set, frozenset)
_NOTHING = object()


@dataclass(frozen=True)
class Argument:
    """One argument of a function: its name, default and hint, and the function that reads it."""

    name: str
    default: Any = _NOTHING
    hint: Any = _NOTHING
    parse: Any = None
    help: str = ""


@dataclass
class Spec:
    """What a function takes: by place or by name, by name only, and all that is left."""

    args: List[Argument] = field(default_factory=list)
    options: List[Argument] = field(default_factory=list)
    rest: Optional[Argument] = None
    takes_any: bool = False
    help: str = ""


def spec_of(fire: Any, target: Any) -> Spec:
    """Return what a function or a class takes, as fire sees it."""
    found = fire.inspectutils.GetFullArgSpec(target)
    told = _Docs(fire, target)
    parse = fire.decorators.GetParseFns(target)
    needed = len(found.args) - len(found.defaults)
    hints = _hints(target, found.annotations)

    def argument(name: str, default: Any, index: int = -1) -> Argument:
        listed = parse["positional"]
        read = listed[index] if 0 <= index < len(listed) else parse["named"].get(name)
        read = read or parse["default"]
        return Argument(name, default, hints.get(name, _NOTHING), read, told.about(name))

    spec = Spec(help=told.text(), takes_any=found.varkw is not None)
    for index, name in enumerate(found.args):
        default = found.defaults[index - needed] if index >= needed else _NOTHING
        spec.args.append(argument(name, default, index))
    for name in found.kwonlyargs:
        spec.options.append(argument(name, found.kwonlydefaults.get(name, _NOTHING)))
    spec.rest = argument(found.varargs, _NOTHING) if found.varargs else None
    return spec


def _hints(target: Any, annotations: Dict[str, Any]) -> Dict[str, Any]:
    found = dict(annotations)
    function = getattr(target, "__init__", None) if inspect.isclass(target) else target
    try:
        found.update(typing.get_type_hints(function))
    except Exception:  # noqa: BLE001 - the tool's own names may be missing here
        return found
    return found


class _Docs:
    """What a docstring says, as fire reads it."""

    def __init__(self, fire: Any, target: Any) -> None:
        self.words: Dict[str, str] = {}
        self.summary = self.description = ""
        documents = [inspect.getdoc(target)]
        if inspect.isclass(target):
            documents.append(inspect.getdoc(target.__init__))
        for text in filter(None, documents):
            self._take(fire.helptext.docstrings.parse(text))

    def _take(self, info: Any) -> None:
        self.summary = self.summary or info.summary or ""
        self.description = self.description or info.description or ""
        for each in info.args or ():
            self.words.setdefault(each.name.lstrip("*"), each.description or "")

    def about(self, name: str) -> str:
        return inspect.cleandoc(self.words.get(name, ""))

    def text(self) -> str:
        return "\n\n".join(dict.fromkeys(filter(None, (self.summary, self.description))))


def parameters(spec: Spec, prefix: str, *, words: bool) -> Tuple[Parameter, ...]:
    """Return the parameters; words: it takes values by their place, as functions do."""
    return tuple(_parameters(spec, Addresses(prefix), words=words))


def _parameters(spec: Spec, addresses: Addresses, *, words: bool) -> Iterator[Parameter]:
    letters = [each.name[0] for each in (*spec.args, *spec.options)]
    for each in spec.args:
        placed = words and (each.default is _NOTHING or spec.rest is not None)
        short = not spec.takes_any and letters.count(each.name[0]) == 1
        yield (_positional(each, addresses) if placed else _option(each, addresses, short=short))
    for each in spec.options:
        short = not spec.takes_any and letters.count(each.name[0]) == 1
        yield _option(each, addresses, short=short)
    if spec.rest is not None:
        yield replace(_positional(spec.rest, addresses), least=0, most=None, required=False)


def _option(argument: Argument, addresses: Addresses, *, short: bool) -> Parameter:
    said = _said(argument, addresses)
    switch = said.kind is Kind.SWITCH
    letter = (f"-{argument.name[0]}",) if short or len(argument.name) == 1 else ()
    return replace(
        said,
        spellings=(*letter, f"--{argument.name}"),
        negations=(f"--no{argument.name}",) if switch else (),
        least=0 if switch else 1,
        most=0 if switch else 1,
        required=argument.default is _NOTHING,
    )


def _positional(argument: Argument, addresses: Addresses) -> Parameter:
    said = _said(argument, addresses)
    needed = argument.default is _NOTHING
    if said.kind is Kind.SWITCH:
        raw = argument.default
        told = Default("value", str(raw)) if isinstance(raw, bool) else Default()
        said = replace(said, kind=Kind.TEXT, choices=_TRUTHS, default=told)
    return replace(
        said, metavar=argument.name.upper(), required=needed, least=1 if needed else 0,
    )  # fmt: skip


def _said(argument: Argument, addresses: Addresses) -> Parameter:
    """Return the kind and the default; how its values are read is told by `action` and `custom`."""
    raw = None if argument.default is _NOTHING else argument.default
    known = Parameter(addresses.take(argument.name, "value"), help=argument.help)
    if argument.parse is not None:
        name = str(getattr(argument.parse, "__name__", "") or type(argument.parse).__name__)
        action = "verbatim" if argument.parse is str else "store"
        custom = "" if argument.parse is str else name
        return replace(known, default=_default(raw), action=action, custom=custom)
    cls = _listed(argument.hint) or (type(raw) if raw is not None else _hinted(argument.hint))
    if isinstance(cls, list):
        return replace(_text(known, argument, raw), suggestions=tuple(map(Choice, cls)))
    if cls in _KINDS:
        told = _default(raw) if cls is not bool else _truth(raw)
        return replace(known, kind=_KINDS[cls], default=told)
    if cls is str or (isinstance(cls, type) and issubclass(cls, pathlib.PurePath)):
        return _text(known, argument, raw)
    if cls is None:
        return replace(known, action="literal")
    return replace(known, default=_default(raw), custom=getattr(cls, "__name__", str(cls)))


def _text(known: Parameter, argument: Argument, raw: Any) -> Parameter:
    kind = path_kind([argument.name])
    hide = kind is Kind.TEXT and secret([argument.name])
    default = _default(raw)
    told = hidden_default(default) if hide else default
    return replace(known, kind=kind, default=told, secret=hide)


def _listed(hint: Any) -> List[str]:
    """Return the texts that a Literal names; fire itself would take others too."""
    values = list(getattr(hint, "__args__", ()) or ()) if "Literal" in str(hint) else []
    return values if all(isinstance(each, str) for each in values) else []


def _hinted(hint: Any) -> Any:
    """Return the one class that a hint names; None where it names none or several."""
    if isinstance(hint, str):
        return _NAMED.get(hint.replace("Optional[", "").rstrip("]").partition(" |")[0].strip())
    inner = [each for each in getattr(hint, "__args__", ()) or () if each is not type(None)]
    if getattr(hint, "__origin__", None) in _CONTAINERS:
        return hint.__origin__
    if len(inner) == 1:
        return _hinted(inner[0])
    known = isinstance(hint, type) and (hint in (*_KINDS, str, *_CONTAINERS))
    return hint if known or _path(hint) else None


def _path(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, pathlib.PurePath)


def _truth(raw: Any) -> Default:
    return Default("value", raw) if isinstance(raw, bool) else Default()


def _default(raw: Any) -> Default:
    """Return a default; of a list and the like, the text that fire would read it from."""
    if isinstance(raw, _CONTAINERS):
        return Default("value", repr(raw)) if raw else Default()
    return default_of(raw) if raw != "" else Default()
