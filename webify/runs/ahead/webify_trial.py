"""A trial: the imports of a tool, timed and watched, to find out whether they may be done before.

They are done twice.  A child does them first, as fast as they are, and tells how long they take;
where that is long this process does them slowly, and hears of each call of the clock and the like.
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
PIECE = 1 << 16


def wait(
    asked: Dict[str, Any],
    known: Set[str],
    load: Callable[[Sequence[str]], None],
    become: Callable[[Dict[str, Any]], None],  # noqa: ARG001 - nothing becomes of a trial
) -> NoReturn:
    """Do the imports, tell the launcher what came of them, and end."""
    import json
    import signal
    import socket

    webify_deeds.get_ready()
    sys.dont_write_bytecode = True  # the tool has run already: what can be kept of it is kept
    calls = socket.socket(fileno=os.dup(asked["control"]))
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(asked["limit"])  # its own: a fork takes none over
        attempt(asked, known, load, lambda said: os.write(tell, json.dumps(said).encode() + b"\n"))
    os.close(tell)
    first = json.loads(heard(told))
    os.waitpid(child, 0)
    if not first["doubt"]:
        if first["busy"] < SLOW:  # not the clock: other processes count there
            first["doubt"] = QUICK
        else:
            closely = webify_deeds.Calls(load, stop(calls, first)).heed
            attempt(asked, known, load, lambda said: calls.send(merged(first, said)), closely)
    calls.send(json.dumps(first).encode())
    os._exit(0)


def heard(told: int) -> bytes:
    """Return what the child tells; where it ends early, so does this."""
    words = b""
    while not words.endswith(b"\n"):
        piece = os.read(told, PIECE)
        if not piece:
            os._exit(1)
        words += piece
    os.close(told)
    return words


def stop(calls: Any, first: Dict[str, Any]) -> Callable[[str], None]:
    """Return what ends the trial with a reason."""

    def end(why: str) -> None:
        calls.send(merged(first, {"doubt": why}))
        os._exit(0)

    return end


def merged(first: Dict[str, Any], said: Dict[str, Any]) -> bytes:
    """Return what is told of both times: the seconds of the first, the doubt of the second."""
    import json

    return json.dumps(dict(first, doubt=said["doubt"])).encode()


def attempt(
    asked: Dict[str, Any],
    known: Set[str],
    load: Callable[[Sequence[str]], None],
    tell: Callable[[Dict[str, Any]], Any],
    closely: Optional[Callable[[Any, str, Any], None]] = None,
) -> NoReturn:
    """Do the imports once, say what there is to say, and end; `closely` is told of each call."""
    import time

    def end(why: str) -> None:
        tell({"doubt": why, "seconds": 0.0, "busy": 0.0, "files": looked_at(deeds)})
        os._exit(0)

    before = webify_deeds.state()
    handles = webify_doubts.open_handles()
    deeds = webify_deeds.Deeds(load, end)
    sys.addaudithook(deeds.heed)
    threads: Any = sys.modules["threading"]  # Python tells of them from 3.12 on
    threads._start_new_thread = lambda *_: deeds.heed("_thread.start_new_thread", ())
    began, busy = time.perf_counter(), time.process_time()
    try:
        watch(deeds, closely)
        load(asked["modules"])
        watch(deeds, None)
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
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
    tell({"doubt": "", "seconds": seconds, "busy": busy, "files": looked_at(deeds)})
    os._exit(0)


def looked_at(deeds: webify_deeds.Deeds) -> Dict[str, Optional[List[int]]]:
    """Return the stamps of what was imported and read: when they change it is tried again."""
    return {**webify_stamps.stamps(), **{path: webify_stamps.stamp(path) for path in deeds.read}}


def watch(deeds: webify_deeds.Deeds, closely: Optional[Callable[[Any, str, Any], None]]) -> None:
    """Begin or end to hear of each call, which is no deed of an import."""
    deeds.over = True
    sys.setprofile(closely)
    deeds.over = False
