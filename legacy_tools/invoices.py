#!/usr/bin/env python3
"""Check a list of invoices (CSV), write it corrected, and print what was wrong."""

import csv
import io
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import click

COLUMNS = ("number", "date", "supplier", "net", "vat_rate", "vat", "total")
ALSO = {
    "invoice": "number",
    "invoice number": "number",
    "invoice no": "number",
    "invoice date": "date",
    "vat rate": "vat_rate",
    "vat %": "vat_rate",
    "tax": "vat",
    "gross": "total",
}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")
PENNY = Decimal("0.01")


@dataclass
class Fault:
    line: int
    number: str
    words: str
    was: str
    now: str = ""  # empty where somebody must look


# --- reading and checking -----------------------------------------------------------------------


def read(file, separator):
    """Return (headings, [(line, {column: text})]); refuse a file that is no list of invoices."""
    text = file.read().removeprefix("\ufeff")
    if not text.strip():
        raise click.ClickException(f"{file.name} is empty.")
    if separator == "auto":
        first = text.splitlines()[0]
        separator = max(",;\t", key=first.count)
    delimiter = {"tab": "\t"}.get(separator, separator)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise click.ClickException(f"{file.name}, line {lines.line_num}: {error}.") from None
    headings = [heading.strip() for heading in rows[0][1]]
    names = [ALSO.get(name.lower(), name.lower().replace(" ", "_")) for name in headings]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise click.ClickException(
            f"{file.name} has no column {' and no '.join(missing)}. Its columns are:"
            f" {', '.join(headings)}."
        )
    return names, [
        (line, dict(zip(names, map(str.strip, row), strict=False))) for line, row in rows[1:]
    ]


def check(line, invoice, rates, seen):
    """Yield the faults of one invoice, and correct it where that is sure."""
    number = invoice.get("number", "")
    made = [check_number(line, number, seen), check_date(line, number, invoice)]
    if not invoice.get("supplier"):
        made.append(Fault(line, number, "no supplier", ""))
    made += check_money(line, number, invoice, rates)
    return [fault for fault in made if fault]


def check_number(line, number, seen):
    if not number:
        return Fault(line, "", "no invoice number", "")
    first = seen.setdefault(number.upper(), line)
    return Fault(line, number, f"number used in line {first}", number) if first != line else None


def check_date(line, number, invoice):
    was = invoice.get("date", "")
    for pattern in DATES:
        try:
            now = datetime.strptime(was, pattern).date().isoformat()
        except ValueError:
            continue
        invoice["date"] = now
        return (
            Fault(line, number, "date not written as year-month-day", was, now)
            if now != was
            else None
        )
    return Fault(line, number, "no such date" if was else "no date", was)


def check_money(line, number, invoice, rates):
    """Return the faults of net, rate, VAT and total."""
    faults, amounts = [], {}
    for name in ("net", "vat_rate", "vat", "total"):
        was = invoice.get(name, "")
        amounts[name] = amount(was.rstrip("% ") if name == "vat_rate" else was)
        if amounts[name] is None and (name in ("net", "vat_rate") or was):
            faults.append(Fault(line, number, f"{name.replace('_', ' ')} is not a number", was))
        elif amounts[name] is not None and name != "vat_rate":
            invoice[name] = f"{amounts[name]:.2f}"
    net, rate = amounts["net"], amounts["vat_rate"]
    if net is None or rate is None:
        return faults
    if rate not in rates:
        faults.append(Fault(line, number, "unknown VAT rate", f"{rate:f} %"))
        return faults
    vat = (net * rate / 100).quantize(PENNY, ROUND_HALF_UP)
    for name, words, right in (("vat", "wrong VAT", vat), ("total", "wrong total", net + vat)):
        if amounts[name] != right:
            faults.append(Fault(line, number, words, invoice.get(name, ""), f"{right:.2f}"))
            invoice[name] = f"{right:.2f}"
    return faults


def amount(text):
    """Return a number written as 1192.50, 1,192.50 or 1192,50; None for anything else."""
    text = text.replace("£", "").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"-?\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**12 else None


