"""Which Python starts a tool: the one that is named, that of a virtual environment, or ours."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

VENVS = (".venv", "venv")
ANY_PYTHON = re.compile(r"python3?w?(?:\.exe)?")


def named_interpreter(name: str, folder: Path) -> str:
    """Return the path of an interpreter that webify.toml names: a program or a path."""
    if "/" in name or os.sep in name:
        return str(folder / Path(name).expanduser())
    return shutil.which(name) or name


def interpreter_for(shebang: str, *folders: Path) -> str:
    """Return the interpreter of a script.

    A first line that names the Python of a virtual environment is followed; then come .venv
    and venv in the folders, the nearest first; then another interpreter that the first line
    names, by a path or with its version; then the Python that runs webify, as
    `#!/usr/bin/env python3` says no more than "some Python".
    """
    named = _named_in(shebang)
    if named and (Path(named).parent.parent / "pyvenv.cfg").is_file():
        return named
    for folder in folders:
        for name in VENVS:
            python = _python_of(folder / name)
            if (folder / name / "pyvenv.cfg").is_file() and python.exists():
                return str(python)
    return named or sys.executable


def _named_in(shebang: str) -> str:
    """Return the interpreter that a first line names, where it is there; not just any Python."""
    words = [word for word in shebang.split() if not word.startswith("-") and "=" not in word]
    if words and Path(words[0]).name in ("env", "env.exe"):
        versioned = words[1:2] if words[1:] and not ANY_PYTHON.fullmatch(words[1]) else []
        return (shutil.which(versioned[0]) or "") if versioned else ""
    path = Path(words[0]) if words else None
    return str(path) if path and path.is_absolute() and os.access(path, os.X_OK) else ""


def console_interpreter(program: Path) -> str:
    """Return the Python that a console script starts, or "" where it is no Python program."""
    if program.suffix.lower() == ".exe":  # the launcher that pip writes on Windows
        for python in (program.parent / "python.exe", program.parent.parent / "python.exe"):
            if python.exists():
                return str(python)
        return ""
    try:
        with program.open("rb") as file:
            lines = file.read(2000).decode("latin-1").splitlines()[:2]
    except OSError:
        return ""
    line = "".join(lines[:1])
    first = re.match(r"#![ \t]*(\S*python[\w.]*)", line)
    long = re.match(r"'''exec' \"?([^\" ]+)", "".join(lines[1:]))  # where the path is too long
    if first:
        return first.group(1)
    if long:
        return long.group(1)
    if not re.match(r"#![^\n]{0,200}\benv (?:-S )?(?:\w{1,50}=\S{0,200} )*python", line):
        return ""
    return _named_in(line[2:]) or sys.executable


def _python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
