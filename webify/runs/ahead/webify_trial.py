"""A trial: the imports of a tool, timed and watched, to find out whether they may be done before.

They are done twice.  A child does them first, as fast as they are, and tells how long they take;
where that is long another one does them slowly, and hears of each call of the clock and the like.
Whatever an import begins that several runs must not share ends the trial before it is done.
"""

from __future__ import annotations

import os
import sys

import webify_deeds
import webify_doubts
import webify_stamps

assert sys.platform != "win32"  # nothing forks there

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, NoReturn, Optional, Sequence, Set

SLOW = 0.1  # seconds of a processor from which on imports are slow
QUICK = "its imports are quick"
ENDED = "a trial of its imports ended before it was through"
LATE = "a trial of its imports was not through after %g s"
PIECE = 1 << 16


def wait(
    asked: Dict[str, Any],
    known: Set[str],
    load: Callable[[Sequence[str]], None],
    become: Callable[[Dict[str, Any]], None],  # noqa: ARG001 - nothing becomes of a trial
) -> NoReturn:
    """Have the imports done, tell the launcher what came of them, and end."""
    import json
    import socket

    webify_deeds.get_ready()
    sys.dont_write_bytecode = True  # the tool has run already: what can be kept of it is kept
    calls = socket.socket(fileno=os.dup(asked["control"]))
    overseer = Overseer(asked["limit"], asked["life"])
    said = overseer.told(lambda tell: attempt(asked, known, load, tell))
    if not said["doubt"]:
        if said["seconds"] < SLOW:
            said["doubt"] = QUICK
        else:
            again = overseer.told(lambda tell: attempt(asked, known, load, tell, closely=True))
            said.update(doubt=again["doubt"], late=again.get("late", False))
    calls.send(json.dumps(said).encode())
    os._exit(0)


class Overseer:
    """Stays outside of the imports, which may do anything to the process that does them."""

    def __init__(self, limit: float, life: int) -> None:
        """Take the seconds for all, and what is closed when nobody wants to know any more."""
        import time

        self._limit, self._life = limit, life
        self._until = time.monotonic() + limit

    def told(self, do: Callable[[Callable[[Dict[str, Any]], None]], NoReturn]) -> Dict[str, Any]:
        """Have a child do it, and return what it tells; whatever happens, the child ends."""
        import json
        import signal

        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(told)
                do(lambda said: send(tell, json.dumps(said).encode() + b"\n"))
            finally:
                os._exit(1)
        os.close(tell)
        words = self._heard(told)
        os.close(told)
        os.kill(child, signal.SIGKILL)  # it has not been waited for: the number is still its own
        os.waitpid(child, 0)
        if words is None:
            os._exit(0)
        said: Dict[str, Any] = json.loads(words)
        return said

    def _heard(self, told: int) -> Optional[bytes]:
        """Return the child's words, or what is to be said in its place; None for nobody."""
        import json
        import select
        import time

        words = b""
        while not words.endswith(b"\n"):
            left = max(self._until - time.monotonic(), 0)
            ready = select.select([told, self._life], [], [], left)[0]
            if self._life in ready:
                return None
            piece = os.read(told, PIECE) if ready else b""
            if not piece:
                why = ENDED if ready else LATE % self._limit
                files = webify_stamps.stamps()
                return json.dumps({"doubt": why, "late": True, "files": files}).encode()
            words += piece
        return words


def send(tell: int, words: bytes) -> None:
    """Write all of it: a pipe may take less at once."""
    while words:
        words = words[os.write(tell, words) :]


def attempt(
    asked: Dict[str, Any],
    known: Set[str],
    load: Callable[[Sequence[str]], None],
    tell: Callable[[Dict[str, Any]], None],
    *,
    closely: bool = False,
) -> NoReturn:
    """Do the imports once, say what there is to say, and end; `closely` each call is heard of."""
    import time

    def end(why: str) -> None:
        tell({"doubt": why, "seconds": 0.0, "files": looked_at(deeds)})
        os._exit(0)

    before = webify_deeds.state()
    handles = webify_doubts.open_handles()
    deeds = webify_deeds.Deeds(load, end)
    heed(deeds)
    began = time.process_time()  # not the clock: other processes count there
    try:
        watch(deeds, webify_deeds.Calls(load, end).heed if closely else None)
        load(asked["modules"])
        watch(deeds, None)
        seconds = time.process_time() - began
        deeds.over = True
        webify_doubts.look_through(known, asked["folder"], handles)
        webify_doubts.said_nothing(asked["printed"])
    except webify_doubts.Doubt as doubt:
        end(str(doubt))
    except BaseException as error:  # noqa: BLE001 - whatever a module does
        watch(deeds, None)
        end("its modules cannot be imported before it (%s)" % type(error).__name__)
    changed = [name for name, value in webify_deeds.state().items() if value != before[name]]
    if changed:
        end("importing its modules changes %s" % changed[0])
    tell({"doubt": "", "seconds": seconds, "files": looked_at(deeds)})
    os._exit(0)


def heed(deeds: webify_deeds.Deeds) -> None:
    """Let it hear of all from now on."""
    sys.addaudithook(deeds.heed)
    threads: Any = sys.modules["threading"]  # Python tells of them from 3.12 on
    threads._start_new_thread = lambda *_: deeds.heed("_thread.start_new_thread", ())


def looked_at(deeds: webify_deeds.Deeds) -> Dict[str, Optional[List[int]]]:
    """Return the stamps of what was imported and read: when they change it is tried again."""
    return {**webify_stamps.stamps(), **{path: webify_stamps.stamp(path) for path in deeds.read}}


def watch(deeds: webify_deeds.Deeds, closely: Optional[Callable[[Any, str, Any], None]]) -> None:
    """Begin or end to hear of each call, which is no deed of an import."""
    deeds.over = True
    sys.setprofile(closely)
    deeds.over = False
