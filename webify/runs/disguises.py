"""The forms in which a program may write a secret: plain, escaped, encoded, over several lines."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

SHORTEST = 4  # characters; what is shorter is no secret that could be found in a text
ENCODED = 5  # bytes; what is shorter looks like other words once it is encoded
WRAPS = 12  # letters of a form that is found over the end of a line too
OWN_LINE = 8  # letters of one line of a secret of several lines that is hidden alone

# Words that are in every output: who takes one for a secret would have dots all over the page.
COMMON = frozenset({
    "admin", "administrator", "default", "demo", "empty", "example", "false", "guest", "hello",
    "localhost", "login", "name", "none", "null", "passwd", "password", "postgres", "public",
    "root", "secret", "test", "token", "true", "undefined", "unknown", "user", "username", "value",
})  # fmt: skip
_SAFE = ("", "/", "~", "!'()*", "!'()*~", "!#$&'()*+,/:;=?@~")  # what libraries leave as it is
_UNSAFE = ("[<>&]", "[<>&']")  # what writers of JSON for pages escape besides
_PERCENT = re.compile(r"%[0-9A-F]{2}")
_ESCAPED = re.compile(r"\\[ux][0-9a-f]{2,8}")


@dataclass(frozen=True)
class Form:
    """One way in which a secret may be written.

    wraps    found where it is broken over two lines, too
    lines    it has line breaks of its own
    left     the letter before it tells a part of its first one (base64)
    right    the letter behind it tells a part of its last one
    digits   nothing but figures: found only where it is not a part of a larger number
    """

    data: bytes
    wraps: bool = False
    lines: bool = False
    left: bool = False
    right: bool = False
    digits: bool = False


def hideable(secret: str) -> bool:
    """Say whether a secret can be told from other words in an output."""
    return len(secret.strip()) >= SHORTEST and secret.strip().lower() not in COMMON


def forms(secret: str) -> tuple[Form, ...]:
    """Return all forms of a secret, the longest first; none where it cannot be hidden."""
    if not hideable(secret):
        return ()
    found = {form.data: form for form in _all(secret)}
    for line in secret.splitlines()[:1000] if "\n" in secret else ():
        part = line.strip()
        if len(part) >= OWN_LINE and hideable(part):
            found |= {form.data: form for form in _all(part)}
    return tuple(sorted(found.values(), key=lambda form: -len(form.data)))


def wide_forms(secret: str, encoding: str) -> tuple[Form, ...]:
    """Return the forms of a secret in an output of two bytes a character."""
    if not hideable(secret):
        return ()
    texts = {secret, *(line for line in map(str.strip, secret.splitlines()) if hideable(line))}
    return tuple(Form(text.encode(encoding, "surrogatepass")) for text in texts)


def _all(secret: str) -> Iterator[Form]:
    for text in dict.fromkeys(_texts(secret)):
        for data in _bytes(text):
            yield _form(data)
    yield from _encoded(secret.encode("utf-8", "surrogatepass"))


def _form(data: bytes) -> Form:
    bare = data.translate(None, b"\r\n")
    lines = bare != data
    wraps = lines or len(bare) >= WRAPS
    return Form(bare if wraps else data, wraps, lines, digits=data.isdigit())


def _bytes(text: str) -> Iterator[bytes]:
    """Yield a text as programs of today write it, and as older ones do."""
    yield text.encode("utf-8", "surrogatepass")
    if not text.isascii():
        for encoding in ("latin-1", "cp1252"):
            try:
                yield text.encode(encoding)
            except UnicodeEncodeError:
                continue


def _texts(secret: str) -> Iterator[str]:
    yield secret
    yield from _of_python(secret)
    yield from _of_json(secret)
    yield from _of_addresses(secret)
    yield from _of_html(secret)


def _of_python(secret: str) -> Iterator[str]:
    for made in (repr(secret)[1:-1], ascii(secret)[1:-1]):
        yield from (made, made.replace("'", "\\'"))
    yield repr(secret.encode("utf-8", "surrogatepass"))[2:-1]
    yield secret.replace("'", "'\"'\"'")  # quoted for a shell
    yield secret.replace("'", "'\\''")


def _of_json(secret: str) -> Iterator[str]:
    for only_ascii in (True, False):
        made = json.dumps(secret, ensure_ascii=only_ascii)[1:-1]
        yield from (made, made.replace("/", "\\/"))
        safe = (re.sub(those, lambda found: f"\\u{ord(found[0]):04x}", made) for those in _UNSAFE)
        for each in (made, *safe):
            yield from (each, _ESCAPED.sub(lambda found: _upper(found[0]), each))


def _upper(escape: str) -> str:
    return escape[:2] + escape[2:].upper()


def _of_addresses(secret: str) -> Iterator[str]:
    kept = secret.encode("utf-8", "surrogatepass")
    made = [quote(kept, safe) for safe in _SAFE] + [
        quote_plus(kept, safe) for safe in ("", "/", "*")
    ]
    made += [each.replace("~", "%7E") for each in made]  # browsers and Java do, in forms
    made.append("".join(f"%{byte:02X}" for byte in kept))
    for each in dict.fromkeys(made):
        yield each
        yield _PERCENT.sub(lambda found: found[0].lower(), each)


def _of_html(secret: str) -> Iterator[str]:
    for quotes in (False, True):
        made = html.escape(secret, quote=quotes)
        yield made
        for short, other in (("&#x27;", "&#39;"), ("&#x27;", "&apos;"), ("&quot;", "&#34;")):
            yield made.replace(short, other)
        yield made.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _encoded(data: bytes) -> Iterator[Form]:
    """Yield what base64 makes of it at each of three places in a text, and its figures in hex."""
    if len(data) < ENCODED:
        return
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data + bytes(2))
        first, last = -(-before * 8 // 6), (before + len(data)) * 8 // 6
        part = whole[first:last]
        right = (before + len(data)) % 3 != 0
        for form in {part, part.translate(bytes.maketrans(b"+/", b"-_"))}:
            yield Form(form, wraps=len(form) >= WRAPS, left=before > 0, right=right)
    for figures in {data.hex(), data.hex().upper()}:
        yield Form(figures.encode("ascii"), wraps=True, digits=figures.isdigit())


def forms_of(secrets: Iterable[str]) -> tuple[Form, ...]:
    """Return the forms of several secrets, each once, the longest first."""
    found = {form.data: form for secret in secrets for form in forms(secret)}
    return tuple(sorted(found.values(), key=lambda form: -len(form.data)))
