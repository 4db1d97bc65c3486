"""Make pictures, pages and lists, some of them hostile."""

import argparse
import pathlib
import struct
import time
import zlib

HOSTILE = """<!doctype html><title>Report</title>
<style>h1 { color: teal; font-family: sans-serif }</style>
<h1 id="said">Stock on hand</h1><p>Wheels 12, frames 3</p>
<img id="dot" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
<img id="outside" src="/static/favicon.svg"><link rel="stylesheet" href="/static/webify.css">
<meta http-equiv="refresh" content="0; url=/runs">
<form id="form" action="/tools/studio" method="post"><button id="send">Send</button></form>
<a id="top" href="/runs" target="_top">Go</a> <a id="new" href="/runs" target="_blank">New</a>
<iframe src="/runs"></iframe><base href="http://elsewhere.invalid/">
<script>document.getElementById("said").textContent = "scripted"; top.location = "/runs"</script>
<script src="/static/webify.js"></script><body onload="top.location = '/runs'">
<svg onload="top.location = '/runs'"></svg>"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120" width="300" height="120">
<rect width="300" height="120" rx="12" fill="teal"/><text x="30" y="70" fill="#fff">Drawn</text>
<script>top.location = "/runs"</script><image href="/static/favicon.svg" width="10" height="10"/>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="top.location='/runs'"/>
</foreignObject></svg>"""


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one part of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, rows: bytes | None = None) -> bytes:
    """Return a picture of slow waves, or one that only says how large it is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    if rows is None:
        rows = b"".join(
            b"\0"
            + b"".join(
                bytes((40, 90 + x * 120 // width, 90 + y * 120 // height)) for x in range(width)
            )
            for y in range(height)
        )
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


parser = argparse.ArgumentParser(description="Make pictures, pages and lists.")
parser.add_argument("--pause", type=float, default=0.0, help="Seconds to work on afterwards.")
parser.add_argument("--many", type=int, default=0, help="How many small pictures more.")
given = parser.parse_args()
for name, data in {
    "sales by month.png": png(640, 320),
    "bomb.png": png(50_000, 50_000, b""),
    "drawing.svg": DRAWING.encode(),
    "report.html": HOSTILE.encode(),
    "levels.csv": b"name,on hand\n" + b"".join(b"item %d,%d\n" % (n, n * 3) for n in range(40)),
    "manual.pdf": b"%PDF-1.4\n",
    "fake.png": b"<script>alert(1)</script>",
}.items():
    pathlib.Path(name).write_bytes(data)
for number in range(given.many):
    pathlib.Path(f"small-{number:03}.png").write_bytes(png(8, 8))
print("Made everything")
time.sleep(given.pause)
