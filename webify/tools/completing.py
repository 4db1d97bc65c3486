"""Completion scripts: those that a program makes of its own parser, and installed ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from webify.manuals.bash import read_bash
from webify.manuals.facts import Page
from webify.manuals.fish import read_fish
from webify.manuals.zsh import read_zsh
from webify.tools.asking import Asker
from webify.tools.switches import completion_makers
from webify.tools.writings import Writings

Pages = Mapping[tuple[str, ...], Page]
OWN = "completion script"
Reader = Callable[[str, str], Pages]
READERS: Mapping[str, Reader] = {
    "zsh": read_zsh,
    "fish": read_fish,
    "bash": read_bash,
}
TRIES = 4


def made_pages(asker: Asker, name: str, root: Page) -> Pages:
    """Return what the completion script says that the program makes itself, or {}.

    It is asked only where its help lists the word for it, and takes the first script that tells
    of options: scripts that ask the program again at each key tell of none.
    """
    if root.family == "cobra":
        return {}  # its scripts all ask the program again
    for words in completion_makers(root)[:TRIES]:
        said = asker.ask(*words)
        shell = next((shell for shell in READERS if words[-1].endswith(shell)), "")
        if said.cut or not said.out or not shell:
            continue
        pages = READERS[shell](said.out, name)
        if any(page.options for page in pages.values()):
            return {path: replace(page, source=OWN) for path, page in pages.items()}
    return {}


def installed_pages(writings: Writings) -> list[Pages]:
    """Return what the installed completion files say, one after the other."""
    texts = {"zsh": writings.zsh(), "fish": writings.fish(), "bash": writings.bash()}
    fish: Reader = partial(read_fish, library=writings.fish_file)
    readers: Mapping[str, Reader] = {**READERS, "fish": fish}
    return [readers[shell](text, writings.name) for shell, text in texts.items() if text]
