"""One command of the model from the merged facts of a program, and of all below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from webify.adapters.naming import Addresses, longest, path_kind, secret
from webify.manuals.facts import NO, OPTIONAL, CommandFact, OptionFact, Page, PositionalFact
from webify.manuals.listed import COMMAND_PLACE
from webify.manuals.merging import Merged, MergedOption
from webify.manuals.spelling import syntax_of
from webify.model.command import Command, Default, Group, Kind, Parameter

Path = tuple[str, ...]
_HELP = re.compile(r"--?help(?:-\w{1,20})?|-\?|/\?|-hh")
_VERSION = re.compile(r"--?version")
_SHOWS_HELP = re.compile(
    r"(?i)(?:\W{0,4}(?:print|show|display|give|output|get)s?\b.{0,60})?\b(?:help|usage)\b"
)
_SHOWS_VERSION = re.compile(
    r"(?i)(?:\W{0,4}(?:print|show|display|output)s?\b.{0,60})?\bversion\b(?! \w+ing\b)"
)
_SHARED = re.compile(r"(?i)\b(?:global|inherited|parent)\b")
# Words that a family prints for the type that it checks itself.
_CHECKED = {
    "cobra": {
        "int": Kind.INTEGER, "int32": Kind.INTEGER, "int64": Kind.INTEGER, "uint": Kind.INTEGER,
        "uint32": Kind.INTEGER, "uint64": Kind.INTEGER, "uint16": Kind.INTEGER,
        "float": Kind.NUMBER, "float32": Kind.NUMBER, "float64": Kind.NUMBER,
    },
}  # fmt: skip
_TELLS_CHOICES = frozenset({"clap", "argparse", "click", "typer", "yargs", "commander"})
_WRITTEN_FOR_MACHINES = frozenset({"usage spec", "OpenCLI", "completion script"})
_CHECKED["go"] = _CHECKED["cobra"]


@dataclass
class Tree:
    """All that is known of a program, by the path of its commands.

    lazy      paths that are known by name only
    dropped   paths whose help is that of a command above: the program does not know the word
    family    of its parser, where no help text gives it away
    texts     what the program said of itself, for the way in which it joins values
    """

    pages: dict[Path, Merged] = field(default_factory=dict)
    lazy: set[Path] = field(default_factory=set)
    dropped: set[Path] = field(default_factory=set)
    family: str = ""
    texts: list[str] = field(default_factory=list)


def to_command(tree: Tree, name: str) -> Command:
    """Return the whole program as a command of the model."""
    return below(tree, (), CommandFact(name), ())


def below(tree: Tree, path: Path, fact: CommandFact, above: Sequence[Command]) -> Command:
    """Return the command of one path; above are the commands that it belongs to, root first."""
    known = tree.pages.get(path)
    if known is None:
        return Command(fact.name, fact.aliases, help=fact.help, hidden=fact.hidden, lazy=True)
    page = replace(known.page, positionals=_own_arguments(known.page, fact.name))
    known = replace(known, page=page)
    family = page.family or _family(tree)
    words = [word for option in page.options for word in (*option.spellings, *option.negations)]
    parameters = tuple(_parameters(known, path, family, above))
    command = Command(
        fact.name,
        fact.aliases,
        help=page.help or fact.help,
        epilog=page.epilog,
        usage=page.usage,
        exits=page.exits,
        effect=page.effect,
        parameters=parameters,
        groups=_groups(parameters),
        hidden=fact.hidden,
        syntax=syntax_of(family, words, tree.texts),
        lazy=path in tree.lazy,
    )
    dropped = _dropped(tree, path, page)
    commands = tuple(
        below(tree, (*path, each.name), each, (*above, command))
        for each in page.commands
        if (*path, each.name) not in dropped
    )
    needs = bool(commands) and not page.positionals and _must_choose(page.usage, commands)
    return replace(command, commands=commands, needs_command=needs)


def _dropped(tree: Tree, path: Path, page: Page) -> set[Path]:
    """Return the commands that the program does not know.

    Where its usage has a place for a command and it shows the same help behind every word, that
    help tells nothing of the words.
    """
    listed = {(*path, each.name) for each in page.commands}
    own = any("help text" in tree.pages[each].sources for each in listed & tree.pages.keys())
    return tree.dropped if own or not COMMAND_PLACE.search(page.usage) else set()


def _own_arguments(page: Page, name: str) -> tuple[PositionalFact, ...]:
    """Return the positional arguments that are no name of a command, nor what follows one."""
    if not page.commands:
        return page.positionals
    return tuple(
        each
        for each in page.positionals
        if not _COMMAND_WORD.fullmatch(each.name) and each.name.lower() != name.lower()
    )


def _family(tree: Tree) -> str:
    root = tree.pages.get(())
    return (root.page.family if root else "") or tree.family


_COMMAND_WORD = re.compile(
    r"(?i)[<\[{]{0,2}(?:(?:sub[-_]?)?(?:command|cmd)s?|(?:command[-_ ])?arg(?:ument)?s?)"
    r"[\]>}.…]{0,5}"
)
_CHOOSES = re.compile(r"(?i)<(?:sub)?command>|\{[\w,|-]{3,2000}\}|(?<!\[)\b(?:SUB)?COMMAND\b(?!\])")


def _must_choose(usage: str, commands: Sequence[Command]) -> bool:
    """Say whether the usage shows the command's name as something that is never left out."""
    return bool(commands) and bool(_CHOOSES.search(usage))


