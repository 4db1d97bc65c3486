"""What an import may do beside reading code, as Python itself tells it (PEP 578).

A thread is not there after a fork, a file that was written is written once for many runs, and what
depends on the moment, the process or the folder is another thing in each run.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any, Callable, Dict, Optional, Set, Tuple

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LIVING = ("/proc/", "/sys/", "/dev/")  # their files change without a trace
DEVICES = ("/dev/null", "/dev/urandom", "/dev/random", "/dev/zero")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
DEEDS = {
    "starts a thread": ("_thread.start_new_thread", "_thread.start_joinable_thread"),
    "starts a process": (
        "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system",
        "pty.spawn", "subprocess.Popen",
    ),
    "changes files": (
        "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.removexattr",
        "os.rename", "os.rmdir", "os.setxattr", "os.symlink", "os.truncate", "os.utime",
        "shutil.copyfile", "shutil.move", "shutil.rmtree", "tempfile.mkdtemp", "tempfile.mkstemp",
    ),
    "uses the network": (
        "socket.connect", "socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname",
        "socket.getnameinfo", "socket.sendmsg", "socket.sendto", "urllib.Request",
    ),
    "changes the folder that it is in": ("os.chdir",),
    "sends a signal": ("os.kill", "os.killpg", "signal.pthread_kill"),
    "changes its limits": ("resource.setrlimit", "resource.prlimit"),
    "watches what Python does": ("sys.addaudithook", "sys.setprofile", "sys.settrace"),
    "writes to the log of the system": ("syslog.openlog", "syslog.syslog"),
}  # fmt: skip
CALLS = {
    "looks at the clock": (
        ("time", "time time_ns monotonic monotonic_ns perf_counter perf_counter_ns"),
        ("time", "localtime gmtime ctime asctime"),
        ("datetime", "now utcnow today"),
    ),
    "looks at its process": (("posix", "getpid getppid getpgrp getpgid getsid"),),
    "looks at the folder that it is started in": (("posix", "getcwd getcwdb"),),
    "draws a random number": (("posix", "urandom getrandom"), ("random", "random getrandbits")),
}  # fmt: skip
HANDLED = (
    "numpy.random",  # each child draws anew, see webify_child.py
    "dateutil.parser",  # keeps the year, and what waits is renewed each day
)


def get_ready() -> None:
    """Import what is needed of Python before anything is watched."""
    for name in ("_locale", "array", "ctypes", "json", "select", "signal", "socket", "threading"):
        __import__(name)


def state() -> Dict[str, object]:
    """Return what a process has beside its modules, by what that is called."""
    import _locale
    import signal

    mask = os.umask(0o077)
    os.umask(mask)
    return {
        "its environment": dict(os.environ),
        "the folder that it is in": os.getcwd(),
        "the mode of new files": mask,
        "what it does at a signal": [signal.getsignal(each) for each in signal.valid_signals()],
        "its input and output": [id(each) for each in (sys.stdin, sys.stdout, sys.stderr)],
        "its language": _locale.setlocale(_locale.LC_ALL),
    }


class Deeds:
    """Hears of each deed of an import, before it is done.

    read   files and folders that were read, outside of those that nobody edits
    over   nothing is heard any more
    """

    def __init__(self, load: Any, end: Callable[[str], None]) -> None:
        """Take what imports, and what ends the trial with a reason."""
        self.over = False
        self.read: Set[str] = set()
        self._load: CodeType = load.__code__
        self._end = end
        self._words = {event: words for words, events in DEEDS.items() for event in events}
        self._others: Dict[str, Callable[[Tuple[Any, ...]], Optional[str]]] = {
            "open": self._opened,
            "os.listdir": self._listed,
            "os.scandir": self._listed,
            "socket.bind": bound,
            "sqlite3.connect": connected,
        }
        self._still = still()

    def heed(self, event: str, args: Tuple[Any, ...]) -> None:
        """Be told of a deed by Python."""
        if self.over:
            return
        words = self._words.get(event)
        if words is None and event in self._others:
            words = self._others[event](args)
        if words:
            self.over = True
            self._end("importing %s %s" % (imported(self._load), words))

    def _opened(self, args: Tuple[Any, ...]) -> Optional[str]:
        flags = args[2] if isinstance(args[2], int) else 0
        if isinstance(args[0], int) or said(args[0]) in DEVICES:
            return None
        if flags & WRITING:
            return "writes to a file (%s)" % said(args[0])
        return self._listed(args)

    def _listed(self, args: Tuple[Any, ...]) -> Optional[str]:
        """Note what is read; say what is wrong with it."""
        if isinstance(args[0], int):
            return None
        path = os.fsdecode(args[0]) if args[0] is not None else "."
        if not os.path.isabs(path):
            return "looks for %s in the folder that it is started in" % said(path)
        path = os.path.normpath(path)
        if path.startswith(LIVING):
            return "reads the state of the machine (%s)" % said(path)
        if not path.startswith(self._still) and not path.endswith(".pyc"):
            self.read.add(path)
        return None


class Calls:
    """Hears of calls whose answer is another one in each run; sys.setprofile tells it of all."""

    def __init__(self, load: Any, end: Callable[[str], None]) -> None:
        """Take what imports, and what ends the trial with a reason."""
        self._load: CodeType = load.__code__
        self._end = end
        self._words = {
            (module, name): words
            for words, rows in CALLS.items()
            for module, names in rows
            for name in names.split()
        }
        self._names = {name for _, name in self._words}
        self._standard = os.path.dirname(os.__file__) + os.sep

    def heed(self, frame: FrameType, event: str, what: Any) -> None:
        """Be told of a call by Python."""
        if event != "c_call" or what.__name__ not in self._names:
            return
        words = self._words.get((home(what), what.__name__))
        if words and not self._own(frame):
            self._end("importing %s %s" % (imported(self._load), words))

    def _own(self, frame: Optional[FrameType]) -> bool:
        """Say whether a module of Python itself is being imported, whose ways are known."""
        while frame is not None and frame.f_code.co_name != "<module>":
            if frame.f_code is self._load:
                return True
            frame = frame.f_back
        if frame is None:
            return True
        path = frame.f_code.co_filename
        if str(frame.f_globals.get("__name__", "")).startswith(HANDLED):
            return True
        inner = path[len(self._standard) :].split(os.sep)[0]
        return path.startswith(self._standard) and not inner.endswith("-packages")


def home(function: Any) -> str:
    """Return the module of a function of C; that of its class where it is a method."""
    module = getattr(function, "__module__", None)
    if module is None:
        owner = function.__self__
        kind = owner if isinstance(owner, type) else type(owner)
        names = {each.__module__ for each in kind.__mro__}
        return next((each for each in ("datetime", "random") if each in names), "")
    return str(module)


def still() -> Tuple[str, ...]:
    """Return the beginnings of paths whose files nobody edits."""
    standard = os.path.dirname(os.__file__)
    installed = [each for each in sys.path if each.endswith("-packages")]
    shared = [os.path.join(each, "share") for each in (sys.prefix, sys.base_prefix)]
    folders = [standard, *installed, *shared, "/usr/share", "/usr/lib", "/lib"]
    return tuple(os.path.join(os.path.normpath(each), "") for each in folders)


def imported(load: CodeType) -> str:
    """Return the module that a trial is at."""
    frame: Optional[FrameType] = sys._getframe(1)
    while frame is not None:
        if frame.f_code is load:
            return str(frame.f_locals["name"])
        frame = frame.f_back
    return "its modules"


def bound(args: Tuple[Any, ...]) -> Optional[str]:
    """Say what is wrong with a name for a socket; to see what there is, any port will do."""
    address = args[1]
    if isinstance(address, tuple) and address[0] in LOOPBACK and address[1] == 0:
        return None
    return "uses the network"


def connected(args: Tuple[Any, ...]) -> Optional[str]:
    """Say what is wrong with a database."""
    return None if args[0] == ":memory:" else "opens a database"


def said(path: Any) -> str:
    """Return how a path is told: it may hold anything."""
    text = os.fsdecode(path)
    return text if text.isprintable() else ascii(text)
