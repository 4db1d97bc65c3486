"""What one writing says of one command: facts as found, before several writings are merged."""

from __future__ import annotations

from dataclasses import dataclass

from webify.model.command import Choice
from webify.model.exits import Exit

# Whether an option takes a value.
NO, YES, OPTIONAL = "no", "yes", "optional"
# Written by others than the program's authors, often for another version of it.
FOREIGN = frozenset({"zsh completion", "fish completion", "bash completion"})


@dataclass(frozen=True)
class OptionFact:
    """One option.  None, "" and () mean that the writing does not tell.

    spellings  as written, dashes and all: ("-o", "--output")
    negations  spellings that turn it off
    value      NO, YES, OPTIONAL or ""
    metavar    the name of its value
    attached   its optional value must be joined to it: --color[=WHEN]
    repeat     may usefully be given more than once
    default    as told, in words or as a value
    env        environment variables that it is read from
    group      the heading under which it stands
    effect     what a call does that gives it: one of model/command.py
    """

    spellings: tuple[str, ...]
    negations: tuple[str, ...] = ()
    value: str = ""
    metavar: str = ""
    attached: bool = False
    choices: tuple[Choice, ...] = ()
    help: str = ""
    default: str = ""
    repeat: bool | None = None
    required: bool | None = None
    env: tuple[str, ...] = ()
    group: str = ""
    hidden: bool = False
    deprecated: str = ""
    effect: str = ""


@dataclass(frozen=True)
class PositionalFact:
    """One positional argument, in the order of the command line."""

    name: str
    required: bool | None = None
    repeat: bool | None = None
    choices: tuple[Choice, ...] = ()
    help: str = ""
    effect: str = ""


@dataclass(frozen=True)
class CommandFact:
    """A sub-command that is listed, with what is said of it there."""

    name: str
    aliases: tuple[str, ...] = ()
    help: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Page:
    """What one writing says of one command.

    source    "help text", "man page", "fish completion", "zsh completion", "bash completion",
              "completion script" (made by the program itself), "OpenCLI", "usage spec"
    family    who made the parser, where the writing gives it away: "clap", "cobra", "click",
              "argparse", "GNU", "commander", "yargs", "getopt", "ffmpeg" ... or ""
    whole     believed to name every option of this command
    """

    source: str
    path: tuple[str, ...] = ()
    usage: str = ""
    help: str = ""
    epilog: str = ""
    options: tuple[OptionFact, ...] = ()
    positionals: tuple[PositionalFact, ...] = ()
    commands: tuple[CommandFact, ...] = ()
    family: str = ""
    whole: bool = False
    version: str = ""
    exits: tuple[Exit, ...] = ()
    effect: str = ""
