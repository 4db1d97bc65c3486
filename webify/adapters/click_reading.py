"""click: let its parser read arguments, without calling any command."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, Iterator, List, Sequence, Tuple

from webify.adapters.click_parameter import set_or
from webify.adapters.click_types import choice_text, type_of
from webify.adapters.hearing import Refused, heard
from webify.adapters.sharing import Entry
from webify.model.command import Kind, Parameter

REST = ":rest"  # where words stand that the parser leaves to the tool

_LONGEST = 50  # commands that may follow each other in one call
_STREAMS = ("<stdin>", "<stdout>", "<stderr>")


class Reading:
    """One reading: the contexts that were made, and the parameter that each source became."""

    def __init__(self, entries: Any) -> None:
        """Take the function that makes the entries of a command: (command, context, prefix)."""
        self.entries = entries
        self.values: Dict[str, Any] = {}
        self.addresses: Dict[int, str] = {}
        self.contexts: List[Any] = []
        self.kept: List[Any] = []  # while they live, no other object gets their id

    def read(self, root: Any, context: Any, argv: Sequence[str]) -> Dict[str, Any]:
        """Return what the parser makes of the arguments, by address, or raise Refused."""
        try:
            rest = self._command(root, context, list(argv), "")
        except Refused:
            raise
        except Exception as trouble:  # noqa: BLE001 - told from others by what it can say
            raise self._refused(trouble) from None
        finally:
            for each in reversed(self.contexts):
                each.close()
        return dict(self.values, **{REST: list(rest)}) if rest else self.values

    def _command(
        self, command: Any, context: Any, words: List[str], prefix: str, **more: Any
    ) -> List[str]:
        """Read the words of one command, and of those below it; return what is left."""
        entries = self.entries(command, context, prefix)
        taken: Dict[int, Any] = {}
        for entry in entries:
            self._tame(entry, taken)
        made = command.make_context(context.info_name, words, parent=context.parent, **more)
        self.contexts.append(made)
        for entry in entries:
            self._keep(entry, entries, taken)
        rest = [*_protected(made), *made.args]
        if hasattr(command, "resolve_command"):
            return self._below(command, made, rest, prefix)
        return rest

    def _below(self, group: Any, context: Any, words: List[str], prefix: str) -> List[str]:
        if not words and not group.invoke_without_command:
            raise Refused("Missing command.")
        chain = bool(getattr(group, "chain", False))
        more = {"allow_extra_args": True, "allow_interspersed_args": False} if chain else {}
        for _ in range(_LONGEST if words else 0):
            with context:
                called, command, words = group.resolve_command(context, words)
            name = first_name(group, context, command, str(called))
            below = type(context)(command, info_name=called, parent=context)
            words = self._command(command, below, words, f"{prefix}{name}.", **more)
            if not chain or not words:
                break
        return words

    def _tame(self, entry: Entry, taken: Dict[int, Any]) -> None:
        """Let a parameter do nothing but tell its value: no action, no question, no opened file."""
        source, checks = entry.source, entry.source.callback
        acts = entry.parameter.most == 0 or source.is_eager or not source.expose_value
        checked: List[Any] = [] if acts or checks is None else [checks]

        def tell(context: Any, parameter: Any, value: Any) -> Any:
            taken[id(source)] = value
            if checked and _typed_in(context, parameter):
                _check(checked[0], context, parameter, value)
            return value

        self.kept.append(source)
        self.addresses[id(source)] = entry.parameter.address

        def ask(*_: Any, **__: Any) -> Any:
            question = f"It would ask at the terminal: {source.prompt}"
            raise Refused(question, entry.parameter.address)

        source.callback = tell
        source.is_eager = False
        source.prompt_for_value = ask
        if callable(source.default):
            source.default, source.required = None, False
        for kind in _types(source):
            if hasattr(kind, "lazy"):
                _make_lazy(kind)

    def _keep(self, entry: Entry, entries: Sequence[Entry], taken: Dict[int, Any]) -> None:
        """Keep what was heard of one parameter; one of several of a name, where it is its own."""
        if id(entry.source) not in taken:
            return
        value = plain(taken[id(entry.source)], entry.source, entry.parameter)
        rivals = [each for each in entries if each.dest == entry.dest and each is not entry]
        const = _const(entry)
        if entry.parameter.kind is Kind.FLAG and const is not None:
            if value == const:
                self.values[entry.parameter.address] = True
        elif not rivals or all(value != _const(each) for each in rivals):
            self.values[entry.parameter.address] = value

    def _refused(self, trouble: Exception) -> Exception:
        """Return the parser's refusal in its own words; other troubles stay what they are."""
        name = type(trouble).__name__
        if name == "NoArgsIsHelpError" or name == "Exit":
            return Refused("Nothing was given, and then it only shows its help.")
        if not hasattr(trouble, "format_message"):
            return trouble
        source = getattr(trouble, "param", None)
        about = self.addresses.get(id(source), "") or str(getattr(trouble, "option_name", "") or "")
        return Refused(str(trouble.format_message()), about)


def first_name(group: Any, context: Any, command: Any, name: str) -> str:
    """Return the first of the names by which the group lists a command."""
    for each in group.list_commands(context):
        if each == name:
            break
        try:
            if group.get_command(context, each) is command:
                return str(each)
        except Exception:  # noqa: BLE001, S112 - a broken command is no other name of this one
            continue
    return name


def plain(value: Any, source: Any, parameter: Parameter) -> Any:
    """Return click's value of a parameter as an answer would say it."""
    value = set_or(value)
    if isinstance(value, (list, tuple)):
        return [plain(each, source, parameter) for each in value]
    stream = _stream(value)
    if stream is not None:
        return stream
    if value is not None and parameter.choices and not isinstance(value, bool):
        return choice_text(type_of(source), value)
    if isinstance(value, datetime) and parameter.kind is Kind.DATE:
        return value.date().isoformat()
    if isinstance(value, datetime) and parameter.kind is Kind.TIME:
        return value.time().isoformat()
    return heard(value)


def _stream(value: Any) -> Any:
    """Return the name of a file that click would open when it is used, without opening it."""
    if type(value).__name__.lstrip("_") not in ("LazyFile", "KeepOpenFile"):
        return None
    name = getattr(value, "name", None)
    return "-" if name in _STREAMS else str(name)


def _const(entry: Entry) -> Any:
    """Return what stands for a flag that is given, where that is not simply True."""
    value = set_or(getattr(entry.source, "flag_value", None))
    return heard(value) if entry.parameter.const is not None or value is False else None


def _typed_in(context: Any, parameter: Any) -> bool:
    source = context.get_parameter_source(parameter.name)
    return str(getattr(source, "name", "")) == "COMMANDLINE"


def _check(callback: Any, context: Any, parameter: Any, value: Any) -> None:
    """Hear a refusal of the tool's own check; whatever else it raises is no word on the value."""
    try:
        callback(context, parameter, value)
    except Exception as trouble:
        if hasattr(trouble, "format_message"):
            raise


def _types(source: Any) -> Iterator[Any]:
    kind = type_of(source)
    yield kind
    yield from getattr(kind, "types", ())
    yield getattr(kind, "parameter_info", None)


def _make_lazy(kind: Any) -> None:
    try:
        kind.lazy = True
    except AttributeError:  # a class of the tool's own that cannot be changed
        return


def _protected(context: Any) -> Tuple[str, ...]:
    """Return the words that a group left for the commands below it."""
    found = getattr(context, "_protected_args", None)
    return tuple(getattr(context, "protected_args", ()) if found is None else found)
