"""Make a small shared folder to try with: logs, scans, orders, invoices.  The same every time.

python _office_sample.py FOLDER
"""

import gzip
import json
import os
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 11, 20, 17, 30)
FOLDERS = (  # folder, beginning of the names, ending, files, least and greatest size, years back
    ("Scans", "IMG_", ".JPG", 14, 40_000, 260_000, 0),
    ("Orders/2025", "order ", ".pdf", 18, 9_000, 60_000, 1),
    ("Orders/2026", "order ", ".pdf", 31, 9_000, 60_000, 0),
    ("Price lists", "prices ", ".xlsx", 9, 15_000, 90_000, 0),
    ("Photos", "catalogue ", ".tif", 6, 300_000, 900_000, 1),
    ("Archive/2021", "ledger ", ".zip", 4, 200_000, 700_000, 5),
    ("Meetings", "notes ", ".docx", 12, 8_000, 30_000, 0),
)
SHOP = (
    ("INFO", "order {n} taken, {k} lines"),
    ("INFO", "order {n} taken, {k} lines"),
    ("INFO", "payment of order {n} accepted"),
    ("DEBUG", "basket of visitor {n} saved in {k} ms"),
    ("WARNING", "payment of order {n} took {k} s"),
    ("ERROR", "payment gateway timeout, order {n}"),
    ("WARNING", "item HT-1{k:03} is sold out"),
)
WAREHOUSE = (
    ("info", "pick list {n} printed at Leeds"),
    ("info", "pallet {n} booked in at Hull"),
    ("info", "stock count of row {k} finished"),
    ("warning", "scanner {k} lost the network"),
    ("error", "label printer York-{k} does not answer: timeout"),
)
TRACE = (
    "Traceback (most recent call last):\n"
    '  File "shop/orders.py", line 214, in export\n'
    "    send(order)\n"
    "ConnectionResetError: the warehouse closed the line\n"
)
INVOICES = """\
number,date,supplier,net,vat_rate,vat,total
INV-20481,2026-11-02,Oakham Tools,636.40,20,127.28,763.68
INV-20482,2026-11-02,Brookfield,941.70,20,188.34,1130.04
INV-20483,03/11/2026,Merrow,1032.70,20,206.54,1239.24
INV-20484,2026-11-04,Tansy Seeds,85.10,0,0.00,85.10
INV-20485,2026-11-05,Halden,2033.60,20,406.72,2404.32
INV-20486,2026-11-06,Larch and Loom,5476.00,20,1059.20,6535.20
INV-20487,2026-11-09,Fenland Peatless,87.45,20,17.49,104.94
INV-20488,2026-11-10,Merrow,714.00,20,142.80,856.80
INV-20488,2026-11-11,Brookfield,542.40,20,108.48,650.88
INV-20489,31.11.2026,Oakham Tools,173.80,20,34.76,208.56
INV-20490,2026-11-12,Halden,744.00,17.5,130.20,874.20
INV-20491,13 Nov 2026,Tansy Seeds,80.40,0,0.00,80.40
INV-20492,2026-11-16,,430.00,20,86.00,516.00
INV-20493,2026-11-17,Fenland Peatless,42.00,5,2.10,44.10
INV-20494,2026-11-18,Larch and Loom,"1,192.50",20,238.50,1431.00
INV-20495,2026-11-19,Merrow,four hundred,20,81.00,486.00
"""


def write(path, data, when):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (when.timestamp(), when.timestamp()))


def files(chance, root):
    for folder, start, ending, count, least, most, years in FOLDERS:
        number = chance.randrange(1000, 3000)
        for _ in range(count):
            number += chance.randrange(1, 9)
            when = NOW - timedelta(365 * years + chance.randrange(300), chance.randrange(30_000))
            size = chance.randrange(least, most)
            write(root / folder / f"{start}{number}{ending}", bytes(size), when)
    write(root / "Invoices" / "november.csv", INVOICES.encode("utf-8"), NOW)


def moments(chance, count, days):
    start = NOW - timedelta(days)
    seconds = sorted(chance.randrange(days * 86400) for _ in range(count))
    return [start + timedelta(seconds=second) for second in seconds]


def worded(chance, phrases):
    level, words = chance.choice(phrases)
    return level, words.format(n=chance.randrange(40_000, 49_999), k=chance.randrange(1, 60))


def logs(chance, folder):
    lines = []
    for when in moments(chance, 900, 14):
        level, words = worded(chance, SHOP)
        lines.append(
            f"{when:%Y-%m-%d %H:%M:%S},{chance.randrange(1000):03} {level} shop: {words}\n"
        )
        if level == "ERROR" and chance.random() < 0.15:
            lines.append(TRACE)
    write(folder / "shop.log", "".join(lines).encode("utf-8"), NOW)
    lines = []
    for when in moments(chance, 400, 14):
        level, words = worded(chance, WAREHOUSE)
        lines.append(
            json.dumps({"time": when.isoformat(), "level": level, "message": words}) + "\n"
        )
    write(folder / "warehouse.jsonl", "".join(lines).encode("utf-8"), NOW)
    lines = []
    for when in moments(chance, 500, 7):
        status = chance.choice((200, 200, 200, 200, 304, 404, 500))
        page = chance.choice(("/", "/basket", "/items/HT-1101", "/items/GF-5010", "/search?q=hose"))
        lines.append(
            f"192.0.2.{chance.randrange(2, 250)} - - [{when:%d/%b/%Y:%H:%M:%S} +0000]"
            f' "GET {page} HTTP/1.1" {status} {chance.randrange(300, 90_000)}\n'
        )
    write(folder / "access.log.1.gz", gzip.compress("".join(lines).encode(), mtime=0), NOW)


def main():
    if len(sys.argv) != 2:
        print("Usage: _office_sample.py FOLDER", file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    if root.exists():
        print(f"_office_sample.py: {root} is there already.", file=sys.stderr)
        return 1
    made = root.with_name(f"{root.name}.{os.getpid()}.new")
    chance = random.Random(20261122)
    files(chance, made)
    logs(chance, made / "Logs")
    made.rename(root)
    print(f"Made the sample folder {root}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
