"""Set the tools of a corpus folder up: Python packages, packages of the system, node packages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PYTHON = "3.11"
WORK = Path("~/.cache/webify-introspection").expanduser()


@dataclass(frozen=True)
class Corpus:
    """A folder of oracles, and where its tools are installed.

    folder   holds oracles/, measure_introspection.py, requirements.txt, apt.txt, npm.txt
    work     holds a virtual environment for each group, and npm/
    groups   the requirement lines of each group
    """

    folder: Path
    work: Path
    groups: dict[str, tuple[str, ...]]

    def program(self, invoke: dict[str, str]) -> Path | None:
        """Return the program that an oracle names, where it is installed."""
        name = invoke.get("script") or invoke.get("exe") or ""
        if "pip" in invoke:
            return self._in_environments(invoke["pip"], name)
        if "npm" in invoke:
            beside = self.work / "npm" / "node_modules" / ".bin" / name
            return beside if beside.exists() else None
        found = shutil.which(name)
        return Path(found) if found else None

    def _in_environments(self, package: str, name: str) -> Path | None:
        """Return a program of an environment; one whose group names the package comes first."""
        wanted = normal(package)
        ordered = sorted(
            self.groups, key=lambda group: wanted not in map(normal, self.groups[group])
        )
        for group in ordered:
            path = self.work / group / "bin" / name
            if path.exists():
                return path
        return None


def normal(requirement: str) -> str:
    """Return the name of a requirement as package registries compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[=<>!~;@]", requirement, maxsplit=1)[0]).lower()


def read_corpus(folder: Path, work: Path) -> Corpus:
    """Read which packages a corpus names."""
    groups: dict[str, list[str]] = {}
    group = "tools"
    for line in _lines(folder / "requirements.txt", comments=True):
        heading = re.match(r"#\s*group\s+(\S+)", line)
        if heading:
            group = heading[1]
        elif not line.startswith("#"):
            groups.setdefault(group, []).append(line)
    return Corpus(folder, work, {name: tuple(lines) for name, lines in groups.items()})


def set_up(corpus: Corpus) -> list[str]:
    """Install what is not there yet, and return what could not be installed, in words."""
    corpus.work.mkdir(parents=True, exist_ok=True)
    faults = _system_packages(_lines(corpus.folder / "apt.txt"))
    for group, lines in corpus.groups.items():
        faults += _environment(corpus.work, group, lines)
    return faults + _node_packages(corpus.work / "npm", _lines(corpus.folder / "npm.txt"))


def _lines(path: Path, *, comments: bool = False) -> list[str]:
    """Return the lines of a list, without what is empty and without comments."""
    if not path.exists():
        return []
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    if not comments:
        lines = [line.partition("#")[0].strip() for line in lines]
    return [line for line in lines if line]


def _environment(work: Path, group: str, lines: tuple[str, ...]) -> list[str]:
    """Make one virtual environment; a file beside it says what was installed into it."""
    marker = work / f"{group}.txt"
    python = work / group / "bin" / "python"
    text = "".join(f"{line}\n" for line in lines)
    if python.exists() and marker.exists() and marker.read_text("utf-8").split() == text.split():
        return []
    print(f"installing {group}: {len(lines)} packages", flush=True)
    fault = _run([_python(), "-m", "venv", str(work / group)])
    if not fault:
        fault = _run([str(python), "-m", "pip", "install", "-q", *lines])
    if fault:
        return [f"group {group}: {fault}"]
    marker.write_text(text, encoding="utf-8")
    return []


def _python() -> str:
    """Return the interpreter of the version that the corpus was made with, else ours."""
    if sys.version_info[:2] == tuple(map(int, PYTHON.split("."))):
        return sys.executable
    kept = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{PYTHON}.*/bin/python"))
    return shutil.which(f"python{PYTHON}") or (str(kept[-1]) if kept else sys.executable)


def _system_packages(names: list[str]) -> list[str]:
    missing = [name for name in names if not _installed(name)]
    if not missing:
        return []
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return [f"system packages not installed (needs root and apt-get): {' '.join(missing)}"]
    print(f"installing {len(missing)} packages of the system", flush=True)
    _run([apt, "update", "-qq"])
    install = [apt, "install", "-y", "-qq", "--no-install-recommends"]
    if not _run([*install, *missing]):
        return []
    faults = {name: _run([*install, name]) for name in missing}  # the others, one by one
    return [f"system package {name}: {fault}" for name, fault in faults.items() if fault]


def _installed(name: str) -> bool:
    if shutil.which("dpkg-query") is None:
        return False
    asked = ["dpkg-query", "-W", "-f=${db:Status-Status}", name]
    return subprocess.run(asked, capture_output=True, text=True).stdout == "installed"


def _node_packages(prefix: Path, lines: list[str]) -> list[str]:
    missing = [line for line in lines if not _there(prefix, line)]
    if not missing:
        return []
    npm = shutil.which("npm")
    if npm is None:
        return [f"node packages not installed (there is no npm): {' '.join(missing)}"]
    print(f"installing {len(missing)} node packages", flush=True)
    prefix.mkdir(parents=True, exist_ok=True)
    fault = _run([npm, "install", "--no-audit", "--no-fund", "--prefix", str(prefix), *lines])
    return [f"node packages: {fault}"] if fault else []


def _there(prefix: Path, line: str) -> bool:
    name, at, version = line.rpartition("@")
    name, version = (name, version) if at and name else (line, "")
    try:
        text = (prefix / "node_modules" / name / "package.json").read_text("utf-8")
    except OSError:
        return False
    return not version or json.loads(text).get("version") == version


def _run(argv: list[str]) -> str:
    """Run a command of an installer, and return the last that it said where it failed."""
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace"
    )
    if done.returncode == 0:
        return ""
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return said[-1] if said else f"ended with code {done.returncode}"
