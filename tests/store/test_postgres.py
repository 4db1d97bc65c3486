"""The server that the tests bring with them."""

from __future__ import annotations

from tests.postgres import Postgres


def test_server_of_the_tests_answers(postgres: Postgres) -> None:
    base = postgres.create("first try")
    assert base.execute("select 1, 'a'") == "1|a\n"
