"""Read the small commands of zsh's completion system that list words."""

from __future__ import annotations

from webify.manuals.shell_run import Walk
from webify.manuals.unknown import UNKNOWN
from webify.manuals.zsh_specs import described
from webify.model.command import Choice


def variant(walk: Walk, words: list[str], system: str) -> bool | None:
    """Choose the kind of program that this system has: that of GNU on Linux, else its own."""
    name = words[words.index("-r") + 1] if "-r" in words[:-1] else ""
    kinds = [word.partition("=")[0] for word in words if "=" in word]
    picked = "gnu" if "gnu" in kinds and system == "linux" else ""
    bare = [word for word in words if "=" not in word and not word.startswith("-")]
    rest = [word for word in bare if word not in {name, "zsh"}]
    if name:
        walk.variables[name] = [picked or (rest[0] if rest else UNKNOWN)]
        walk.sure.add(name)
    return True if picked else None if kinds != ["gnu"] else False


def plain_values(name: str, words: list[str]) -> list[Choice]:
    """Return the values that _values, compadd or _wanted are given."""
    if name == "_values":
        rest = without_flags(words)
        several = "-s" in words[:4] or "-S" in words[:2]
        return [] if several else [described(word) for word in rest[1:]]
    if "compadd" in words:
        words = words[words.index("compadd") + 1 :]
    elif name == "_wanted":
        return []
    if any(word.startswith("-") and set(word) & set("adkO") for word in words):
        return []
    return [Choice(word) for word in without_flags(words)]


def without_flags(words: list[str]) -> list[str]:
    """Return the arguments behind the flags of a completion command."""
    found: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word in {"-", "--"}:
            return [*found, *(each for each in words[at:] if each not in {"-", "--"})]
        if word.startswith("-") and len(word) > 1 and not found:
            at += word[-1] in "tJVXPSsMFIOrR" and len(word) == 2
            continue
        found.append(word)
    return found
