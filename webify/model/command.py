"""What a command-line tool accepts, as plain data.

An adapter makes these, every face reads them.  They are read by Python 3.8, because the probe
makes them inside the tool's own interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Dict, Iterator, List, Mapping, Optional, Tuple, Union

from webify.model.exits import Exit
from webify.model.syntax import Syntax, Way

__all__ = [
    "WIDGETS", "Bounds", "Choice", "Command", "Constraint", "Default", "Group", "Item", "Kind",
    "Parameter", "PathRule", "Root", "Syntax", "Tool", "Value", "Values", "Way",
]  # fmt: skip

# What a site may have a parameter asked with, where it fits; faces/widgets.py says where.
WIDGETS = (
    "radios",
    "select",
    "checks",
    "list",
    "text",
    "textarea",
    "password",
    "number",
    "stepper",
    "date",
    "datetime",
    "time",
)

# One answer, as every face hands it on.  A missing address means "not given".
#   bool        flag, switch; True for an option with an optional value that is given bare
#   int         count
#   str         one value
#   List[str]   several values of one use (nargs), or one value for each use (repeat)
#   List[List[str]]   several uses of several values each
Value = Union[bool, int, str, List[str], List[List[str]]]
Values = Mapping[str, Value]


class Kind(str, Enum):
    """What one value of a parameter is."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    SWITCH = "switch"
    COUNT = "count"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    UUID = "uuid"
    FILE_IN = "file in"
    FILE_OUT = "file out"
    DIRECTORY = "directory"
    PATH = "path"


@dataclass(frozen=True)
class Default:
    """What holds when nothing is given.

    source: "none", "value", "computed" (the tool works it out when it runs), "suppressed" or
    "env" (read from an environment variable).  value has the shape of an answer; text is what
    a person reads where the value has no plain form.
    """

    source: str = "none"
    value: Optional[Value] = None
    text: str = ""


@dataclass(frozen=True)
class Choice:
    """One of the values that a parameter takes: as spelled, and as read by a person."""

    value: str
    label: str = ""


@dataclass(frozen=True)
class Bounds:
    """The least and greatest number; an open bound is itself outside.

    clamp: the tool moves a number outside to the bound instead of refusing it.
    """

    least: Optional[float] = None
    most: Optional[float] = None
    least_open: bool = False
    most_open: bool = False
    clamp: bool = False


READS, WRITES, DESTROYS = "reads", "writes", "destroys"
EFFECTS = (READS, WRITES, DESTROYS)


@dataclass(frozen=True)
class PathRule:
    """What a path must be: there, a file, a folder, readable, writable; "-" for a stream."""

    exists: bool = False
    file_okay: bool = True
    dir_okay: bool = True
    readable: bool = False
    writable: bool = False
    executable: bool = False
    allow_dash: bool = False


@dataclass(frozen=True)
class Root:
    """A folder of the server that a tool may read, and what it is called."""

    name: str
    folder: str


@dataclass(frozen=True)
class Item:
    """One position of a parameter that takes a fixed row of values (a tuple)."""

    kind: Kind = Kind.TEXT
    name: str = ""
    choices: Tuple[Choice, ...] = ()
    bounds: Optional[Bounds] = None
    path: Optional[PathRule] = None
    formats: Tuple[str, ...] = ()
    roots: Optional[Tuple[Root, ...]] = None


