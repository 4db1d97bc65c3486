"""Say which options an entry of a manual page names, with its text."""

from __future__ import annotations

from dataclasses import replace

from webify.manuals.facts import NO, YES, OptionFact
from webify.manuals.heads import read_head
from webify.manuals.man_entries import Entry
from webify.manuals.man_heads import OPERATOR, numbered, operator, without_remark
from webify.manuals.man_text import BOLD, PLAIN, UNDERLINED, Line, folded
from webify.manuals.wording import default_in


def facts_of(entry: Entry) -> list[OptionFact]:
    """Return the options that an entry names, with its text."""
    text = folded(entry.body)
    facts = [fact for head in entry.heads for fact in _head_facts(head)]
    joined: list[OptionFact] = []
    for fact in facts:
        if joined and _same(joined[-1], fact):
            joined[-1] = _both(joined[-1], fact)
        else:
            joined.append(fact)
    return [replace(fact, help=text, group=entry.group) for fact in joined]


def _head_facts(head: Line) -> list[OptionFact]:
    found = OPERATOR.match(head.text)
    if found and operator(head):
        return [OptionFact((found[1],), value=NO)]
    text = numbered(without_remark(_apart(head))).replace("; -", ", -")
    fact = read_head(text, sure=True)
    if fact is None:
        return []
    fact = replace(fact, default=fact.default or default_in(head.text))
    if fact.value == NO and _value_follows(head):
        fact = replace(fact, value=YES)
    return [fact]


def _apart(head: Line) -> str:
    """Put a blank between an option and the underlined name of a value glued to it."""
    pieces = []
    for place, char in enumerate(head.text):
        word = head.text[:place].rpartition(" ")[2]
        glued = head.styles[place - 1 : place + 1] in {BOLD + UNDERLINED, PLAIN + UNDERLINED}
        if glued and word.startswith("-") and word[-1:].isalnum() and char.isalnum():
            pieces.append(" ")
        pieces.append(char)
    return "".join(pieces)


def _value_follows(head: Line) -> bool:
    """Say whether underlined letters stand behind the bold ones: the name of a value."""
    bold = head.styles.rfind(BOLD)
    behind = head.styles[bold + 1 :]
    return bold >= 0 and UNDERLINED in behind and not head.text[bold + 1 :].lstrip().startswith("[")


def _same(one: OptionFact, other: OptionFact) -> bool:
    """Say whether two heads of one text are spellings of one option: a short and a long one."""
    long_one = [each for each in one.spellings if each.startswith("--")]
    long_other = [each for each in other.spellings if each.startswith("--")]
    return bool(long_one) != bool(long_other) and len(one.spellings) == len(other.spellings) == 1


def _both(one: OptionFact, other: OptionFact) -> OptionFact:
    rich = other if one.value in {"", NO} else one
    return replace(rich, spellings=(*one.spellings, *other.spellings))
