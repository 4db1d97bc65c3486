"""The reports of stock.py: what each one asks the database, and how it is printed."""

import csv
import json
import re
import sys
from decimal import Decimal

from _stock_database import Refused

# --- what is printed ----------------------------------------------------------------------------


def as_text(value, kind):
    if value is None:
        return "-"
    if kind == "money":
        return f"{Decimal(str(value)):,.2f}"
    if kind == "number":
        return f"{value:,}"
    if kind.startswith("."):
        return format(value, kind)
    return " ".join(str(value).split()) or "-"


def aligned(columns, rows):
    """Yield a header line and the rows, two blanks apart, numbers to the right."""
    lines = [[as_text(v, c[2]) for v, c in zip(row, columns, strict=True)] for row in rows]
    heads = [column[1] for column in columns]
    widths = [max(map(len, cells)) for cells in zip(heads, *lines, strict=True)]
    right = [column[2] != "text" for column in columns]
    for line in (heads, *lines):
        cells = zip(line, widths, right, strict=True)
        yield "  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in cells).rstrip()


def plain(value, kind):
    """Return a value for CSV and JSON."""
    if value is None or (isinstance(value, (bool, int, str)) and kind != "money"):
        return value
    if kind == "money" or isinstance(value, (float, Decimal)):
        return round(float(value), 2) if kind == "money" else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def show(columns, rows, form, before="", after=""):
    """Print a table of (key, heading, kind) columns in the form that was asked for."""
    if form == "json":
        keys = [column[0] for column in columns]
        kinds = [column[2] for column in columns]
        made = [dict(zip(keys, map(plain, row, kinds), strict=True)) for row in rows]
        print(json.dumps(made, indent=2, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([column[0] for column in columns])
        for row in rows:
            cells = zip(row, columns, strict=True)
            writer.writerow(f"{v:.2f}" if c[2] == "money" else plain(v, c[2]) for v, c in cells)
    else:
        table = "\n".join(aligned(columns, rows)) if rows else ""
        print("\n\n".join(part for part in (before, table, after) if part))


def counted(number, word):
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


# --- the reports --------------------------------------------------------------------------------


def conditions(args):
    """Return (sql, values) for the options that choose items."""
    found = [
        (args.site != "all", "l.site = ?", [args.site.title()]),
        (args.category, "i.category = ?", [args.category]),
        (args.name, "LOWER(i.name) LIKE ? ESCAPE '!'", [containing(args.name or "")]),
        (args.sku, f"i.sku IN ({', '.join('?' * len(args.sku))})", args.sku),
        (args.below_minimum, "l.on_hand < l.minimum", []),
        (args.below is not None, "l.on_hand < ?", [args.below]),
        (not args.include_discontinued, "i.discontinued = 0", []),
    ]
    chosen = [(sql, values) for given, sql, values in found if given]
    return "".join(f" AND {sql}" for sql, _ in chosen), [v for _, some in chosen for v in some]


def containing(words):
    return "%" + re.sub(r"([!%_])", r"!\1", words.lower()) + "%"


def site_name(args):
    return "All sites" if args.site == "all" else f"{args.site.title()} warehouse"


def more(args, left_out):
    return f"There are more: only the first {args.limit:,} are shown (--limit)." if left_out else ""


def levels(args, database):
    where, values = conditions(args)
    _, rows, left_out = database.query(
        "SELECT i.sku, i.name, i.category, l.site, l.on_hand, l.minimum, i.price, l.counted"
        " FROM levels l JOIN items i ON i.sku = l.sku WHERE 1 = 1" + where + " ORDER BY 1, 4",
        values,
        args.limit,
    )
    columns = [
        ("code", "Code", "text"),
        ("item", "Item", "text"),
        ("category", "Category", "text"),
        ("site", "Site", "text"),
        ("on_hand", "On hand", "number"),
        ("minimum", "Minimum", "number"),
        ("price", "Price £", "money"),
        ("counted", "Last counted", "text"),
    ]
    if args.value:
        columns.insert(7, ("value", "Value £", "money"))
        rows = [[*row[:7], row[4] * money(row[6]), row[7]] for row in rows]
    title = f"{site_name(args)}, {counted(len(rows), 'stock level')}."
    show(columns, rows, args.format, title, more(args, left_out))


def movements(args, database):
    where, values = conditions(args)
    period = [(" AND m.moved >= ?", args.since), (" AND m.moved <= ?", args.until)]
    for sql, day in period:
        if day:
            where, values = where + sql, [*values, day]
    _, rows, left_out = database.query(
        "SELECT m.moved, i.sku, i.name, m.site, m.kind, m.quantity, m.note, i.price"
        " FROM movements m JOIN items i ON i.sku = m.sku"
        " JOIN levels l ON l.sku = m.sku AND l.site = m.site WHERE 1 = 1"
        + where
        + " ORDER BY m.moved DESC, m.id DESC",
        values,
        args.limit,
    )
    columns = [
        ("date", "Date", "text"),
        ("code", "Code", "text"),
        ("item", "Item", "text"),
        ("site", "Site", "text"),
        ("kind", "Kind", "text"),
        ("quantity", "Quantity", "number"),
        ("note", "Note", "text"),
    ]
    if args.value:
        columns.insert(6, ("value", "Value £", "money"))
        rows = [[*row[:6], row[5] * money(row[7]), *row[6:]] for row in rows]
    words = f" since {args.since}" if args.since else ""
    words += f" until {args.until}" if args.until else ""
    title = f"{site_name(args)}, {counted(len(rows), 'movement')}{words}, newest first."
    show(columns, [row[:-1] for row in rows], args.format, title, more(args, left_out))


REORDER = (
    ("code", "Code", "text"),
    ("item", "Item", "text"),
    ("supplier", "Supplier", "text"),
    ("site", "Site", "text"),
    ("on_hand", "On hand", "number"),
    ("minimum", "Minimum", "number"),
    ("short_by", "Short by", "number"),
    ("price", "Price £", "money"),
    ("order_value", "Value £", "money"),
    ("counted", "Last counted", "text"),
)


def reorder(args, database):
    where, values = "", []
    if args.site != "all":
        where, values = " AND l.site = ?", [args.site.title()]
    if args.supplier:
        where += " AND LOWER(s.name) LIKE ? ESCAPE '!'"
        values.append(containing(args.supplier))
    _, found, _ = database.query(
        "SELECT i.sku, i.name, s.name, l.site, l.on_hand, l.minimum, l.minimum - l.on_hand,"
        " i.price, l.counted, s.lead_days FROM levels l JOIN items i ON i.sku = l.sku"
        " JOIN suppliers s ON s.id = i.supplier_id"
        " WHERE i.discontinued = 0 AND l.on_hand < l.minimum"
        + where
        + " ORDER BY s.name, i.sku, l.site",
        values,
    )
    rows = [[*row[:8], row[6] * money(row[7]), row[8]] for row in found]
    title = f"{site_name(args)}, {counted(len(rows), 'item')} to reorder, worth £{worth(rows)}."
    if not args.by_supplier or args.format != "text":
        show(REORDER, rows, args.format, title)
        return
    print(title)
    for supplier, days in {row[2]: row[9] for row in found}.items():
        some = [row[:2] + row[3:] for row in rows if row[2] == supplier]
        heading = f"{supplier}, £{worth(some)}, delivers in {counted(days, 'day')}"
        print("", heading, *aligned(REORDER[:2] + REORDER[3:], some), sep="\n")


def money(value):
    return Decimal(str(value))


def worth(rows):
    return f"{sum(row[-2] for row in rows):,.2f}"


def rows(args, database):
    tables = database.tables()
    if not args.table:
        counts = [(name, database.query(f"SELECT COUNT(*) FROM {tables[name]}")) for name in tables]
        listed = sorted((name, found[1][0][0]) for name, found in counts)
        title = f"This database has {counted(len(listed), 'table')}."
        show([("table", "Table", "text"), ("rows", "Rows", "number")], listed, args.format, title)
        return
    name = args.table
    if name not in tables:
        alike = [each for each in tables if each.lower() == name.lower()]
        if len(alike) != 1:
            have = ", ".join(sorted(tables)) or "none"
            raise Refused(f"There is no table {name!r} in this database. Its tables: {have}.")
        name = alike[0]
    names, found, left_out = database.query(f"SELECT * FROM {tables[name]}", (), args.limit)
    kinds = [raw_kind([row[i] for row in found]) for i in range(len(names))]
    columns = list(zip(names, names, kinds, strict=True))
    title = f"Table {name}, {counted(len(found), 'row')}."
    show(columns, found, args.format, title, more(args, left_out))


def raw_kind(cells):
    """Return the kind of a column that is only known by its cells."""
    filled = [cell for cell in cells if cell is not None]
    if not filled or not all(isinstance(cell, (int, float, Decimal)) for cell in filled):
        return "text"
    if not any(isinstance(cell, float) for cell in filled) or set("enf") & set(repr(filled)):
        return "raw number"
    return f".{max(len(repr(float(cell)).partition('.')[2]) for cell in filled)}f"
