"""Read the head of an entry, such as `-o FILE, --output=FILE`, into the option that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from webify.manuals.facts import NO, OPTIONAL, YES, OptionFact
from webify.manuals.values import (
    Shape,
    closing,
    known_glued,
    placeholder,
    scan_word,
    shape_of,
)

_LONGEST = 600
_NAME = r"[A-Za-z0-9_](?:\w|[-.+:](?=\w))*"
# --name, --[no-]name, --name[-more]
_LONG = re.compile(
    rf"--(?:[\[(](?P<off>[a-z]{{1,9}}-?)[\])]\|?)?(?P<name>{_NAME})"
    r"(?:\[(?P<more>-[a-z][a-z-]{0,30}|[a-z]{1,3}(?=\]\w))\](?P<tail>[\w-]{0,40}))?"
)
# -x, -name; the signs only where nothing else stands at them
_SHORT = re.compile(rf"-(?P<name>{_NAME}|[?#@:!$%^*~+.()](?![\w-]))")
_SLASH = re.compile(r"/(?P<name>[A-Za-z?][A-Za-z0-9]{0,30})(?![\w/])")
_DASH = r"(?=--?[\w?#@:!$%^*~+.\[(])"
_DASH_OR_SLASH = r"(?=--?[\w?#@:!$%^*~+.\[(]|/[A-Za-z?])"
_BARE = re.compile(
    r"(?:\|(?P<again>[a-z])(?P=again){1,3}){1,3}(?=,)|(?:/\w{2}(?!\w)){1,12}|\s{0,4},\s{0,4}[A-Za-z](?=\s{0,4},\s{0,4}-)"
)
_WINDOWS = re.compile(r"\s{0,4},\s{0,4}/[A-Za-z?]{1,10}(?=\s|,|$)")
_SEPARATORS = {
    slashes: re.compile(rf"\s{{0,40}}(?:,? or |,|\||;|/)\s{{0,40}}{dash}|\s{{1,40}}{dash}")
    for slashes, dash in ((False, _DASH), (True, _DASH_OR_SLASH))
}
_OPENED = re.compile(r"\s{0,8}[\[({]\s{0,4}(?=--?\w)")
_CLOSED = re.compile(r"\s{0,4}[\])}]")
_BOOST = re.compile(r"\(=(?P<default>[^()]{0,80})\)$")
_OFF = re.compile(r"^--?(?:no-?|disable-|without-|un|not-)(?=\w)")
_BLANK = re.compile(r"\s{1,40}")
_VALUE = re.compile(r"[=\[<{:(]|,[<\[]")
_NEXT = re.compile(r" (?=[<\[{A-Z])")
_DOTS = re.compile(r"\s?(?:\.\.\.|…|\[\+\])|\s?\[,?\s?[^\[\]]{0,40}(?:\.\.\.|…)\]")
_ANOTHER = re.compile(r"(?:or )?\[?--?[A-Za-z?]")
_PROSE = re.compile(
    r"(?:the|is|are|was|be|an|of|this|that|these|will|and|for|with|when|which|if|it|its|your|you|not"
    r"|can|must|may|should|has|have|also|does|do|by|from|no|only|then|than|all|any)",
    re.IGNORECASE,
)


@dataclass
class _Seen:
    """What has been read of a head so far; slashes: its writing spells options with a slash."""

    slashes: bool = False
    spellings: list[str] = field(default_factory=list)
    negations: list[str] = field(default_factory=list)
    shape: Shape = field(default_factory=Shape)
    repeat: bool = False


def read_head(head: str, *, sure: bool = True, slashes: bool = False) -> OptionFact | None:
    """Read a head into an option; None where it is none.

    sure     the writing marks it as a head, so that all its words belong to it
    slashes  the writing spells options with a slash
    """
    text = _unwrapped(head[:_LONGEST])
    boost = _BOOST.search(text)
    if boost:
        text = text[: boost.start()].rstrip()
    seen = _Seen(slashes)
    place = _read_items(text, seen, sure)
    if not seen.spellings or (text[place:].strip(" .,;:") and not sure):
        return None
    fact = _option(seen)
    return (
        replace(fact, default=boost["default"], value=fact.value if fact.value != NO else YES)
        if boost
        else fact
    )


def names_option(text: str, *, slashes: bool = False) -> bool:
    """Say whether a text begins as an option is spelled."""
    return _spelled(text, 0, slashes=slashes) is not None


def certain_end(text: str, *, slashes: bool = False) -> int:
    """Return where the part ends that is a head whatever follows: spellings, and marked values."""
    return _read_items(text[:_LONGEST], _Seen(slashes), sure=None)


def _unwrapped(head: str) -> str:
    """Return a head without the brackets around all of it and the colon behind it."""
    text = head.strip()
    if text.endswith(":") and not text.endswith(" -:"):
        text = text[:-1].rstrip()
    while text[:1] in ("[", "{", "(") and closing(text, 0) == len(text):
        text = text[1:-1].strip()
    return text


def _read_items(text: str, seen: _Seen, sure: bool | None) -> int:
    """Read one spelling with its value after the other; return where they end."""
    slashes = seen.slashes
    place, separator = 0, ""
    while place < len(text):
        opened = _OPENED.match(text, place)
        found = _spelled(text, opened.end() if opened else place, slashes=slashes)
        if found is None:
            return place
        if separator == " " and _names_value(found, seen):
            seen.shape = Shape(YES, found.group().lstrip("-"))
            return found.end()
        place = _note(found, separator, seen)
        shut = _CLOSED.match(text, place) if opened else None
        place = _read_value(text, shut.end() if shut else place, seen, sure)
        shut = _CLOSED.match(text, place) if opened and not shut else None
        place = shut.end() if shut else place
        windows = None if slashes else _WINDOWS.match(text, place)
        place = _read_value(text, windows.end(), seen, sure) if windows else place
        bare = _BARE.match(text, place)
        place = bare.end() if bare else place
        between = _SEPARATORS[slashes].match(text, place)
        if between is None and not _OPENED.match(text, place):
            return place
        separator = between.group() if between else ","
        place = between.end() if between else place
    return place


def _spelled(text: str, place: int, *, slashes: bool) -> re.Match[str] | None:
    found = _LONG.match(text, place) or _SHORT.match(text, place)
    return found or (_SLASH.match(text, place) if slashes else None)


def _note(found: re.Match[str], separator: str, seen: _Seen) -> int:
    """Keep a spelling; return where it ends, which is before a value glued to it."""
    groups = found.groupdict()
    word, end = found.group(), found.end()
    if groups.get("off") or groups.get("more"):
        word = "--" + found["name"] + (groups["tail"] or "")
    elif not found.string.startswith("/", end) and (glued := known_glued(word)):
        word, end = word[:-glued], end - glued
    elif ":" in word[2:]:
        word = word.partition(":")[0]
        end = found.start() + len(word)
    if groups.get("off"):
        turned = f"--{groups['off']}{word[2:]}"
        (seen.negations if _OFF.match(turned) else seen.spellings).append(turned)
    if groups.get("more"):
        seen.spellings.append(f"--{found['name']}{groups['more']}{groups['tail']}")
    slashed = separator.strip(" ") == "/" and " " in separator and _opposes(word, seen)
    off = seen.spellings and (slashed or _turns_off(word, seen.spellings))
    kept = seen.negations if off else seen.spellings
    if word not in kept:
        kept.append(word)
    return end


def _names_value(found: re.Match[str], seen: _Seen) -> bool:
    """Say whether a long word behind a long one and a blank names its value: `--ix --x`.

    Some parsers take the name of a value from what is quoted in the words about the option.
    """
    return (
        found.group().startswith("--")
        and len(seen.spellings) == 1
        and seen.spellings[0].startswith("--")
        and seen.shape.kind == NO
        and not seen.negations
    )


def _opposes(word: str, seen: _Seen) -> bool:
    """Say whether a word behind a slash is the opposite of those before: of the same form, bare."""
    long = len(word) > 2
    alike = [each for each in seen.spellings if (len(each) > 2) == long]
    return seen.shape.kind == NO and bool(alike) and (long or word.lower() == alike[0].lower())


def _turns_off(word: str, others: list[str]) -> bool:
    bare = _OFF.sub("", word)
    return bare != word and any(other.lstrip("-") == bare for other in others)


def _read_value(text: str, place: int, seen: _Seen, sure: bool | None) -> int:
    """Read the value behind a spelling, if there is one."""
    if text.startswith(("...", "…"), place):
        seen.repeat = True
        place += 3 if text.startswith("...", place) else 1
    end = place
    if (
        place < len(text)
        and text[place] in "=[<{:(,"
        and _VALUE.match(text, place)
        and not text.startswith("[-", place)
    ):
        end = _joined_end(text, place)
        written, joined = text[place:end], True
    elif place < len(text) and text[place].isalnum():
        end = scan_word(text, place)
        written, joined = text[place:end], True
    else:
        end = _apart_end(text, place, sure, slashes=seen.slashes)
        written, joined = text[place:end], False
    if not written.strip() or (not joined and written.strip()[0] == "(" and "|" not in written):
        return end
    shape = shape_of(written, joined=joined)
    if (
        seen.shape.kind == NO
        or (seen.shape.kind == YES and shape.kind == OPTIONAL)
        or len(shape.choices) > len(seen.shape.choices)
    ):
        seen.shape = shape
    return end


def _joined_end(text: str, place: int) -> int:
    """Return where a value ends that is written at its option; it may have more words behind it."""
    start = place + 1 if text[place] in "=:," else place
    end = max(scan_word(text, start), start)
    while True:
        more = _NEXT.match(text, end)
        word = scan_word(text, more.end()) if more else 0
        if more is None or word <= more.end() or not placeholder(text[more.end() : word]):
            return _dots(text, end)
        end = word


def _apart_end(text: str, place: int, sure: bool | None, *, slashes: bool) -> int:
    """Return where a value ends that stands behind its option; place itself where none does."""
    end = place
    words = 0
    while end < len(text):
        blank = _BLANK.match(text, end)
        if not blank or _SEPARATORS[slashes].match(text, end) or _OPENED.match(text, end):
            break
        start = blank.end()
        if (
            text[start : start + 1] == "("
            and (shut := closing(text, start)) > 0
            and "|" not in text[start:shut]
        ):
            end = shut if text[shut : shut + 1] in ("", ",", " ") and not words else end
            break
        if _stops(text, start, sure, words):
            break
        last = scan_word(text, start)
        if last <= start:
            break
        end, words = last, words + 1
        if text[last - 1] == ":" and last - start > 1:  # the words begin behind the colon
            return end - 1
    return _dots(text, end) if words else end


def _stops(text: str, start: int, sure: bool | None, words: int) -> bool:
    """Say whether no word of a value can begin here; sure None: a marked one only."""
    if start >= len(text) or (text[start] in "|;,/" and not text[start : start + 2].strip("|;,/")):
        return True
    if _ANOTHER.match(text, start):
        return True
    word = text[start : scan_word(text, start)]
    if text.startswith("...", start) or placeholder(word):
        return sure is None and len(word) == 1  # the first word of a sentence: A, I
    if sure is None:
        return True
    if _PROSE.fullmatch(word) or (word.endswith((".", ";", ":", "!")) and word != ";"):
        return True
    return not sure and words > 2


def _dots(text: str, end: int) -> int:
    more = _DOTS.match(text, end)
    return more.end() if more else end


def _option(seen: _Seen) -> OptionFact:
    shape = seen.shape
    return OptionFact(
        spellings=tuple(seen.spellings),
        negations=tuple(word for word in seen.negations if word not in seen.spellings),
        value=shape.kind,
        metavar=shape.metavar,
        attached=shape.attached,
        choices=shape.choices,
        repeat=True if seen.repeat or shape.repeat else None,
    )
