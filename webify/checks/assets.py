"""Are the style sheets and scripts there, and are they the ones that were shipped."""

from __future__ import annotations

import hashlib

from webify import places
from webify.checks.check import Check, failure, ok
from webify.settings import Settings

AGAIN = "Install webify again."


def static_files(_settings: Settings) -> Check:
    """Compare each vendored file with the digest that was written down for it."""
    static = places.static()
    lines = (static / "vendor" / "VERSIONS").read_text("utf-8").splitlines()
    listed = [line.split() for line in lines if "sha256:" in line]
    for name, *_, digest in listed:
        try:
            found = hashlib.sha256((static / name).read_bytes()).hexdigest()
        except OSError as error:
            return failure("Page files", f"{static / name}: {error.strerror}.", AGAIN)
        if digest != f"sha256:{found}":
            return failure(
                "Page files", f"{static / name} is not the file that was shipped.", AGAIN
            )
    for folder in (places.templates(), static):
        if not any(folder.iterdir()):
            return failure("Page files", f"{folder} is empty.", AGAIN)
    return ok("Page files", f"All {len(listed)} vendored files are as they were shipped.")
