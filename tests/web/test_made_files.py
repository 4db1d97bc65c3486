"""Every file that a tool makes can be downloaded, whatever it is called; nothing else can."""

from __future__ import annotations

import html
import io
import re
import sys
import textwrap
import zipfile

import pytest

from webify.services import open_services
from webify.settings import load_settings
from webify.web.app import create_app
from webify.web.files import plain_name

ODD = ["12:30.csv", "back\\slash", 'quo"te', "new\nline", "\x01", "\x7f.txt", "\ud800", "\u202egpj"]
TOOL = """
    import argparse, os, socket, sys
    argparse.ArgumentParser(description="Make odd files.").parse_args()
    with open("grüße 日本.txt", "w") as file:
        file.write("plain")
    if sys.platform == "linux":  # others refuse such names
        for number, name in enumerate({names!r}):
            with open(name.encode("utf-8", "surrogatepass"), "w") as file:
                file.write(f"odd {{number}}")
        os.symlink("itself", "itself")
        os.symlink("there", "back"), os.symlink("back", "there")
        os.symlink("/etc/passwd", "way-out")
        os.mkfifo("fifo")
        socket.socket(socket.AF_UNIX).bind("socket")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tools")
    text = textwrap.dedent(TOOL).format(names=ODD)
    (folder / "odd.py").write_text(text, encoding="utf-8")
    services = open_services(load_settings(folder, {"data": tmp_path_factory.mktemp("data")}))
    yield services, create_app(services).test_client()
    services.close()


@pytest.fixture(scope="module")
def run(site):
    services, client = site
    token = re.search(r'name=":csrf" value="([^"]+)"', client.get("/tools/odd").text)[1]
    address = client.post("/tools/odd", data={":csrf": token}).headers["Location"]
    assert services.engine.wait(address.rpartition("/")[2], 20.0).state.value == "succeeded"
    return address


def links(client, run):
    found = re.findall(r'href="([^"]*/files/[^"]*)"', client.get(run).text)
    return [html.unescape(link) for link in found]


def test_every_made_file_can_be_downloaded_by_its_link(site, run):
    found = {}
    for link in links(site[1], run):
        with site[1].get(link) as answer:
            assert answer.status_code == 200, link
            found[answer.text] = answer.headers["Content-Disposition"]
    odd = {f"odd {number}" for number in range(len(ODD))} if sys.platform == "linux" else set()
    assert found.keys() == {"plain"} | odd
    assert all(header.startswith("attachment; filename=") for header in found.values())
    assert not [header for header in found.values() if set(header) & set("\r\n\x01\x7f")]


def test_archive_of_odd_names_can_be_unpacked_and_holds_them_all(site, run):
    assert f'href="{run}/files.zip"' in site[1].get(run).text
    with zipfile.ZipFile(io.BytesIO(site[1].get(f"{run}/files.zip").data)) as packed:
        names = packed.namelist()
        assert len(names) == len(set(names)) == len(links(site[1], run))
        assert not [name for name in names if set(name) & set('\\:"\n\x01\x7f\u202e')]
        assert packed.read("grüße 日本.txt") == b"plain"


@pytest.mark.parametrize("name", ["itself", "there", "way-out", "fifo", "socket", "no\ufffd"])
def test_what_is_no_file_of_the_run_is_not_found(site, run, name):
    assert site[1].get(f"{run}/files/{name}").status_code == 404


def test_shown_name_keeps_letters_and_drops_what_only_confuses():
    assert plain_name("grüße 日本.txt") == "grüße 日本.txt"
    assert plain_name("a\nb\u202ec\udce9") == "a\ufffdb\ufffdc\ufffd"