def _parameters(
    known: Merged, path: Path, family: str, above: Sequence[Command]
) -> Iterable[Parameter]:
    addresses = Addresses("".join(f"{word}." for word in path))
    pairs = _paired(known.options)
    for option in pairs:
        shared = _shared(option.fact, above)
        if shared is not None:
            made = _parameter(option, shared.address, family)
            yield replace(made, inherited=True)
            continue
        fact = option.fact
        wish = longest(fact.spellings or fact.negations).replace("-", "_")
        yield _parameter(option, addresses.take(wish or "option"), family)
        if fact.negations and fact.spellings and fact.value != NO:
            yield _turns_off(fact, addresses)
    for positional in known.page.positionals:
        yield _positional(positional, addresses)


def _shared(fact: OptionFact, above: Sequence[Command]) -> Parameter | None:
    """Return the option of a command above that is only shown again here."""
    if not _SHARED.search(fact.group):
        return None
    for command in above:
        for parameter in command.parameters:
            if set(parameter.spellings) & set(fact.spellings):
                return parameter
    return None


def _paired(options: Sequence[MergedOption]) -> list[MergedOption]:
    """Return the options with each flag --no-x joined to the flag --x that it turns off."""
    flags = {
        word: index
        for index, option in enumerate(options)
        for word in option.fact.spellings
        if option.fact.value == NO and not option.fact.negations
    }
    found = dict(enumerate(options))
    for index, option in enumerate(options):
        word = option.fact.spellings[0] if len(option.fact.spellings) == 1 else ""
        positive = flags.get(word.replace("--no-", "--", 1)) if word.startswith("--no-") else None
        if positive is None or positive == index or option.fact.value != NO:
            continue
        fact = found[positive].fact
        both = "\n".join(filter(None, (fact.help, option.fact.help)))
        joined = replace(fact, negations=(*fact.negations, word), help=both)
        found[positive] = replace(found[positive], fact=joined)
        del found[index]
    return list(found.values())


def _turns_off(fact: OptionFact, addresses: Addresses) -> Parameter:
    """Return the flag that takes back an option with a value."""
    return Parameter(
        addresses.take(longest(fact.negations).replace("-", "_")),
        fact.negations,
        kind=Kind.FLAG,
        help=f"Turns {fact.spellings[-1]} off.",
        least=0,
        most=0,
        action="store_true",
        group=fact.group,
    )


