#!/usr/bin/env python3
"""Stock report: levels, movements and what to reorder, from the warehouse database.

The database is an ODBC connection string (SQLite, PostgreSQL, MariaDB, SQL Server) or a
sqlite:/// URL.  This program only reads; "sample" makes a small database of its own to try.
"""

import argparse
import os
import re
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from _stock_database import Database, Refused
from _stock_reports import aligned, levels, movements, reorder, rows
from _stock_sample import make

SITES = ("leeds", "hull", "york")
CATEGORIES = (
    "Hand tools",
    "Cutting tools",
    "Watering",
    "Measuring",
    "Garden furniture",
    "Seeds and bulbs",
    "Soil and care",
)
EXAMPLES = """
examples:
  stock.py sample stock.db
  stock.py levels --site leeds --below-minimum
  stock.py movements --since 2026-11-01 --category "Hand tools" --value
  stock.py reorder --by-supplier
  stock.py rows suppliers --format csv
  stock.py --version

The database is named by --database, else by the environment variable STOCK_DATABASE:
  sqlite:///stock.db
  Driver={SQLite3};Database=stock.db
  Driver={PostgreSQL Unicode};Server=db;Port=5432;Database=stock;Uid=stock_ro
  Driver={MariaDB Unicode};Server=db;Database=stock;Uid=stock_ro
  Driver={ODBC Driver 18 for SQL Server};Server=db;Database=stock;Trusted_Connection=yes
"""


def sample(args):
    if args.file.exists() and not args.replace:
        raise Refused(f"{args.file} is there already. To make it anew, add --replace.")
    if not args.file.parent.is_dir():
        raise Refused(f"There is no folder {args.file.parent} to make the database in.")
    new = args.file.with_name(args.file.name + ".new")
    new.unlink(missing_ok=True)
    made = make(new)
    new.replace(args.file)
    print(f"Made the sample database {args.file}.\n")
    columns = [("table", "Table", "text"), ("rows", "Rows", "number")]
    print(*aligned(columns, list(made.items())), sep="\n")


def stock_code(text):
    if not re.fullmatch(r"[A-Z]{2}-\d{4}", text.upper()):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a stock code. Stock codes look like LV-0042."
        )
    return text.upper()


def connection_options(parser):
    parser.add_argument(
        "--format",
        choices=("text", "csv", "json"),
        default="text",
        help="how to print the rows (default: %(default)s)",
    )
    group = parser.add_argument_group("Database", "Where the figures come from.")
    group.add_argument(
        "--database",
        metavar="WHERE",
        help="ODBC connection string or sqlite:/// URL (default: $STOCK_DATABASE, else"
        " sqlite:///stock.db)",
    )
    group.add_argument(
        "--password",
        help="password for an ODBC connection whose string holds none (default: $STOCK_PASSWORD)",
    )
    group.add_argument(
        "--timeout",
        type=int,
        default=15,
        metavar="SECONDS",
        help="wait so long for an ODBC connection (default: %(default)s)",
    )


def limit_option(group, default):
    group.add_argument(
        "--limit",
        type=int,
        default=default,
        metavar="ROWS",
        help="print at most so many rows; 0 prints all (default: %(default)s)",
    )


def choosing_options(parser):
    group = parser.add_argument_group("What to report")
    group.add_argument("--site", choices=("all", *SITES), default="all", help="one warehouse only")
    group.add_argument("--category", choices=CATEGORIES, help="one category only")
    group.add_argument("--name", metavar="WORDS", help="items whose name contains these words")
    group.add_argument(
        "--sku",
        action="append",
        type=stock_code,
        default=[],
        metavar="CODE",
        help="one stock code, like LV-0042; may be given several times",
    )
    group.add_argument(
        "--include-discontinued", action="store_true", help="items that are no longer bought, too"
    )
    group.add_argument("--value", action="store_true", help="add a column with the value in pounds")
    return group


def level_options(group):
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--below-minimum", action="store_true", help="items that are below their own minimum"
    )
    either.add_argument(
        "--below", type=int, metavar="N", help="items of which fewer than N are on hand"
    )


def build_parser():
    parser = argparse.ArgumentParser(
        prog="stock.py",
        description="Reads the warehouse database and lists stock levels, movements and what to"
        " reorder. It changes nothing.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version="stock.py 2.3")
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    for add, run, text in COMMANDS:
        made = commands.add_parser(run.__name__, help=text, description=sentence(text))
        made.set_defaults(run=run, parser=made)
        add(made)
    return parser


def add_levels(parser):
    group = choosing_options(parser)
    level_options(group)
    limit_option(group, 500)
    connection_options(parser)


def add_movements(parser):
    choosing_options(parser)
    group = parser.add_argument_group("Period and level", "Which movements to count.")
    day = {"type": date.fromisoformat, "metavar": "DATE"}
    group.add_argument("--since", **day, help="the first day, like 2026-11-16")
    group.add_argument("--until", **day, help="the last day; the newest, if left out")
    level_options(group)
    limit_option(group, 500)
    connection_options(parser)


def add_reorder(parser):
    group = parser.add_argument_group("What to report")
    group.add_argument("--site", choices=("all", *SITES), default="all", help="one warehouse only")
    group.add_argument("--supplier", metavar="WORDS", help="suppliers whose name contains these")
    group.add_argument("--by-supplier", action="store_true", help="a table for each supplier")
    connection_options(parser)


def add_rows(parser):
    parser.add_argument("table", nargs="?", metavar="TABLE", help="which table; without, list them")
    limit_option(parser, 0)
    connection_options(parser)


def add_sample(parser):
    parser.add_argument("file", type=Path, metavar="FILE", help="where to make it, like stock.db")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")


COMMANDS = (
    (add_levels, levels, "what is on the shelf now"),
    (add_movements, movements, "in, out and corrections"),
    (add_reorder, reorder, "what to buy, by supplier"),
    (add_rows, rows, "all rows of any table"),
    (add_sample, sample, "make a sample database to try with"),
)


def sentence(text):
    return text[0].upper() + text[1:] + "."


def check(args):
    """Refuse what the parser cannot see by itself."""
    if getattr(args, "limit", 0) < 0:
        args.parser.error(f"argument --limit: {args.limit} is below 0")
    since, until = getattr(args, "since", None), getattr(args, "until", None)
    if since and until and until < since:
        args.parser.error(f"argument --until: {until} is before the first day, {since}")


def run(args):
    if args.run is sample:
        sample(args)
        return
    where = args.database or os.environ.get("STOCK_DATABASE") or "sqlite:///stock.db"
    password = args.password or os.environ.get("STOCK_PASSWORD", "")
    with closing(Database(where, password, args.timeout)) as database:
        if args.run is not rows:
            database.need("items", "levels", "movements", "suppliers")
        args.run(args, database)


def main():
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    args = build_parser().parse_args()
    check(args)
    try:
        run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # as in: stock.py levels | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Refused, OSError, sqlite3.Error) as error:
        return told(error)
    except Exception as error:
        if type(error).__module__ != "pyodbc":
            raise
        return told(str(error.args[-1]).replace("\n", " "))
    return 0


def told(words):
    print(f"stock.py: {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
