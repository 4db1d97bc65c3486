"""Find in the words of a help text what they tell of values: choices, defaults, repetition."""

from __future__ import annotations

import re

from webify.manuals.endings import ending_choices
from webify.manuals.values import listed
from webify.model.command import Choice

_LONGEST = 6000
_MOST = 400

# Words after which a list of all values stands.
_CLOSED_WORDS = (
    r"possible|allowed|valid|available|accepted|acceptable|supported|permitted|legal|known"
    r"|recognized"
)
_NOUNS = (
    r"values?|choices?|options?|types?|formats?|modes?|levels?|names?|settings?|keys?|methods?"
    r"|keywords?|arguments?|styles?|schemes?|encodings?|algorithms?|policies|strategies|actions?"
)
# Words after which a list of all values stands.
_LEADS = re.compile(
    rf"(?:\b(?:{_CLOSED_WORDS})(?: \w{{1,20}}){{0,2}}? (?:{_NOUNS})"
    r"(?: (?:for|of) (?:this|the|these) \w{1,20})?(?: (?:are|is|include)\b)?"
    r"|\b(?:choices|values|choose from|select from|chosen from|choose between)\b(?: are)?"
    r"|\b(?:(?:must|should|can|may) be |is |be )?(?:any |exactly |only )?one of"
    r"(?: the following| these)?(?: (?:values|strings|words|keywords|options))?"
    r"|\b(?:can|may|must|should|could) be(?: set to)?(?: either| any of)?|\bis either"
    r"|\beither(?= [\"'`‘“]))"
    r"\s{0,4}[:=]?\s{0,8}(?:(?:any|one) of )?[\[(]?",
    re.IGNORECASE,
)
_STRONG = re.compile(rf"one of|{_CLOSED_WORDS}|choices|values|choose|select", re.IGNORECASE)
_QUOTED = (
    r"\"(?P<a>[^\"\s]{1,60})\"|'(?P<b>[^'\s]{1,60})'|`{1,2}(?P<c>[^`'\s]{1,60})['`]{1,2}"
    r"|[‘“](?P<d>[^’”\s]{1,60})[’”]|<(?P<e>[\w.+-]{1,60})>"
)
_ITEM = re.compile(rf"{_QUOTED}|(?P<f>[\w+*@%#=][\w.+:/*@%#=-]{{0,59}})")
_REMARK = re.compile(r"\s{0,2}(?:\([^()]{1,200}\)|\[[^\[\]]{1,80}\])")
_BETWEEN = re.compile(
    r"\s{0,2}(?:,\s{0,8}(?:or |and |&)?|\||;\s{1,8}(?:or |and )?|/|\bor\b|\band\b)\s{0,8}"
    r"(?:either )?"
)
_ENDS = re.compile(
    r"\s{0,4}(?:[.)\];\n]|$|--? |\(|\[|, ?(?:default|where|which|see)\b)", re.IGNORECASE
)
_OPEN = re.compile(
    r"\s{0,2}(?:,\s{0,2})?(?:etc\b|\.\.\.|…|and so on|or (?:any|a|an)\b)", re.IGNORECASE
)
_BULLET = re.compile(
    r"\s{0,40}(?:[-*•·] )?\s{0,4}[\"'`‘]?(?P<word>[\w.+@%/*-]{1,60})[\"'`’]?"
    r"(?:\s{0,12}(?::|=|  |--?|–|—)\s{1,40}(?P<text>.{0,300}))?$"
)
_PART = r"\w[\w.+-]{0,40}"
_ALTERNATIVES = re.compile(
    rf"(?<![\w.|/-])[\[{{(<\"']?(?P<list>{_PART}(?: ?\| ?{_PART}){{1,40}})"
    r"[\]})>\"',]?(?! ?\||\w|[\[:])"
)
_SEVERAL = re.compile(r"comma[- ]separated|\bcombination of|\bone or more\b", re.IGNORECASE)
_KIND = re.compile(r"boolean|integer|string|number|int|float|ms", re.IGNORECASE)
_CAPITAL = re.compile(r"\+?[A-Z][A-Z-]{2,}")
_LISTED = re.compile(
    r"[\[(](?:possible values|choices|values|one of|allowed|options|enum)(?: are)?:?\s{1,4}"
    r"(?P<list>[^\])]{1,4000})[\])]",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"(?:possible values|valid values|choices|one of|values|following)[^\n:]{0,60}:\s{0,4}\n",
    re.IGNORECASE,
)


def choices_in(text: str, metavar: str = "", name: str = "") -> tuple[Choice, ...]:
    """Return the values that a help text lists as all there are, or nothing.

    name  a spelling of the option, where it is known
    """
    words = text[:_LONGEST]
    several = bool(_SEVERAL.search(words))
    for find in (_braced, _bulleted) if several else (_braced, _bulleted, *_FINDERS):
        found = find(words, metavar)
        if 1 < len(found) <= _MOST and not _open(found):
            return found
    found = () if several else ending_choices(words, metavar, name)
    return () if _open(found) else found