# --- printing and writing -----------------------------------------------------------------------


def table(faults):
    """Return lines: header, rule and rows, two blanks apart, line numbers to the right."""
    rows = [("Line", "Invoice", "Fault", "Was", "Now")]
    rows += [
        (str(f.line), f.number or "-", f.words, f.was or "-", f.now or "look at it") for f in faults
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    for row in rows:
        first, *others = row
        cells = [cell.ljust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join((first.rjust(widths[0]), *cells)).rstrip()


def summary(invoices, faults):
    """Return the lines of the summary."""
    sums = Counter()
    for _, invoice in invoices:
        for name in ("net", "vat", "total"):
            sums[name] += amount(invoice.get(name, "")) or 0
    corrected = sum(1 for fault in faults if fault.now)
    days = sorted(
        i["date"] for _, i in invoices if re.fullmatch(r"\d{4}-\d\d-\d\d", i.get("date", ""))
    )
    yield f"Invoices:      {len(invoices):,}"
    yield f"Period:        {days[0]} to {days[-1]}" if days else "Period:        unknown"
    yield f"Net:           £{sums['net']:,.2f}"
    yield f"VAT:           £{sums['vat']:,.2f}"
    yield f"Total:         £{sums['total']:,.2f}"
    yield f"Corrected:     {corrected:,}"
    yield f"To look at:    {len(faults) - corrected:,}"


def write(output, names, invoices):
    writer = csv.DictWriter(output, names, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(invoice for _, invoice in invoices)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument(
    "file",
    type=click.File("r", encoding="utf-8-sig"),
    envvar="INVOICES_FILE",
    required=False,
)
@click.option(
    "-o",
    "--output",
    type=click.File("w", encoding="utf-8", lazy=True),
    default="corrected.csv",
    show_default=True,
    help="Write the corrected list here.",
)
@click.option(
    "--rate",
    "rates",
    type=click.FloatRange(0, 100),
    multiple=True,
    default=(0, 5, 20),
    show_default=True,
    metavar="PERCENT",
    help="A VAT rate that is right. May be repeated.",
)
@click.option(
    "--separator",
    type=click.Choice(["auto", ",", ";", "tab"]),
    default="auto",
    show_default=True,
    help="What stands between two cells.",
)
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Only invoices of this day and later."
)
@click.option("--strict", is_flag=True, help="End with exit code 1 where somebody must look.")
@click.version_option("1.1", prog_name="invoices.py")
def invoices(file, output, rates, separator, since, strict):
    """Check the invoices in FILE, a CSV list, and write it corrected.

    Looks for numbers used twice, impossible dates, wrong VAT and wrong totals. Dates, VAT and
    totals are corrected where that is sure; the rest is left for somebody to look at.

    FILE needs the columns number, date, supplier, net, vat_rate, vat and total. Without it, the
    file that INVOICES_FILE names is checked.
    """
    if file is None:
        raise click.UsageError("Missing argument 'FILE', and INVOICES_FILE names none.")
    try:
        names, found = read(file, separator)
    except UnicodeDecodeError:
        raise click.ClickException(
            f"{file.name} is not UTF-8 text. Save it as CSV UTF-8."
        ) from None
    seen, right = {}, {Decimal(str(rate)) for rate in rates}
    faults = [fault for line, each in found for fault in check(line, each, right, seen)]
    if since:
        first = since.date()
        found = [(line, each) for line, each in found if not before(each, first)]
        kept = {line for line, _ in found}
        faults = [fault for fault in faults if fault.line in kept]
    write(output, names, found)
    for text in summary(found, faults):
        click.echo(text)
    click.echo(f"Written to:    {output.name}")
    if faults:
        click.echo("\nFaults")
        for text in table(faults):
            click.echo(text)
    if strict and any(not fault.now for fault in faults):
        sys.exit(1)


def before(invoice, first):
    try:
        return date.fromisoformat(invoice.get("date", "")) < first
    except ValueError:
        return False


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    invoices(prog_name="invoices.py")
