"""How a parser reads words: what a command and its usage lines want, for those who spell.

Read by Python 3.8, as all of the model is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple


@dataclass(frozen=True)
class Way:
    """One way to call a command, where its usage lines differ in what they take.

    places   each positional argument in its place: its address, the least and the most words
    needs    addresses of the options without which this way is not taken
    takes    addresses of all options that may be given with it
    """

    places: Tuple[Tuple[str, int, Optional[int]], ...] = ()
    needs: Tuple[str, ...] = ()
    takes: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Syntax:
    """How one parser spells values; only faces/ reads this.

    prefix_chars      characters that begin an option
    long_join         between a long option and its value; "" glues, " " stands apart
    short_join        the same for a short option
    single_join       the same for one dash and a word (-name), where it is not as for a long one
    separator         the word after which nothing is an option; "" where there is none
    fromfile          characters that make the parser read arguments from a file
    dash_lists        may a list of separate values hold one that begins with a prefix
                      character: "never", "numbers" (negative ones only) or "always"
    negative_options  some option looks like a negative number, so "numbers" does not hold
    abbreviates       a long option may be shortened, as long as one only fits
    stops             the first word that is no option ends the options
    plain_dash        a lone "-" is a word like any other
    negatives         a negative number is a word like any other, whatever the options
    empty_apart       an empty value is lost when it is joined: it stands as a word of its own
    truths            what is joined to a flag or a switch, ("True", "False"), where a bare one
                      would take the next word for its value
    quoting           how texts are put in quotes that would be read as something else: "python"
                      (values are Python literals) or "pairs" (quotes around a value are taken
                      off, "~" is the home folder)
    reserved          words that the parser takes for a command, not for a positional argument
    freed             the separator makes a reserved word a positional argument
    swallows          an option of several values takes the words behind a joined one too
    divider           the word between a command's own arguments and the next command's name
    """

    prefix_chars: str = "-"
    long_join: str = "="
    short_join: str = ""
    single_join: str = ""
    separator: str = "--"
    fromfile: str = ""
    dash_lists: str = "never"
    negative_options: bool = False
    abbreviates: bool = False
    stops: bool = False
    plain_dash: bool = False
    negatives: bool = False
    empty_apart: bool = False
    truths: Tuple[str, ...] = ()
    quoting: str = ""
    reserved: Tuple[str, ...] = ()
    freed: bool = False
    swallows: bool = False
    divider: str = ""
