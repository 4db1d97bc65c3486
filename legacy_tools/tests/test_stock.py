"""stock.py: its reports on SQLite and PostgreSQL, and what it refuses."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyodbc
import pytest

from legacy_tools.tests.conftest import TOOLS

LEEDS = ("levels", "--site", "leeds", "--format", "csv", "--limit", "0")


@pytest.fixture(scope="session")
def on_postgres(postgres, warehouse):
    """Copy the sample into PostgreSQL, and return its connection string."""
    base = postgres.create("stock")
    with (
        closing(sqlite3.connect(warehouse)) as source,
        closing(pyodbc.connect(base.odbc)) as target,
    ):
        for name, sql in source.execute("SELECT name, sql FROM sqlite_master WHERE sql > ''"):
            target.execute(sql)
            rows = source.execute(f"SELECT * FROM {name}").fetchall()
            for start in range(0, len(rows), 500):
                some = rows[start : start + 500]
                one = f"({', '.join('?' * len(some[0]))})"
                values = [value for row in some for value in row]
                target.execute(f"INSERT INTO {name} VALUES {', '.join([one] * len(some))}", values)
        target.execute('CREATE SCHEMA "odd one"')
        target.execute('CREATE TABLE "odd one"."say ""hi""" (a INTEGER, "b c" TEXT)')
        target.execute('INSERT INTO "odd one"."say ""hi""" VALUES (1, ?), (2, NULL)', "x")
        target.commit()
    return base.odbc


@pytest.fixture(params=["sqlite url", "sqlite odbc", "postgresql odbc"])
def database(request, warehouse):
    if request.param == "sqlite url":
        return f"sqlite:///{warehouse}"
    if request.param == "sqlite odbc":
        return f"Driver={{SQLite3}};Database={warehouse}"
    return request.getfixturevalue("on_postgres")


def rows_of(lines):
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


