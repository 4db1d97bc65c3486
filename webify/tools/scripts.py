"""Read in the text of a script, without running it, which words for help it knows.

A script that only speaks of such a word, in a comment, in a text that it prints or to another
program, would begin its work when it is asked: what counts is where it compares its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from webify.tools.reading import read_facts

HELP, SHORT = "--help", "-h"
WIDEST = 2_000  # characters of a line that are looked at
SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "ksh93", "mksh", "busybox", "fish"})
SLASHES = frozenset({"node", "nodejs", "deno", "bun", "php", "ts-node", "tsx", "qjs"})
_FIRST = re.compile(r"#![ \t]{0,8}([^\n]{1,400})")
_CONTINUED = re.compile(r"\\\n[ \t]*")
# The patterns of a `case`, up to their bracket.
_PATTERNS = re.compile(r"(?:^|\bin\b|;;)[ \t]{0,80}\(?[ \t]{0,8}([^\s()#;][^()#;\n]{0,300})\)")
_HELP_WORD = r"[\"']?[xX_]?(--help|-h)(?![\w-])"
_TESTED = re.compile(
    rf"[ \t][!=]?=[ \t]+{_HELP_WORD}|[\"' \t](--help|-h)[\"']?[ \t]+[!=]?=[ \t]"
    r"|[ \t]=~[ \t]+\S{0,80}?(--help|-h)(?![\w-])"
    r"|\bcase[ \t]+[^\n;]{0,80}?(--help|-h)(?![\w-])"  # fish
)
_LETTERS = re.compile(r"\bgetopts[ \t]+[\"']?([\w:]{1,100})")
_OF_GETOPT = re.compile(
    r"\bgetopt\b[^\n]{0,400}?(?<![\w-])(help)\b|\bgetopt[ \t]+(?:-o[ \t]*)?[\"']?[\w:]{0,60}h"
)
_OF_SHELL = re.compile(r"\b(?:zparseopts|argparse)\b[^\n]{0,600}?(?<!\w)(help|h)\b")
_LIBRARIES = re.compile(
    r"\bGetopt::|\bpod2usage\b|\bOptionParser\b|[\"']optparse[\"']|[\"'/]yargs[\"'/]"
    r"|[\"']commander[\"']|[\"']minimist[\"']|\bparseArgs\b|\boptimist\b|[\"']argparse[\"']"
    r"|\bOptions::|\bgetopt\("
)
_QUOTED = re.compile(
    r"[\"'](--help|-h)[\"']|[/^|(:](--help|-h)[|)$/]|[/^|(]-{1,2}\??(h)(?:elp|\(elp\)\?)?[$|)/]"
)
_BLOCKS = (("/*", "*/"), ("\n=begin", "\n=end"), ("\n=pod", "\n=cut"), ("\n=head", "\n=cut"))
_NOTE = re.compile(r"(?:^|[ \t])#.*")
_SLASHED = re.compile(r"(?:^|[ \t])(?:#|//).*")
_DASHED = re.compile(r"^[ \t]*--.*")


def help_words(raw: bytes) -> tuple[str, ...]:
    """Return the words for help that a script knows, the likelier one first; () for none."""
    text = raw.decode("latin-1").replace("\r\n", "\n")
    name = interpreter(text)
    if not name or "\0" in text[:4000]:
        return ()
    if name.startswith(("python", "pypy")):
        facts = read_facts(raw)
        return (HELP,) if facts.startable and facts.makes else ()
    found = set(_of_shell(text) if name in SHELLS else _of_language(text, name))
    return tuple(word for word in (HELP, SHORT) if word in found)


def interpreter(text: str) -> str:
    """Return the name of the program that a first line names, without its folder."""
    first = _FIRST.match(text)
    words = first[1].split() if first else []
    if words and PurePosixPath(words[0]).name == "env":
        words = [word for word in words[1:] if word[:1] != "-" and "=" not in word]
    return PurePosixPath(words[0]).name if words else ""


def _of_shell(text: str) -> Iterator[str]:
    lines = _CONTINUED.sub(" ", text).split("\n")
    bare = [_NOTE.sub("", line[:WIDEST]) for line in lines]
    parses = any("getopt" in line for line in bare)
    for line in bare:
        for found in _PATTERNS.finditer(line):
            yield from _patterns(found[1], parses=parses)
        for tested in _TESTED.finditer(line):
            yield next(filter(None, tested.groups()))
        yield from (SHORT for letters in _LETTERS.findall(line) if "h" in letters)
        for given in _OF_GETOPT.finditer(line):
            yield HELP if given[1] else SHORT
        for given in _OF_SHELL.finditer(line):
            yield HELP if given[1] == "help" else SHORT


def _patterns(text: str, *, parses: bool) -> Iterator[str]:
    """Yield the words for help among the patterns of one branch."""
    for part in text.split("|"):
        pattern = part.strip(" \t\"'")
        bare = pattern.lstrip("-")
        if parses and pattern in ("h", "help"):
            yield SHORT if pattern == "h" else HELP
        if pattern[:1] == "-" and "h" in bare and len(pattern) < 40:
            yield from (word for word in (HELP, SHORT) if fnmatchcase(word, pattern))


def _of_language(text: str, name: str) -> Iterator[str]:
    for begin, end in _BLOCKS:
        text = _without(text, begin, end)
    for line in text.split("\n"):
        note = _SLASHED if name in SLASHES else _DASHED if name.startswith("lua") else _NOTE
        bare = note.sub("", line[:WIDEST])
        if _LIBRARIES.search(bare):
            yield HELP
        for found in _QUOTED.finditer(bare):
            yield HELP if "help" in found[0] or found[3] else SHORT


def _without(text: str, begin: str, end: str) -> str:
    """Return the text without what stands between two marks; one without an end goes to the end."""
    kept = []
    at = 0
    while (start := text.find(begin, at)) >= 0:
        kept.append(text[at:start])
        stop = text.find(end, start + len(begin))
        at = len(text) if stop < 0 else stop + len(end)
    return "".join((*kept, text[at:]))
