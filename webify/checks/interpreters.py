"""Do the interpreters of the tools start, how old are they, and do they find their drivers."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from webify.checks.check import Check, failure, ok, warning
from webify.settings import Settings
from webify.tools.finding import Finder, Found

NAME = "Tools' interpreters"
ODBC = "ODBC drivers"
OLDEST = (3, 8)
PATIENCE = 20.0  # seconds for one interpreter
AT_ONCE = 4
HEAD = 200_000  # bytes of a tool in which an import is looked for
ASK = """
import json, sys
told = {"version": list(sys.version_info[:3]), "pyodbc": None, "drivers": []}
if "pyodbc" in sys.argv:
    try:
        import pyodbc
        told["pyodbc"] = pyodbc.version
        told["drivers"] = pyodbc.drivers()
    except Exception as error:
        told["pyodbc_fault"] = str(error)
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Told:
    """What an interpreter said of itself; fault where it said nothing."""

    version: tuple[int, ...] = ()
    pyodbc: str | None = None
    pyodbc_fault: str = ""
    drivers: tuple[str, ...] = ()
    fault: str = ""


def interpreters(settings: Settings) -> tuple[Check, ...]:
    """Start each interpreter once; no tool is started."""
    users: dict[str, list[Found]] = defaultdict(list)
    for tool in Finder(settings, "").find() or ():
        if tool.interpreter and not tool.fault:
            users[tool.interpreter].append(tool)
    if not users:
        return (ok(NAME, "No tool of this folder needs a Python."),)
    odbc = {python: [t for t in tools if _imports_odbc(t)] for python, tools in users.items()}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = dict(zip(users, pool.map(_asked, users, map(bool, odbc.values())), strict=True))
    return (*_versions(told, users), *_drivers(told, odbc))


def _versions(told: dict[str, Told], users: dict[str, list[Found]]) -> Iterator[Check]:
    wrong = False
    for python, said in told.items():
        tools = _named(users[python])
        if said.fault:
            wrong = True
            yield failure(
                NAME,
                f"{python}, which starts {tools}, does not work: {said.fault}.",
                "Install it again, or name another one with “interpreter” in webify.toml.",
            )
        elif said.version[:2] < OLDEST:
            wrong = True
            yield warning(
                NAME,
                f"{python}, which starts {tools}, is Python {_dotted(said.version)}: its parser "
                "cannot be asked, so that its form is made of its help text.",
                "Give the tool a Python 3.8 or later.",
            )
    if not wrong:
        versions = sorted({said.version for said in told.values()})
        found = ", ".join(_dotted(version) for version in versions)
        which = "Python of the tools starts" if len(told) == 1 else "Pythons of the tools start"
        yield ok(NAME, f"{len(told)} {which}: {found}.")


def _drivers(told: dict[str, Told], odbc: dict[str, list[Found]]) -> Iterator[Check]:
    for python, tools in odbc.items():
        said = told[python]
        if not tools or said.fault:
            continue
        if said.pyodbc is None:
            yield warning(
                ODBC,
                f"{_named(tools)} imports pyodbc, which does not work in {python}: "
                f"{said.pyodbc_fault}.",
                f"{python} -m pip install pyodbc, and the ODBC driver manager of the system.",
            )
        elif not said.drivers:
            yield warning(
                ODBC,
                f"pyodbc {said.pyodbc} in {python} finds no ODBC driver.",
                "Install the driver of your database, like “ODBC Driver 18 for SQL Server”.",
            )
        else:
            yield ok(ODBC, f"pyodbc {said.pyodbc} finds {', '.join(said.drivers)}.")


def _asked(python: str, about_odbc: bool) -> Told:
    words = [python, "-c", ASK, *(["pyodbc"] if about_odbc else [])]
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return Told(fault=f"it did not answer within {PATIENCE:.0f} s")
    except OSError as error:
        return Told(fault=error.strerror or str(error))
    try:
        data = json.loads(done.stdout)
        return Told(**data | {"version": tuple(data["version"]), "drivers": tuple(data["drivers"])})
    except (ValueError, TypeError, KeyError):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return Told(fault=said[-1] if said else f"it ended with {done.returncode}")


def _imports_odbc(tool: Found) -> bool:
    return any(b"pyodbc" in head for head in _heads(tool.stamps))


def _heads(paths: Iterable[str]) -> Iterator[bytes]:
    for path in paths:
        try:
            with Path(path).open("rb") as file:
                yield file.read(HEAD)
        except OSError:
            continue


def _named(tools: Sequence[Found]) -> str:
    names = [tool.name for tool in tools]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
