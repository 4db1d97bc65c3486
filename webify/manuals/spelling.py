"""How the parsers of each family read an argument list, as far as their help gives it away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from webify.model.command import Syntax

# getopt_long: --name=value, -nvalue, the next word is a value whatever it looks like, "--" ends
# the options.  A lone "-" is a word.
GNU = Syntax(dash_lists="always", plain_dash=True)
# One dash and a whole word: the next word is its value whatever it looks like, and there is no
# separator.
SINGLE = Syntax(
    long_join=" ",
    short_join=" ",
    single_join=" ",
    separator="",
    dash_lists="always",
    plain_dash=True,
)
FAMILIES = {
    "GNU": GNU,
    "getopt": GNU,
    "git": GNU,
    # clap refuses a value that begins with a dash, save joined; it drops the "=" of -n=value.
    "clap": Syntax(plain_dash=True),
    # pflag takes the next word whatever it looks like, and drops the "=" of -n=value.
    "cobra": Syntax(short_join="=", dash_lists="always", plain_dash=True),
    # The flag package of Go: -name=value; both dashes are one.
    "go": Syntax(short_join="=", single_join="=", dash_lists="always", plain_dash=True),
    # yargs reads -nvalue as -n -v -a ..., and a dash ends the values of an option.
    "yargs": Syntax(short_join="=", plain_dash=True),
    "commander": Syntax(plain_dash=True),
    "argparse": Syntax(dash_lists="numbers"),
    "click": Syntax(dash_lists="always", plain_dash=True),
    "ffmpeg": SINGLE,
}
# Where nothing tells the family: short options and their values stand apart, which most parsers
# take, and a value that begins with a dash is refused there.  So is such a word, as a parser that
# knows no "--" would take it for an option behind that too.
UNKNOWN = Syntax(short_join=" ", plain_dash=True, separator="")
# Families of other kinds that end the options at "--".
_SEPARATED = frozenset({"boost", "optparse", "rich", "typer"})
_SEPARATOR = re.compile(r"\[--\]|^[ \t]{1,12}--(?:,|[ \t]{2,60}\S|[ \t]{0,8}$)", re.MULTILINE)
_JOINED = re.compile(r"--[A-Za-z][\w-]{0,60}\[?=[\[<{A-Za-z]")
_APART = re.compile(
    r"--[A-Za-z][\w-]{0,60} (?:<|[A-Z][A-Z_-]{1,30}\b)"
    # an example alone on its line: "  name --target value"
    r"|^[ \t]{0,8}(?:\$ )?[a-z][\w.-]{0,40} --[A-Za-z][\w-]{0,60} [a-z0-9./][\w./-]{0,60}"
    r"[ \t]{0,8}$",
    re.MULTILINE,
)


def syntax_of(family: str, spellings: Iterable[str], texts: Iterable[str]) -> Syntax:
    """Return how values are spelled for a family; texts are what the program said of itself."""
    words = list(spellings)
    told = list(texts)
    known = FAMILIES.get(family)
    syntax = known or UNKNOWN
    single = sum(len(word) > 2 and word[0] == "-" != word[1] for word in words)
    long = sum(word.startswith("--") for word in words)
    if known is None and (family in _SEPARATED or any(map(_SEPARATOR.search, told))):
        syntax = replace(syntax, separator="--")
    if single > long and family not in ("go", "ffmpeg"):
        syntax = _by_hand(syntax, long)
    elif single and not syntax.single_join:
        syntax = replace(syntax, single_join=" ")
    elif known is None and _stands_apart(told):
        syntax = replace(syntax, long_join=" ")
    slashes = any(word.startswith("/") for word in words)
    return replace(syntax, prefix_chars="-/") if slashes else syntax


def _by_hand(syntax: Syntax, long: int) -> Syntax:
    """Return how a parser reads that is none of the usual ones: most options are -name.

    Negative numbers are values for all of them; of other words with a dash nothing is known.
    """
    join = syntax.long_join if long else " "
    return replace(SINGLE, dash_lists="numbers", long_join=join)


def _stands_apart(texts: Iterable[str]) -> bool:
    """Say whether the help shows values behind long options and never joined to them."""
    joined = apart = 0
    for text in texts:
        joined += len(_JOINED.findall(text))
        apart += len(_APART.findall(text))
    return apart > 0 and joined == 0
