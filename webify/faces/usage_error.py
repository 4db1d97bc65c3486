"""Tell a program that did not take its arguments from one that failed at its work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from types import MappingProxyType

MOST = 65_536  # characters that a usage error and the help behind it may have
WIDEST = 2_000  # characters of a line that are looked at
LONGEST = 400  # characters of one sentence
MOST_SENTENCES = 20  # of one box
MOST_SAID = 2  # lines that say what was wrong, where no word for an error stands in them
MOST_LINES = 12  # lines of one sentence

_ESCAPES = re.compile(
    r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)"
    r"|[\x00-\x08\x0b-\x1f]"
)
_TRACE = re.compile(
    r"Traceback \(most recent call last\)|^\s{1,8}at .{1,300}[:(]\d|^\s{1,8}from .{1,300}:\d+:in "
    r"|panicked at|^goroutine \d+ \[|core dumped",
    re.MULTILINE,
)
_CORNERS = MappingProxyType(
    {
        "╭": "╮",
        "┌": "┐",
        "┏": "┓",
        "╔": "╗",
        "+": "+",
        "╰": "╯",
        "└": "┘",
        "┗": "┛",
        "╚": "╝",
    }
)
_EDGES = "─━═-"
_OF_ERRORS = re.compile(
    r"\b(?:error|usage|missing|required|invalid|pars|unrecogni|fail)", re.IGNORECASE
)

# Where a program says how it is called, and where it says how to ask for that.
_USAGE = re.compile(r"^\s{0,8}(?:usage|synopsis)(?: of \S{1,200})?\s{0,4}(?::|$)", re.IGNORECASE)
_POINTER = re.compile(
    r"\b(?:try|see|use|run|pass|type|consult|for (?:more|full|detailed|further))\b.{0,120}"
    r"(?:(?<![\w-])--?h(?:elp)?\w{0,12}\b|\bhelp\b|\bman \w)",
    re.IGNORECASE,
)
_ABOUT_HELP = re.compile(r"for full |\w{1,20} helptext\b|(?:try|see|run) ", re.IGNORECASE)
# "error: ...", "prog: error: ...", "prog command: fatal: ...", "FATAL Flags parsing error: ...".
_NAMED = re.compile(
    r"^(?:[^\s:]{1,80}(?: [\w-]{1,40}){0,5}: )?(?:\[?(?:fatal )?(?:flags parsing )?error\]?|fatal)"
    r"(?: \[\w{1,20}\])?: +(?=\S)|^\[error\] +(?=\S)",
    re.IGNORECASE,
)
_LOGGED = re.compile(r"^\[[\w.-]{1,60}\] (?:CRITICAL|ERROR) \| ")
_WARNING = re.compile(r"\bwarn(?:ing)?\b", re.IGNORECASE)
_MORE = re.compile(r"^\s|^(?:valid|possible|available|allowed) \w{1,30}", re.IGNORECASE)
_BULLET = re.compile(r"^\s{0,12}[-*•] +")

_NOUN = r"(?:option|argument|flag|parameter|operand|switch|predicate|choice|positional)s?\b"
# What parsers say, and hardly anybody else: enough where no usage stands beside it.
_VOCABULARY = re.compile(
    r"\b(?:unrecogni[sz]ed|unknown|unexpected|invalid|illegal|bad|ambiguous|missing|no such"
    r"|required|duplicate)(?: (?:gnu|long|short|command[- ]line|positional|required|file)){0,3}"
    rf" {_NOUN}|\bunknown (?:sub)?command\b|\binvalid value\b.{{0,200}}\bfor\b"
    rf"|(?:not enough|too many) {_NOUN}|\b(?:option|argument|flag|parameter)\b.{{0,80}}"
    r"\b(?:is unknown|not recogni[sz]ed|does not exist|is invalid|is required|are required"
    r"|was not found)\b|\brequires? (?:an? |one |at least one )?(?:argument|value)s?\b"
    r"|\bexpected (?:one|\d{1,9}|at least (?:one|\d{1,9})) argument|: unknown option\b"
    r"|\bflags parsing error\b|\b(?:bad|invalid) config encountered during initialization"
    r"|\bparameter type enforcement failed\b|\bcould not consume arg\b"
    r"|\bprovided but not defined\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:invalid|malformed|illegal|out of range|not a valid|cannot parse|could not parse)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[‘“\"'`]([^‘’“”\"'`]{1,200})[’”\"'`]")
_NAMING = re.compile(r"(?<![\w-])--?\w|[‘“\"'`<]\w", re.IGNORECASE)
_PATH = re.compile(r"[/\\]|\.\w{1,8}$")
_IN_FILE = re.compile(r"\bline \d|:\d+:", re.IGNORECASE)  # something that was read, no answer


def usage_errors(code: int, err: str, out: str, argv: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the sentences with which a program refused its arguments, () where it did not.

    code, err, out   how it ended and all that it printed
    argv             what it was started with
    A program that printed results, or a traceback, or that speaks of its work, did not refuse.
    """
    if code <= 0 or len(err) > MOST or len(out) > MOST or _TRACE.search(err) or _TRACE.search(out):
        return ()
    aside = _lines(out)
    lines = _lines(err) or aside
    if not lines or (aside and not _tells_usage_only(aside)):
        return ()
    boxed, plain = _opened(lines)
    if boxed:
        return boxed
    return _said(plain, argv)


