"""Find the list of values with which the words about an option often end, without saying so."""

from __future__ import annotations

import re

from webify.model.command import Choice

# Names of values of which there are few: only these are believed to be listed whole in brackets.
_FEW = re.compile(
    r"when|format|type|mode|style|level|colou?r|severity|method|algorithm|order|sort|shell|dialect"
    r"|strategy|policy|scheme|convention|kind|engine|backend|platform|target|protocol|convert|eol",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"comma|separated|\blist of|combination|e\.g\.|such as|fields|columns|example|etc\b|\.\.\."
    r"|and more|any of|one or more",
    re.IGNORECASE,
)
_WORD = r"[\"'`]?[A-Za-z0-9][\w+./-]{0,30}[\"'`]?(?: ?\([^()]{1,40}\)| -[A-Za-z0-9])?"
_BETWEEN = r"(?:, ?(?:or |and )?|/| ?\| ?| or )"
_BRACKETS = re.compile(
    rf"\((?P<list>{_WORD}(?:{_BETWEEN}{_WORD}){{1,40}})(?:, default[^()]{{0,60}})?\)"
)
_OVERRIDES = re.compile(r" \(overrides [^()]{1,80}\)$")
_COLON = re.compile(rf"(?<!default): ?(?P<list>{_WORD}(?:{_BETWEEN}{_WORD}){{2,40}})\.?$")
_IDIOM = re.compile(r"(?P<list>[a-z][\w-]{0,30} -\w(?:, [a-z][\w-]{0,30} -\w){2,40})$")
_PAIR = re.compile(r"(?<![A-Z0-9]), (?P<list>[A-Z0-9]{2,12} or [A-Z0-9]{2,12})\.?$")
_BRACED = re.compile(r"[\w-]{1,30}=\{(?P<list>[^{}]{3,400})\}")
_SPLIT = re.compile(_BETWEEN)
_DEFAULTED = re.compile(r" ?\([^()]{1,40}\)| -[A-Za-z0-9]$")


def ending_choices(text: str, metavar: str, name: str) -> tuple[Choice, ...]:
    """Return the values that stand in a bare list: `(auto, always, never)`, `: name, size`."""
    first = _OVERRIDES.sub("", text[:2_000].partition("\n")[0].strip())
    braced = _BRACED.search(first)
    if braced:
        return _choices(braced["list"].split(","))
    listed = _IDIOM.match(first)
    if listed is None and _MANY.search(first):
        return ()
    listed = listed or _COLON.search(first) or _PAIR.search(first)
    if listed is None and (_FEW.search(metavar) or _FEW.search(name)):
        listed = _BRACKETS.search(first)
    return _choices(_SPLIT.split(listed["list"])) if listed else ()


def _choices(words: list[str]) -> tuple[Choice, ...]:
    plain = [_DEFAULTED.sub("", word.strip()).strip("\"'`.") for word in words]
    if any(not word or " " in word for word in plain) or len(set(plain)) < 2:
        return ()
    if plain[0].lower() in ("default", "see", "a", "the", "in", "or", "and", "deprecated"):
        return ()
    if all(word.isdigit() for word in plain) and len(plain) < 3:
        return ()
    return tuple(Choice(word) for word in dict.fromkeys(plain))
