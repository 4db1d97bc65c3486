#!/usr/bin/env python3
"""What lies in a shared folder, by size, age or owner."""

import fnmatch
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from optparse import OptionGroup, OptionParser

UNITS = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
DESCRIPTION = (
    r"Lists the files of a folder on this computer, or of a Windows share such as"
    r" \\server\share\folder, largest first. Without FOLDER: the one that"
    " SHARE_FOLDER names, else the one you are in. It changes nothing."
)


class Refused(Exception):
    """What the program cannot do, as one sentence."""


@dataclass
class File:
    path: str
    size: int
    modified: date
    owner: str

    @property
    def type(self):
        return os.path.splitext(self.path)[1].lower() or "(none)"

    @property
    def folder(self):
        return os.path.dirname(self.path) or "."


# --- folders and shares -------------------------------------------------------------------------


def checked_folder(name, windows=(os.name == "nt")):
    r"""Return the folder, or refuse a malformed \\server\share and a share where none can be."""
    if name.startswith("\\\\") or (windows and name.startswith("//")):
        check_share(name.replace("/", "\\"))
        if not windows:
            raise Refused(
                f"{name} is a Windows share, and this computer does not run Windows."
                " Name the folder where the share is mounted, like /mnt/share."
            )
    if not os.path.exists(name):
        raise Refused(f"There is no folder {name}.")
    if not os.path.isdir(name):
        raise Refused(f"{name} is a file. Name a folder.")
    return name


def check_share(name):
    r"""Refuse what is not \\server\share or \\server\share\folder."""
    if name.startswith("\\\\.\\"):
        raise Refused(f"{name} is a device, not a shared folder.")
    if re.match(r"\\\\\?\\(?!UNC\\)", name):  # a long local path: \\?\C:\folder
        return
    inner = re.sub(r"^\\\\(\?\\UNC\\)?", "", name)
    server, _, rest = inner.partition("\\")
    share = rest.split("\\")[0]
    right = r"A shared folder is written \\server\share or \\server\share\folder"
    if not server or not re.fullmatch(r"[A-Za-z0-9._-]+", server):
        raise Refused(f"{right}: {name} names no server.")
    if not share:
        raise Refused(f"{right}: {name} names no share.")
    wrong = re.search(r'[<>:"|?*\x00-\x1f]', rest)
    if wrong:
        raise Refused(f"{right}: {name} holds {wrong[0]!r}, which no share has.")


