"""Read a completion function of zsh: options, their values, choices and sub-commands."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass, field, replace

from webify.manuals.facts import NO, OPTIONAL, CommandFact, OptionFact, Page, PositionalFact
from webify.manuals.shell_run import Walk
from webify.manuals.unknown import UNKNOWN, known
from webify.manuals.zsh_lists import plain_values, variant, without_flags
from webify.manuals.zsh_specs import Spec, choices_of, described, read_spec
from webify.model.command import Choice

SOURCE = "zsh completion"
LONGEST = 6_000_000
COMMAND = re.compile(r"\A[A-Za-z@_][\w.+@/-]{0,60}\Z")
DISPATCH = re.compile(r"\b(?:words|line|cmd|command|subcmd|subcommand|verb|action|cmds)\b")
LISTED = re.compile(r"command|cmd|subcmd|verb|action", re.IGNORECASE)
ARRAYS = re.compile(r"\A[A-Za-z_]\w{0,80}\Z")
MOST_PAGES = 2_000

Path = tuple[str, ...]


@dataclass
class _Command:
    """What has been heard of one command so far."""

    options: list[OptionFact] = field(default_factory=list)
    positionals: list[PositionalFact] = field(default_factory=list)
    commands: dict[str, CommandFact] = field(default_factory=dict)


@dataclass
class _Heard:
    """Listens to a walk through a script."""

    program: str
    system: str
    path: list[str] = field(default_factory=list)
    above: list[list[str]] = field(default_factory=list)
    found: dict[Path, _Command] = field(default_factory=dict)
    captured: list[Choice] | None = None
    states: list[str] = field(default_factory=list)
    offered: dict[str, list[Choice]] = field(default_factory=dict)
    actions: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    family: str = ""

    @property
    def here(self) -> _Command:
        """Return the command that the walk is at."""
        return self.found.setdefault(tuple(self.path), _Command())

    def command(self, walk: Walk, name: str, words: list[list[str]]) -> bool:
        """Hear one command of the script."""
        flat = [value for group in words for value in group]
        if name in {"_arguments", "_x_arguments"}:
            _hear_arguments(self, walk, words)
        elif name == "_describe":
            self._hear_described(walk, flat)
        elif name in {"_values", "compadd", "_wanted"}:
            self._offer(plain_values(name, flat))
        elif name == "_pick_variant":
            walk.status = variant(walk, flat, self.system)
        elif name == "_call_function":
            self._hear_call(walk, flat[1:])
        elif name == "_regex_words":
            self._hear_regex_words(flat)
        elif name in {"_alternative", "_shells"}:
            self._hear_alternatives(walk, flat)
        else:
            return False
        return True

    def branch(self, subject: str, patterns: list[str]) -> bool:
        """Step into the sub-commands that a branch is for."""
        if not DISPATCH.search(subject) or "state" in subject or "#" in subject:
            self.above.append(self.path)
            self.states.append(" ".join(patterns) if "state" in subject else "")
            return True
        names = [each for each in patterns if COMMAND.match(each)]
        if not names or len(self.found) > MOST_PAGES or len(self.path) > 4:
            return False
        self.above.append(self.path)
        self.states.append("")
        self.path = [*self.path, names[0]]
        self.here.commands.setdefault("", CommandFact("", tuple(names)))
        return True

    def after_branch(self, _walk: Walk, /) -> None:
        """Step back to where the walk was before the branch."""
        self.path = self.above.pop()
        self.states.pop()

    def _offer(self, choices: list[Choice]) -> None:
        choices = [each for each in choices if known(each.value) and each.value]
        if self.captured is not None:
            self.captured += choices
        elif self.states and self.states[-1]:
            for state in self.states[-1].split():
                self.offered.setdefault(state, []).extend(choices)

    def _hear_described(self, walk: Walk, words: list[str]) -> None:
        flags = "".join(word for word in words[:4] if word.startswith("-"))
        rest = [word for word in without_flags(words) if word]
        message, arrays = (rest[0] if rest else ""), rest[1:]
        listed = bool(LISTED.search(" ".join([*words[:3], *arrays[:1]])))
        entries = [
            described(value)
            for name in arrays
            if ARRAYS.match(name)
            for value in walk.variables.get(name, [])
            if known(value)
        ]
        if "o" in flags.lower():
            options = [each for each in entries if each.value.startswith("-")]
            self.here.options += [OptionFact((each.value,), help=each.label) for each in options]
        elif self.captured is not None:
            self.captured += entries
        elif listed or LISTED.search(message):
            self._list(entries)
        else:
            self._offer(entries)

    def _list(self, entries: list[Choice] | tuple[Choice, ...]) -> None:
        for entry in entries:
            if COMMAND.match(entry.value):
                fact = CommandFact(entry.value, help=entry.label)
                self.here.commands.setdefault(entry.value, fact)

    def hear_arrays(self, walk: Walk) -> None:
        """Take the lists of commands, by their names, where nothing else tells of any."""
        for name, values in walk.lists.items():
            listed = re.search(r"(?:commands|cmds)\Z", name) and len(values) > 1
            if listed and all(re.match(r"[\w-]{1,80}:", value) for value in values):
                self._list([described(value) for value in values])

    def _hear_call(self, walk: Walk, words: list[str]) -> None:
        for word in words[:1]:
            walk.call(word)

    def _hear_regex_words(self, words: list[str]) -> None:
        rest = without_flags(words)
        if rest and LISTED.search(rest[0]):
            self._list([described(word) for word in rest[2:] if known(word)])

    def _hear_alternatives(self, walk: Walk, words: list[str]) -> None:
        for word in words:
            tag, _, rest = word.partition(":")
            action = rest.partition(":")[2]
            name = action.split(" ")[0] if action else ""
            if name in walk.functions:
                walk.call(name)
            elif action.startswith("("):
                entries = choices_of(action)
                self._list(entries) if LISTED.search(tag) else self._offer(list(entries))

    def choices(self, walk: Walk, action: str) -> tuple[Choice, ...]:
        """Return the values that an action offers, as far as they are written in the script."""
        if action.startswith("("):
            return choices_of(action)
        name = action.split(" ", maxsplit=1)[0].strip("{}")
        if action not in self.actions and name in walk.functions and name not in walk.calls:
            self.actions[action] = ()
            kept, self.captured = self.captured, []
            walk.call(name)
            self.actions[action] = tuple(self.captured) if all(map(_sure, self.captured)) else ()
            self.captured = kept
        return self.actions.get(action, ())


def read_zsh(script: str, program: str, *, system: str = "") -> dict[Path, Page]:
    """Return what a script says of each command of the program, by the sub-commands' words."""
    heard = _Heard(program, (system or platform.system() or "Linux").lower())
    kind = {"linux": "linux-gnu", "darwin": "darwin22"}.get(heard.system, heard.system)
    walk = Walk(heard, variables={"OSTYPE": [kind], "service": [_service(script, program)]})
    for name in ("words", "line", "state", "CURRENT", "PREFIX", "opt_args", "context"):
        walk.variables[name] = [UNKNOWN]
    walk.variables.update({"LANG": ["C"], "LC_ALL": ["C"]})
    heard.family = "clap" if '"${_arguments_options[@]}"' in script else ""
    walk.source(script[:LONGEST])
    if not heard.found:
        walk.call(f"_{program}")
    if not heard.found.get((), _Command()).commands:
        heard.hear_arrays(walk)
    _hear_functions(heard, walk)
    return _pages(heard)


