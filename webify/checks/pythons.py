"""Is the Python that runs webify one that it knows."""

from __future__ import annotations

import platform
import sys

from webify.checks.check import Check, failure, ok
from webify.settings import Settings

OLDEST = (3, 11)


def own_python(_settings: Settings) -> Check:
    """Say which Python runs webify."""
    sentence = f"webify runs on Python {platform.python_version()}."
    if sys.version_info[:2] < OLDEST:
        needed = ".".join(map(str, OLDEST))
        return failure(
            "Python", sentence, f"Install webify into an environment of Python {needed} or later."
        )
    return ok("Python", sentence)
