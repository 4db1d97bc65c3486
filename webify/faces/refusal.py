"""Put what a tool's own parser says against an answer at the field that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from webify.faces import sentences
from webify.faces.chain import parameters
from webify.faces.labels import label
from webify.faces.value_texts import texts_of
from webify.faces.values import MASK
from webify.model.command import Command, Parameter, Value

_SPELLED = re.compile(r"(?<![\w=/-])[-+/]{1,2}[A-Za-z0-9?#@][\w.-]{0,100}")
_QUOTED = re.compile(r"[‘“\"'`<]([^‘’“”\"'`<>]{1,200})[’”\"'`>]")
_PREFIX = re.compile(r"^(?:argument|option) ([^:]{1,200}):")
_BEHIND = re.compile(
    r"\b(?:arguments?|parameters?|options?|operands?|positionals?)\b"
    r"(?: (?:of|are|is|required|missing|not provided))*:? [(\[]?([\w{][\w .,/|{}-]{0,200})",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:required|missing|not provided)\b.{0,40}:|\b(?:arguments|options|parameters)\b.{0,20}"
    r"\b(?:required|missing)",
    re.IGNORECASE,
)

# A converter without a name says nothing to people.
_NAMELESS = re.compile(r": invalid <lambda> value: (?P<mark>['\"])(?P<value>.{0,400})(?P=mark)$")


def refusal(
    chain: Sequence[Command], values: Mapping[str, Value], said: Iterable[str]
) -> dict[str, str]:
    """Return a sentence for each address that a parser's sentences speak of, "" for the form.

    values: the answers as they are kept, secrets masked.  A sentence about a secret is ours.
    """
    known = [each for each in list(parameters(chain))[::-1] if not each.hidden]
    found: dict[str, str] = {}
    for sentence in said:
        meant = list(_named(known, sentence)) or list(_holding(known, values, sentence))
        if len(meant) > 1 and _SEVERAL.search(sentence):
            told = {each.address: sentences.missing(each) for each in meant}
        elif meant:
            told = {meant[0].address: _about(meant[0], sentence)}
        else:
            told = {"": stopped(sentence)}
        for address, text in told.items():
            found[address] = f"{found[address]} {text}" if address in found else text
    return found


def about(chain: Sequence[Command], name: str, sentence: str) -> dict[str, str]:
    """Return the fault of a parser that was asked beforehand and names a spelling or address."""
    known = [each for each in list(parameters(chain))[::-1] if not each.hidden]
    for each in known:
        if name and (name == each.address or name in _words(each)):
            return {each.address: _about(each, sentence)}
    return refusal(chain, {}, [sentence])


def stopped(sentence: str) -> str:
    """Return a tool's words as a sentence: a capital before, a full stop behind."""
    text = sentence.strip()
    first = text.split(" ", 1)[0]
    if first.isalpha() and first.islower():
        text = text[:1].upper() + text[1:]
    return text if text[-1:] in ".!?…" else f"{text}."


def _about(parameter: Parameter, sentence: str) -> str:
    if parameter.secret:
        return sentences.secret_wrong(parameter)
    nameless = _NAMELESS.search(sentence.strip())
    return sentences.not_taken(parameter, nameless["value"]) if nameless else stopped(sentence)


def _named(known: Sequence[Parameter], sentence: str) -> Iterator[Parameter]:
    """Yield the parameters that a sentence names, in its order."""
    seen: set[str] = set()
    for word in _words_of(sentence):
        for each in known:
            if word in _words(each) or word.casefold() in _names(each):
                if each.address not in seen:
                    seen.add(each.address)
                    yield each
                break


def _words_of(sentence: str) -> Iterator[str]:
    """Yield what may be a name: first what stands before the colon, spellings, quoted words."""
    prefix = _PREFIX.match(sentence)
    if prefix:
        yield from re.split(r"[/,] ?", prefix[1])
    several = _SEVERAL.search(sentence)
    behind = _BEHIND.search(sentence)
    if several and behind:
        for part in re.split(r", | and | ", behind[1]):
            yield from part.split("/")
    for found in _SPELLED.findall(sentence):
        yield found.rstrip(".")
    for found in _QUOTED.findall(sentence):
        yield from re.split(r"[ =]", found)[:1] if found[:1] in "-+/" else [found]
    if behind and not several:
        yield from re.split(r"[ ,.:)]", behind[1])[:1]


def _words(parameter: Parameter) -> tuple[str, ...]:
    return (*parameter.spellings, *parameter.negations)


def _names(parameter: Parameter) -> set[str]:
    """Return what a parser may call a parameter that it does not spell."""
    names = {parameter.name, parameter.metavar.strip("<>[]{}. ")}
    if parameter.positional:
        names.add(label(parameter))
    names |= {word.lstrip("-").rpartition(".")[2] for word in parameter.spellings if len(word) > 2}
    both = {form for name in names for form in (name, name.replace("_", "-"))}
    return {name.casefold() for name in both if name}


def _holding(
    known: Sequence[Parameter], values: Mapping[str, Value], sentence: str
) -> Iterator[Parameter]:
    """Yield the one parameter that holds a value which the sentence quotes."""
    for word in _QUOTED.findall(sentence):
        meant = [each for each in known if word in texts_of(values.get(each.address))]
        if len(meant) == 1 and word != MASK:
            yield meant[0]
            return
