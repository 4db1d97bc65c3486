"""The warehouse database: one connection through ODBC or sqlite3, which is only read from."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path


class Refused(Exception):
    """What the program cannot do, as one sentence."""


class Database:
    """One connection, through ODBC or the standard library; it is only read from."""

    def __init__(self, where, password="", timeout=15):
        self.odbc = not where.startswith("sqlite:///")
        if not self.odbc and "=" in where.partition("?")[2]:
            raise Refused(f"A sqlite:/// URL takes no settings after '?': {where}")
        self.connection = (
            open_odbc(where, password, timeout) if self.odbc else open_sqlite(where[10:])
        )

    def close(self):
        self.connection.close()

    def query(self, sql, values=(), limit=0):
        """Return (names, rows, whether rows were left out); limit 0 reads all."""
        values = [v.isoformat() if isinstance(v, date) and not self.odbc else v for v in values]
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(sql, values)
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchmany(limit + 1) if limit else cursor.fetchall()
        rows = [list(row) for row in rows]
        return names, rows[:limit] if limit else rows, bool(limit) and len(rows) > limit

    def tables(self):
        """Return {name: quoted name} of the tables and views."""
        with closing(self.connection.cursor()) as cursor:
            if not self.odbc:
                cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
                return {name: quoted(name) for (name,) in cursor if name[:7] != "sqlite_"}
            found = [row[1:4] for row in cursor.tables() if row[3] in ("TABLE", "VIEW")]
        mark = self.connection.getinfo(29)  # SQL_IDENTIFIER_QUOTE_CHAR
        hidden = ("information_schema", "pg_catalog", "sys")
        tables = {}
        for schema, name, _ in found:
            if schema and schema.lower() in hidden:
                continue
            prefix = quoted(schema, mark) + "." if schema else ""
            plain = not schema or schema.lower() in ("public", "dbo")
            tables[name if plain else f"{schema}.{name}"] = prefix + quoted(name, mark)
        return tables

    def need(self, *names):
        """Refuse a database that lacks one of these tables."""
        missing = sorted(set(names) - set(self.tables()))
        if missing:
            raise Refused(
                f"This is not a warehouse database: it has no table {' and no '.join(missing)}."
            )


def quoted(name, mark='"'):
    return mark + name.replace(mark, mark * 2) + mark


def open_sqlite(name):
    path = Path(name)
    if not path.is_file():
        raise Refused(
            f"There is no database file {path}. To try with a sample: stock.py sample {path}"
        )
    return sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)


def open_odbc(where, password, timeout):
    driver = re.search(r"(?:^|;)\s*driver\s*=\s*\{?([^;}]+)", where, re.IGNORECASE)
    if not driver and not re.search(r"(?:^|;)\s*(dsn|filedsn)\s*=", where, re.IGNORECASE):
        raise Refused(
            "--database is neither a sqlite:/// URL nor an ODBC connection string, which"
            " begins with Driver={...}; or DSN=...;"
        )
    try:
        import pyodbc
    except ImportError as error:
        raise Refused(
            f"An ODBC database needs pyodbc ({error}). Install it with: pip install pyodbc"
        ) from None
    if driver and "/" not in driver[1] and driver[1].strip() not in pyodbc.drivers():
        have = ", ".join(sorted(pyodbc.drivers())) or "none"
        raise Refused(f"The ODBC driver {driver[1].strip()!r} is not installed (there is: {have}).")
    file = re.search(r"(?:^|;)\s*database\s*=\s*\{?([^;}]+)", where, re.IGNORECASE)
    if driver and driver[1].lower().startswith("sqlite") and not (file and os.path.isfile(file[1])):
        raise Refused(f"There is no database file {file[1] if file else '(Database= is missing)'}.")
    if password:
        where = where.rstrip("; ") + ";PWD={" + password.replace("}", "}}") + "}"
    return pyodbc.connect(where, timeout=timeout, autocommit=True)
