"""A secret is in the hands of its tool, and nowhere else: not on disk, in pages, in processes."""

from __future__ import annotations

import base64
import html
import json
import re
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import psutil
import pytest

from tests.kept import kept
from tests.serving import Site

SECRET = "Öq7#Ж&x <v>\"z'/+k"
TELLER = '''
    """Tell everything."""
    import base64, json, os, pathlib, sys, time, urllib.parse
    import click

    @click.command()
    @click.option("--password", envvar="TELL_PASSWORD", required=True, help="Told to all.")
    @click.option("--token", help="Comes in by standard input.")
    @click.option("--name", default="-")
    @click.option("--wait", default="")
    @click.option("--code", type=int, default=0)
    def tell(password, token, name, wait, code):
        """Tell everything."""
        token = sys.stdin.readline().rstrip("\\n") if token is None else token
        raw = password.encode()
        print("begun", password, flush=True)
        while wait and not pathlib.Path(wait).exists():
            time.sleep(0.05)
        assert token == password, "the two differ"
        print(token)
        print("name,value")
        for word in (token, repr(token), json.dumps(token), urllib.parse.quote_plus(token)):
            print(f"row,{word}", file=sys.stdout)
        print(base64.b64encode(b"user:" + raw).decode(), raw.hex(), raw)
        sys.stdout.buffer.write(raw[:5]); sys.stdout.flush(); time.sleep(0.2)
        sys.stdout.buffer.write(raw[5:] + b"\\n"); sys.stdout.flush()
        print("Bearer", urllib.parse.quote(token, safe=""), token, file=sys.stderr)
        if code:
            raise ValueError("no " + token)
        print(len(token), "letters")

    tell()
'''
SETTINGS = """
    [tools.tell.parameters.token]
    sent_by = "stdin"
"""
PAGES = (
    "", "/tools/tell", "/runs", "/runs?q={plain}", "/conversion", "{run}", "{run}?tab=raw",
    "{run}?tab=errors", "{run}?tab=details", "{run}/out", "{run}/err", "{run}/events",
    "/tools/tell?from={id}",
)  # fmt: skip


def forms(secret: str) -> Iterator[bytes]:
    """Yield pieces of each form in which a program may have written the secret."""
    raw = secret.encode()
    yield from (raw, secret.encode("utf-16-le"), raw.hex().encode())
    for text in (quote(secret, safe=""), quote_plus(secret), quote(secret), html.escape(secret)):
        yield from (text.encode(), text.lower().encode())
    yield from (json.dumps(secret)[1:-1].encode(), repr(raw)[2:-1].encode())
    for before in range(3):
        yield base64.b64encode(bytes(before) + raw)[4:-4]
        yield base64.urlsafe_b64encode(bytes(before) + raw)[4:-4]


def told(where: str, data: bytes) -> list[str]:
    """Return where a form of the secret stands in some bytes."""
    return [f"{where}: {form!r}" for form in forms(SECRET) if form in data]


def on_disk(folder: Path) -> list[str]:
    """Return where the secret stands in the files of a folder, and in their names."""
    files = list(kept(folder))
    assert files
    found = [each for file, held in files for each in told(str(file), held)]
    return found + [each for file, _ in files for each in told("name", str(file).encode())]


def in_processes(tool: str = "") -> list[str]:
    """Return which processes show the secret: by arguments, ours by their environment too."""
    found = []
    for process in psutil.process_iter():
        try:
            words, env = process.cmdline(), process.environ()
        except (psutil.AccessDenied, psutil.NoSuchProcess):
            continue
        if tool and any(tool in word for word in words):
            continue
        found += told(f"arguments of {words[:3]}", "\0".join(words).encode())
        if not any("tell.py" in word for word in words):
            told_env = "\0".join(env.values()).encode("utf-8", "surrogateescape")
            found += told(f"environment of {words[:3]}", told_env)
    return found


@pytest.fixture
def site(tools: Path, tmp_path: Path) -> Iterator[Site]:
    (tools / "tell.py").write_text(textwrap.dedent(TELLER), encoding="utf-8")
    (tools / "webify.toml").write_text(textwrap.dedent(SETTINGS), encoding="utf-8")
    with (tmp_path / "errors.txt").open("w", encoding="utf-8") as errors:
        made = Site(tools, tmp_path / "data")
        made.errors = errors
        with made:
            yield made