def _lines(text: str) -> list[str]:
    """Return the lines that hold something, without colours; [] where there are none."""
    found = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\t", "    ")).split("\n")
    found = [line[:WIDEST].rstrip() for line in found]
    return found if any(found) else []


def _tells_usage_only(lines: Sequence[str]) -> bool:
    """Say whether standard output holds how to call the program, and nothing that it made."""
    first = next(line for line in lines if line)
    marked = any(_USAGE.match(line) or _POINTER.search(line) for line in lines)
    boxes = any(_edge(line) is not None for line in lines)
    begins = _USAGE.match(first) or _NAMED.match(first) or _VOCABULARY.search(first)
    return bool(boxes or (marked and (begins or len([line for line in lines if line]) < 5)))


def _opened(lines: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return what stands in boxes of errors, and the lines that stand in none."""
    said: list[str] = []
    plain: list[str] = []
    inner: list[str] | None = None
    title = ""
    for line in lines:
        edge = _edge(line)
        if inner is None and edge is not None:
            inner, title = [], edge
        elif inner is None:
            plain.append(line)
        elif edge is not None:
            said += _parts(inner) if _OF_ERRORS.search(title) else []
            inner = None
        else:
            inner.append(line.strip().strip("│┃║|├┤").rstrip())
    return tuple(said[:MOST_SENTENCES]), plain


def _edge(line: str) -> str | None:
    """Return the title in the top or bottom of a box, None where the line is neither."""
    text = line.strip()
    if len(text) < 4 or text[-1] != _CORNERS.get(text[0]) or text[1] not in _EDGES:
        return None
    title = text[1:-1].strip(_EDGES)
    return None if text[0] == "+" and "+" in title else title


def _ruled(line: str) -> bool:
    """Say whether a line only keeps what stands above it apart from what stands below."""
    text = line.strip().strip("├┤ ")
    return len(text) > 2 and not text.strip(_EDGES)


def _parts(inner: Sequence[str]) -> Iterator[str]:
    """Yield the sentences of one box, which lines between them keep apart."""
    for ruled, part in groupby(inner, key=_ruled):
        text = _joined([line for line in part if line.strip()])
        if not ruled and text and not _ABOUT_HELP.match(text):
            yield text


def _said(lines: Sequence[str], argv: Sequence[str]) -> tuple[str, ...]:
    at = _where(lines)
    if at is not None:
        return (_sentence(lines[at:], argv),)
    if any(_USAGE.match(line) for line in lines) and _alone(lines, len(lines)):
        return (_only_usage(lines),)
    told = [line for line in lines if line]
    wrong = bool(_WRONG.search(told[0])) and not _IN_FILE.search(told[0])
    if wrong and len(told) <= MOST_SAID and _quotes(told[0], argv):
        return (_sentence(told[:1], argv),)
    return ()


def _where(lines: Sequence[str]) -> int | None:
    """Return which line begins the sentence that refuses, or None."""
    marks = [at for at, line in enumerate(lines) if _marks(line)]
    pointed = any(_POINTER.search(line) for line in lines)
    for at, line in enumerate(lines):
        named = _NAMED.match(line) or _LOGGED.match(line)
        if marks and named and _alone(lines, at):
            return at
        if _refuses(line, beside_usage=bool(marks) or pointed):
            return at
    first = next(at for at, line in enumerate(lines) if line)
    said = [line for line in lines[first : min(marks, default=0)] if line and not _MORE.match(line)]
    return first if 0 < len(said) <= MOST_SAID else None


def _marks(line: str) -> bool:
    """Say whether only a parser says this: usage, or where to ask for it.

    "See" and "run" point to help after failures at work too.
    """
    found = _POINTER.search(line)
    return bool(_USAGE.match(line) or (found and not found[0].lower().startswith(("see", "run"))))


def _refuses(line: str, *, beside_usage: bool) -> bool:
    """Say whether a line has the words of parsers; where no usage is near, it has to name one."""
    if _USAGE.match(line) or _WARNING.search(line) or _POINTER.match(line.strip()):
        return False
    if not _VOCABULARY.search(line):
        return False
    return not line.startswith(" ") if beside_usage else bool(_NAMING.search(line))


def _alone(lines: Sequence[str], at: int) -> bool:
    """Say whether nothing but usage, pointers to help and warnings stands before a line."""
    inside = False
    for line in lines[:at]:
        if _USAGE.match(line) or _WARNING.search(line):
            inside = True
        elif line and not _POINTER.search(line) and not (inside and line.startswith(" ")):
            return at == len(lines) and inside
    return True


def _sentence(lines: Sequence[str], argv: Sequence[str]) -> str:
    """Return the sentence that begins with the first of these lines."""
    taken = [lines[0]]
    for line in lines[1:MOST_LINES]:
        if not _MORE.match(line) or _ruled(line) or _USAGE.match(line) or _POINTER.search(line):
            break
        taken.append(line)
    text = _joined(taken)
    for name in _names(argv):
        text = text.removeprefix(f"{name}: ")
    return _LOGGED.sub("", _NAMED.sub("", text))


def _names(argv: Sequence[str]) -> list[str]:
    """Return how a program may call itself: the names of what was started."""
    words = [word for word in argv[:4] if word[:1] != "-"]
    found = [word.replace("\\", "/").rpartition("/")[2] for word in words]
    return [name for name in [*words, *found, *(n.rpartition(".")[0] for n in found)] if name]


def _joined(lines: Sequence[str]) -> str:
    text = ""
    listing = False
    for line in lines:
        bullet = _BULLET.match(line)
        piece = (line[bullet.end() :] if bullet else line).strip()
        if text and bullet:
            text += ", " if listing else " "
        elif text:
            text += " " if line.startswith(" ") or text[-1] in ".:!?," else ". "
        text += piece
        listing = bool(bullet)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _only_usage(lines: Sequence[str]) -> str:
    """Return the sentence for a program that printed how it is called, and nothing else."""
    at = next((at for at, line in enumerate(lines) if _USAGE.match(line)), 0)
    taken = []
    for line in lines[at : at + 4]:
        if not line or _POINTER.search(line):
            break
        taken.append(line)
    return f"The program does not take these answers together. It says: {_joined(taken)}"


def _quotes(line: str, argv: Sequence[str]) -> bool:
    """Say whether a line quotes a value that the program was given, and no file."""
    given = {word for each in argv[1:] for word in (each, each.partition("=")[2])}
    given |= {word[2:] for word in argv[1:] if word[:1] == "-" and word[1:2] != "-"}
    return any(word in given and not _PATH.search(word) for word in _QUOTED.findall(line))
