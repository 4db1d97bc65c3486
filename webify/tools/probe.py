"""Run a tool up to its help, inside its own interpreter, and write down what it accepts.

Started as a program of its own, with one JSON order at its standard input:

    root     the folder that holds the package webify
    kind     "script", "module" or "console" (an entry point, or a script beside the interpreter)
    target   the path, the module or the name
    argv     what the tool is given: ["--help"]
    cwd      where the tool runs; modules are looked for there first ("" stays)
    out      the file for the result
    seconds  after these it is said where the tool hangs (0: never)
    read     argument lists that the parser is to read back, without the tool doing its work

The result is written whole or not at all: {"framework", "command", "warnings", "version", "heard"}
(heard: for each list {"values"} by address, or {"refused", "about"}), with "by_hand" where this
parser did not make the help, or {"error", "trace"}, with "no_parser" where the tool has no parser
that we know.  What the tool prints goes to the standard output, as it would without us.
Only the standard library is used, and Python 3.8 can read it.
"""

from __future__ import annotations

import builtins
import functools
import importlib
import json
import os
import signal
import sys
import types
from typing import Any, Dict, List

_ORDER = "WEBIFY_PROBE_ORDER"  # carries the order to a tool that starts itself again
_HOPS = 4
_RUNNERS = ("runpy.py", os.path.join("adapters", "running.py"))  # where frames begin that run tools


def main() -> None:
    """Read the order, run the tool, and leave with the result written."""
    if sys.path and os.path.abspath(sys.path[0] or ".") == os.path.dirname(_here()):
        del sys.path[0]  # our folder is not the tool's
    order = _order()
    house = _House(order["root"])
    probe = Probe(order, house)
    probe.watch()
    try:
        house.running.run(order["kind"], order["target"], order["argv"])
    except SystemExit as ended:
        probe.ended(ended.code)
    except BaseException as trouble:  # noqa: BLE001 - whatever the tool raised is its answer
        probe.failed(trouble)
    else:
        probe.ended(None)


def _here() -> str:
    return os.path.abspath(__file__)


def _order() -> Dict[str, Any]:
    """Return the order with whole paths, and leave an empty standard input behind."""
    given = os.environ.pop(_ORDER, None)
    order: Dict[str, Any] = json.loads(sys.stdin.buffer.readline() if given is None else given)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    sys.stdin = builtins.open(0, encoding="utf-8", closefd=False)
    order["out"] = os.path.abspath(order["out"])
    order["root"] = os.path.abspath(order["root"])
    if order["kind"] == "script":
        order["target"] = os.path.abspath(order["target"])
    if order.get("cwd"):
        os.chdir(order["cwd"])
    return order


class _House:
    """Our own modules, held here so that the tool finds none of them."""

    def __init__(self, root: str) -> None:
        """Import the adapters and the model, and take them out of the list of modules."""
        theirs = _take_webify()
        quiet, sys.dont_write_bytecode = sys.dont_write_bytecode, False  # our own folder
        house = types.ModuleType("webify")
        house.__path__ = [os.path.join(root, "webify")]
        sys.modules["webify"] = house
        self.to_plain = importlib.import_module("webify.model.plain").to_plain
        self.catching = importlib.import_module("webify.adapters.catching")
        self.calls = importlib.import_module("webify.adapters.calls")
        self.hearing = importlib.import_module("webify.adapters.hearing")
        self.importing = importlib.import_module("webify.adapters.importing")
        self.running = importlib.import_module("webify.adapters.running")
        self.wanted = importlib.import_module("webify.adapters").ADAPTERS
        self.adapters: Dict[str, Any] = {}  # by their own name, once their framework was met
        self._ours = _take_webify()
        sys.modules.update(theirs)
        sys.dont_write_bytecode = quiet

    def watch(self, catch: Any) -> None:
        """Put each adapter in place when the tool imports its framework, and not before."""

        def put(name: str, module: Any) -> None:
            adapter = self._adapter(name)
            self.adapters[adapter.NAME] = adapter
            adapter.take(module, catch)

        self.importing.watch(
            {suffix: functools.partial(put, name) for suffix, name in self.wanted.items()}
        )

    def _adapter(self, name: str) -> Any:
        theirs = _take_webify()
        sys.modules.update(self._ours)
        quiet, sys.dont_write_bytecode = sys.dont_write_bytecode, False
        try:
            return importlib.import_module("webify.adapters." + name)
        finally:
            sys.dont_write_bytecode = quiet
            self._ours = _take_webify()
            sys.modules.update(theirs)


def _take_webify() -> Dict[str, Any]:
    names = [name for name in sys.modules if name.partition(".")[0] == "webify"]
    return {name: sys.modules.pop(name) for name in names}


