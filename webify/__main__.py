"""The command line of webify: `webify serve DIR`, `webify demo`, `webify list DIR` and more."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from webify import places
from webify.commands.adapter import adapter
from webify.commands.doctor import doctor
from webify.commands.report import report
from webify.commands.show import show
from webify.commands.site import settings_of, stop
from webify.commands.streams import open_streams
from webify.errors import WebifyError
from webify.version import installed_version


@click.group(
    commands=[adapter, doctor, report, show],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(installed_version() or "unknown", prog_name="webify")
def main() -> None:
    """Turn the command-line tools you already have into web pages."""
    open_streams()


def served(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `serve` and `demo` share."""
    for option in (
        click.option("--open", "opened", is_flag=True, help="Open the site in the browser."),
        click.option("--data", type=click.Path(file_okay=False), help="Where runs are kept."),
        click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [8000]"),
        click.option("--host", help="Address to listen on.  [127.0.0.1]"),
    ):
        command = option(command)
    return command


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@served
def serve(folder: Path, opened: bool, **options: Any) -> None:
    """Serve the tools in FOLDER as a web site."""
    run_site(folder, opened, options)


@main.command()
@served
def demo(opened: bool, **options: Any) -> None:
    """Serve the six tools that come with webify, to try it."""
    run_site(places.legacy_tools(), opened, options)


@main.command(name="list")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def list_(folder: Path) -> None:
    """List the tools in FOLDER, and say which cannot be described.

    Without FOLDER it is the folder at hand.
    """
    from webify.tools.catalog import Catalog

    settings = settings_of(folder, {})
    catalog = Catalog(settings)
    try:
        catalog.start()
        catalog.settled(600.0)
        tools = catalog.tools()
        widest = max((len(tool.slug) for tool in tools), default=0)
        for tool in tools:
            what = tool.error or f"{tool.framework}, {tool.summary or 'no summary'}"
            click.echo(f"{tool.slug:<{widest}}  {what}")
        if not tools:
            click.echo(f"There is no tool in {settings.folder}.")
    finally:
        catalog.close()


def run_site(folder: Path, opened: bool, options: dict[str, Any]) -> None:
    """Prepare and serve one site until it is told to stop."""
    from webify.keeping.room import fault_of
    from webify.server import open_to_others
    from webify.server import serve as serve_site
    from webify.tools.prepare import prepare

    settings = settings_of(folder, options)

    def ready(address: str) -> None:
        click.echo(f"webify serves {settings.name} at {address}")
        click.echo(f"Runs are kept in {settings.data}. Ctrl C stops the site.")
        if open_to_others(settings.host):
            click.echo(
                "Everybody who can reach this machine may run these tools, and no password is "
                "asked. Without --host only this machine can."
            )
        sys.stdout.flush()
        if opened:
            webbrowser.open(address)

    try:
        if not fault_of(settings.data):  # else it is done when reading mode ends
            prepare(settings)
        serve_site(settings, ready)
    except WebifyError as error:
        stop(error)


if __name__ == "__main__":
    main(prog_name="webify")  # also where Python was told to run the module