def _service(script: str, program: str) -> str:
    """Return as what a program is completed: `#compdef one two=one` completes two as one."""
    words = script[:4000].split("\n", 1)[0].split()
    named = (word.partition("=") for word in words if word.startswith(f"{program}="))
    return next((service for _, _, service in named if service), program)


def _hear_functions(heard: _Heard, walk: Walk) -> None:
    """Walk through the functions that are named after the listed sub-commands."""
    waiting: list[Path] = [(name,) for name in heard.found.get((), _Command()).commands if name]
    done: set[Path] = set()
    while waiting and len(done) < MOST_PAGES:
        path = waiting.pop(0)
        function = next(
            (each for each in _names(heard.program, path) if each in walk.functions), ""
        )
        if path in done or len(path) > 4:
            continue
        done.add(path)
        heard.path = list(path)
        if function and not (path in heard.found and heard.found[path].options):
            walk.call(function)
        below = heard.found.get(path)
        waiting += [(*path, name) for name in (below.commands if below else ()) if name]
    heard.path = []


def _names(program: str, path: Path) -> list[str]:
    found = []
    for sign in ("-", "_", "__"):
        name = f"_{program}{sign}{sign.join(path)}"
        found += [name, name.replace("-", "_"), f"_{name.replace('-', '_')}"]
        found += [f"{name}_command", f"_{program}_cmd_{'_'.join(path)}", name.lstrip("_")]
    return found


def _hear_arguments(heard: _Heard, walk: Walk, words: list[list[str]]) -> None:
    last: Spec | None = None
    flat = _specs([value for group in words for value in group])
    for word in flat:
        spec = read_spec(word)
        if spec is None:
            continue
        if not spec.name:
            _hear_argument(heard, walk, spec)
        elif last and _same(last, spec):
            _extend(heard.here.options, spec)
        else:
            heard.here.options.append(_fact(heard, walk, spec))
        last = spec if spec.name else None


