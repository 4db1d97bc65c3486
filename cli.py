"""Start webify from a checkout: make .venv on the first call, then pass the words on.

python3 cli.py serve DIR      serve a folder of tools, as `webify serve DIR` does
python3 cli.py test [ARGS]    run all checks; ARGS go to pytest
python3 cli.py ANYTHING       the same as `webify ANYTHING`

Python 3.11 or newer runs it; an older one must still be able to read it, to be told so.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, NoReturn, Optional, Sequence, TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "webify-installed.json"
LOCK = ROOT / ".venv.lock"

# Says "sound" and "pip" for an environment that has them; run by its own interpreter.
EXAMINE = """
import importlib.util, os, sys, sysconfig
sound = sys.version_info >= (3, 11) and os.path.isdir(sysconfig.get_path("purelib"))
print("sound" * sound, "pip" * bool(importlib.util.find_spec("pip")))
"""
DRIVERS = "import pyodbc; print(*pyodbc.drivers(), sep='\\n')"
VERMIN = "import sys, vermin; sys.argv[0] = 'vermin'; sys.exit(vermin.main())"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
OLD_PYTHON = (
    "webify/model",
    "webify/adapters",
    "webify/tools/probe.py",
    "webify/runs/ahead",
    "cli.py",
)
PATIENCE = 600  # seconds that apt-get waits for another one


class Stop(Exception):
    """A sentence for the person at the terminal, and the exit code."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        """Keep both."""
        super().__init__(sentence)
        self.exit_code = exit_code


class Need(NamedTuple):
    """Something that the tests need and pip cannot bring: who has it on Debian, and elsewhere."""

    name: str
    debian: str
    elsewhere: str


ODBC = Need("unixODBC", "unixodbc", "www.unixodbc.org")
SQLITE = Need("the ODBC driver of SQLite", "libsqliteodbc", "www.ch-werner.de/sqliteodbc")
POSTGRESQL = Need("the ODBC driver of PostgreSQL", "odbc-postgresql", "odbc.postgresql.org")
MARIADB = Need("the ODBC driver of MariaDB", "odbc-mariadb", "mariadb.com (Connector/ODBC)")
SERVER = Need("a PostgreSQL server", "postgresql", "www.postgresql.org, its bin folder on PATH")
BROWSER = Need("Chromium", "chromium", "www.chromium.org, on PATH")


def main(words: Sequence[str]) -> int:
    """Do what the words say; return the exit code."""
    if sys.version_info < (3, 11):
        version = ".".join(str(part) for part in sys.version_info[:3])
        say(f"webify needs Python 3.11 or newer; {sys.executable} is Python {version}.")
        say("Call cli.py with a newer one, like: python3.12 cli.py serve legacy_tools")
        return 1
    try:
        if words[:1] == ["test"]:
            install(["test"])
            bring_system_parts()
            return run_checks(words[1:])
        install([])
    except Stop as stop:
        say(str(stop))
        return stop.exit_code
    # -P: a file of the current folder must not stand in for one of our modules
    return become([str(PYTHON), "-P", "-m", "webify", *words])


def say(sentence: str) -> None:
    """Tell the person at the terminal; standard output is left to webify."""
    print(sentence, file=sys.stderr, flush=True)


# ---- the environment ---------------------------------------------------------------------------


def install(extras: List[str]) -> None:
    """See to it that .venv holds this checkout and the extras.

    Two calls at once wait for each other, and what an interrupted call left is made anew.
    """
    if installed(extras):
        return
    with locked(LOCK) as note:
        if installed(extras):
            return
        note.seek(0)
        interrupted = bool(note.read())
        note.write("unfinished\n")
        note.flush()
        features = examine()
        if interrupted or "sound" not in features:
            make_venv()
            features = examine()
        failed = run_pip(features, extras)
        if failed:
            note.truncate(0)
            raise Stop("pip could not install webify; its own words stand above.", failed)
        STAMP.write_text(json.dumps({"key": key(), "extras": extras}), encoding="utf-8")
        note.truncate(0)


def installed(extras: List[str]) -> bool:
    """Say whether the last finished installation still holds and had these extras."""
    try:
        stamp: Dict[str, object] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    had = stamp.get("extras")
    return stamp.get("key") == key() and isinstance(had, list) and set(extras) <= set(had)


def key() -> str:
    """Return what changes when the installation has to be done again."""
    told = [str(ROOT), os.path.realpath(PYTHON) if PYTHON.exists() else ""]
    project = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256("\n".join(told).encode() + project).hexdigest()


def examine() -> List[str]:
    """Return what is right with the environment: "sound" and "pip"."""
    try:
        done = subprocess.run([str(PYTHON), "-c", EXAMINE], capture_output=True, text=True)
    except OSError:
        return []
    return done.stdout.split()


def make_venv() -> None:
    """Make an empty environment, with a pip of its own or ours lent to it."""
    words = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if importlib.util.find_spec("ensurepip") is None:
        if importlib.util.find_spec("pip") is None:
            raise Stop(
                "This Python has neither ensurepip nor pip, so webify cannot be installed. On "
                "Debian and Ubuntu this brings it:\n    sudo apt-get install python3-venv"
            )
        words.insert(3, "--without-pip")
    say(f"Making {VENV} ...")
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Stop(f"{done.stdout}The environment {VENV} could not be made.")


def run_pip(features: List[str], extras: List[str]) -> int:
    """Install this checkout, editable, with the extras; return pip's exit code."""
    pip = [str(PYTHON), "-m", "pip"]
    if "pip" not in features:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    what = f".[{','.join(extras)}]" if extras else "."
    say("Installing webify into .venv; this takes a minute the first time ...")
    done = subprocess.run(
        [*pip, "install", "-qq", "--disable-pip-version-check", "--no-input", "-e", what],
        cwd=ROOT,
        env={**os.environ, "PIP_USER": "0"},
        stdout=sys.stderr,
    )
    return done.returncode


