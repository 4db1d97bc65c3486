"""100 users in 10 seconds: each loads home and a form, runs the tool and reads its output.

    python -m benchmarks.hundred_users [--users 100] [--seconds 10]

A visit is three answers: home, the form, and the POST with the page that it leads to.
"""

from __future__ import annotations

import argparse
import html
import http.client
import statistics
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from tests.serving import TOKEN, Site

TOOLS = Path(__file__).resolve().parent / "tools"


class Visit(threading.Thread):
    """One user with a connection and a cookie of their own."""

    def __init__(self, host: str, number: int, start: float) -> None:
        """Plan to start at `start` on the monotonic clock."""
        super().__init__()
        self.host, self.number, self.start_at = host, number, start
        self.right = 0
        self.took = float("nan")
        self.fault = ""

    def run(self) -> None:
        """Make the visit; what went wrong is kept as a sentence."""
        time.sleep(max(0.0, self.start_at - time.monotonic()))
        began = time.monotonic()
        try:
            self.visit()
        except (OSError, AssertionError, http.client.HTTPException) as error:
            self.fault = f"user {self.number}: {type(error).__name__}: {error}"
        self.took = time.monotonic() - began

    def visit(self) -> None:
        """Load home and the form, post it, and read the page until the output is there."""
        connection = http.client.HTTPConnection(self.host, timeout=30)
        _, home = self.ask(connection, "GET", "/")
        assert "/tools/hello" in home, "home does not list the tool"
        self.right += 1
        cookie, form = self.ask(connection, "GET", "/tools/hello")
        found = TOKEN.search(form)
        assert found, "the form has no token"
        self.right += 1
        name = f"user{self.number}"
        body = urllib.parse.urlencode({":csrf": html.unescape(found[1]), "name": name})
        headers = {
            "Cookie": cookie,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", "/tools/hello", body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 303, f"POST answered {answer.status}"
        address = answer.headers["Location"]
        for _ in range(100):
            _, page = self.ask(connection, "GET", address, {"Cookie": cookie})
            if f"Hello, {name}" in page:
                self.right += 1
                break
        connection.close()

    def ask(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
    ) -> tuple[str, str]:
        """Return the cookie and the text of a page."""
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, f"{path} answered {answer.status}"
        return (answer.headers.get("Set-Cookie") or "").partition(";")[0], text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=10.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, Site(TOOLS, Path(data)) as site:
        site.ended(site.run("/tools/hello", {"name": "Ada"}))
        idle = site.memory
        host = site.address.removeprefix("http://")
        begin = time.monotonic() + 0.5
        gap = asked.seconds / asked.users
        visits = [Visit(host, n, begin + n * gap) for n in range(asked.users)]
        for visit in visits:
            visit.start()
        for visit in visits:
            visit.join()
        busy = site.memory
    took = sorted(visit.took * 1000 for visit in visits)
    right = sum(visit.right for visit in visits)
    for visit in visits:
        if visit.fault:
            print(visit.fault)
    print(f"{asked.users} users in {asked.seconds:g} s")
    print(f"right answers       {right} of {3 * asked.users}")
    print(f"visit, median       {statistics.median(took):8.0f} ms")
    print(f"visit, 95 %         {took[int(len(took) * 0.95) - 1]:8.0f} ms")
    print(f"visit, slowest      {took[-1]:8.0f} ms")
    print(f"server, idle        {idle / 1e6:8.1f} MB")
    print(f"server, afterwards  {busy / 1e6:8.1f} MB")


if __name__ == "__main__":
    main()
