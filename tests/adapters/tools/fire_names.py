"""Small helpers: all names of the file are commands."""

import json
import os.path
from pathlib import Path

import fire

__version__ = "0.3"
LIMIT = 3


@fire.decorators.SetParseFns(code=str, day=json.loads)
def mark(code, day=None, password="geheim", *, loud=False, size):
    """Mark a shelf."""
    return code, day, loud, size, password


def total(*numbers: float):
    """Add up.

    Args:
        *numbers: What is added.
    """
    return sum(numbers)


group = {"first": total, "sizes": [1, 2], "inner": {"mark": mark}}


if __name__ == "__main__":
    fire.Fire()