def walk(root, options, faults):
    """Yield a File for each file below root; links are not followed."""
    stack = [("", 1)]
    while stack:
        below, depth = stack.pop()
        try:
            entries = list(os.scandir(os.path.join(root, below)))
        except OSError as error:
            faults.append(f"{os.path.join(root, below)} cannot be read: {error.strerror}.")
            continue
        for entry in entries:
            path = os.path.join(below, entry.name)
            if left_out(entry.name, options):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not options.depth or depth < options.depth:
                    stack.append((path, depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield read(entry, path, options)


def left_out(name, options):
    if name.startswith(".") and not options.hidden:
        return True
    return any(fnmatch.fnmatch(name.lower(), each.lower()) for each in options.exclude)


def read(entry, path, options):
    found = entry.stat(follow_symlinks=False)
    owner = owner_of(found.st_uid, options.owners) if os.name == "posix" else "-"
    return File(path, found.st_size, datetime.fromtimestamp(found.st_mtime).date(), owner)


def owner_of(number, known):
    if number not in known:
        import pwd

        try:
            known[number] = pwd.getpwuid(number).pw_name
        except KeyError:
            known[number] = str(number)
    return known[number]


def wanted(file, options):
    age = (options.as_of - file.modified).days
    return (
        (options.older_than is None or age > options.older_than)
        and (options.newer_than is None or age < options.newer_than)
        and (file.size >= options.at_least)
        and (not options.owner or file.owner.lower() == options.owner.lower())
        and (not options.type or file.type.lstrip(".") in options.type)
    )


# --- what is printed ----------------------------------------------------------------------------


def table(heads, rows, right):
    """Return lines: header, rule and rows, two blanks apart, numbers to the right."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    rule = ["-" * width for width in widths]
    lines = []
    for row in (heads, rule, *rows):
        cells = zip(row, widths, right, strict=True)
        lines.append("  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in cells).rstrip())
    return lines


def size(number, unit):
    return f"{number:,}" if unit == "bytes" else f"{number / UNITS[unit]:,.1f}"


def file_lines(files, options):
    order = {
        "size": lambda file: (-file.size, file.path),
        "age": lambda file: (file.modified, file.path),
        "name": lambda file: file.path.lower(),
    }
    files = sorted(files, key=order[options.sort])[: options.largest or None]
    rows = [
        (
            size(f.size, options.unit),
            f.modified.isoformat(),
            f"{(options.as_of - f.modified).days:,}",
            f.owner,
            f.type,
            f.path,
        )
        for f in files
    ]
    heads = (f"Size {options.unit}", "Modified", "Age days", "Owner", "Type", "File")
    return table(heads, rows, (True, False, True, False, False, False))


def summary_lines(files, options):
    groups = defaultdict(list)
    for file in files:
        groups[str(getattr(file, options.by))].append(file)
    ranked = sorted(groups.items(), key=lambda item: (-sum(f.size for f in item[1]), item[0]))
    rows = []
    whole = sum(file.size for file in files) or 1
    for name, some in ranked[: options.largest or None]:
        total = sum(file.size for file in some)
        newest, oldest = max(f.modified for f in some), min(f.modified for f in some)
        share = f"{100 * total / whole:.1f}"
        cells = (name, f"{len(some):,}", size(total, options.unit), share, f"{oldest}", f"{newest}")
        rows.append(cells)
    heads = (options.by.title(), "Files", f"Size {options.unit}", "Share %", "Oldest", "Newest")
    return table(heads, rows, (False, True, True, True, False, False))


# --- the command line ---------------------------------------------------------------------------


def build_parser():
    parser = OptionParser(
        usage="%prog [options] [FOLDER]", description=DESCRIPTION, version="share.py 1.7"
    )
    where = OptionGroup(parser, "Where")
    where.add_option("--depth", type="int", metavar="N", help="go down so many folders only")
    where.add_option("--exclude", action="append", default=[], metavar="PATTERN",
                     help="leave out names like this, such as *.tmp; may be repeated")  # fmt: skip
    where.add_option("--hidden", action="store_true", default=False,
                     help="read names that begin with a dot, too")  # fmt: skip
    which = OptionGroup(parser, "Which files")
    which.add_option("--older-than", type="int", metavar="DAYS", help="not changed for so long")
    which.add_option("--newer-than", type="int", metavar="DAYS", help="changed since so long")
    which.add_option("--larger-than", type="float", metavar="SIZE", help="at least so large, in"
                     " the unit below")  # fmt: skip
    which.add_option("--type", action="append", default=[], metavar="ENDING",
                     help="files of this ending, such as pdf; may be repeated")  # fmt: skip
    which.add_option("--owner", metavar="NAME", help="files of this person")
    shown = OptionGroup(parser, "What to show")
    shown.add_option("--by", type="choice", choices=("file", "type", "owner", "folder"),
                     default="file", help="a line for each file, type, owner or folder"
                     " (default: %default)")  # fmt: skip
    shown.add_option("--sort", type="choice", choices=("size", "age", "name"), default="size",
                     help="the order of files (default: %default)")  # fmt: skip
    shown.add_option("--largest", type="int", default=100, metavar="N",
                     help="the first N lines; 0 shows all (default: %default)")  # fmt: skip
    shown.add_option("--unit", type="choice", choices=tuple(UNITS), default="kB",
                     help="how sizes are written (default: %default)")  # fmt: skip
    shown.add_option("--as-of", metavar="DATE", help="count ages up to this day (default: today)")
    for group in (where, which, shown):
        parser.add_option_group(group)
    return parser


def read_options(parser, argv):
    options, words = parser.parse_args(argv)
    if len(words) > 1:
        parser.error(f"one folder only; {words[1]!r} is one more")
    options.folder = words[0] if words else os.environ.get("SHARE_FOLDER") or "."
    for name in ("depth", "older_than", "newer_than", "larger_than", "largest"):
        value = getattr(options, name)
        if value is not None and value < 0:
            parser.error(f"option --{name.replace('_', '-')}: {value} is below 0")
    try:
        options.as_of = date.fromisoformat(options.as_of) if options.as_of else date.today()
    except ValueError:
        parser.error(f"option --as-of: {options.as_of!r} is not a date like 2026-11-20")
    options.at_least = (options.larger_than or 0) * UNITS[options.unit]
    options.type = [ending.lower().lstrip(".") for ending in options.type]
    options.owners = {}
    return options


def report(options):
    faults = []
    files = [f for f in walk(checked_folder(options.folder), options, faults) if wanted(f, options)]
    total = sum(file.size for file in files)
    places = len({file.folder for file in files})
    print(
        f"{len(files):,} {'file' if len(files) == 1 else 'files'} in {places:,}"
        f" {'folder' if places == 1 else 'folders'}, {size(total, 'MB')} MB."
    )
    if files:
        lines = (
            file_lines(files, options) if options.by == "file" else summary_lines(files, options)
        )
        print("", *lines, sep="\n")
    for fault in faults:
        print(f"share.py: {fault}", file=sys.stderr)
    return 1 if faults else 0


def main(argv=None):
    sys.stdout.reconfigure(errors="replace")
    options = read_options(build_parser(), argv)
    try:
        return report(options)
    except (Refused, OSError) as error:
        print(f"share.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
