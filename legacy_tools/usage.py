#!/usr/bin/env python3
"""Disk usage: which folders, kinds or years of files fill a disk."""

import fnmatch
import os
import sys
from collections import defaultdict
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import click


def find_files(folder, exclude, faults):
    """Return the entries of all files below a folder; links are not followed."""
    found, stack = [], [os.fspath(folder)]
    while stack:
        place = stack.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            faults.append(f"{place} cannot be read: {error.strerror}.")
            continue
        for entry in entries:
            if any(fnmatch.fnmatch(entry.name.lower(), each.lower()) for each in exclude):
                continue
            if entry.is_dir(follow_symlinks=False):
                stack.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                found.append(entry)
    return found


def group_of(entry, stat, folder, by, depth):
    if by == "kind":
        return os.path.splitext(entry.name)[1].lower() or "(none)"
    if by == "year":
        return str(datetime.fromtimestamp(stat.st_mtime).year)
    parts = Path(entry.path).relative_to(folder).parent.parts[:depth]
    return "/".join(parts) or "."


def go_on(count, ask_above, folder):
    """Ask before many files are read; stop where the answer is no, or nobody answers."""
    question = f"{folder} holds {count:,} files, more than {ask_above:,}. Read them all?"
    try:
        if click.confirm(question, err=True):
            return
    except click.Abort:
        click.echo(err=True)  # the question stands on a line of its own
        raise click.ClickException(
            "Nobody answered, and nothing was read. Add --yes to read them all without a question."
        ) from None
    raise click.ClickException("Nothing was read.")


def measure(entries, folder, by, depth, show_progress):
    """Return {group: [files, bytes, largest file]}."""
    groups = defaultdict(lambda: [0, 0, 0])
    bar = click.progressbar(entries, label="Reading sizes", file=sys.stderr, update_min_steps=50)
    with bar if show_progress else nullcontext(entries) as each_entry:
        for entry in each_entry:
            try:
                stat = entry.stat(follow_symlinks=False)
            except OSError:  # gone since it was found
                continue
            group = groups[group_of(entry, stat, folder, by, depth)]
            group[0] += 1
            group[1] += stat.st_size
            group[2] = max(group[2], stat.st_size)
    return groups


def table(groups, by, top, least):
    """Return lines: header and rows, largest first, two blanks apart, numbers to the right."""
    whole = sum(size for _, size, _ in groups.values()) or 1
    ranked = sorted(groups.items(), key=lambda item: (-item[1][1], item[0]))
    rows = [
        (name, f"{count:,}", f"{size / 1e6:,.2f}", f"{100 * size / whole:.1f}", f"{big / 1e6:,.2f}")
        for name, (count, size, big) in ranked
        if size >= least * 1e6
    ]
    heads = (by.title(), "Files", "Size MB", "Share %", "Largest MB")
    lines = [heads, *rows[:top]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for row in lines:
        first, *others = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((first, *others)).rstrip()
    if len(rows) > top:
        yield f"\n{len(rows) - top:,} smaller ones are not shown (--top)."


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, readable=True, path_type=Path),
    envvar="USAGE_FOLDER",
    required=False,
)
@click.option(
    "--by",
    type=click.Choice(["folder", "kind", "year"]),
    default="folder",
    show_default=True,
    help="A line for each folder, kind of file or year of the last change.",
)
@click.option(
    "--depth",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="How many folders deep the lines go.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=25,
    show_default=True,
    help="Show so many lines, the largest ones.",
)
@click.option(
    "--at-least",
    type=click.FloatRange(min=0),
    default=0,
    show_default=True,
    metavar="MB",
    help="Show only what is at least so large.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out names like this, such as *.tmp. May be repeated.",
)
@click.option(
    "--ask-above",
    type=click.IntRange(min=0),
    default=20_000,
    show_default=True,
    metavar="FILES",
    help="Ask before more files than this are read.",
)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--progress/--no-progress",
    default=None,
    help="Show a progress bar, or none (default: when standard error is a terminal).",
)
@click.version_option("1.4", prog_name="usage.py")
def usage(folder, by, depth, top, at_least, exclude, ask_above, yes, progress):
    """Measure what fills FOLDER: its folders, kinds of files, or years.

    FOLDER is the one you are in, unless USAGE_FOLDER names another. Nothing is changed.
    """
    folder = folder or Path()
    faults = []
    entries = find_files(folder, exclude, faults)
    if len(entries) > ask_above and not yes:
        go_on(len(entries), ask_above, folder)
    if progress is None:
        progress = sys.stderr.isatty()
    groups = measure(entries, folder, by, depth, progress)
    total = sum(size for _, size, _ in groups.values())
    click.echo(f"{len(entries):,} files, {total / 1e6:,.2f} MB in {folder.resolve().name}.")
    if groups:
        click.echo()
        for line in table(groups, by, top, at_least):
            click.echo(line)
    for fault in faults:
        click.echo(f"usage.py: {fault}", err=True)
    if faults:
        sys.exit(1)


if __name__ == "__main__":
    usage(prog_name="usage.py")
