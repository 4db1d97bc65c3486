"""Which Python starts a tool: the one that is named, that of a virtual environment, or ours."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

VENVS = (".venv", "venv")


def named_interpreter(name: str, folder: Path) -> str:
    """Return the path of an interpreter that webify.toml names: a program or a path."""
    if "/" in name or os.sep in name:
        return str(folder / Path(name).expanduser())
    return shutil.which(name) or name


def interpreter_for(shebang: str, *folders: Path) -> str:
    """Return the interpreter of a script.

    A first line that names the Python of a virtual environment is followed; then come .venv
    and venv in the folders, the nearest first; then the Python that runs webify, as
    `#!/usr/bin/env python3` says no more than "some Python".
    """
    if shebang and (Path(shebang).parent.parent / "pyvenv.cfg").is_file():
        return shebang
    for folder in folders:
        for name in VENVS:
            python = _python_of(folder / name)
            if (folder / name / "pyvenv.cfg").is_file() and python.exists():
                return str(python)
    return sys.executable


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
    first = re.match(r"#![ \t]*(\S*python[\w.]*)", "".join(lines[:1]))
    long = re.match(r"'''exec' \"?([^\" ]+)", "".join(lines[1:]))  # where the path is too long
    if first:
        return first.group(1)
    if long:
        return long.group(1)
    return sys.executable if re.match(r"#!.*\benv (-S )?python", "".join(lines[:1])) else ""


def _python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
