"""A tool that looks at its own process, and ends in many ways: its argument says in which."""

import argparse
import atexit
import concurrent.futures
import faulthandler
import gc
import inspect
import json
import locale
import logging
import multiprocessing
import os
import pickle
import random
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import warnings


def of_python():
    main = sys.modules["__main__"]
    filters = repr(warnings.filters)
    hooks = (sys.excepthook, sys.displayhook, threading.excepthook, sys.unraisablehook)
    show(
        argv=sys.argv,
        original=vars(sys).get("orig_argv"),
        path=sys.path,
        flags=str(sys.flags),
        main={name: repr(value)[:40] for name, value in vars(main).items() if name[:2] == "__"},
        names=sorted(vars(main)),
        loader=[main.__file__, main.__loader__.name],
        python=[sys.executable, sys.prefix, sys.base_prefix, len(sys.path_hooks)],
        finders=[repr(each)[:50] for each in sys.meta_path],
        options=[sys.warnoptions, sys._xoptions, filters],
        hooks=[repr(each) for each in hooks],
        traced=[sys.gettrace(), sys.getprofile(), sys.dont_write_bytecode],
        depth=[sys.getrecursionlimit(), sys.getswitchinterval(), len(inspect.stack())],
        gc=[gc.isenabled(), gc.get_threshold(), gc.get_debug()],
        faults=faulthandler.is_enabled(),
        logging=[len(logging.root.handlers), logging.root.level, logging.lastResort.level],
        site=["sitecustomize" in sys.modules, [name for name in sys.modules if "webify" in name]],
        temporary=tempfile.gettempdir(),
    )


def of_streams():
    streams = (sys.stdin, sys.stdout, sys.stderr)
    show(
        streams=[
            (each.encoding, each.errors, each.line_buffering, each.write_through, each.newlines)
            for each in streams
        ],
        kinds=[(each.mode, each.name, each.isatty(), repr(type(each.buffer))) for each in streams],
        same=[sys.stdout is sys.__stdout__, sys.stderr is sys.__stderr__],
        open=[
            (stat.S_IFMT(os.fstat(each).st_mode), os.get_inheritable(each), os.get_blocking(each))
            for each in range(3)
        ],
        handles=sorted(os.listdir("/proc/self/fd")),
        inherited=subprocess.run(["ls", "/proc/self/fd"], capture_output=True).stdout.decode(),
        given=sys.stdin.read(),
    )


def of_process():
    ended = (
        "NoNewPrivs",
        "Seccomp:",
        "SigB",
        "SigI",
        "SigC",
        "Shd",
        "Cap",
        "Umask",
        "Threads",
        "TracerPid",
        "Name",
    )
    with open("/proc/self/status") as status:
        told = [line for line in status if line.startswith(ended)]
    first, current = threading.main_thread(), multiprocessing.current_process()
    show(
        status=told,
        umask=os.umask(0),
        signals=[repr(signal.getsignal(each)) for each in sorted(signal.valid_signals())],
        mask=sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        timers=[signal.getitimer(each) for each in range(3)],
        wakeup=signal.set_wakeup_fd(-1),
        limits=[resource.getrlimit(each) for each in range(16)],
        session=[os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()],
        priority=[os.getpriority(0, 0), os.sched_getscheduler(0), len(os.sched_getaffinity(0))],
        who=[os.getuid(), os.geteuid(), os.getgroups()],
        threads=[threading.active_count(), first.name, first.native_id == os.getpid()],
        thread=[first is threading.current_thread(), first.ident == threading.get_ident()],
        children=read("/proc/self/task/%d/children" % os.getpid()),
        processes=[current.name, len(current.authkey), multiprocessing.get_start_method()],
        links=[os.readlink("/proc/self/" + each) for each in ("exe", "root")],
        kernel=[read("/proc/self/" + each) for each in ("oom_score_adj", "cgroup", "comm")],
        call=read("/proc/self/cmdline").rstrip("\0").split("\0"),
        young=time.process_time() < 20,
    )


