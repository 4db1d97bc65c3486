"""What the address of a run's page says of what is seen there."""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

# "files", "as.2", "1.sort": never a name that begins with "_", which means more to url_for().
NAME = re.compile(
    r"(?!part$|told$|until$|run_id$|block$|way$|tab$|answer$)[a-z0-9]{1,20}(?:\.[a-z0-9]{1,20}){0,2}"
)

State = dict[str, list[str]]


def state_of(given: MultiDict[str, str], **changes: str) -> State:
    """Return the fields of such an address that a link to another view of the page keeps.

    A change to "" takes a field away.
    """
    state = {name: texts for name, texts in given.lists() if NAME.fullmatch(name)}
    state |= {name: [text] for name, text in changes.items()}
    return {name: texts for name, texts in state.items() if texts != [""]}