class Probe:
    """What is done with the parsers that were met, and with the ways a tool may end."""

    def __init__(self, order: Dict[str, Any], house: _House) -> None:
        """Put hooks on the frameworks and on the ways out of this process."""
        self.order = order
        self.house = house
        self.pid = os.getpid()
        self.reading = False  # a parser is being described: what it calls is no news
        self.awaited = False  # a parser has been described, and the tool prints its help
        self.warnings: List[str] = []
        self.catch = house.catching.Catch(self.leave)
        self._exit = os._exit
        self._execve = os.execve
        house.watch(self.catch)
        self._hook_exits()

    def leave(self, seen: Any) -> None:
        """Describe this parser, write it down, and end the process.

        A tool that is printing its help may go on to its end, as it may list its commands there.
        """
        if self.reading:
            return  # a lazy command of the tool printed its help while we read it
        if not self.awaited:
            self.reading = True
            command = self._described(seen)
            self.reading = False
            self.awaited = seen.going and command is not None and not command.get("commands")
            if not self.awaited:
                self._away()
        elif not seen.going:
            self._away()

    def _described(self, seen: Any) -> Any:
        """Write down what the parser accepts, and return it; None where it cannot be read."""
        adapter = self.house.adapters[seen.adapter]
        for name in ("stdout", "stderr"):
            setattr(sys, name, getattr(sys, name, None))  # some tools take them away
        try:
            command = self.house.to_plain(adapter.describe(seen.parser))
            if seen.open_options:
                command["open_options"] = True
            version = adapter.version(seen.parser)
        except (Exception, SystemExit) as trouble:  # noqa: BLE001 - the tool's own code may run here
            self._tell("The tool's parser could not be read.", _trace(trouble))
            return None
        result = {
            "framework": adapter.NAME,
            "command": command,
            "warnings": self.warnings,
            "version": version,
        }
        if seen.rank < self.house.catching.FORMATTED:
            result["by_hand"] = True
        if self.order.get("read"):
            argvs = self.order["read"]
            result["heard"] = [self._heard(adapter, seen.parser, argv) for argv in argvs]
        self._write(result)
        return command

    def _heard(self, adapter: Any, parser: Any, argv: List[str]) -> Dict[str, Any]:
        """Return what the parser makes of these arguments: values by address, or its refusal."""
        try:
            return {"values": adapter.read(parser, argv)}
        except self.house.hearing.Refused as refused:
            return {"refused": refused.sentence, "about": refused.about}
        except (Exception, SystemExit) as trouble:  # noqa: BLE001 - the tool's own types may raise
            said = str(trouble) or type(trouble).__name__
            if isinstance(trouble, SystemExit) and not isinstance(trouble.code, str):
                said = f"The tool ends when it reads this, with exit code {trouble.code or 0}."
            return {"refused": said, "about": ""}

    def ended(self, code: Any) -> None:
        """Take the likeliest parser of a tool that ended by itself."""
        best = self.catch.best(self.house.catching.PARSED)
        if os.path.exists(self.order["out"]):
            self._away()  # written by this process, or by a child of ours that was faster
        if isinstance(code, str):
            os.write(2, f"{code}\n".encode("utf-8", "replace"))  # as its interpreter would
        if best is not None:
            self.leave(best)
        elif isinstance(code, str):
            self._tell(f"The tool ended before it read its arguments: {code.strip()}", code)
        elif code in (None, 0, False):
            told = "It answers --help without a parser that webify knows."
            self._tell(told, "", no_parser=True)
        else:
            self._tell(f"The tool ended before it read its arguments, with exit code {code}.", "")
        self._away()

    def _away(self) -> None:
        """End the process, with all that the tool printed handed on."""
        for name in ("stdout", "stderr"):
            try:
                getattr(sys, name).flush()
            except Exception:  # noqa: BLE001, S110 - a stream may be anything by now
                pass
        self._exit(0)

    def failed(self, trouble: BaseException) -> None:
        """Show the tool's own traceback, or its parser where that had read the arguments."""
        best = self.catch.best(self.house.catching.PARSED_COMMAND_LINE)
        tracing = importlib.import_module("traceback")  # slow to import, and most tools are well
        words = "".join(tracing.format_exception_only(type(trouble), trouble)).strip()
        if best is not None:
            self.warnings.append(f"It failed after it had read its arguments: {words}")
            self.leave(best)
        self._tell(_sentence(trouble, words), _trace(trouble))
        self._away()

    def watch(self) -> None:
        """Say where the tool hangs, when its time is over.

        By a signal: a thread beside it would stop tools that put other threads in place of ours.
        """
        seconds = float(self.order.get("seconds") or 0)
        if seconds <= 0:
            return
        if sys.platform != "win32":
            signal.signal(signal.SIGALRM, lambda _, frame: self._hung(frame))
            signal.setitimer(signal.ITIMER_REAL, seconds)
        else:
            threading = importlib.import_module("threading")
            main = threading.get_ident()
            frames = sys._current_frames  # noqa: SLF001 - the one way
            timer = threading.Timer(seconds, lambda: self._hung(frames()[main]))
            timer.daemon = True
            timer.start()

    def _hung(self, frame: Any) -> None:
        best = self.catch.best(self.house.catching.PARSED_COMMAND_LINE)
        if best is not None and not self.reading:
            self.warnings.append("It went on to work though it was asked for its help only.")
            self.leave(best)
        tracing = importlib.import_module("traceback")
        stack = tracing.format_stack(frame)
        theirs = [entry for entry in stack if not _ours(entry.partition('"')[2].partition('"')[0])]
        seconds = float(self.order["seconds"])
        self._tell(f"The tool had not printed its help after {seconds:g} s.", "".join(theirs))
        self._exit(0)

    def _tell(self, error: str, trace: str, *, no_parser: bool = False) -> None:
        if not os.path.exists(self.order["out"]):  # a child of ours may have been faster
            result: Dict[str, Any] = {"error": error, "trace": trace}
            self._write(dict(result, no_parser=True) if no_parser else result)

    def _write(self, result: Dict[str, Any]) -> None:
        if self.order.get("hide"):
            result = self.house.hearing.judged(result, self.order["hide"])
        path = f"{self.order['out']}.{os.getpid()}"
        with builtins.open(path, "w", encoding="utf-8") as file:
            json.dump(result, file, default=str)  # a text of the tool may be an object of its own
        os.replace(path, self.order["out"])

    def _hook_exits(self) -> None:
        """Follow a tool that starts itself again, and hear of one that ends at once."""
        system: Any = os
        system.execv = lambda path, args: self._replaced(path, args, dict(os.environ))
        system.execve = self._replaced
        system._exit = self._ended_at_once  # noqa: SLF001 - its name is what tools call

        self.house.importing.watch({"subprocess": self._hook_popen})

    def _hook_popen(self, subprocess: Any) -> None:
        """Follow a tool that starts itself as a child."""
        starter = getattr(subprocess, "Popen", None)
        if starter is None:
            return  # another module of that name
        popen = starter.__init__

        def started(process: Any, args: Any, *more: Any, **options: Any) -> None:
            if self._itself(args):
                env = options.get("env") or os.environ
                self._replaced(args[0], args, dict(env))
            popen(process, args, *more, **options)

        starter.__init__ = started

    def _ended_at_once(self, code: int) -> None:
        if os.getpid() == self.pid:
            self.ended(code)
        self._exit(code)

    def _itself(self, args: Any) -> bool:
        """Say whether these words start the same tool in an interpreter once more."""
        if not isinstance(args, (list, tuple)) or not args:
            return False
        target = self.house.calls.python_call([str(each) for each in args])
        return target is not None and target[1:3] == (self.order["kind"], self.order["target"])

    def _replaced(self, path: Any, args: Any, env: Any) -> None:
        """Probe on in the program that the tool replaces itself with."""
        words = [os.fsdecode(path), *[os.fsdecode(each) for each in list(args)[1:]]]
        call = self.house.calls.python_call(words)
        hops = int(self.order.get("hops", 0)) + 1
        if call is None:
            told = f"The tool hands over to another program: {words[0]}"
            asked = all(word in words for word in self.order["argv"])
            self._tell(told, "", no_parser=asked)
            if asked:  # it is that program which answers what we asked
                if sys.platform != "win32":
                    signal.setitimer(signal.ITIMER_REAL, 0)  # it would end that program
                self._execve(path, args, env)
        elif hops > _HOPS:
            self._tell("The tool starts itself again and again.", "")
        else:
            start, kind, target, argv = call
            order = dict(self.order, kind=kind, target=target, argv=argv, cwd="", hops=hops)
            if not _handed_down(order):
                env = dict(env, **{_ORDER: json.dumps(order)})
            self._execve(start[0], [*start, _here()], env)
        self._exit(0)


