"""fire: say in our nouns what a component accepts; nothing of it is called."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

from webify.adapters.catching import Catch
from webify.adapters.fire_members import called, members
from webify.adapters.fire_values import Spec, parameters, spec_of
from webify.adapters.hearing import Refused, heard
from webify.adapters.meeting import meet
from webify.adapters.naming import version_in
from webify.model.command import Command, Kind, Parameter, Syntax

NAME = "fire"
SYNTAX = Syntax(
    dash_lists="always", short_join="=", separator="", negatives=True, quoting="python",
    truths=("True", "False"),
)  # fmt: skip
DIVIDER = "-"

_DEEPEST = 4
_MOST = 600  # commands of one tool


@dataclass
class Tool:
    """What was handed to Fire(), the fire that it was handed to, and the name of the tool."""

    component: Any
    fire: Any
    name: str = ""
    place: str = ""  # the package, or the folder, that the tool's own code comes from


def take(module: Any, catch: Catch) -> None:
    """Make Fire() tell `catch` of the component; where it is none, of the caller's names."""
    if not all(hasattr(module, name) for name in ("Fire", "_MakeParseFn", "inspectutils")):
        return  # another module of this name
    original = module.Fire

    def fire(component: Any = None, command: Any = None, name: Any = None, **more: Any) -> Any:
        caller = sys._getframe(1)
        names = dict(caller.f_globals, **caller.f_locals) if component is None else component
        own = str(caller.f_globals.get("__name__", ""))
        called_as = str(name or Path(sys.argv[0]).name)
        tool = Tool(names, module, called_as, own.partition(".")[0])
        words = command.split() if isinstance(command, str) else command
        meet(catch, NAME, tool, sys.argv[1:] if words is None else list(words))
        return original(names, command, name, **more)

    module.Fire = fire


def describe(parser: Tool) -> Command:
    """Say what the component accepts, and what it holds as commands."""
    return _Walk(parser).command(parser.component, parser.name, "", ())


def version(parser: Tool) -> str:
    """Return the version that the tool's main module tells: fire has none."""
    del parser
    return version_in(getattr(sys.modules.get("__main__"), "__version__", ""))


def read(parser: Tool, argv: Sequence[str]) -> Dict[str, Any]:
    """Return what fire would call the component with."""
    return _read(parser, parser.component, list(argv), "")


class _Walk:
    """One walk through all that a component holds."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self.left = _MOST

    def command(self, component: Any, name: str, prefix: str, above: Tuple[Any, ...]) -> Command:
        """Describe one component, and below it what it holds."""
        self.left -= 1
        target = called(component)
        spec = spec_of(self.tool.fire, target) if target is not None else Spec()
        words = inspect.isroutine(component)
        said = parameters(spec, prefix, words=words)
        below = () if words else tuple(self._below(component, prefix, above))
        divided = bool(spec.args or spec.options or spec.rest) and inspect.isclass(component)
        return Command(
            name=name,
            aliases=(name.replace("_", "-"),) if "_" in name[1:] and prefix else (),
            help=_help(component, spec),
            parameters=(*said, *_index(component, prefix)),
            commands=below,
            needs_command=bool(below) and (target is None or inspect.isclass(component)),
            open_options=spec.takes_any,
            syntax=replace(SYNTAX, divider=DIVIDER if divided else ""),
        )

    def _below(self, component: Any, prefix: str, above: Tuple[Any, ...]) -> List[Command]:
        if len(above) >= _DEEPEST:
            return []
        made = []
        for name, member, foreign in members(component, self.tool.place):
            if self.left <= 0 or any(member is each for each in (*above, component)):
                continue
            if foreign:
                made.append(Command(name, hidden=True, lazy=True, syntax=SYNTAX))
            else:
                path = f"{prefix}{name}."
                made.append(self.command(member, name, path, (*above, component)))
        return made


def _index(component: Any, prefix: str) -> Tuple[Parameter, ...]:
    """Return the number that fire takes an element of a list by."""
    if not isinstance(component, (list, tuple)):
        return ()
    help_ = f"Which of the {len(component)} elements, from 0."
    return (Parameter(f"{prefix}index", kind=Kind.INTEGER, help=help_, least=0),)


def _text(component: Any) -> str:
    if isinstance(component, (str, int, float, dict, list, tuple, set)) or component is None:
        return ""
    return inspect.getdoc(component) or ""


def _help(component: Any, spec: Spec) -> str:
    """Return what is said of a component; of an object that can be called, what its class says."""
    if inspect.isclass(component) or inspect.isroutine(component):
        return spec.help or _text(component)
    return _text(component) or _names_text(component)


def _names_text(names: Any) -> str:
    """Return what a module says of itself, where all of its names were handed over."""
    text = names.get("__doc__") if isinstance(names, dict) and "__name__" in names else ""
    return inspect.cleandoc(text) if isinstance(text, str) else ""


def _read(tool: Tool, component: Any, words: List[str], prefix: str) -> Dict[str, Any]:
    """Return what a component gets of these words, and what the components below it get."""
    found: Dict[str, Any] = {}
    target = called(component)
    own, behind = words, words
    if inspect.isclass(component) and DIVIDER in words:
        place = words.index(DIVIDER)
        own, behind = words[:place], words[place + 1 :]
    if target is not None and (inspect.isroutine(component) or own is not behind or not words):
        found.update(_called_with(tool, component, own, prefix))
        if inspect.isroutine(component):
            return found
    for name, member, foreign in members(component, tool.place) if behind else ():
        if not foreign and behind[0] in (name, name.replace("_", "-")):
            return dict(found, **_read(tool, member, behind[1:], f"{prefix}{name}."))
    if target is not None and own is behind and words:
        return _called_with(tool, component, words, prefix)
    if behind:
        raise Refused(f"Could not consume arg: {behind[0]}")
    return found


def _called_with(tool: Tool, component: Any, words: List[str], prefix: str) -> Dict[str, Any]:
    target = called(component)
    fire = tool.fire
    given = [target, fire.decorators.GetMetadata(component)]
    count = len(inspect.signature(fire._MakeParseFn).parameters)
    try:
        (values, named), _, left, _ = fire._MakeParseFn(*given[:count])(words)
    except fire.FireError as wrong:
        raise Refused(" ".join(map(str, wrong.args))) from None
    if left:
        raise Refused(f"Could not consume arguments: {left}", left[0])
    spec = spec_of(fire, target)
    names = [each.name for each in spec.args]
    found = {prefix + name: heard(value) for name, value in zip(names, values)}
    if spec.rest and len(values) > len(names):
        found[prefix + spec.rest.name] = heard(list(values[len(names) :]))
    return dict(found, **{prefix + name: heard(value) for name, value in named.items()})
