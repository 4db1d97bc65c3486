"""Time from POST to the output of a tool on its page, beside the same tool in the shell.

    python -m benchmarks.hello [--times 20] [--without-pandas]

hello is started anew (warm = false), as a tool of which nothing is said (Python alone waits for a
tool that is run again and again), and from a process that has imported its modules (warm = true).
So is a tool that imports pandas, which is installed into an environment of its own meanwhile.
All are measured in turn, so that a noisy machine hurts all alike; read the ratios.  A moment of
calm is before each, in the shell as on the site: nobody presses Run again within it, and what one
has left to do is not counted for the other.  The client is the least that can ask: the time that
a browser takes to draw is not the site's.  The last column is the time until all of the page has
come, with what it says of the end of the run.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.serving import Site

TOOLS = Path(__file__).resolve().parent / "tools"
PANDAS = """
import argparse
import pandas

parser = argparse.ArgumentParser(description="Greet with a data frame.")
parser.add_argument("name")
print(pandas.DataFrame({"greeting": ["Hello, " + parser.parse_args().name]}).to_csv())
"""
LIMIT = 20.0  # seconds that one may take
CALM = 0.1  # seconds before each measurement


@dataclass(frozen=True)
class Case:
    """A tool, the interpreter that the shell starts it with, and its bound."""

    name: str
    script: str
    python: str
    target: float


def in_the_shell(folder: Path, case: Case) -> float:
    """Return the seconds that the tool takes when it is started from a program."""
    time.sleep(CALM)
    began = time.perf_counter()
    words = [case.python, str(folder / f"{case.script}.py"), "Ada"]
    done = subprocess.run(words, capture_output=True, text=True)
    took = time.perf_counter() - began
    assert "Hello, Ada" in done.stdout, done
    return took


class Client:
    """One connection to a site, kept open as a browser keeps it."""

    def __init__(self, site: Site) -> None:
        """Connect, and fetch the token that a form carries."""
        site.post("/tools/hello", {":show": "1", "name": "Ada"})
        self.address = site.address
        self.body = urlencode({":csrf": site.token, "name": "Ada"})
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": site.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in site.browser.cookies.items()),
        }
        self.connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=LIMIT)

    def asked(self, method: str, path: str, body: str | None = None) -> tuple[str, str]:
        """Return where an answer leads to, and its text."""
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        return answer.getheader("Location", ""), answer.read().decode()

    def seconds(self, script: str) -> tuple[float, float]:
        """Return the seconds from the POST until the output is on the page, and until its end."""
        time.sleep(CALM)
        began = time.perf_counter()
        place, text = self.asked("POST", f"/tools/{script}", self.body)
        assert place, text
        page, seen = urlsplit(place).path, 0.0
        while not seen:
            assert time.perf_counter() - began < LIMIT, text
            self.connection.request("GET", page, None, self.headers)
            answer, text = self.connection.getresponse(), ""
            while piece := answer.read1():
                text += piece.decode(errors="replace")
                if not seen and "Hello, Ada" in text:
                    seen = time.perf_counter() - began
            answer.close()  # the connection goes on
        return seen, time.perf_counter() - began


def with_pandas(folder: Path) -> str:
    """Make an environment that has pandas; return its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    words = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "pandas"]
    subprocess.run(words, check=True)
    return str(python)


def prepared(folder: Path, *, pandas: bool) -> list[Case]:
    """Fill a folder of tools; return what is measured."""
    shutil.copy(TOOLS / "hello.py", folder / "hello.py")
    for other in ("hello_anew", "hello_warm"):
        shutil.copy(TOOLS / "hello.py", folder / f"{other}.py")
    settings = "[tools.hello_warm]\nwarm = true\n[tools.hello_anew]\nwarm = false\n"
    cases = [
        Case("hello, anew", "hello_anew", sys.executable, 1.2),
        Case("hello", "hello", sys.executable, 1.2),
        Case("hello, warm", "hello_warm", sys.executable, 0.35),
    ]
    if pandas:
        python = with_pandas(folder / ".pandas")
        (folder / "frame.py").write_text(PANDAS, encoding="utf-8")
        settings += f"[tools.frame]\nwarm = true\ninterpreter = '{python}'\n"
        cases.append(Case("pandas, warm", "frame", python, 0.1))
    (folder / "webify.toml").write_text(settings, encoding="utf-8")
    return cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--without-pandas", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as tools, tempfile.TemporaryDirectory() as data:
        folder = Path(tools)
        cases = prepared(folder, pandas=not words.without_pandas)
        with Site(folder, Path(data)) as site:
            client = Client(site)
            for case in cases * 4:  # the first runs of a tool start what later ones use
                in_the_shell(folder, case), client.seconds(case.script)
            rounds = [
                [(in_the_shell(folder, case), client.seconds(case.script)) for case in cases]
                for _ in range(words.times)
            ]
    print(f"median of {words.times}, side by side")
    print("what              shell ms   site ms   times the shell   at most   all of the page ms")
    for case, taken in zip(cases, zip(*rounds, strict=True), strict=True):
        shell = statistics.median(each for each, _ in taken) * 1000
        page, end = (statistics.median(each[n] for _, each in taken) * 1000 for n in (0, 1))
        told = f"{case.name:<16}{shell:10.1f}{page:10.1f}{page / shell:18.2f}{case.target:10.2f}"
        print(f"{told}{end:21.1f}")


if __name__ == "__main__":
    main()