def _handed_down(order: Dict[str, Any]) -> bool:
    """Leave an order with secrets in memory, for the program that takes this one's place."""
    memory = getattr(os, "memfd_create", None)
    if memory is None or not order.get("hide"):
        return False
    file = memory("order")
    with builtins.open(file, "wb", closefd=False) as line:
        line.write(json.dumps(order).encode("ascii") + b"\n")
    os.lseek(file, 0, os.SEEK_SET)
    os.dup2(file, 0)
    return True


def _sentence(trouble: BaseException, words: str) -> str:
    if isinstance(trouble, ModuleNotFoundError) and trouble.name:
        return f"The tool needs the module {trouble.name}, which its interpreter does not have."
    return f"The tool failed before it read its arguments: {words.splitlines()[-1]}"


def _trace(trouble: BaseException) -> str:
    """Return the traceback from the tool's first own line on."""
    place = trouble.__traceback__
    while place is not None and _ours(place.tb_frame.f_code.co_filename):
        place = place.tb_next
    tracing = importlib.import_module("traceback")
    return "".join(tracing.format_exception(type(trouble), trouble, place))


def _ours(filename: str) -> bool:
    return (
        filename.startswith("<frozen")
        or os.path.abspath(filename) == _here()
        or filename.endswith(_RUNNERS)
    )


if __name__ == "__main__":
    main()
