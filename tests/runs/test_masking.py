"""Whatever way a secret comes out of a tool, dots stand in its place."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Iterable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webify.runs.masking import DOTS, Secrets, Veil, secrets_in

SECRET = "Zq7#x!Lä 'p\"ss<w>/&"


def masked(pieces: Iterable[bytes], *secrets: str, quiet: bool = False) -> bytes:
    """Return what is kept of an output that came in these pieces."""
    veil = Veil(Secrets(secrets))
    kept = []
    for piece in pieces:
        kept.append(veil.feed(piece))
        kept += [veil.release()] if quiet else []
    return b"".join([*kept, veil.finish()])


def letters(data: bytes) -> list[bytes]:
    """Return an output that came byte by byte."""
    return [data[at : at + 1] for at in range(len(data))]


WRITTEN: dict[str, Callable[[str], str | bytes]] = {
    "plain": lambda s: s,
    "repr": repr,
    "ascii": ascii,
    "bytes": lambda s: repr(s.encode()),
    "latin-1": lambda s: s.encode("latin-1"),
    "json": json.dumps,
    "json as it is": lambda s: json.dumps(s, ensure_ascii=False),
    "json for pages": lambda s: json.dumps(s).replace("<", "\\u003c").replace("&", "\\u0026")
    .replace(">", "\\u003e").replace("'", "\\u0027"),
    "json of Go": lambda s: json.dumps(s, ensure_ascii=False).replace("<", "\\u003c")
    .replace(">", "\\u003e").replace("&", "\\u0026"),
    "json of PHP": lambda s: json.dumps(s).replace("/", "\\/"),
    "address": lambda s: quote(s, safe=""),
    "path": quote,
    "query": quote_plus,
    "every letter of an address": lambda s: "".join(f"%{byte:02X}" for byte in s.encode()),
    "every letter, small": lambda s: "".join(f"%{byte:02x}" for byte in s.encode()),
    "small hex": lambda s: quote(s, safe="").replace("%C3%A4", "%c3%a4").replace("%2F", "%2f")
    .replace("%3C", "%3c").replace("%3E", "%3e"),
    "page": html.escape,
    "page of Jinja": lambda s: html.escape(s).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
    "base64": lambda s: base64.b64encode(s.encode()),
    "base64, second": lambda s: base64.b64encode(b"a" + s.encode() + b"?>"),
    "base64, third": lambda s: base64.b64encode(b"ab" + s.encode() + b"~"),
    "base64 of addresses": lambda s: base64.urlsafe_b64encode(b"user:" + s.encode() + b"\xff"),
    "base64 in lines": lambda s: base64.encodebytes(b"-" * 50 + s.encode() + b"-" * 60),
    "hex": lambda s: s.encode().hex(),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("quiet", [False, True])
def test_every_form_of_a_secret_is_hidden_however_it_is_cut(way: str, quiet: bool) -> None:
    made = WRITTEN[way](SECRET)
    data = made if isinstance(made, bytes) else made.encode()
    whole = masked([b"before [" + data + b"] behind\n"], SECRET)
    assert DOTS in whole
    assert whole.startswith(b"before [")
    assert whole.endswith(b"] behind\n")
    assert len(whole) < 110 if "lines" not in way else True
    cut = masked(letters(b"before [" + data + b"] behind\n"), SECRET, quiet=quiet)
    assert DOTS in cut
    core = data.strip(b"'\"b")[3:-6] if "lines" not in way else data[84:92]
    assert core not in whole
    assert core not in cut


@pytest.mark.parametrize("sent", ["a%7Eb*c+d%2F%C3%A4", "a%7eb*c+d%2f%c3%a4", "a~b%2Ac+d%2F%C3%A4"])
def test_what_forms_of_browsers_and_java_make_of_a_secret_is_hidden(sent: str) -> None:
    assert (
        masked([f"password={sent}&x=1\n".encode()], "a~b*c d/ä") == b"password=" + DOTS + b"&x=1\n"
    )


def test_pieces_of_any_size_give_the_same_bytes() -> None:
    data = f"a {SECRET} b\x1b[1m{SECRET}\x1b[0m c {quote(SECRET)} d\n".encode() * 3
    whole = masked([data], SECRET)
    assert whole.count(DOTS) == 9
    for size in range(1, len(data)):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert masked(pieces, SECRET) == whole


@given(st.text(min_size=1, max_size=12), st.lists(st.integers(1, 7), max_size=30))
def test_what_holds_no_secret_passes_untouched(text: str, sizes: list[int]) -> None:
    data, pieces = text.encode("utf-8", "surrogatepass") * 3, []
    for size in sizes:
        pieces, data = [*pieces, data[:size]], data[size:]
    whole = b"".join([*pieces, data])
    assert masked([*pieces, data], "a secret that is not there") == whole
    assert masked([*pieces, data]) == whole


@given(st.text("ab1", min_size=4, max_size=7), st.text("ab1 \n", max_size=60), st.data())
def test_no_secret_is_left_of_few_letters_however_they_overlap(
    secret: str, text: str, data: st.DataObject
) -> None:
    whole, pieces = text.encode(), []
    while whole:
        size = data.draw(st.integers(1, 9))
        pieces, whole = [*pieces, whole[:size]], whole[size:]
    kept = masked(pieces, secret)
    if not secret.isdigit():
        assert secret.encode() not in kept
    assert kept == masked([text.encode()], secret) or text.encode()[-1:] == secret[:1].encode()


def test_colours_inside_of_a_secret_stay_and_hide_nothing() -> None:
    data = b"key \x1b[31mhun\x1b[32mter\x1b[0m22 ok\n"
    assert masked([data], "hunter22") == b"key \x1b[31m" + DOTS + b"\x1b[32m\x1b[0m ok\n"
    assert masked(letters(data), "hunter22") == masked([data], "hunter22")


def test_letters_that_are_written_twice_hide_nothing() -> None:
    bold = b"".join(letter + b"\x08" + letter for letter in letters(b"hunter22"))
    assert b"u" not in masked([b"(" + bold + b")"], "hunter22")


def test_a_secret_inside_of_a_link_for_terminals_is_hidden() -> None:
    data = b"\x1b]8;;https://host/?key=hunter22\x1b\\link\x1b]8;;\x1b\\\n"
    for pieces in ([data], letters(data)):
        assert masked(pieces, "hunter22") == data.replace(b"hunter22", DOTS)


def test_a_title_without_end_hides_no_secret() -> None:
    assert b"hunter22" not in masked([b"\x1b]0;" + b"x" * 9000 + b" hunter22 "], "hunter22")


def test_a_long_secret_is_found_over_the_end_of_a_line() -> None:
    data = b"| correct horse bat\r\ntery staple |"
    assert masked([data], "correct horse battery staple") == b"| " + DOTS + b"\r\n |"
    assert masked(letters(data), "correct horse battery staple") == b"| " + DOTS + b"\r\n |"


def test_figures_on_two_lines_are_no_secret() -> None:
    assert masked([b"12\n34\n"], "1234") == b"12\n34\n"


def test_a_pin_is_hidden_alone_and_not_inside_of_a_number() -> None:
    data = b"pin 4711, sum 147115, -p4711\n4711"
    hidden = b"pin " + DOTS + b", sum 147115, -p" + DOTS + b"\n" + DOTS
    assert masked([data], "4711") == hidden
    assert masked(letters(data), "4711") == hidden


def test_a_secret_of_several_lines_is_hidden_whole_and_line_by_line() -> None:
    secret = "-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END KEY-----"
    assert masked([f"<{secret}>".encode()], secret) == b"<" + DOTS + b">"
    assert masked([f"<{secret}>".replace("\n", "\r\n").encode()], secret) == b"<" + DOTS + b">"
    kept = masked([b"  MIIEvQIBADAN\n  BgkqhkiG9w0B\n"], secret)
    assert kept == b"  " + DOTS + b"\n  " + DOTS + b"\n"


def test_secrets_that_overlap_are_hidden_together() -> None:
    for pieces in ([b"(abcdefghi)"], letters(b"(abcdefghi)")):
        kept = masked(pieces, "abcdef", "defghi")
        assert kept.strip(b"()").replace(DOTS, b"") == b""


def test_a_longer_secret_wins_over_one_inside_of_it() -> None:
    assert masked([b"(hunter22-extra)"], "hunter22", "hunter22-extra") == b"(" + DOTS + b")"


@pytest.mark.parametrize("secret", ["", "a", "abc", "true", "Password", "test"])
def test_short_and_common_words_hide_nothing(secret: str) -> None:
    data = b"a test: true abc password Password\n"
    assert masked([data], secret) == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_dots_are_written_as_the_tool_writes(encoding: str) -> None:
    text = "\ufeffkey hunter22 ok\n"
    for pieces in ([text.encode(encoding)], letters(text.encode(encoding))):
        kept = masked(pieces, "hunter22")
        assert kept.decode(encoding) == text.replace("hunter22", "••••••")


def test_two_bytes_a_letter_are_met_without_a_mark() -> None:
    assert "hunter22".encode("utf-16-le") not in masked(
        ["x hunter22 ".encode("utf-16-le")], "hunter22"
    )


def test_a_question_appears_though_it_ends_like_a_secret_begins() -> None:
    veil = Veil(Secrets(["> hunter22"]))
    assert veil.feed(b"Name > ") == b"Name "
    assert veil.held
    assert veil.release() == b"> "
    assert not veil.held
    assert veil.feed(b"hunter22\n") + veil.finish() == DOTS + b"\n"


def test_silence_lets_no_more_than_a_few_letters_go() -> None:
    veil = Veil(Secrets(["hunter22"]))
    assert veil.feed(b"key hunter") == b"key "
    assert veil.release() == b""
    assert veil.feed(b"s\n") == b"hunters\n"


def test_the_most_of_a_secret_is_hidden_at_the_end_too() -> None:
    assert masked([b"key hunter2"], "hunter22") == b"key " + DOTS
    assert masked([b"key h"], "hunter22") == b"key h"


def test_a_secret_that_is_told_later_is_hidden_from_then_on() -> None:
    secrets = Secrets()
    out, err = Veil(secrets), Veil(secrets)
    assert out.feed(b"hunter22 ") == b"hunter22 "
    secrets.add("hunter22")
    assert out.feed(b"hunter22 ") == DOTS + b" "
    assert err.feed(b"hunter22 ") == DOTS + b" "


def test_what_is_held_back_is_bounded() -> None:
    veil = Veil(Secrets(["hunter22hunter22"]))
    kept = sum(len(veil.feed(b"h" + b"\n" * 200_000)) for _ in range(5))
    assert kept > 900_000


def test_a_secret_of_one_letter_many_times_needs_no_memory() -> None:
    veil = Veil(Secrets(["aaaaaa"]))
    kept = b"".join(veil.feed(b"a" * 3000) for _ in range(10)) + veil.finish()
    assert kept == DOTS


def test_secrets_of_a_tools_own_environment_are_known() -> None:
    env = {"API_TOKEN": "abc-1", "DB": "postgresql://me:p%40ss@host/db", "REGION": "north"}
    assert secrets_in(env) == ("abc-1", "p%40ss", "p@ss")