def of_surroundings():
    inner = subprocess.run(["env"], capture_output=True, universal_newlines=True).stdout
    show(
        env={name: value for name, value in os.environ.items() if name != "WEBIFY_RUN"},
        marked=len(os.environ["WEBIFY_RUN"]),
        told=sorted(line.partition("=")[0] for line in inner.splitlines()),
        zone=[time.tzname, time.timezone],
        locale=[locale.setlocale(each) for each in range(6)],
        encoding=[locale.getpreferredencoding(False), sys.getfilesystemencoding()],
        here=os.path.basename(os.getcwd()),
    )


def ends_in_order():
    atexit.register(print, "first")
    atexit.register(print, "last")
    thread = threading.Thread(target=print, args=["thread"])
    thread.start()
    thread.join()
    logging.basicConfig(level=10)
    logging.info("said")
    print("main")


def fork():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(double, [1, 2]))


def spawn():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(double, [1, 2]))


def forkserver():
    with multiprocessing.get_context("forkserver").Pool(1) as pool:
        print(pool.map(double, [1, 2]))


def futures():
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        print(list(pool.map(double, [1, 2])))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        print(list(pool.map(double, [3])))


def manager():
    with multiprocessing.Manager() as made:
        print(made.list([1, 2])[:])


def queue():
    told = multiprocessing.Queue()
    child = multiprocessing.Process(target=told.put, args=[5])
    child.start()
    print(told.get())
    child.join()
    print(child.exitcode)


def children():
    print(subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, sys.path[0])"]))
    print(
        os.spawnlp(os.P_WAIT, "sh", "sh", "-c", "exit 3"),
        subprocess.run(["sh", "-c", "kill -9 $$"]).returncode,
    )
    pid = os.fork()
    if pid == 0:
        os._exit(4)
    print(os.waitpid(pid, 0)[1])


def closed():
    sys.stdout.write("x")
    sys.stdout.flush()
    os.close(1)
    print("y")


def broken():
    reads, writes = os.pipe()
    os.close(reads)
    os.dup2(writes, 1)
    print("y")


def closed_by_name():
    sys.stdout.close()
    sys.stderr.write("still here")


def term():
    os.kill(os.getpid(), signal.SIGTERM)


def term_handled():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()


def alarm():
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()


def hang_up():
    os.kill(os.getpid(), signal.SIGHUP)


def pipe_signal():
    os.kill(os.getpid(), signal.SIGPIPE)
    print("alive")


def interrupted():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started us may ignore it
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()


def aborted():
    faulthandler.enable(open("fault.txt", "w"))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.abort()


def exit_object():
    raise SystemExit({"a": 1})


def exit_large():
    sys.exit(1000)


def exit_hard():
    atexit.register(print, "never")
    os._exit(9)


def warned():
    warnings.warn("odd")
    warnings.warn("old", DeprecationWarning)
    logging.warning("said")
    int("x")


def deep():
    deep()


def thread_dies():
    thread = threading.Thread(target=lambda: 1 / 0, name="T")
    thread.start()
    thread.join()


def in_del():
    class Bad:
        def __del__(self):
            raise ValueError("in del")

    Bad()


def kept_to_the_end():
    class Last:
        def __del__(self):
            print("gone")

    globals()["last"] = Last()


def left_open():
    globals()["file"] = open("left.txt", "w")
    globals()["file"].write("kept" * 9)


def left_open_elsewhere():
    json.file = open("left.txt", "w")
    json.file.write("kept" * 9)


def kept_elsewhere():
    class Last:
        def __del__(self):
            os.write(1, b"gone")

    logging.last = Last()
    logging.last.own = logging.last


def unicode():
    print("é例😀")
    print("\udc80")


def usage():
    argparse.ArgumentParser(description="Says é").parse_args(["--no"])


def no_handles():
    resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))
    print([os.dup(1) for _ in range(9)])


def frames():
    traceback.print_stack()
    print(len(inspect.stack()), pickle.dumps(double), double.__module__, __spec__, __package__)


def imports_itself():
    sys.argv = ["none"]
    import facts

    print(facts.__name__, facts.__file__ == __file__)


def breaks_its_folder():
    os.rmdir(os.getcwd())
    os.getcwd()


def randomly():
    print(len({random.random() for _ in range(3)}), len({tempfile.mktemp() for _ in range(9)}))


def double(number):
    return number * 2


def read(path):
    with open(path) as file:
        return file.read()


def show(**facts):
    print(json.dumps(facts, indent=1, sort_keys=True))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        globals()[name]()