def _parameter(option: MergedOption, address: str, family: str) -> Parameter:
    fact = option.fact
    action = _action(fact)
    bare = fact.value in (NO, "")
    kind = _bare_kind(fact, action) if bare else _kind(fact, family)
    closed = () if bare or not _closed(option, family) else fact.choices
    hide = not bare and kind is Kind.TEXT and not fact.choices and secret(fact.spellings)
    spellings, negations = fact.spellings, fact.negations if bare else ()
    if bare and not spellings:  # only the word that turns it off is known
        spellings, negations, kind = fact.negations, (), Kind.FLAG
    return Parameter(
        address,
        spellings,
        negations,
        kind=kind,
        help=fact.help,
        metavar="" if bare else fact.metavar,
        choices=closed,
        suggestions=() if bare or closed else fact.choices,
        default=Default("computed", text=fact.default) if fact.default and not hide else Default(),
        required=bool(fact.required) and not bare,
        least=0 if bare or fact.value == OPTIONAL else 1,
        most=0 if bare else 1,
        repeat=bool(fact.repeat) and not bare,
        action=action,
        group=fact.group,
        attached=fact.attached,
        secret=hide,
        env=fact.env,
        hidden=fact.hidden or action in ("help", "version"),
        deprecated=fact.deprecated,
        effect=fact.effect,
        sources=dict(option.sources),
    )


def _closed(option: MergedOption, family: str) -> bool:
    """Say whether a value that is none of the choices would be refused.

    So it is where the parser itself tells them; what people wrote of a program often leaves
    other names of the same value out.
    """
    return family in _TELLS_CHOICES or option.sources.get("choices") in _WRITTEN_FOR_MACHINES


def _action(fact: OptionFact) -> str:
    """Return what an option does, where it shows a text and ends: "help" or "version"."""
    for word in fact.spellings:
        if _HELP.fullmatch(word):
            return "help"
        if _VERSION.fullmatch(word):
            return "version"
    if fact.value != NO:
        return "store"
    if "-h" in fact.spellings and len(fact.spellings) == 1 and _SHOWS_HELP.match(fact.help):
        return "help"
    if set(fact.spellings) <= {"-V", "-v"} and _SHOWS_VERSION.match(fact.help):
        return "version"
    return "count" if fact.repeat else "store_true"


def _bare_kind(fact: OptionFact, action: str) -> Kind:
    if fact.negations:
        return Kind.SWITCH
    return Kind.COUNT if action == "count" else Kind.FLAG


def _kind(fact: OptionFact, family: str) -> Kind:
    """Return what the value is, as far as that is certain; else text, which takes everything."""
    word = fact.metavar.strip("<>[]=.… ")
    checked = _CHECKED.get(family, {}).get(word)
    if checked is not None and fact.value != OPTIONAL:
        return checked
    if fact.choices or fact.repeat:
        return Kind.TEXT
    return path_kind((word,)) if word and " " not in word else Kind.TEXT


def _positional(fact: PositionalFact, addresses: Addresses) -> Parameter:
    name = re.sub(r"[^\w-]+", "_", fact.name.strip("<>[]. ")).strip("_-").lower()
    kind = Kind.TEXT if fact.choices else path_kind((fact.name,))
    return Parameter(
        addresses.take(name or "argument"),
        kind=kind,
        help=fact.help,
        metavar=fact.name,
        choices=fact.choices,
        required=bool(fact.required),
        least=1 if fact.required else 0,
        most=None if fact.repeat else 1,
        effect=fact.effect,
    )


def _groups(parameters: Iterable[Parameter]) -> tuple[Group, ...]:
    names = dict.fromkeys(each.group for each in parameters if each.group)
    return tuple(Group(name, title=_title(name)) for name in names)


def _title(heading: str) -> str:
    text = heading.strip().rstrip(":")
    return text.capitalize() if text.isupper() else text
