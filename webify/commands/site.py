"""What the commands share: the settings of a site, and how an error is told in a terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from webify.errors import WebifyError
from webify.settings import Settings, load_settings


def stop(error: WebifyError) -> NoReturn:
    """Say the sentence of one of our errors and leave with its exit code."""
    click.echo(f"webify: {error}", err=True)
    sys.exit(error.exit_code)


def json_of(data: object) -> str:
    """Return data as JSON for people and programs; half a character of a file name is escaped."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return text.encode(errors="backslashreplace").decode()


def settings_of(folder: Path, options: dict[str, Any]) -> Settings:
    """Return the settings of a site, or stop with the sentence that says what is wrong."""
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return load_settings(folder, given)
    except WebifyError as error:
        stop(error)