@contextlib.contextmanager
def locked(path: Path) -> Iterator[TextIO]:
    """Hold a lock that the system takes back when we end, however that is."""
    with path.open("a+", encoding="utf-8") as file:
        if not take(file, wait=False):
            say("Another call is setting up .venv; waiting for it ...")
            take(file, wait=True)
        yield file


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 30  # the byte that is locked; the text of the file stays readable

    def take(file: TextIO, *, wait: bool) -> bool:
        """Take the lock; say whether we have it."""
        while True:
            try:
                os.lseek(file.fileno(), FAR, os.SEEK_SET)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.2)
            else:
                return True

else:
    import fcntl

    def take(file: TextIO, *, wait: bool) -> bool:
        """Take the lock; say whether we have it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


# ---- starting webify ---------------------------------------------------------------------------


def become(words: List[str]) -> int:
    """Go on as another program, or stay above it where a program cannot be replaced."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(words[0], words)  # noqa: S606 # a list of arguments, no shell
    return stay_above(words)


def stay_above(words: List[str]) -> int:
    """Run a program, hand signals on to it, and return its exit code."""
    children: List[subprocess.Popen[bytes]] = []

    def hand_on(number: int, _frame: object) -> None:
        if number == signal.SIGTERM:
            for each in children:
                each.terminate()
        # Ctrl C and Ctrl Break reach every program of the terminal by themselves

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), hand_on)
    children.append(subprocess.Popen(words))
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return children[0].wait(0.5)  # Windows takes a signal only between two waits


# ---- what pip cannot bring ---------------------------------------------------------------------