@pytest.mark.parametrize(
    "words",
    [
        LEEDS,
        ("levels", "--below-minimum", "--value", "--include-discontinued"),
        ("movements", "--name", "SECAT", "--since", "2026-11-01", "--until", "2026-11-15"),
        ("movements", "--category", "Hand tools", "--below", "30", "--value", "--limit", "40"),
        ("reorder", "--by-supplier"),
        ("reorder", "--site", "hull", "--supplier", "oakham", "--format", "json"),
        ("rows",),
        ("rows", "suppliers"),
        ("rows", "LEVELS", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_every_database_gives_the_same_report(shell, warehouse, database, words):
    expected, _ = shell.run("stock.py", *words, "--database", f"sqlite:///{warehouse}")
    lines, _ = shell.run("stock.py", *words, "--database", database)
    if words == ("rows",):  # PostgreSQL has one table more here
        lines = [line for line in lines if "odd one" not in line and "database" not in line]
        expected = [line for line in expected if "database" not in line]
        lines, expected = ([" ".join(line.split()) for line in each] for each in (lines, expected))
    assert lines == expected
    assert len(lines) > 4


def test_sample_is_the_same_every_time_and_of_a_useful_size(shell, warehouse):
    lines, _ = shell.run("stock.py", "sample", "again.db")
    assert "items        236" in lines
    dumps = []
    for path in (warehouse, shell.folder / "again.db"):
        with closing(sqlite3.connect(path)) as base:
            dumps.append(list(base.iterdump()))
    assert dumps[0] == dumps[1]


def test_levels_of_the_sample_are_the_sums_of_its_movements(warehouse):
    with closing(sqlite3.connect(warehouse)) as base:
        wrong = base.execute(
            "SELECT sku, site FROM levels l WHERE on_hand <> (SELECT SUM(quantity) FROM movements m"
            " WHERE m.sku = l.sku AND m.site = l.site)"
        ).fetchall()
    assert wrong == []


def test_sample_never_writes_over_a_file_unless_told(shell):
    (shell.folder / "stock.db").write_text("mine", encoding="utf-8")
    _, told = shell.run("stock.py", "sample", "stock.db", code=1)
    assert told == "stock.py: stock.db is there already. To make it anew, add --replace.\n"
    assert (shell.folder / "stock.db").read_text(encoding="utf-8") == "mine"
    shell.run("stock.py", "sample", "stock.db", "--replace")
    assert os.listdir(shell.folder) == ["stock.db"]


def test_options_narrow_the_items(shell, warehouse):
    where = {"STOCK_DATABASE": f"sqlite:///{warehouse}"}
    base = rows_of(shell.run("stock.py", *LEEDS, **where)[0])
    assert {row["site"] for row in base} == {"Leeds"}
    some = rows_of(shell.run("stock.py", *LEEDS, "--below", "20", **where)[0])
    assert 0 < len(some) < len(base)
    assert all(int(row["on_hand"]) < 20 for row in some)
    codes = [base[0]["code"], base[5]["code"].lower()]
    words = [word for code in codes for word in ("--sku", code)]
    found = rows_of(shell.run("stock.py", *LEEDS, *words, **where)[0])
    assert [row["code"].lower() for row in found] == [code.lower() for code in codes]


def test_words_with_percent_and_underscore_are_looked_for_as_they_are(shell, warehouse):
    lines, _ = shell.run(
        "stock.py", "levels", "--name", "h_e%", "--database", f"sqlite:///{warehouse}"
    )
    assert lines == ["All sites, 0 stock levels."]


def test_table_is_aligned_with_numbers_to_the_right(shell, warehouse):
    lines, _ = shell.run("stock.py", "reorder", "--database", f"sqlite:///{warehouse}")
    assert re.fullmatch(r"All sites, \d+ items to reorder, worth £[\d,]+\.\d\d\.", lines[0])
    assert lines[1] == ""
    head, *rows = lines[2:]
    assert len(rows) > 30
    for heading in ("On hand", "Minimum", "Short by", "Price £", "Value £"):
        end = head.index(heading) + len(heading)
        assert all(row[end - 1].isdigit() and row[end : end + 2] == "  " for row in rows)
    assert max(map(len, lines)) <= 120


def test_limit_says_that_there_is_more(shell, warehouse):
    where = {"STOCK_DATABASE": f"sqlite:///{warehouse}"}
    lines, _ = shell.run("stock.py", "movements", "--limit", "3", **where)
    assert lines[-1] == "There are more: only the first 3 are shown (--limit)."
    assert len(lines) == 8
    lines, _ = shell.run("stock.py", "rows", "movements", "--format", "csv", **where)
    assert len(lines) > 5000


def test_json_and_csv_hold_plain_values(shell, warehouse):
    where = {"STOCK_DATABASE": f"sqlite:///{warehouse}"}
    lines, _ = shell.run("stock.py", "reorder", "--format", "json", **where)
    first = json.loads("\n".join(lines))[0]
    assert isinstance(first["price"], float)
    assert isinstance(first["short_by"], int)
    lines, _ = shell.run("stock.py", "reorder", "--format", "csv", **where)
    assert re.fullmatch(r"\d+\.\d\d", rows_of(lines)[0]["order_value"])


def test_any_table_of_postgresql_is_shown_by_its_quoted_name(shell, on_postgres):
    lines, _ = shell.run("stock.py", "rows", 'odd one.say "hi"', "--database", on_postgres)
    assert lines[2:] == ["a  b c", "1  x", "2  -"]


@pytest.mark.parametrize("name", ['items"; DROP TABLE items; --', "items WHERE 1=1", "pg_class"])
def test_table_that_the_database_does_not_list_is_refused(shell, database, name):
    _, told = shell.run("stock.py", "rows", "--database", database, name, code=1)
    assert told.startswith(f"stock.py: There is no table {name!r} in this database. Its tables: ")


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("sqlite:///none.db", "There is no database file none.db."),
        ("Driver={SQLite3};Database=none.db", "There is no database file none.db."),
        ("Driver={SQLite3}", "There is no database file (Database= is missing)."),
        ("Driver={Nonesuch};Server=db", "The ODBC driver 'Nonesuch' is not installed"),
        ("warehouse", "--database is neither a sqlite:/// URL nor an ODBC connection string"),
        ("Driver={MariaDB Unicode};Server=127.0.0.1;Port=1;Uid=x;Database=stock", "Can't connect"),
    ],
)
def test_database_that_cannot_be_opened_is_told_in_one_line(shell, where, sentence):
    _, told = shell.run("stock.py", "levels", "--database", where, code=1)
    assert sentence in told
    assert told.count("\n") == 1
    assert os.listdir(shell.folder) == []


def test_other_database_is_told_from_a_warehouse(shell):
    with closing(sqlite3.connect(shell.folder / "x.db")) as base:
        base.execute("CREATE TABLE items (a)")
    _, told = shell.run("stock.py", "levels", "--database", "sqlite:///x.db", code=1)
    assert "it has no table levels and no movements and no suppliers." in told


def test_password_is_added_to_the_string_and_never_told(shell, on_postgres):
    where = on_postgres.replace("Pwd=unused", "Port=1")
    _, told = shell.run("stock.py", "levels", "--database", where, "--password", "se}cret;", code=1)
    assert "cret" not in told
    lines, _ = shell.run(
        "stock.py", "rows", "--database", on_postgres.replace(";Pwd=unused", ""),
        "--password", "any;Server=elsewhere",
    )  # fmt: skip
    assert "5 tables" in lines[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("levels", "--sku", "LV 0042"), "'LV 0042' is not a stock code. Stock codes look like"),
        (("levels", "--below", "3", "--below-minimum"), "not allowed with argument"),
        (("levels", "--limit", "-1"), "argument --limit: -1 is below 0"),
        (("movements", "--since", "2026-02-30"), "argument --since: invalid"),
        (("movements", "--since", "2026-03-01", "--until", "2026-01-01"), "is before the first"),
        ((), "the following arguments are required: COMMAND"),
    ],
)
def test_wrong_use_ends_with_two_and_says_what(shell, words, sentence):
    _, told = shell.run("stock.py", *words, code=2)
    assert sentence in told


def test_reader_that_leaves_early_is_no_error(warehouse):
    words = [sys.executable, str(TOOLS / "stock.py"), "rows", "movements"]
    with subprocess.Popen(
        [*words, "--database", f"sqlite:///{warehouse}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_sqlite_url_needs_no_pyodbc(shell, warehouse):
    (shell.folder / "pyodbc.py").write_text("raise ImportError('not here')", encoding="utf-8")
    env = {"PYTHONPATH": str(shell.folder)}
    lines, _ = shell.run("stock.py", "rows", "--database", f"sqlite:///{warehouse}", **env)
    assert lines
    odbc = f"Driver={{SQLite3}};Database={Path(warehouse)}"
    _, told = shell.run("stock.py", "rows", "--database", odbc, code=1, **env)
    assert "pip install pyodbc" in told
