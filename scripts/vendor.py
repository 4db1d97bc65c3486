"""Copy the style sheets, scripts, fonts and icons of other projects out of node_modules.

Only who updates them runs this; installing or running webify never does:

    npm install --prefix /tmp/npm bootstrap@5.3 htmx.org chart.js bootstrap-icons \
        @fontsource-variable/inter @fontsource-variable/jetbrains-mono
    python scripts/vendor.py /tmp/npm/node_modules

It strips source map comments and writes webify/static/vendor/VERSIONS (file, package, version,
licence, SHA-256) and the licence texts beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "webify" / "static"
VENDOR = STATIC / "vendor"

# file inside its package -> where it goes under webify/static
FILES = {
    ("bootstrap", "dist/css/bootstrap.min.css"): "vendor/bootstrap.min.css",
    ("htmx.org", "dist/htmx.min.js"): "vendor/htmx.min.js",
    ("chart.js", "dist/chart.umd.min.js"): "vendor/chart.umd.min.js",  # when a chart is opened
    (
        "@fontsource-variable/inter",
        "files/inter-latin-wght-normal.woff2",
    ): "vendor/fonts/inter-latin.woff2",
    (
        "@fontsource-variable/inter",
        "files/inter-latin-ext-wght-normal.woff2",
    ): "vendor/fonts/inter-latin-ext.woff2",
    (
        "@fontsource-variable/jetbrains-mono",
        "files/jetbrains-mono-latin-wght-normal.woff2",
    ): "vendor/fonts/jetbrains-mono-latin.woff2",
}
ICONS = [  # names of bootstrap-icons; site files may name any of them for a tool
    "arrow-down", "arrow-left-right", "arrow-repeat", "arrow-up", "bar-chart", "box-seam",
    "calendar3", "chat-left-dots-fill", "check-circle-fill", "chevron-left", "chevron-right",
    "clipboard-check", "clock-history", "copy", "dash-lg", "database", "download", "envelope",
    "exclamation-circle-fill", "exclamation-octagon-fill", "exclamation-triangle-fill",
    "file-earmark", "file-earmark-spreadsheet", "files", "filetype-csv", "filetype-json",
    "folder2", "folder2-open", "funnel", "gear", "grid", "hdd-stack", "hourglass-split",
    "info-circle", "journal-text", "layout-three-columns", "link-45deg", "moon", "pencil",
    "pencil-square", "people", "percent", "pie-chart", "pin-angle", "pin-angle-fill", "play-fill",
    "plus-lg", "printer", "receipt", "search", "shield-check", "slash-circle", "stop-fill", "sun",
    "table", "tags", "terminal", "tools", "truck", "upc-scan", "window-stack", "x-circle-fill",
    "x-lg",
]  # fmt: skip


def main(packages: Path) -> None:
    """Copy every file and icon, and write down what they are."""
    lines = []
    for (package, source), target in FILES.items():
        data = without_source_map((packages / package / source).read_bytes(), source)
        place = STATIC / target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        lines.append(line(target, about(packages / package), data))
        licence(packages / package)
    icons = {name: symbol(packages / "bootstrap-icons/icons" / f"{name}.svg") for name in ICONS}
    data = (json.dumps(icons, indent=1, sort_keys=True) + "\n").encode()
    (VENDOR / "icons.json").write_bytes(data)
    lines.append(line("vendor/icons.json", about(packages / "bootstrap-icons"), data))
    licence(packages / "bootstrap-icons")
    (VENDOR / "VERSIONS").write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def without_source_map(data: bytes, name: str) -> bytes:
    """Return a style sheet or script without the comment that names its source map."""
    if not name.endswith((".css", ".js")):
        return data
    return re.sub(rb"\s*(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*$", b"\n", data)


def about(package: Path) -> str:
    """Return name, version and licence of a package."""
    said = json.loads((package / "package.json").read_text(encoding="utf-8"))
    kind = "0BSD" if said["license"] == "BSD-0-Clause" else said["license"]
    return f"{said['name']} {said['version']}  {kind}"


def line(target: str, package: str, data: bytes) -> str:
    """Return one line of VERSIONS."""
    return f"{target}  {package}  sha256:{hashlib.sha256(data).hexdigest()}"


def licence(package: Path) -> None:
    """Copy the licence text of a package."""
    found = next(
        path for path in sorted(package.iterdir()) if path.name.upper().startswith("LICEN")
    )
    place = VENDOR / "licences" / f"{package.name}.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(found.read_bytes())


def symbol(icon: Path) -> str:
    """Return what stands inside the svg element of an icon."""
    text = icon.read_text(encoding="utf-8")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
    if inside is None:
        raise SystemExit(f"{icon} is not an svg file.")
    return " ".join(inside.group(1).split())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
