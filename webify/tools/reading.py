"""Read in the text of a Python file, without running it, whether it could be a tool."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webify.tools.starting import code, ends_in_call, outside, starts

MOST_BYTES = 1_000_000  # of one file that are read

# What a file must import, and the word in it that makes a parser of it.  A file that imports
# click only to colour its text makes none.
MAKERS = {
    "argparse": r"ArgumentParser",
    "optparse": r"OptionParser",
    "getopt": r"getopt\(",
    "click": r"[Cc]ommand|[Gg]roup",
    "rich_click": r"[Cc]ommand|[Gg]roup",
    "typer": r"Typer|run\(",
    "docopt": r"docopt\(",
    "fire": r"Fire\(",
    "cyclopts": r"App\(|run\(",
    "tyro": r"cli\(|SubcommandApp\(",
    "cleo": r"Application|Command",
    "plac": r"call\(|Interpreter",
    "clize": r"run\(",
    "argh": r"dispatch|ArghParser",
    "simple_parsing": r"ArgumentParser|parse",
    "jsonargparse": r"ArgumentParser|CLI|auto_cli|auto_parser",
    "configargparse": r"ArgumentParser|ArgParser|get_argument_parser|get_arg_parser",
    "absl": r"flags|app",
    "decli": r"cli\(",
    "traitlets": r"Application",
    "plumbum": r"Application",
    "twisted": r"Options",
}
IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)"
    r"|import[ \t]+([^\n#;]+))",
    re.MULTILINE,
)
SHEBANG = re.compile(r"#!([^\n]*python[^\n]*)")
# Names by which one file hands its command line to another.
HANDS_OVER = re.compile(r"main|cli|\bapp|command|pars|arg|option", re.IGNORECASE)


@dataclass(frozen=True)
class Import:
    """One imported module, and whether its names or their use look like a command line."""

    module: str
    names: tuple[str, ...]
    hands_over: bool


@dataclass(frozen=True)
class Facts:
    """What the text of one file tells.

    startable   it does something when it is started, and can be started by its path
    makes       it makes a parser itself
    shebang     the words of a first line that names a Python, or ""
    """

    startable: bool = False
    makes: bool = False
    shebang: str = ""
    imports: tuple[Import, ...] = ()


def read_facts(raw: bytes) -> Facts:
    """Return what the text tells; a broken text tells as much as can be read of it."""
    text = raw[:MOST_BYTES].decode("latin-1").replace("\r\n", "\n").removeprefix("\xef\xbb\xbf")
    if "\0" in text:
        return Facts()
    first = SHEBANG.match(text)
    program = first.group(1).strip() if first else ""
    text = code(text)
    imports = tuple(_imports(text))
    startable = not any(each.module.startswith(".") for each in imports)
    lines = outside(text)
    if startable and not starts(text, lines):
        outer = "\n".join(words for _, words in lines)
        startable = bool(program) and (_makes(outer, imports) or ends_in_call(lines))
    return Facts(startable, _makes(text, imports), program, imports)


def _makes(text: str, imports: tuple[Import, ...]) -> bool:
    tops = {each.module.partition(".")[0] for each in imports}
    return any(re.search(rf"\b(?:{MAKERS[top]})", text) for top in tops & MAKERS.keys())


def _imports(text: str) -> list[Import]:
    found = []
    for module, names, modules in IMPORT.findall(text):
        if module:
            words = re.findall(r"\w+", re.sub(r"\bas\s+\w+|#[^\n]*", "", names))
            found.append(Import(module, tuple(words), bool(HANDS_OVER.search(names))))
        for each in modules.split(","):
            name, _, alias = each.strip().partition(" as ")
            if re.fullmatch(r"[\w.]+", name):
                used = re.findall(rf"\b{re.escape(alias.strip() or name)}\.(\w+)", text)
                found.append(Import(name, (), any(map(HANDS_OVER.search, used))))
    return found
