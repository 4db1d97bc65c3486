"""Know by its title what a section of a help text holds, in the languages that programs speak."""

from __future__ import annotations

import re

COMMANDS = re.compile(
    r"\b(?:sub-?)?commands?\b|\bsubcommands?\b|\bverbs\b|^actions?$|\btasks\b|\bbefehle\b"
    r"|\bkommandos?\b|\bcommandes\b|\bcomandos?\b|\bcomandi\b|команды|命令|コマンド|명령",
    re.IGNORECASE,
)
NO_COMMANDS = re.compile(
    r"option|\bflags?\b|argument|example|environment|topics?\b|^notes?\b|^see also|parameter|exit"
    r"|\bfiles?$|authors?$|copyright|licen[cs]e|^where\b|homepage|documentation|command[- ]line"
    r"|positional|description|^usage|^aliases?$|variables|bugs|default|values?$|\bhelp on\b"
    r"|features|delegates|\bkeys?$|formats?$",
    re.IGNORECASE,
)
POSITIONALS = re.compile(
    r"\b(?:positionals?|arguments?|args|operands?|parameters?)\b|^argumente$|аргументы|引数|参数",
    re.IGNORECASE,
)
EXAMPLES = re.compile(
    r"\bexamples?\b|\bbeispiele?\b|\bexemples?\b|\bejemplos?\b|примеры|示例|例$", re.IGNORECASE
)
OPTIONS = re.compile(
    r"\boptions?\b|\bflags?\b|\boptionen\b|\bopciones\b|\bopzioni\b|параметры|ключи|选项|オプション",
    re.IGNORECASE,
)
