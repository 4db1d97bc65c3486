"""Commands within commands on the pages: how they are called, and one that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from webify.services import open_services
from webify.settings import load_settings
from webify.web.app import create_app

DEEP = """
import argparse
parser = argparse.ArgumentParser(description="Work with people.")
user = parser.add_subparsers().add_parser("user", help="people of the company").add_subparsers()
role = user.add_parser("role", help="roles of a person").add_subparsers(required=True)
which = role.add_parser("give", help="give a role").add_mutually_exclusive_group()
which.add_argument("--role", type=int)
which.add_argument("--all", action="store_true")
parser.parse_args()
"""
LAZY = """
import click
class Lazy(click.Group):
    def list_commands(self, context):
        return ["broken", "old"]
    def get_command(self, context, name):
        if name == "old":
            return old
        import no_module_of_this_name
@click.group(cls=Lazy)
def cli():
    "Read its commands late."
@click.command(deprecated=True)
def old():
    "Do it as before."
cli.add_command(old)
cli()
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Ask a site of two tools."""
    folder = tmp_path_factory.mktemp("tools")
    (folder / "deep.py").write_text(DEEP, encoding="utf-8")
    (folder / "lazy.py").write_text(LAZY, encoding="utf-8")
    services = open_services(load_settings(folder, {"data": tmp_path_factory.mktemp("data")}))
    assert services.catalog.settled(60.0)
    yield create_app(services).test_client()
    services.close()


def test_help_of_a_command_begins_with_a_capital_letter(client: FlaskClient) -> None:
    assert "<span>Roles of a person</span>" in client.get("/tools/deep/user").text
    assert '<p class="lead">Give a role</p>' in client.get("/tools/deep/user/role/give").text


def test_switcher_names_all_the_words_of_a_command(client: FlaskClient) -> None:
    assert "Deep: user role give" in client.get("/go?q=deep+give&part=go").text


def test_command_that_cannot_be_read_is_marked_where_it_is_chosen(client: FlaskClient) -> None:
    page = client.get("/tools/lazy").text
    assert "<b>Broken</b><span>Cannot be run</span>" in page


def test_deprecated_command_says_so(client: FlaskClient) -> None:
    assert "Deprecated" not in client.get("/tools/lazy").text.partition("<main")[2]
    assert 'class="note warn mb-3"' in client.get("/tools/lazy/old").text


def test_fault_in_a_revealed_box_has_the_red_edge(client: FlaskClient) -> None:
    address = "/tools/deep/user/role/give"
    token = client.get(address).text.partition('name=":csrf" value="')[2].partition('"')[0]
    name = ":choose.user.role.give.0"
    raw = {":csrf": token, name: "user.role.give.role", "user.role.give.role": "x"}
    page = client.post(address, data=raw).text
    assert '<div class="inset invalid"' in page
