"""A zygote, its holders, and how a run gets from its supervisor to a child."""

from __future__ import annotations

import os
import sys

import webify_child
import webify_deaths
import webify_doubts
import webify_memory
import webify_stamps

assert sys.platform != "win32"  # nothing forks there

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    import socket
    from typing import Any, Callable, Dict, List, Sequence, Set, Tuple

CALM = 0.03  # seconds after a run until the next child is forked ahead
PIECE = 1 << 16
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # Linux


def wait(
    asked: Dict[str, Any],
    known: Set[str],
    load: Callable[[Sequence[str]], None],
    become: Callable[[Dict[str, Any]], None],
) -> None:
    """Import, make sure that it may be forked, say so to the launcher, and serve.

    Returns in a child that is the tool.
    """
    import json
    import socket
    import time

    import_own()
    calls = socket.socket(fileno=os.dup(asked["control"]))
    handles = webify_doubts.open_handles()
    began = time.perf_counter()
    try:
        load(asked["modules"])
        seconds = time.perf_counter() - began
        names = webify_doubts.look_through(known, asked["folder"], handles)
        webify_doubts.said_nothing(asked["printed"])
    except webify_doubts.Doubt as doubt:
        calls.send(json.dumps({"doubt": str(doubt)}).encode())
        os._exit(1)
    except BaseException as error:  # noqa: BLE001 - whatever a module does, it is not forked
        why = "its modules cannot be imported before it (%s)" % type(error).__name__
        calls.send(json.dumps({"doubt": why}).encode())
        os._exit(1)
    os.close(asked["printed"])
    calls.send(
        json.dumps({"seconds": seconds, "files": webify_stamps.stamps(), "names": names}).encode()
    )
    calls.close()
    rehearse()
    run = serve(asked["control"], asked["life"])
    become(run)
    webify_child.begin_anew(run)


def import_own() -> None:
    """Import what holders and children need of Python, once: it is theirs when they are forked."""
    for name in ("array", "ctypes", "json", "select", "signal", "socket", "threading"):
        __import__(name)


def rehearse() -> None:
    """Let modules make what they make once."""
    if "argparse" in sys.modules:
        sys.modules["argparse"].ArgumentParser(prog="").parse_args([])  # what it makes once: 1 ms


def serve(control: int, life: int) -> Dict[str, Any]:
    """Keep a child ready until the launcher ends; returns the run in a child that is to be it."""
    import gc
    import select
    import signal

    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for holders
    while True:
        taken, tell = os.pipe()
        if os.fork() == 0:
            os.close(taken)
            return hold(control, life, tell)
        os.close(tell)
        heard = select.select([taken, life], [], [])[0]
        os.close(taken)
        if life in heard or life in select.select([life, control], [], [], CALM)[0]:
            os._exit(0)


def hold(control: int, life: int, tell: int) -> Dict[str, Any]:
    """Fork the child, hand it its run and wait for it; returns the run in the child only."""
    import signal
    import socket

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    here, there = socket.socketpair()
    holder = os.getpid()
    child = os.fork()
    if child == 0:
        end_with(holder)
        here.close()
        for handle in (control, life, tell):
            os.close(handle)
        os.setsid()
        webify_child.finish_as_ever()
        return take(there)
    try:
        there.close()
        adopt_orphans()
        handles = called(control, life)
        os.write(tell, b"t")
        os.close(tell)
        pass_on(child, here, handles)
    finally:
        os._exit(0)


def end_with(holder: int) -> None:
    """Have the system end this process with its holder, which alone could tell its end (Linux)."""
    import signal

    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != holder:  # it was quicker
            os._exit(0)


def adopt_orphans() -> None:
    """Let what the tool leaves behind become ours, so that a stop finds it (Linux)."""
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def called(control: int, life: int) -> List[int]:
    """Wait for a supervisor's call; return the files that it sent."""
    import select
    import socket

    if life in select.select([control, life], [], [])[0]:
        os._exit(0)
    calls = socket.socket(fileno=control)
    _, handles = received(calls, 1)
    calls.close()
    os.close(life)
    return handles


def pass_on(child: int, here: socket.socket, handles: List[int]) -> None:
    """Hand a supervisor's files to the child, which hears its run from there, and wait for it."""
    import array
    import socket

    reply = socket.socket(fileno=handles[0])
    reply.sendall(b"%d %d\n" % (child, os.getpid()))
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", handles))]
    here.sendmsg([b"r"], rights)
    here.close()
    for handle in handles[1:]:
        os.close(handle)
    wait_for(child, reply)


def wait_for(child: int, reply: socket.socket) -> None:
    """Tell how the child ended, and with our number where it left something to us.

    That is buried as long as the supervisor listens.
    """
    import select

    woken = webify_deaths.woken_by_deaths()
    pid = status = 0
    while pid != child:
        pid, status = os.waitpid(-1, 0)
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    reply.sendall(b"%d %d\n" % (code, os.getpid() if bury() else 0))
    said = reply.fileno()  # at its end: nobody listens any more
    while said not in select.select([said, woken], [], [])[0]:
        os.read(woken, PIECE)
        bury()


def bury() -> bool:
    """Bury the processes below this one that have ended; say whether others live."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def take(there: socket.socket) -> Dict[str, Any]:
    """Wait for a supervisor in the child, and for its run; the standard files come before."""
    import json
    import socket

    own_until(there)
    handles = received(there, 1)[1]
    there.close()
    if not handles:
        os._exit(0)
    reply = socket.socket(fileno=handles[0])
    for number, handle in enumerate(handles[1:]):
        os.dup2(handle, number)
        os.close(handle)
    own_until(reply)
    words = b""
    while not words.endswith(b"\n"):
        piece = reply.recv(PIECE)
        if not piece:
            os._exit(0)  # the supervisor starts it in another way
        words += piece
    reply.close()
    run: Dict[str, Any] = json.loads(words.split(b"\n")[0])  # two supervisors may have said it
    return run


def own_until(channel: socket.socket) -> None:
    """Copy the memory that is shared until something comes."""
    import select

    def comes(seconds: float) -> bool:
        return bool(select.select([channel], [], [], seconds)[0])

    webify_memory.own(webify_memory.COPIED, comes)


def received(channel: socket.socket, size: int) -> Tuple[bytes, List[int]]:
    """Return bytes and open files that came by a socket."""
    import array
    import socket

    handles = array.array("i")
    words, rights, _, _ = channel.recvmsg(size, socket.CMSG_LEN(8 * handles.itemsize))
    for level, kind, data in rights:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            handles.frombytes(data[: len(data) - len(data) % handles.itemsize])
    return words, list(handles)
