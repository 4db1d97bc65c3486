"""`webify adapter`: a first module of the site's own for one tool."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from webify.commands.site import settings_of, stop
from webify.errors import WebifyError
from webify.site_adapters.loading import path_of
from webify.site_adapters.writing import starting


@click.command(short_help="Write a commented module for one tool of FOLDER.")
@click.argument("tool")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def adapter(tool: str, folder: Path) -> None:
    """Write a commented module for TOOL into the folder `adapters` of FOLDER.

    Without FOLDER it is the folder at hand.  A file that is there already is left as it is.
    """
    from webify.tools.catalog import Catalog

    settings = settings_of(folder, {})
    catalog = Catalog(settings)
    try:
        catalog.start()
        known = catalog.tool(tool)
    except WebifyError as error:
        stop(error)
    finally:
        catalog.close()
    path = path_of(settings.folder, known.slug)
    if known.command is None:
        click.echo(f"webify: {known.title} cannot be described: {known.error}", err=True)
        sys.exit(1)
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(starting(known))
    except FileExistsError:
        click.echo(f"webify: {path} is there already and stays as it is.", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"webify: {path} cannot be written: {error.strerror}.", err=True)
        sys.exit(1)
    click.echo(f"Wrote {path}. It says nothing yet: take the # away from what you want.")
