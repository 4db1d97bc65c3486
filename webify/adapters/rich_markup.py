"""Help texts that are written in rich's markup: the text without its styles."""

from __future__ import annotations

import re
from dataclasses import replace

from webify.model.command import Command, Parameter

_TAG = re.compile(r"(\\?)\[([a-z#/@][^\[\]\n]{0,200})\]")
_STYLE = re.compile(
    r"[biusdr]|bold|italic|underline2?|dim|reverse|strike|blink2?|conceal|frame|encircle|overline|"
    r"not|on|none|default|#[0-9a-f]{6}|rgb\([\d,]{5,11}\)|color\(\d{1,3}\)|(?:link|@click)=.{1,200}|"
    r"(?:bright_|dark_|deep_|light_|medium_|pale_|hot_|sea_|spring_|steel_|sky_|slate_|"
    r"dodger_|royal_|cornflower_|indian_|rosy_|sandy_|cadet_|navajo_|misty_|green_|blue_)?"
    r"(?:black|red|green|yellow|blue|magenta|cyan|white|gr[ae]y|orange|purple|pink|violet|"
    r"turquoise|gold|khaki|salmon|orchid|plum|tan|brown)_?\d{0,3}[ab]?"
)


def unmarked(text: str) -> str:
    """Return the text without tags that are styles; other words in brackets are the author's."""
    return _TAG.sub(_told, text) if "[" in text else text


def plain_command(command: Command) -> Command:
    """Return a command, and those below it, whose texts hold no markup."""
    return replace(
        command,
        help=unmarked(command.help),
        epilog=unmarked(command.epilog),
        parameters=tuple(_plain_parameter(each) for each in command.parameters),
        commands=tuple(plain_command(each) for each in command.commands),
    )


def _plain_parameter(parameter: Parameter) -> Parameter:
    return replace(parameter, help=unmarked(parameter.help))


def _told(found: re.Match[str]) -> str:
    if found[1]:
        return found[0][1:]
    return "" if _style(found[2]) else found[0]


def _style(tag: str) -> bool:
    if tag.startswith("/"):
        words = tag[1:].split()
        return not words or all(_STYLE.fullmatch(each) for each in words) or words == ["link"]
    return all(_STYLE.fullmatch(each) for each in tag.split())
