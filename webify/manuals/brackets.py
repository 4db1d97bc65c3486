"""Where the brackets of a shell's script close, and where commas part what is in them.

fish differs from bash and zsh: a backslash hides the letter behind it in single quotes too, and
comments stand in brackets of any kind.
"""

from __future__ import annotations


def between_commas(text: str, *, fish: bool = False) -> list[str]:
    """Split at the commas that stand in no quotes and no brackets."""
    pieces, start, level, mark, at = [], 0, 0, "", 0
    while at < len(text):
        char = text[at]
        if char == "\\" and (fish or mark != "'"):
            at += 1
        elif mark:
            mark = "" if char == mark else mark
        elif char in "'\"":
            mark = char
        elif char in "{(":
            level += 1
        elif char in "})":
            level -= 1
        elif char == "," and level <= 0:
            pieces.append(text[start:at])
            start = at + 1
        at += 1
    return [*pieces, text[start:]]


def closing(text: str, at: int, opener: str, closer: str, *, fish: bool = False) -> int:
    """Return where the bracket that opens at `at` closes, or the end of the text."""
    comments = fish or closer == ")"
    level, mark = 0, ""
    while at < len(text):
        char = text[at]
        if char == "\\" and (fish or mark != "'"):
            at += 1
        elif mark:
            mark = "" if char == mark else mark
        elif char in "'\"":
            mark = char
        elif char == opener:
            level += 1
        elif char == closer:
            level -= 1
            if level == 0:
                return at
        elif comments and char == "#" and at and text[at - 1] in " \t\n":
            at = line_end(text, at)
        at += 1
    return len(text)


def line_end(text: str, at: int) -> int:
    """Return where the line ends in which `at` stands."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found
