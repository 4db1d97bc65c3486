#!/usr/bin/env python3
"""Rename many files of a folder by a pattern; never over a file that is there."""

import argparse
import errno
import fnmatch
import os
import re
import sys
from pathlib import Path

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)),
            *(f"lpt{n}" for n in range(1, 10))}  # fmt: skip
EPILOG = r"""
examples:
  rename.py Scans --find IMG_ --to scan- --lower --dry-run
  rename.py Scans --only "*.jpg" --to "delivery {n}" --start 100 --digits 4
  rename.py Orders --regex --find "(\d{4})-(\d\d)" --to "\2.\1"

Without --find, --to is the whole new name; the ending stays.  {n} counts up.
Nothing is renamed where two files would get one name, or a name is taken.
"""


class Refused(Exception):
    """What the program cannot do, as one sentence."""


# --- new names ----------------------------------------------------------------------------------


def chosen(folder, only, recursive):
    """Return the files of a folder that the pattern fits, in the order of their names."""
    if not folder.exists():
        raise Refused(f"There is no folder {folder}.")
    if not folder.is_dir():
        raise Refused(f"{folder} is a file. Name the folder it is in, and the file with --only.")
    every = folder.rglob("*") if recursive else folder.iterdir()
    found = [
        path
        for path in every
        if fnmatch.fnmatch(path.name.lower(), only.lower()) and path.is_file()
    ]
    return sorted(found, key=natural)


def natural(path):
    """Sort "a 9" before "a 10"."""
    parts = re.split(r"(\d+)", str(path).lower())
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def new_name(path, number, args):
    """Return the new name of one file."""
    stem, ending = path.stem, path.suffix
    to = args.to if args.to is None else args.to.replace("{n}", f"{number:0{args.digits}}")
    if args.find is None:
        stem = stem if to is None else to
    elif args.regex:
        try:
            stem = re.sub(args.find, to or "", stem)
        except (re.error, IndexError) as error:
            raise Refused(f"--find {args.find!r} --to {args.to!r} does not do: {error}.") from None
    else:
        stem = stem.replace(args.find, to or "")
    name = stem + ending
    return name.lower() if args.lower else name.upper() if args.upper else name


def check_name(name):
    """Refuse a name that some computer of the office could not keep."""
    wrong = re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    if wrong:
        raise Refused(f"{name!r} is no file name: it holds {wrong[0]!r}.")
    stem = name.partition(".")[0]
    if not stem or name != name.rstrip(" .") or stem.lower() in RESERVED:
        raise Refused(f"{name!r} is no file name on Windows.")
    if len(name.encode("utf-8", "surrogateescape")) > 255:
        raise Refused(f"{name[:40]!r}... is longer than 255 bytes.")


def plan(files, args):
    """Return [(old path, new path)] of what changes; refuse every collision."""
    pairs = []
    for number, path in enumerate(files, args.start):
        name = new_name(path, number, args)
        if name != path.name:
            check_name(name)
            pairs.append((path, path.with_name(name)))
    taken = {}
    for old, new in pairs:
        key = str(new).casefold()
        if key in taken:
            raise Refused(f"{taken[key].name} and {old.name} would both be called {new.name}.")
        taken[key] = old
    leaving = {str(old).casefold() for old, _ in pairs}
    for old, new in pairs:
        if os.path.lexists(new) and str(new).casefold() not in leaving:
            raise Refused(f"{old.name} cannot be called {new.name}: that file is there already.")
    return pairs


# --- doing it -----------------------------------------------------------------------------------


def move(old, new):
    """Rename one file; refuse a name that was taken a moment ago."""
    same = os.path.lexists(new) and os.path.samefile(old, new)  # only the case of letters differs
    if same or os.name == "nt":  # os.rename of Windows never overwrites
        os.rename(old, new)
        return
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as error:
        if error.errno == errno.EEXIST:
            raise Refused(f"{new} is there already: {old.name} keeps its name.") from None
        if os.path.lexists(new):
            raise
        os.rename(old, new)  # a file system without hard links
        return
    os.unlink(old)


def do(pairs):
    """Rename all, or none; where names change places, through a name in between."""
    leaving = {str(old).casefold() for old, _ in pairs}
    first, then = [], []
    for count, (old, new) in enumerate(pairs):
        between = old.with_name(f".rename-{os.getpid()}-{count}")
        if str(new).casefold() in leaving and str(new).casefold() != str(old).casefold():
            first.append((old, between))
            then.append((between, new))
        else:
            first.append((old, new))
    done = []
    try:
        for old, new in first + then:
            move(old, new)
            done.append((new, old))
    except (Refused, OSError) as error:
        for new, old in reversed(done):
            move(new, old)
        raise Refused(f"{error} Nothing was renamed.") from None


def table(pairs, folder):
    rows = [("Old name", "New name")]
    rows += [(path.relative_to(folder).as_posix(), new.name) for path, new in pairs]
    width = max(len(old) for old, _ in rows)
    rows.insert(1, ("-" * width, "-" * max(len(new) for _, new in rows)))
    return [f"{old.ljust(width)}  {new}" for old, new in rows]


# --- the command line ---------------------------------------------------------------------------


def build_parser():
    parser = argparse.ArgumentParser(
        description="Renames files of a folder by a pattern. It never writes over a file.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version="rename.py 1.2")
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER",
                        help="whose files (default: $RENAME_FOLDER, else this folder)")  # fmt: skip
    which = parser.add_argument_group("Which files")
    which.add_argument("--only", default="*", metavar="PATTERN",
                       help="files whose name fits, such as *.jpg (default: all)")  # fmt: skip
    which.add_argument("--recursive", action="store_true", help="files of the folders below, too")
    names = parser.add_argument_group("New names", "At least one of these is needed.")
    names.add_argument("--find", metavar="TEXT", help="the part of the name that goes")
    names.add_argument("--to", metavar="TEXT", help="what stands in its place; {n} counts up")
    letters = names.add_mutually_exclusive_group()
    letters.add_argument("--lower", action="store_true", help="small letters only")
    letters.add_argument("--upper", action="store_true", help="capital letters only")
    parser.add_argument("--regex", action="store_true", help="--find is a regular expression")
    parser.add_argument("--start", type=int, default=1, metavar="NUMBER",
                        help="the first number of {n} (default: %(default)s)")  # fmt: skip
    parser.add_argument("--digits", type=int, default=3, choices=range(1, 10),
                        help="how many digits {n} has at least (default: %(default)s)")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="show the new names, change nothing")
    return parser


def run(args):
    folder = args.folder or Path(os.environ.get("RENAME_FOLDER") or ".")
    files = chosen(folder, args.only, args.recursive)
    pairs = plan(files, args)
    count = f"{len(pairs):,} of {len(files):,} files"
    if not pairs:
        print(f"{count} get a new name.")
        return
    if args.dry_run:
        print(f"{count} would get a new name. Nothing was changed.\n")
    else:
        do(pairs)
        print(f"{count} have a new name.\n")
    print(*table(pairs, folder), sep="\n")


def main():
    sys.stdout.reconfigure(errors="replace")
    parser = build_parser()
    args = parser.parse_args()
    if args.to is None and not (args.find or args.lower or args.upper):
        parser.error("nothing to do: give --find, --to, --lower or --upper")
    if args.find == "":
        parser.error("argument --find: it is empty; leave it out to give a whole new name")
    if args.start < 0:
        parser.error(f"argument --start: {args.start} is below 0")
    try:
        run(args)
    except (Refused, OSError) as error:
        print(f"rename.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