def everywhere(site: Site, run: str, errors: Path) -> list[str]:
    """Return where the secret stands on a site after a run."""
    places = {"plain": quote("row"), "run": run, "id": run.rpartition("/")[2]}
    pages = {page: site.page(page.format(**places) or "/") for page in PAGES}
    for name in set(re.findall(rf'href="({run}/[^"]+)"', "".join(pages.values()))):
        pages[name] = site.page(html.unescape(name))
    found = [each for page, text in pages.items() for each in told(page, text.encode())]
    found += [
        each for page, text in pages.items() for each in told(page, html.unescape(text).encode())
    ]
    assert len(pages) > len(PAGES)
    return [*found, *on_disk(site.data), *told("errors", errors.read_bytes())]


@pytest.mark.parametrize("code", ["0", "1"])
def test_a_secret_is_nowhere_but_in_its_tool(site: Site, tmp_path: Path, code: str) -> None:
    go = tmp_path / "go"
    given = {"password": SECRET, "token": SECRET, "code": code, "wait": str(go)}
    run = site.run("/tools/tell", given)
    limit = time.monotonic() + 30
    while "begun" not in site.browser.get(f"{run}/out").text:
        assert time.monotonic() < limit
    assert in_processes() == []
    go.touch()
    state = site.ended(run)
    out = site.browser.get(f"{run}/out").text
    assert out.startswith("begun ••••••\n")
    assert f"{len(SECRET)} letters" in out or code == "1", (state, out)
    assert out.count("••••••") == 10
    assert "ValueError: no ••••••" in site.browser.get(f"{run}/err").text or code == "0"
    assert "TELL_PASSWORD=•••••• tell" in site.page(f"{run}?tab=details")
    assert "&lt;&lt;&lt; ••••••" in site.page(f"{run}?tab=details")
    assert everywhere(site, run, tmp_path / "errors.txt") == []


def test_a_form_that_goes_back_tells_no_secret(site: Site, tmp_path: Path) -> None:
    given = {"password": SECRET, "token": f"{SECRET}\n{SECRET}", "code": "x", "strange": SECRET}
    for more in ({}, {":show": "1"}, {"code": "1"}, {"code": "1", "strange": ""}):
        answer = site.post("/tools/tell", {**given, **more})
        assert answer.status_code in (200, 422), answer.text
        assert told("form", html.unescape(answer.text).encode()) == []
    assert on_disk(site.data) == []
    assert told("errors", (tmp_path / "errors.txt").read_bytes()) == []


def test_a_secret_that_can_be_an_argument_only_is_seen_in_the_tool_alone(
    tools: Path, tmp_path: Path
) -> None:
    text = textwrap.dedent(TELLER).replace(', envvar="TELL_PASSWORD"', "")
    (tools / "plain.py").write_text(text, encoding="utf-8")
    go = tmp_path / "go"
    with Site(tools, tmp_path / "data") as site:
        given = {"password": SECRET, "token": SECRET, "wait": str(go)}
        run = site.run("/tools/plain", given)
        assert in_processes("plain.py") == []
        go.touch()
        assert site.ended(run)
        assert site.browser.get(f"{run}/out").text.startswith("begun ••••••\n")
        assert "plain --password=•••••• --token=••••••" in site.page(f"{run}?tab=details")
        report = " ".join(re.sub("<[^>]+>", "", site.page("/conversion")).split())
        assert "--password goes to the tool as an argument" in report
        assert on_disk(site.data) == []


def test_what_a_parser_says_against_a_secret_is_said_without_it(
    tools: Path, tmp_path: Path
) -> None:
    text = """
        import argparse
        def pin(text):
            raise argparse.ArgumentTypeError(f"{text} is not a pin")
        parser = argparse.ArgumentParser(description="Takes none.")
        parser.add_argument("--password", type=pin)
        print(parser.parse_args())
    """
    (tools / "takes.py").write_text(textwrap.dedent(text), encoding="utf-8")
    with Site(tools, tmp_path / "data") as site:
        site.page("/tools/takes")
        run = site.run("/tools/takes", {"password": SECRET})
        site.ended(run)
        page = site.page(run)
        assert "Enter password again" in page
        assert told("page", html.unescape(page).encode()) == []
        assert on_disk(site.data) == []