def _open(found: tuple[Choice, ...]) -> bool:
    """Say whether one of the values found is the name of a kind: the list is not closed then."""
    words = [choice.value for choice in found]
    capital = [bool(_CAPITAL.fullmatch(word)) for word in words]
    if any(word.endswith("-") for word in words):
        return True
    return any(map(_KIND.fullmatch, words)) or (any(capital) and any(map(str.islower, words)))


def _braced(text: str, _metavar: str) -> tuple[Choice, ...]:
    """Read `[possible values: a, b]`, `(choices: "a", "b", default: "a")`."""
    match = _LISTED.search(text)
    if match is None:
        return ()
    inner = re.split(r",?\s(?:default|preset|env)s?(?: is)?:", match["list"])[0]
    items = [item.strip().strip("\"'`") for item in re.split(r"[,|]|\sor\s", inner)]
    items = [re.sub(r"^(?:or|and) ", "", item).strip("\"'` ") for item in items if item]
    if any(not item or " " in item or len(item) > 80 for item in items):
        return ()
    return tuple(Choice(item) for item in dict.fromkeys(items))


def _bulleted(text: str, _metavar: str) -> tuple[Choice, ...]:
    """Read a list of one value a line, each with its meaning."""
    match = _TABLE.search(text)
    if match is None:
        return ()
    found: dict[str, Choice] = {}
    for line in text[match.end() :].split("\n")[:_MOST]:
        bullet = _BULLET.match(line)
        if bullet is None or (bullet["text"] is None and " " in line.strip().strip("-*•· ")):
            if line.strip() and found and not line.startswith("  "):
                break
            continue
        found.setdefault(bullet["word"], Choice(bullet["word"], (bullet["text"] or "").strip()))
    return tuple(found.values())


def told_choices(text: str, metavar: str) -> tuple[Choice, ...]:
    """Return the values of a sentence such as `WHEN is 'always', 'never', or 'auto'`."""
    name = metavar.strip("<>[]=.")
    if not name or (not name.isupper() and not name.isalnum()):
        return ()
    be = r"(?:is|are|(?:can|may|must|should)(?: also)? be)(?: either| one of)?:?\s{1,4}"
    of = r"(?: argument)?(?: of --?[\w-]{1,60})?(?: defaults? to '(?P<first>[\w-]{1,30})' and)?"
    told = re.compile(rf"(?<![\w-]){re.escape(name)}>?'?{of}\s{{1,4}}{be}", re.IGNORECASE)
    for match in told.finditer(text):
        found = _items(text, match.end(), sure=True)
        if len(found) > 1 and not _open(found):
            first = match["first"]
            return (Choice(first), *found) if first else found
    return ()


def _led(text: str, _metavar: str) -> tuple[Choice, ...]:
    """Read a list behind words such as `one of`, `possible values are`."""
    for match in _LEADS.finditer(text):
        strong = bool(_STRONG.search(match.group()))
        found = _items(text, match.end(), sure=strong)
        if len(found) > 1:
            return found
    return ()


def _barred(text: str, _metavar: str) -> tuple[Choice, ...]:
    """Read `a|b|c`, at the beginning or in brackets."""
    match = _ALTERNATIVES.search(text[:400])
    if match is None:
        return ()
    before = text[: match.start()]
    alone = not re.sub(r"\[\w{1,12}\]", "", before).strip() or match.group()[0] in "[{(<\"'"
    kinds = re.fullmatch(r"(?:boolean|string|number|array|object|null|\W)+", match["list"])
    return listed(match["list"]) if alone and not kinds else ()


def _items(text: str, place: int, *, sure: bool) -> tuple[Choice, ...]:
    """Return the words of a list that begins at a place; where not sure, only quoted ones."""
    found: list[str] = []
    quoted = True
    while len(found) <= _MOST:
        match = _ITEM.match(text, place)
        if match is None:
            return ()
        word, place = _word(match)
        quoted = quoted and match["f"] is None
        found.append(word)
        remark = _REMARK.match(text, place)
        place = remark.end() if remark else place
        if _OPEN.match(text, place):
            return ()
        between = _BETWEEN.match(text, place)
        more = _ITEM.match(text, between.end()) if between else None
        if between is None or more is None or (quoted and more["f"]):
            return _closed(text, place, found, quoted or (sure and bool(remark)), sure)
        place = between.end()
    return ()


def _word(match: re.Match[str]) -> tuple[str, int]:
    """Return the word of an item without the stop of the sentence, and where it ends."""
    bare = match["f"]
    if not bare:
        return next(group for group in match.groups() if group), match.end()
    word = bare.rstrip(".:") or bare
    if len(word) > 2 and word[0] == word[-1] == "*":
        return word[1:-1], match.end() - len(bare) + len(word)
    return word, match.end() - len(bare) + len(word)


def _closed(
    text: str, place: int, found: list[str], quoted: bool, sure: bool
) -> tuple[Choice, ...]:
    if not quoted and (not sure or not _ENDS.match(text, place)):
        return ()
    slashed = [word for word in found if "/" in word.strip("/")]
    if slashed and len(slashed) * 2 < len(found):  # two names of one value: es6/es2015
        found = [part for word in found for part in word.split("/")]
    return tuple(Choice(word) for word in dict.fromkeys(found))


