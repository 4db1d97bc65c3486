"""Print every kind of output there is, and make a file of every kind."""

from __future__ import annotations

import argparse
import struct
import sys
import time
import traceback
import zlib
from pathlib import Path

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80" viewBox="0 0 320 80">
<rect width="320" height="80" fill="#e4f1f4"/>
<rect x="20" y="20" width="180" height="40" fill="#0a6375"/></svg>
"""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
PDF += b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
SITES = ("Leeds", "York", "Hull")
SUPPLIERS = ("Larch and Loom", "Halden", "Merrow", "Oakham Tools", "Brookfield")
LEVELS = ("INFO", "INFO", "DEBUG", "WARNING", "INFO", "ERROR", "INFO")


def prose() -> None:
    """Write sentences, a long word and colours."""
    print("Leeds warehouse, 38 of 1,204 items are below their minimum level.")
    print("Oldest stock count: HT-1180, 4 August 2026. See /srv/stock/" + "very-long-folder/" * 14)
    print(
        "\033[32mcounted\033[0m \033[33mwaits\033[0m \033[1;31mgone\033[0m \033[44;97mnew\033[0m\n"
    )


def stock(rows: int) -> None:
    """Write a table of aligned columns."""
    print("Items to reorder\n")
    print(
        f"{'Code':<8}  {'Item':<22}  {'Supplier':<14}  {'On hand':>7}  "
        f"{'Value £':>9}  {'Counted':<10}"
    )
    print("-" * 8, "-" * 22, "-" * 14, "-" * 7, "-" * 9, "-" * 10, sep="  ")
    for number in range(rows):
        supplier = SUPPLIERS[number * 7 % 5]
        counted = f"2026-{number % 11 + 1:02}-{number % 28 + 1:02}"
        value = number * 1234 % 99999 / 10
        print(
            f"HT-{number:04}   {f'Spirit level {number} cm':<22}  {supplier:<14}"
            f"  {number * 37 % 240:>7}  {value:>9.2f}  {counted:<10}"
        )
    print()


def wide_letters() -> None:
    """Write a drawn table of wide letters."""
    print(
        "┌────────┬──────────┬───────┐\n"
        "│ 部品   │ 倉庫     │  数量 │\n├────────┼──────────┼───────┤"
    )
    for name, count in (("こて", 12), ("のこ", 7), ("シャベ", 140), ("熊手", 3)):
        print(f"│ {name}{' ' * (6 - 2 * len(name))} │ 東京倉庫 │ {count:>5} │")
    print("└────────┴──────────┴───────┘\n")


def log(lines: int) -> None:
    """Write a log."""
    print("The log of the day\n")
    for at in range(lines):
        minute, second = divmod(at, 60)
        words = f"Delivery {4000 + at} was booked"
        if at == 40:
            words += " from " + "a-place-with-a-very-long-name-" * 8
        print(f"2026-11-22 09:{minute:02}:{second:02},123 {LEVELS[at % 7]} stock.web: {words}")
    print()


def values(rows: int) -> None:
    """Write sixty columns of comma-separated values."""
    print("site," + ",".join(f"shelf_{at:02}" for at in range(59)))
    for row in range(rows):
        print(f"{SITES[row % 3]}," + ",".join(str(at * (row + 3) % 97) for at in range(59)))
    print()


def progress(halt: float) -> None:
    """Tell how far it has come, on both outputs."""
    for step in range(11):
        done = "█" * (2 * step)
        words = f"Copying: {10 * step:3}%|{done:20}| {step}/10 [00:0{step % 10}<00:01]"
        print(f"\r{words}", end="", flush=True)
        print(
            f"\rSending: {10 * step:3}%|{done:20}| {step}/10", end="", file=sys.stderr, flush=True
        )
        if step == 4:
            time.sleep(halt)
    print("\n", file=sys.stderr)
    print("\n")


def fault() -> None:
    """Write the traceback of a fault that was caught."""
    try:
        {}["HT-1180"]
    except KeyError:
        print(traceback.format_exc())


def picture() -> bytes:
    """Return a PNG of a slope of grey."""
    wide, high = 320, 120
    lines = b"".join(b"\0" + bytes(255 * at // wide for at in range(wide)) for _ in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def files() -> None:
    """Make a picture, a drawing, a document, a page and a table."""
    Path("photo.png").write_bytes(picture())
    Path("levels.svg").write_text(SVG, encoding="utf-8")
    Path("order.pdf").write_bytes(PDF)
    Path("report.html").write_text(
        "<!doctype html><title>Report</title><h1>Report</h1>", encoding="utf-8"
    )
    Path("levels-of-all-sites-with-a-name-that-goes-on-and-on.csv").write_text(
        "site,count\nLeeds,12\nYork,7\n", encoding="utf-8"
    )


def main() -> None:
    """Print and make all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--halt", type=float, default=0, help="Seconds to wait in the middle.")
    parser.add_argument("--rows", type=int, default=300, help="Rows of the first table.")
    given = parser.parse_args()
    prose()
    stock(given.rows)
    print(
        "Server:   stock-01\nVersion:  2.4.1\nStarted:  2026-11-22 09:00\nNote:     "
        + "x" * 90
        + "\n"
    )
    wide_letters()
    log(200)
    values(12)
    fault()
    files()
    progress(given.halt)
    print("Items to reorder\n\ncode,site,left\nHT-1,Leeds,4\nHT-2,York,0\nHT-3,Hull,9\n")
    print("That was all of it.")


if __name__ == "__main__":
    main()
