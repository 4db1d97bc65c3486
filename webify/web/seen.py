"""What the address of a run's page says of what is seen there."""

from __future__ import annotations

import re
from collections.abc import Mapping

# "tab", "files", "1.sort": never a name that begins with "_", which means more to url_for().
NAME = re.compile(r"(?!part$|until$|run_id$)[a-z0-9]{1,20}(?:\.[a-z0-9]{1,20}){0,2}")


def seen_state(given: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of such an address that a link to another view of the page keeps."""
    return {name: text for name, text in given.items() if NAME.fullmatch(name)}