_FINDERS = (told_choices, _led, _barred)
_GIVEN = r"\"[^\"]{0,200}\"|'[^']{0,200}'|`[^`']{0,200}[`']"
_DEFAULT = re.compile(
    r"[\[(]\s?defaults?(?: value)?(?: is| to)?\s{0,2}[:=]?\s{1,4}"
    rf"(?P<a>{_GIVEN}|[^\[\]()]{{1,300}}(?:\([^()]{{0,80}}\))?)\s?[\])]"
    r"|[\[(]default=(?P<b>[^\[\]()]{0,200})[\])]"
    rf"|\bdefault(?: value)?(?: is|:)\s{{1,4}}(?P<c>{_GIVEN}|[^\s,;()]{{1,80}})"
    rf"|\bdefault(?:s|ing)? to:?\s{{1,4}}(?P<d>{_GIVEN}|[^\s,;()]{{1,80}})"
    r"|[\[(,]\s?[\"'`]?(?P<e>[\w./:-]{1,60})[\"'`]?(?: is)?(?: by| the)? default\)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:the|an?|that|this|it|all|use|none|no|to|in|your|value|is|not|only|if|when|for|as|on|of)\b",
    re.IGNORECASE,
)


def default_in(text: str) -> str:
    """Return the default that a help text tells, as it tells it, or ""."""
    match = _DEFAULT.search(text[:_LONGEST])
    if match is None:
        return ""
    word = next((group for group in match.groups() if group is not None), "").strip()
    word = re.split(r",\s(?:env|choices)\b", word)[0]
    clear = word.rstrip(".") if not word.endswith("..") else word
    if len(clear) > 1 and clear[0] in "\"'`" and clear[-1] in "\"'`":
        return clear[1:-1]
    loose = match["c"] or match["d"] or match["e"]
    if match["a"] and len(clear.split()) > 5:
        return ""
    vague = _VAGUE.fullmatch(clear) if loose else re.match(r"(?:if|when|for|in|on)\b", clear)
    return "" if vague else clear


_OFTEN = (
    r"(?:more than once|multiple times|several times|repeatedly|many times|any number of times)"
)
_REPEATS = re.compile(
    rf"\b{_OFTEN}|\b(?:may|can|could) (?:also )?be (?:repeated|stacked)\b|\brepeatable\b"
    r"|\bmultiple (?:uses|occurrences|instances|flags|options) (?:of|are|allowed|can)"
    r"|\b(?:use|specify|give) (?:it |this |option |flag )?twice|\bused twice\b|\bgiven twice\b"
    r"|\brepeat (?:this|the|for|to|it)\b|\[array\]|\(multiple\)|\bmultiple allowed\b"
    r"|\bcumulative\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    rf"\b(?:cannot|can not|can't|may not|must not|not be|never)\b[^.\n]{{0,40}}"
    rf"\b(?:{_OFTEN}|repeated)",
    re.IGNORECASE,
)


def repeats_in(text: str) -> bool | None:
    """Say whether a help text tells that an option may be given again; None: it does not tell."""
    words = text[:_LONGEST]
    if _ONCE.search(words):
        return False
    return True if _REPEATS.search(words) else None


_VARIABLE = r"[A-Z_][A-Z0-9_]{1,80}"
_ENV = re.compile(
    r"(?:[\[(]|, )env(?:ironment)?(?: var(?:iable)?)?s?(?::|=| )\s{0,4}"
    rf"\$?(?P<a>{_VARIABLE}(?:, ?\$?{_VARIABLE}){{0,8}})[^\])]{{0,200}}[\])]"
    rf"|[\[(]\$(?P<b>{_VARIABLE}(?:, ?\${_VARIABLE}){{0,8}})[\])]"
)


def env_in(text: str) -> tuple[str, ...]:
    """Return the environment variables from which, as a help text tells, the value is read."""
    match = _ENV.search(text[:_LONGEST])
    if match is None:
        return ()
    return tuple(word.strip(" $") for word in (match["a"] or match["b"]).split(","))


_DEPRECATED = re.compile(
    r"^[\[(*]{0,3}(?:deprecated|obsolete)\b[^.\n]{0,200}"
    r"|[\[(](?:deprecated|obsolete)[^\[\]()]{0,200}[\])]"
    r"|\b(?:is|has been) (?:now )?deprecated\b[^.\n]{0,200}",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"[\[(](?:required|mandatory)[\])]|^required(?:[.:]|$)|\*required\*", re.IGNORECASE
)


def deprecated_in(text: str) -> str:
    """Return the words with which a help text calls the option deprecated, or ""."""
    match = _DEPRECATED.search(text[:_LONGEST])
    return match.group().strip("[]()* ") if match else ""


def required_in(text: str) -> bool | None:
    """Say whether a help text marks the option as required; None: it does not tell."""
    return True if _REQUIRED.search(text[:_LONGEST]) else None
