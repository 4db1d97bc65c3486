"""Runs inside a tool's own interpreter before the tool: imports its modules and waits for runs.

Python imports a module of this name by itself, when the paths are set up and before the program.
So this process has started as `python tool.py` does, and whoever leaves this module goes on as
`python tool.py` goes on: its first frame, its traceback, `__main__` and its end are Python's own.

As a zygote it never leaves.  It forks a holder, and the holder a child, before a run comes.
The holder takes the run's pipes, waits for the child, and tells the run's supervisor how it ended;
the child becomes the tool.  As a spare, where nothing forks, it becomes the tool of one run itself.

Standard library only, Python 3.8 and newer: any interpreter imports it.  Modules are imported where
they are needed, so that it can be seen which ones Python itself had imported before the tool's.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # not the one of typing, which would be imported
if TYPE_CHECKING:
    from typing import Any, Dict, Optional, Sequence

ASKED = "WEBIFY_AHEAD"  # in the environment: what to do, as JSON
HEARD = 42  # how it ends where somebody only asks whether it is imported
PARTS = (  # beside this file
    "webify_zygote",
    "webify_spare",
    "webify_doubts",
    "webify_trial",
    "webify_deeds",
    "webify_child",
    "webify_deaths",
    "webify_guise",
    "webify_memory",
    "webify_stamps",
)


def main() -> bool:
    """Do what was asked; return in a process that is the tool now.

    False where Python shall forget that there was a module of this name.
    """
    known = {name.partition(".")[0] for name in sys.modules}
    import json

    asked = json.loads(os.environ.pop(ASKED))
    if asked.get("check"):
        os._exit(HEARD)
    became = False
    try:
        part = "trial" if "limit" in asked else "spare" if "hears" in asked else "zygote"
        waiting = __import__("webify_" + part)
        real = leave_no_trace(asked["path"])
        waiting.wait(asked, known, load, become)
        became = True
    finally:
        if not became:
            os._exit(70)  # the tool must not begin by accident
    return real


def leave_no_trace(before: Optional[str]) -> bool:
    """Take this file out of what the tool sees, and let another sitecustomize have its say.

    before   PYTHONPATH as the tool is to find it, or None
    """
    if before is None:
        os.environ.pop("PYTHONPATH", None)
    else:
        os.environ["PYTHONPATH"] = before
    own = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [each for each in sys.path if os.path.abspath(each or ".") != own]
    sys.path_importer_cache.pop(own, None)
    for name in PARTS:
        sys.modules.pop(name, None)
    mine = sys.modules.pop("sitecustomize")
    try:
        __import__("sitecustomize")
    except ImportError as error:
        if error.name != "sitecustomize":
            raise
        sys.modules["sitecustomize"] = mine
        return False
    return True


def load(modules: Sequence[str]) -> None:
    """Import what the tool will import, in its order; what is missing the tool will miss itself."""
    for each in modules:
        name, _, wanted = each.partition(":")
        try:
            __import__(name, {}, {}, wanted.split(",") if wanted else [], 0)
        except ImportError:
            continue


def become(run: Dict[str, Any]) -> None:
    """Give this process what a start of the tool would give it.

    run   argv, own (how many of its words are the call itself), cwd, umask, mark (name and value)
    """
    os.chdir(run["cwd"])
    os.umask(run["umask"])
    os.environ[run["mark"][0]] = run["mark"][1]
    sys.argv[1:] = run["argv"][run["own"] :]
    started_as = vars(sys).get("orig_argv")  # Python 3.10 and newer
    if started_as is not None:
        started_as[:] = run["argv"]


if ASKED in os.environ and not main():
    raise ImportError("There is none", name="sitecustomize")  # so Python forgets this one