def _specs(words: list[str]) -> list[str]:
    """Return the specifications among the arguments of _arguments."""
    found, at = [], 0
    leading = True
    while at < len(words):
        word = words[at]
        at += 1
        if word == "--":
            break
        if leading and re.fullmatch(r"-[sSCwWnR0]+", word):
            continue
        if leading and word in {"-A", "-O", "-M"}:
            at += 1
            continue
        leading = False if word == ":" or not word.startswith("-") else leading
        if word in {":", "+", "-"} or not known(word.partition("[")[0]):
            at += word in {"+", "-"}
            continue
        found.append(word)
    return found


def _hear_argument(heard: _Heard, walk: Walk, spec: Spec) -> None:
    action = spec.action
    name = action.split(" ")[0]
    first = spec.place in {"", "1"} and not heard.here.positionals
    if first and LISTED.search(f"{spec.message} {name}"):
        if action.startswith("("):
            return heard._list(choices_of(action))  # noqa: SLF001 - one reader in two pieces
        if name in walk.functions:
            kept, heard.captured = heard.captured, None
            walk.call(name)
            heard.captured = kept
            return None
    if name in walk.functions and first and not heard.here.commands:
        heard.choices(walk, action)
    if spec.message or (action and not action.startswith("->")):
        heard.here.positionals.append(_positional(heard, walk, spec))
    return None


def _positional(heard: _Heard, walk: Walk, spec: Spec) -> PositionalFact:
    name, _, text = spec.message.partition(" -- ")
    needed = spec.value != OPTIONAL
    return PositionalFact(
        name.strip() or "argument",
        required=needed if not needed or heard.family else None,
        repeat=spec.repeat or None,
        choices=heard.choices(walk, spec.action) if spec.action.startswith("(") else (),
        help=text.strip(),
    )


def _same(last: Spec, spec: Spec) -> bool:
    """Say whether two neighbours are spellings of one option: all but the name is alike."""
    return bool(spec.text) and last.rest == spec.rest and last.hidden == spec.hidden


def _extend(options: list[OptionFact], spec: Spec) -> None:
    old = options[-1]
    if spec.name not in old.spellings:
        options[-1] = replace(old, spellings=(*old.spellings, spec.name))


def _fact(heard: _Heard, walk: Walk, spec: Spec) -> OptionFact:
    choices = heard.choices(walk, spec.action) if spec.value != NO else ()
    state = spec.action[2:] if spec.action.startswith("->") else ""
    return OptionFact(
        (spec.name,),
        value=spec.value,
        metavar=spec.message,
        attached=spec.attached,
        choices=choices or (Choice("->" + state),) * bool(state),
        help=spec.text if known(spec.text) else "",
        repeat=spec.repeat or None,
        hidden=spec.hidden,
    )


def _sure(choice: Choice) -> bool:
    return bool(choice.value) and known(choice.value)


def _pages(heard: _Heard) -> dict[Path, Page]:
    pages: dict[Path, Page] = {}
    groups: dict[Path, tuple[str, ...]] = {}
    for path, command in heard.found.items():
        mark = command.commands.pop("", None)
        groups[path] = mark.aliases if mark else ()
    for path, command in sorted(heard.found.items(), key=lambda item: len(item[0])):
        for name in groups[path] or path[-1:] or ("",):
            full = (*path[:-1], name) if path else ()
            above = heard.found.get(path[:-1]) if path else None
            if above and above.commands and name not in above.commands:
                continue
            if path and path[:-1] not in pages:
                continue
            if above and not above.commands:
                _grow(pages, path[:-1], name)
            pages[full] = _page(heard, full, command)
    return pages if any(page.options or page.commands for page in pages.values()) else {}


def _grow(pages: dict[Path, Page], path: Path, name: str) -> None:
    page = pages[path]
    pages[path] = replace(page, commands=(*page.commands, CommandFact(name)))


def _with_state(heard: _Heard, fact: OptionFact) -> OptionFact:
    """Put in the choices that the script offers in the state that an option leads to."""
    states = [each.value[2:] for each in fact.choices if each.value.startswith("->")]
    if not states:
        return fact
    return replace(fact, choices=tuple(dict.fromkeys(heard.offered.get(states[0], []))))


def _page(heard: _Heard, path: Path, command: _Command) -> Page:
    options: list[OptionFact] = []
    places: dict[str, int] = {}
    for each in command.options:
        fact = _with_state(heard, each)
        place = next((places[each] for each in fact.spellings if each in places), None)
        if place is None:
            places.update({each: len(options) for each in fact.spellings})
            options.append(fact)
            continue
        old = options[place]
        spellings = tuple(dict.fromkeys([*old.spellings, *fact.spellings]))
        options[place] = replace(old, spellings=spellings, choices=old.choices or fact.choices)
        places.update({each: place for each in fact.spellings if each not in places})
    return Page(
        source=SOURCE,
        path=path,
        options=tuple(options),
        positionals=tuple(command.positionals),
        commands=tuple(command.commands.values()),
        family=heard.family,
    )