@dataclass(frozen=True)
class Parameter:
    """One option or positional argument.

    address     dotted path, the same string as form field and JSON key: "verbose", "put.verbose"
    spellings   ("-v", "--verbose"); empty for a positional argument
    negations   ("--no-verbose",): the spellings that turn a switch off
    suggestions values that are known of; the tool may take others
    least, most values for one use; most None = no bound; 0 and 0 for flags and counts;
                0 and 1 for a value that may be left out (then const holds)
    repeat      may be used several times, each use adds
    items       the kinds of each position where they differ; empty means all are `kind`
    formats     strptime formats of dates, the first one is spelled
    roots       a path must lie in one of these folders; None where the site sets none
    rest        takes everything that is left, words that look like options too
    attached    an option whose optional value must be joined to it ("--color=auto")
    action      the framework's own word for what it does ("store", "append_const" ...)
    prompt      the question that the tool asks when it is not given; such a parameter is
                always spelled, as a web run has nobody at its standard input
    env         environment variables that it is read from, first one first
    inherited   shown again at a sub-command, though it belongs to a command above
    widget      what it is asked with in a form, where a site says so; see faces/widgets.py
    example     a value as people write it, shown beside the field
    order       fields stand by it, the smaller ones first; it changes no argument list
    depends     its choices come from a function of the site, which is told the answers to these
                addresses; None where it has no such function
    custom      the tool's own type or converter, by name, whose values webify takes as text
    written     "json": the values of one use are one word, a JSON list
    alone       taken only where none of the command's own commands is called
    misread     a pattern of texts that the parser takes for something else; they are refused
    sent_by     how a secret goes to the tool where a site says so: "argument", "env:NAME", "stdin",
                or "stdin:WORDS", which then stand in its place; see faces/handing.py
    effect      what a call does that gives it, where that is more than what its command does
    sources     where each fact came from, where that is not the adapter itself
    """

    address: str
    spellings: Tuple[str, ...] = ()
    negations: Tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    help: str = ""
    metavar: str = ""
    choices: Tuple[Choice, ...] = ()
    suggestions: Tuple[Choice, ...] = ()
    case_sensitive: bool = True
    default: Default = Default()
    const: Optional[str] = None
    required: bool = False
    least: int = 1
    most: Optional[int] = 1
    repeat: bool = False
    items: Tuple[Item, ...] = ()
    action: str = "store"
    group: str = ""
    bounds: Optional[Bounds] = None
    path: Optional[PathRule] = None
    roots: Optional[Tuple[Root, ...]] = None
    formats: Tuple[str, ...] = ()
    rest: bool = False
    attached: bool = False
    secret: bool = False
    prompt: str = ""
    env: Tuple[str, ...] = ()
    hidden: bool = False
    deprecated: str = ""
    inherited: bool = False
    label: str = ""
    unit: str = ""
    widget: str = ""
    example: str = ""
    order: float = 0
    depends: Optional[Tuple[str, ...]] = None
    custom: str = ""
    written: str = ""
    alone: bool = False
    misread: str = ""
    sent_by: str = ""
    effect: str = ""
    sources: Dict[str, str] = field(default_factory=dict)

    @property
    def positional(self) -> bool:
        """Say whether it is told by its place and not by a spelling."""
        return not self.spellings and not self.negations

    @property
    def name(self) -> str:
        """Return the last part of the address."""
        return self.address.rpartition(".")[2]

    @property
    def bare(self) -> bool:
        """Say whether one use takes no value: a flag, a switch or a count."""
        return self.most == 0

    @property
    def several(self) -> bool:
        """Say whether one use may hold more than one value."""
        return self.most is None or self.most > 1

    @property
    def optional_value(self) -> bool:
        """Say whether an option may stand alone or with one value."""
        return not self.positional and self.least == 0 and self.most == 1


@dataclass(frozen=True)
class Group:
    """A heading under which parameters stand; Parameter.group holds its name."""

    name: str
    title: str = ""
    help: str = ""


@dataclass(frozen=True)
class Constraint:
    """A rule between parameters.

    kind: "exclusive" (at most one of members), "requires" (the first needs the others) or
    "at least one".  required: an exclusive group of which exactly one must be given.
    """

    kind: str
    members: Tuple[str, ...]
    required: bool = False
    title: str = ""


