"""What a program asks, read from the end of what it printed: its words, and the plain answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHOICE, SECRET, TEXT, ENTER, INPUT = "choice", "secret", "text", "enter", "input"

_LONGEST = 1_000  # characters of a question that are shown
_MOST = 9  # choices that become buttons
_GROUP = re.compile(r"\(([^()]{1,160})\)|\[([^\[\]]{1,160})\]|<([^<>]{1,160})>|\{([^{}]{1,160})\}")
_OPTION = re.compile(r"[^\W_][\w+.-]{0,23}(?: [\w+.-]{1,23})?")
_LETTERED = re.compile(r"(?<![\w\])])[\[(](\w)[\])]([\w-]{1,24})")
_PLACES = re.compile(
    r"\b(?:path|dir|director(?:y|ies)|folder|file|date|day|url|host)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\s*[\[(]?(\d{1,2})[\]).:]+\s+(\S.{0,78})")
_ENDS = re.compile(r"(?:[?:>#\])}]|\.\.\.|…)\s*$")
_OVERWRITES = re.compile(r"(?:rm|cp|mv|ln|unlink): .+\?\s*$")
_ENTER = re.compile(
    r"\b(?:press|hit|strike|push)\b.{0,20}\b(?:enter|return|any key|a key)\b|"
    r"[\[(<](?:press )?(?:enter|return)[\])>]|-- ?more ?--",
    re.IGNORECASE,
)
_OR_TYPE = re.compile(
    r"\bor (?:type|enter|write|give|choose|select|[\"'“]?\w[\"'”]? (?:to|for)\b)", re.IGNORECASE
)
_SECRET = re.compile(
    r"\b(?:pass ?(?:word|phrase|code)|pin|secret(?: key)?|token|api[ _-]?key|access key|otp|"
    r"(?:verification|one-time|security) code|kennwort|passwort|mot de passe|contraseña|wachtwoord)"
    r"(?: (?:for|of|to|from) [^?:]{1,200}(?:://[^?\s]{1,200})?)?"
    r"(?: ?\([^()]{0,60}\))?\s*[?:>]*\s*$",
    re.IGNORECASE,
)
_ONCE_MORE = re.compile(
    r"\b(?:again|repeat|confirm(?:ation)?|verify|re-?(?:type|enter))\b", re.IGNORECASE
)
_MAY_BE_ECHOED = "Password input may be echoed"
_BRACKETED = re.compile(r"\[(y|yes|n|no)\]", re.IGNORECASE)  # conda marks its default so
_DEFAULT = re.compile(r"\[([^\[\]]{1,160})\]\s*[?:>]?\s*$")
_YES, _NO = ("y", "yes"), ("n", "no")


@dataclass(frozen=True)
class Choice:
    """One answer that is offered: what is sent, and what stands on its button."""

    value: str
    label: str


@dataclass(frozen=True)
class Prompt:
    """What a program asks.

    text      its own words, "" where it reads without a word
    kind      "choice", "secret", "text", "enter" (only to go on), "input" (it reads, no more)
    default   what it takes where an answer is empty, as far as it says so
    """

    text: str
    kind: str
    choices: tuple[Choice, ...] = ()
    default: str = ""


def read_prompt(lines: Sequence[str], *, ended: bool, after_secret: bool = False) -> Prompt:
    """Return what is asked by the last of these lines.

    ended          a line break ended it: then it must look like a question to be one
    after_secret   the question before was one for a password
    """
    text = lines[-1].strip() if lines else ""
    if not text or (ended and not looks_asking(text)):
        return Prompt("", INPUT)
    shown = text if len(text) <= _LONGEST else "…" + text[-_LONGEST:]
    before = [line for line in lines[:-1] if line.strip()]
    if _is_secret(text, before, after_secret=after_secret):
        return Prompt(shown, SECRET)
    if choices := _choices(text) or _menu(text, before):
        return Prompt(shown, CHOICE, choices, _default_of(text, choices))
    if _ENTER.search(text) and not _OR_TYPE.search(text):
        return Prompt(shown, ENTER)
    default = _DEFAULT.search(text)
    return Prompt(shown, TEXT, default=default[1].strip() if default else "")


def looks_asking(text: str) -> bool:
    """Say whether a line looks as if somebody should answer it."""
    return bool(_ENDS.search(text) or _ENTER.search(text) or _SECRET.search(text))


def _is_secret(text: str, before: Sequence[str], *, after_secret: bool) -> bool:
    told = bool(before) and _MAY_BE_ECHOED in before[-1]
    return told or bool(_SECRET.search(text)) or (after_secret and bool(_ONCE_MORE.search(text)))


def _choices(text: str) -> tuple[Choice, ...]:
    """Return the answers that a line names: [y/N], (red, green), [y]es [n]o."""
    if _OVERWRITES.match(text):
        return Choice("y", "Yes"), Choice("n", "No")
    lettered = _LETTERED.findall(text)
    if 2 <= len(lettered) <= _MOST:
        return tuple(Choice(letter, (letter + rest).capitalize()) for letter, rest in lettered)
    for found in reversed(list(_GROUP.finditer(text))):
        before = text[: found.start()]
        inner = next(group for group in found.groups() if group is not None)
        options = list(_options(inner))
        if 2 <= len(options) <= _MOST and (_yes_no(options) or not _PLACES.search(before)):
            return tuple(Choice(_sent(option, options), _label(option)) for option in options)
    return ()


def _options(inner: str) -> Iterator[str]:
    """Yield the words of a group; nothing where one of them is no plain word."""
    separator = next((each for each in ("/", "|", ", ", ",", " or ") if each in inner), None)
    if separator is None:
        return
    words = [_BRACKETED.sub(_capitalized, word.strip()) for word in inner.split(separator)]
    words = [word for word in words if not word.startswith("[")]  # any text of this sort
    if all(_OPTION.fullmatch(word) for word in words) and not _is_date(words):
        yield from words


def _capitalized(bracketed: re.Match[str]) -> str:
    return bracketed[1].capitalize()


def _is_date(words: Sequence[str]) -> bool:
    return all(word.isdecimal() for word in words) and [int(word) for word in words] != list(
        range(int(words[0]), int(words[0]) + len(words))
    )


def _yes_no(options: Sequence[str]) -> bool:
    return [option.lower() for option in options[:2]] in [["y", "n"], ["yes", "no"]]


def _sent(option: str, options: Sequence[str]) -> str:
    """Return what is sent for an option: the capital of a default is no part of it."""
    alone = _capital(options) == option
    return option.lower() if alone or _yes_no(options) else option


def _capital(options: Sequence[str]) -> str:
    """Return the one option that is written otherwise than the rest, with a capital."""
    capital = [option for option in options if option[:1].isupper()]
    return capital[0] if len(capital) == 1 and len(options) > 1 else ""


def _label(option: str) -> str:
    lower = option.lower()
    return "Yes" if lower in _YES else "No" if lower in _NO else option


def _default_of(text: str, choices: Sequence[Choice]) -> str:
    """Return the value that an empty answer stands for, "" where the line does not say it."""
    values = {choice.value.lower(): choice.value for choice in choices}
    last = _DEFAULT.search(text)
    if last and (known := values.get(last[1].strip().lower())):
        return known
    if _OVERWRITES.match(text):
        return "n"
    for found in reversed(list(_GROUP.finditer(text))):
        inner = next(group for group in found.groups() if group is not None)
        if known := values.get(_capital(list(_options(inner))).lower()):
            return known
    return ""


def _menu(text: str, before: Sequence[str]) -> tuple[Choice, ...]:
    """Return the numbered lines right above a question, where they count from 1."""
    found: list[Choice] = []
    for line in reversed(before):
        entry = _NUMBERED.fullmatch(line)
        if entry is None:
            break
        found.append(Choice(entry[1], f"{entry[1]}: {entry[2].strip()}"))
    found.reverse()
    counted = [choice.value for choice in found] == [str(n) for n in range(1, len(found) + 1)]
    return tuple(found) if counted and 2 <= len(found) <= _MOST and looks_asking(text) else ()