def bring_system_parts() -> None:
    """Install what the tests need of the system, or say how and stop."""
    missing = missing_parts()
    if not missing:
        return
    names = ", ".join(need.name for need in missing)
    if not debian():
        lines = "\n".join(f"    {need.name}: {need.elsewhere}" for need in missing)
        raise Stop(f"The tests need more than pip can bring. Install, then call again:\n{lines}")
    packages = sorted({need.debian for need in missing})
    install_words = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not root():
        raise Stop(f"The tests need {names}. This brings it:\n    sudo {' '.join(install_words)}")
    say(f"Installing {names} with apt-get ...")
    if apt_get(install_words, quiet=True):
        apt_get(["apt-get", "update"], quiet=False)
        if apt_get(install_words, quiet=False):
            raise Stop(f"apt-get could not install {' '.join(packages)}; its words stand above.")
    still = ", ".join(need.name for need in missing_parts())
    if still:
        raise Stop(f"apt-get went well, and yet this cannot be found: {still}.")


def missing_parts() -> List[Need]:
    """Return what is not really there, whatever a package list says."""
    asked = subprocess.run([str(PYTHON), "-c", DRIVERS], capture_output=True, text=True)
    built_in = os.name == "nt"  # Windows brings its own ODBC
    there = {
        ODBC: asked.returncode == 0 and (built_in or shutil.which("odbcinst") is not None),
        SQLITE: "SQLite" in asked.stdout,
        POSTGRESQL: "PostgreSQL" in asked.stdout,
        MARIADB: "MariaDB" in asked.stdout,
        SERVER: any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        or bool(shutil.which("initdb")),
        BROWSER: any(shutil.which(name) for name in BROWSERS),
    }
    return [need for need, found in there.items() if not found]


def debian() -> bool:
    """Say whether this is Debian or one of its children."""
    return Path("/etc/debian_version").exists()


def root() -> bool:
    """Say whether this account may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_get(words: List[str], *, quiet: bool) -> int:
    """Run apt-get without questions; return its exit code."""
    done = subprocess.run(
        [words[0], "-o", f"DPkg::Lock::Timeout={PATIENCE}", *words[1:]],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else sys.stderr,
        stderr=subprocess.DEVNULL if quiet else None,
    )
    return done.returncode


# ---- the checks --------------------------------------------------------------------------------

NO_TESTS = 5  # pytest's exit code where it found none


def run_checks(pytest_words: Sequence[str]) -> int:
    """Run each check in turn; stop at the first that fails, with its exit code."""
    python = str(PYTHON)
    old_python = ["-t=3.8-", "--no-tips", "--violations", *OLD_PYTHON]
    checks = {
        "ruff format --check": [python, "-m", "ruff", "format", "--check", "--quiet", "."],
        "ruff check": [python, "-m", "ruff", "check", "--quiet", "."],
        "mypy": [python, "-m", "mypy"],
        "mypy --platform win32": [
            *[python, "-m", "mypy", "--platform", "win32"],
            *["--cache-dir", ".mypy_cache/win32"],
        ],
        "vermin (Python 3.8)": [python, "-c", VERMIN, *old_python],
        # tests start webify hundreds of times, maybe where Python may not keep what it compiles
        "compileall": [python, "-m", "compileall", "-q", "webify"],
    }
    for name, words in checks.items():
        started = time.monotonic()
        done = subprocess.run(
            words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        seconds = time.monotonic() - started
        if done.returncode:
            print(done.stdout, end="")
        print(f"{name:<24}{'failed' if done.returncode else 'ok':<8}{seconds:5.1f} s", flush=True)
        if done.returncode:
            return done.returncode
    together = ["-n", "2", "--dist", "loadfile", "-m", "not clock"]
    alone = ["-m", "clock"]  # bounds of the clock: the machine has nothing else to do
    return run_tests([[*each, *pytest_words] for each in (together, alone)])


def run_tests(passes: Sequence[Sequence[str]]) -> int:
    """Run pytest several times; one that finds no test is well where another one finds some."""
    code = NO_TESTS
    for words in passes:
        print("pytest", *words, flush=True)
        called = [str(PYTHON), "-m", "pytest", *words]
        found = subprocess.run(called, cwd=ROOT, stdin=subprocess.DEVNULL).returncode
        if found not in (0, NO_TESTS):
            return found
        code = min(code, found)
    return code


def run() -> NoReturn:
    """Leave with the exit code; Ctrl C is no fault of ours to trace."""
    try:
        code: Optional[int] = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
