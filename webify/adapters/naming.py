"""What the names of a parameter give away: its address, whether it is a secret, or a path."""

from __future__ import annotations

import re
from typing import Iterable, List, Set, Tuple

from webify.model.command import Choice, Kind

_SECRETS = {"password", "passwd", "passphrase", "passcode", "token", "secret", "apikey"}
_KEYS = {"api", "secret", "access", "auth", "account", "subscription", "encryption"}
_PATHS = {"file", "files", "filename", "filenames", "path", "paths", "infile", "outfile"}
_PATHS |= {"filepath", "pathname", "inputfile", "outputfile"}
_MOST_NAMED = 1_000  # characters of a name that may list values
_FOLDERS = {"dir", "directory", "folder", "dirname"}


def words(name: str) -> List[str]:
    """Return the words of a name in lower case: "--apiKey_2" is api, key."""
    parted = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    return [word.lower() for word in re.findall(r"[A-Za-z]+", parted)]


def secret(names: Iterable[str]) -> bool:
    """Say whether a parameter of one of these names holds something to keep hidden."""
    for name in names:
        parts = words(name)
        if parts and parts[-1] in _SECRETS:
            return True
        if len(parts) > 1 and parts[-1] == "key" and parts[-2] in _KEYS:
            return True
    return False


def path_kind(names: Iterable[str]) -> Kind:
    """Return the kind that these names (dest, metavar, spellings) tell of, else TEXT."""
    for name in names:
        parts = words(name)
        if parts and parts[-1] in _PATHS:
            return Kind.PATH
        if parts and parts[-1] in _FOLDERS:
            return Kind.DIRECTORY
    return Kind.TEXT


def named_values(metavar: str) -> Tuple[Choice, ...]:
    """Return the values that the name of a value lists: "{auto,never}", "[yes|no]", "on|off".

    Words in capitals between bars are kinds of values, such as FILE|URL.
    """
    if len(metavar) > _MOST_NAMED:
        return ()
    braced = metavar[:1] == "{" and metavar[-1:] == "}"
    bare = metavar[1:-1] if braced or (metavar[:1] + metavar[-1:]) in ("[]", "()") else metavar
    said = bare.split("," if braced and "|" not in bare else "|")
    values = [each.strip() for each in said]
    if len(values) < 2 or not all(re.fullmatch(r"[\w.:+-]{1,60}", each) for each in values):
        return ()
    if not braced and any(each.upper() == each and each.isalpha() for each in values):
        return ()
    return tuple(Choice(each) for each in dict.fromkeys(values))


def version_in(text: object) -> str:
    """Return the version number in what a tool says of itself, or ""."""
    found = re.search(r"\d+(?:\.\d+)+[\w.+-]*|\b\d+\b", text) if isinstance(text, str) else None
    return found.group() if found else ""


def longest(spellings: Iterable[str]) -> str:
    """Return the longest spelling without its prefix characters, the first of equals."""
    best = ""
    for spelling in spellings:
        bare = re.sub(r"^\W+", "", spelling)
        if len(bare) > len(best):
            best = bare
    return best


def part(name: str) -> str:
    """Return the name as the last part of an address: no dots, never empty."""
    return re.sub(r"[.:\s]+", "_", name) or "value"


class Addresses:
    """Give the parameters of one command addresses that differ."""

    def __init__(self, prefix: str) -> None:
        """Put `prefix` ("put." or "") before each."""
        self.prefix = prefix
        self.taken: Set[str] = set()

    def take(self, *wishes: str) -> str:
        """Return the first wish that is free, else the last one with a number."""
        for wish in wishes:
            if wish and self._free(part(wish)):
                return self._keep(part(wish))
        base, name, number = part(wishes[-1]), part(wishes[-1]), 1
        while not self._free(name):
            number += 1
            name = f"{base}_{number}"
        return self._keep(name)

    def _free(self, name: str) -> bool:
        return name not in self.taken

    def _keep(self, name: str) -> str:
        self.taken.add(name)
        return self.prefix + name
