"""Flask behind Tornado: calls a WSGI application and streams both ways with bounded memory.

Tornado's own WSGIContainer joins the whole body before it writes: the first byte of a 2 s stream
came after 2.02 s, and a 200 MB download took 601 MB (benchmarks/streaming.py).  Here a request's
body waits in a spooled file, and an answer goes out chunk by chunk, each one awaited before the
next is made.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import Executor
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from tornado.httputil import HTTPHeaders
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler, stream_request_body

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SPOOL = 1_000_000  # bytes of a body kept in memory before it goes to disk
BATCH = 64_000  # bytes of an answer that are collected before they are sent
BODY_FAULT = "webify.body_fault"  # in the environment: why the body could not be kept
UNBOUNDED = 2**50  # bytes


@stream_request_body
class WSGIHandler(RequestHandler):
    """Hand one request to the WSGI application, in a thread of the executor."""

    def initialize(
        self,
        app: WSGIApplication,
        executor: Executor,
        prefix: str,
        body_bytes: int,
        made: set[asyncio.Future[Any]],
        spool: Path | None = None,
    ) -> None:
        """Keep what the server gave: the most bytes of a body that are kept, and the prefix.

        made    where an answer stands while it is being made
        spool   the folder where large bodies wait, as the system's own may lie in memory
        """
        self.spool = None if spool is None else str(spool)
        self.made = made
        self.app = app
        self.executor = executor
        self.prefix = prefix
        self.body_bytes = body_bytes
        self.received = 0
        self.gone = False
        self.status = 200
        self.headers: list[tuple[str, str]] = []
        self.body: IO[bytes] | None = None
        self.fault: OSError | None = None

    def prepare(self) -> None:
        """Let a body that is too large be read to its end, so that its answer can be read too."""
        self.request.connection.set_max_body_size(UNBOUNDED)  # type: ignore[union-attr] # HTTP/1

    def data_received(self, chunk: bytes) -> None:
        """Keep a piece of the body; past the limit all of it is dropped, and only counted."""
        self.received += len(chunk)
        if self.fault is not None or self.received > self.body_bytes:
            self.drop_body()
            return
        try:
            if self.body is None:
                self.body = tempfile.SpooledTemporaryFile(SPOOL, dir=self.spool)  # noqa: SIM115 # release() closes
            self.body.write(chunk)
        except OSError as error:
            self.drop_body()
            self.fault = error

    def on_connection_close(self) -> None:
        """Remember that nobody reads any more."""
        self.gone = True
        self.drop_body()

    async def serve(self, *_groups: str) -> None:
        """Answer the request."""
        loop = asyncio.get_running_loop()
        answer: Iterable[bytes] = ()
        try:
            making = loop.run_in_executor(self.executor, self.begin)
            self.made.add(making)
            making.add_done_callback(self.made.discard)
            answer, chunks, chunk, more = await making
            self.send_head()
            while True:
                if chunk:
                    self.write(chunk)
                if not more:
                    break
                await self.flush()
                if self.gone:
                    break
                chunk, more = await loop.run_in_executor(self.executor, self.batch, chunks)
            await self.finish()
        except StreamClosedError:
            self.gone = True
        finally:
            self.release(answer)

    get = post = head = put = patch = delete = options = serve

    def begin(self) -> tuple[Iterable[bytes], Iterator[bytes], bytes, bool]:
        """Call the application; return its answer, an iterator over it, and a first batch."""
        answer = self.app(self.environ(), self.start_response)
        chunks = iter(answer)
        try:
            return (answer, chunks, *self.batch(chunks))
        except BaseException:
            self.release(answer)
            raise

    def batch(self, chunks: Iterator[bytes]) -> tuple[bytes, bool]:
        """Return the next bytes of the answer, and whether there may be more.

        A generator that hands out small pieces is a stream: its pieces are not held back.
        """
        collected = next(chunks, None)
        if collected is None:
            return b"", False
        if len(collected) >= BATCH or self.streamed:
            return collected, True
        pieces, size = [collected], len(collected)
        for piece in chunks:
            pieces.append(piece)
            size += len(piece)
            if size >= BATCH:
                return b"".join(pieces), True
        return b"".join(pieces), False

    @property
    def streamed(self) -> bool:
        """Say whether the application told no length: then each piece goes out at once."""
        return all(name.lower() != "content-length" for name, _ in self.headers)

    def start_response(
        self,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: object = None,  # noqa: ARG002 # PEP 3333 names it
    ) -> Callable[[bytes], object]:
        """Take the status and the headers, as PEP 3333 says."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = headers
        return refuse_write

    def send_head(self) -> None:
        """Set what start_response was given, and nothing of Tornado's own."""
        self.set_status(self.status, reason_of(self.status))
        self._headers = HTTPHeaders()
        for name, value in self.headers:
            self.add_header(name, value)

    def compute_etag(self) -> str | None:
        """Leave entity tags to the application."""
        return None

    def environ(self) -> dict[str, Any]:
        """Return the WSGI environment of this request."""
        request = self.request
        if self.body is not None:
            self.body.seek(0)
        host, _, port = request.host.rpartition(":")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": self.prefix,
            "PATH_INFO": unquoted(self.path_info()),
            "QUERY_STRING": request.query,
            "REMOTE_ADDR": request.remote_ip,
            "SERVER_NAME": host or request.host,
            "SERVER_PORT": port if port.isdigit() else "80",
            "SERVER_PROTOCOL": request.version,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": request.protocol,
            "wsgi.input": self.body or io.BytesIO(),
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "CONTENT_LENGTH": str(self.received),
            BODY_FAULT: self.fault,
        }
        environ.update(self.header_variables())
        return environ

    def path_info(self) -> str:
        """Return the path below the site's prefix."""
        path = self.request.path
        if not self.prefix:
            return path
        if path != self.prefix and not path.startswith(self.prefix + "/"):
            raise HTTPError(404)
        return path[len(self.prefix) :] or "/"

    def header_variables(self) -> dict[str, str]:
        """Return the request's headers as WSGI names them.

        A name with an underscore is left out: it would pass for one with a dash.
        """
        found: dict[str, str] = {}
        for name, value in self.request.headers.get_all():
            key = name.upper().replace("-", "_")
            if "_" in name or key == "CONTENT_LENGTH":
                continue
            if key != "CONTENT_TYPE":
                key = f"HTTP_{key}"
            found[key] = f"{found[key]},{value}" if key in found else value
        return found

    def release(self, answer: Iterable[bytes]) -> None:
        """Close the answer, as PEP 3333 asks, and the body."""
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        self.drop_body()

    def drop_body(self) -> None:
        """Let go of what was kept of the body."""
        if self.body is not None:
            self.body.close()
            self.body = None

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """Say in one line what Tornado itself refused; the application's errors are pages."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {reason_of(status_code)}\n")


def unquoted(path: str) -> str:
    """Return a path as WSGI wants it: percent signs resolved, bytes as latin-1."""
    return unquote_to_bytes(path).decode("latin-1")


def reason_of(status: int) -> str:
    """Return the standard phrase of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def refuse_write(_data: bytes) -> Awaitable[None]:
    """Refuse the old write() callable of WSGI, which Flask does not use."""
    raise NotImplementedError("This server takes answers as iterables, not by write().")