@dataclass(frozen=True)
class Command:
    """One command: what it takes itself, and the commands below it.

    needs_command   a word of `commands` must follow
    chain           several of `commands` may follow each other in one call
    open_options    unknown options are taken and passed on
    overwrites      addresses of parameters above that lose their values when this is called, as
                    the parser writes its own defaults over them
    leading         addresses of its positional arguments that stand before its own name
    ways            its usage lines, where they say who gets which word; the first that fits holds
    syntax          the parser of this command; its sub-commands may differ
    effect          "reads", "writes" or "destroys"; "" where nobody says so
    destructive     what it does that cannot be undone, as a sentence: it is asked about once
    output          how what it prints is read: see readers/, "text" for not at all; "" finds out
    exits           what its exit codes mean; what is said of the commands above it holds too
    lazy            known by its name only; it is read when somebody opens it
    lost            what it takes and no form can offer: a sentence each, with its spelling
    error           why it could not be read (a lazy command whose import failed): a traceback
    """

    name: str
    aliases: Tuple[str, ...] = ()
    title: str = ""
    help: str = ""
    epilog: str = ""
    usage: str = ""
    parameters: Tuple[Parameter, ...] = ()
    groups: Tuple[Group, ...] = ()
    constraints: Tuple[Constraint, ...] = ()
    commands: Tuple[Command, ...] = ()
    needs_command: bool = False
    chain: bool = False
    open_options: bool = False
    overwrites: Tuple[str, ...] = ()
    leading: Tuple[str, ...] = ()
    ways: Tuple[Way, ...] = ()
    hidden: bool = False
    deprecated: str = ""
    syntax: Syntax = Syntax()  # noqa: RUF009 - it is frozen
    effect: str = ""
    destructive: str = ""
    output: str = ""
    exits: Tuple[Exit, ...] = ()
    lazy: bool = False
    lost: Tuple[str, ...] = ()
    error: str = ""

    def find(self, name: str) -> Optional[Command]:
        """Return the sub-command of this name or alias, or None."""
        for command in self.commands:
            if name == command.name or name in command.aliases:
                return command
        return None

    def along(self, path: Tuple[str, ...]) -> Optional[Tuple[Command, ...]]:
        """Return the commands from this one down the path, or None where a word is unknown."""
        found = [self]
        for word in path:
            below = found[-1].find(word)
            if below is None:
                return None
            found.append(below)
        return tuple(found)

    def walk(self, path: Tuple[str, ...] = ()) -> Iterator[Tuple[Tuple[str, ...], Command]]:
        """Yield (path, command) of this command and of all below it, parents first."""
        yield path, self
        for command in self.commands:
            yield from command.walk((*path, command.name))


@dataclass(frozen=True)
class Tool:
    """A program of the catalog, and how it is started.

    slug          its word in addresses: letters, digits, "-" and "_"
    target        what the site's owner named: a path, a package.module, a console script
    start         the argument list that starts it, without its own arguments
    env           what is added to the environment of its process
    fingerprint   changes when the tool does
    sources       what it was described from, the best first: "parser", or "completion script",
                  "help text", "man page" and the like for a program that no parser can be asked of
    command       None where it could not be described; then error says why
    reading       it is still being asked what it accepts; error says so
    error         one sentence; trace holds the tool's own words, whole
    changes       it changes data or files (by config, or because it has a dry run)
    time_limit    seconds that one run may take
    adapter       the file of the site's own that reads what it prints, or ""
    """

    slug: str
    title: str
    target: str
    summary: str = ""
    folder: str = ""
    tags: Tuple[str, ...] = ()
    owner: str = ""
    icon: str = ""
    start: Tuple[str, ...] = ()
    cwd: str = ""
    env: Dict[str, str] = field(default_factory=dict)
    framework: str = ""
    version: str = ""
    fingerprint: str = ""
    sources: Tuple[str, ...] = ()
    command: Optional[Command] = None
    reading: bool = False
    warnings: Tuple[str, ...] = ()
    error: str = ""
    trace: str = ""
    changes: bool = False
    time_limit: float = 1800.0
    adapter: str = ""
