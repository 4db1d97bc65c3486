"""How well webify describes real tools: each as the catalog would, measured against oracles.

    python benchmarks/introspection.py --corpus DIR [--work DIR] [--only TOOL,...]
                                       [--kind python|native] [--weak] [--details] [--no-setup]

DIR holds oracles/*.json, measure_introspection.py and the packages that bring the tools:
requirements.txt (one virtual environment for each "# group"), apt.txt and npm.txt.  The exit
code is 1 where a target is missed or a tool took more than 60 s.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = ("python", "native")
METRICS = {
    "cmd_recall": "command recall",
    "option_recall": "option recall",
    "option_precision": "option precision",
    "tv_accuracy": "takes-value",
    "choices_recall": "choices",
    "help_coverage": "help",
}
TARGETS = {
    "python": (0.99, 0.99, 0.995, 0.99, 0.98, 0.98),
    "native": (0.99, 0.98, 0.99, 0.985, 0.85, 0.93),
}
SECONDS = 60.0  # that a tool may take
RATIO = 1.5  # of the time of its own --help that a Python tool may take, in the middle
TURNS = 3  # of the probe and of the tool's own --help, side by side
SLOW = 5  # tools that are named as the slowest


@dataclass
class Told:
    """What became of one tool: how long it took, and a sentence where it was not described."""

    name: str
    kind: str
    weak: bool
    seconds: float = 0.0
    error: str = ""
    ratio: float = 0.0


def main() -> int:
    args = _arguments()
    from benchmarks.corpus import read_corpus, set_up

    corpus = read_corpus(args.corpus, args.work)
    faults = [] if args.no_setup else set_up(corpus)
    for fault in faults:
        print(f"not installed: {fault}")
    candidates = args.work / "candidates"
    candidates.mkdir(parents=True, exist_ok=True)
    told = [_tell(corpus, oracle, candidates) for oracle in _oracles(args)]
    met = [_measured(args, candidates, kind) for kind in KINDS if args.kind in (kind, None)]
    return 0 if all([*met, *_report(told)]) else 1


def _arguments() -> argparse.Namespace:
    from benchmarks.corpus import WORK

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=_folder, required=True, help="the folder of the oracles")
    parser.add_argument("--work", type=Path, default=WORK, help="where the tools are installed")
    parser.add_argument("--only", default="", help="names of tools, with commas between them")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--weak", action="store_true", help="measure the weak oracles too")
    parser.add_argument("--details", action="store_true", help="say what is missing or wrong")
    parser.add_argument("--no-setup", action="store_true", help="install nothing")
    args = parser.parse_args()
    args.work = args.work.expanduser().absolute()
    return args


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().absolute()
    if not (folder / "oracles").is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {folder / 'oracles'}")
    return folder


def _oracles(args: argparse.Namespace) -> list[dict[str, Any]]:
    only = set(filter(None, args.only.split(",")))
    found = []
    for path in sorted((args.corpus / "oracles").glob("*.json")):
        oracle = json.loads(path.read_text("utf-8"))
        if (not only or path.stem in only) and args.kind in (oracle.get("kind"), None):
            found.append(oracle | {"tool": path.stem})
    return found


def _tell(corpus: Any, oracle: dict[str, Any], candidates: Path) -> Told:
    """Describe one tool, write the candidate, and say how it went."""
    told = Told(oracle["tool"], oracle.get("kind", "?"), bool(oracle.get("weak")))
    out = candidates / f"{told.name}.json"
    out.unlink(missing_ok=True)
    program = corpus.program(oracle["invoke"])
    if program is None:
        told.error = f"it is not installed: {oracle['invoke']}"
    else:
        with tempfile.TemporaryDirectory(prefix="webify-introspection-") as scratch:
            try:
                _describe(Path(scratch), program, told, out)
            except Exception as fault:  # noqa: BLE001 - one tool must not lose the others
                told.error = f"a fault in webify: {fault!r}"
    print(f"{told.name:<24} {told.seconds:6.2f} s  {told.error}", flush=True)
    return told


def _describe(scratch: Path, program: Path, told: Told, out: Path) -> None:
    """Let a catalog of one tool describe it, and ask a Python tool for its own help beside it."""
    from benchmarks.candidates import candidate
    from webify.settings import load_settings
    from webify.tools.catalog import Catalog

    site = scratch / "site"
    site.mkdir()
    text = f"[site]\ndata = {json.dumps(str(scratch / 'data'))}\n"
    text += f"[tools.tool]\ntarget = {json.dumps(str(program))}\n"
    (site / "webify.toml").write_text(text, encoding="utf-8")
    settings = load_settings(site)
    begun = time.monotonic()
    catalog = Catalog(settings)
    try:
        catalog.start()
        catalog.settled(2 * SECONDS)
        tool = catalog.tool("tool")
        told.error = tool.error
        told.seconds = time.monotonic() - begun
        if tool.command is not None:
            data = candidate(told.name, tool.framework, tool.command)
            out.write_text(json.dumps(data), encoding="utf-8")
    finally:
        catalog.close()
    if told.kind == "python" and not told.error:
        told.ratio = _ratio(scratch, settings, program)


def _opened(catalog: Any, until: float) -> Any:
    """Return the tool with the commands read that are read when somebody opens them."""
    tool = catalog.tool("tool")
    tried: set[tuple[str, ...]] = set()
    while tool.command is not None and time.monotonic() < until:
        waiting = [path for path, each in tool.command.walk() if each.lazy and path not in tried]
        if not waiting:
            break
        tried.add(waiting[0])
        tool = catalog.opened("tool", waiting[0])
    return tool


def _ratio(scratch: Path, settings: Any, program: Path) -> float:
    """Return how many times its own --help the probe of a Python tool takes."""
    from webify.tools.cache import describer_version
    from webify.tools.finding import Finder
    from webify.tools.probing import child_environ, probe

    found = (Finder(settings, describer_version()).find() or ())[0]
    (scratch / "home").mkdir()
    (scratch / "tmp").mkdir()
    env = child_environ(os.environ, found.env, scratch)
    ours, theirs = [], []
    for _ in range(TURNS):
        begun = time.perf_counter()
        probe(found, SECONDS)
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        _help(program, env, scratch)
        theirs.append(time.perf_counter() - begun)
    return statistics.median(ours) / statistics.median(theirs)


def _help(program: Path, env: dict[str, str], cwd: Path) -> None:
    try:
        subprocess.run(
            [str(program), "--help"],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return


def _measured(args: argparse.Namespace, candidates: Path, kind: str) -> bool:
    """Call the measure of the corpus for one kind of tools, and show it beside the targets."""
    figures = candidates.with_name(f"figures-{kind}.json")
    figures.unlink(missing_ok=True)
    measure = [sys.executable, str(args.corpus / "measure_introspection.py")]
    measure += [str(args.corpus / "oracles"), str(candidates), "--kind", kind]
    measure += ["--json", str(figures), "--only", args.only]
    measure += [f"--{name}" for name in ("details", "weak") if getattr(args, name)]
    done = subprocess.run(measure)
    if not figures.exists():
        print(f"{kind}: the measure ended with code {done.returncode}")
        return False
    overall = json.loads(figures.read_text("utf-8"))["overall"]
    print(f"\n{kind:<20} {'figure':>7} {'target':>7}")
    met = []
    for (name, title), target in zip(METRICS.items(), TARGETS[kind], strict=True):
        figure = overall.get(name)
        met.append(figure is None or figure >= target)
        shown = "-" if figure is None else f"{figure:.4f}"
        print(f"{title:<20} {shown:>7} {target:>7}{'' if met[-1] else '  missed'}")
    print()
    return all(met)


def _report(told: list[Told]) -> list[bool]:
    """Say what went wrong and what was slow; return whether nothing was too slow."""
    for each in told:
        if each.error:
            print(f"not described: {each.name}: {each.error}")
    slowest = sorted(told, key=lambda each: -each.seconds)[:SLOW]
    print("slowest: " + ", ".join(f"{each.name} {each.seconds:.1f} s" for each in slowest))
    met = [each.seconds <= SECONDS for each in told]
    ratios = sorted((each.ratio, each.name) for each in told if each.ratio)
    if ratios:
        middle = statistics.median(ratio for ratio, _ in ratios)
        worst = ", ".join(f"{name} {ratio:.2f}" for ratio, name in ratios[-SLOW:])
        print(
            f"probe : own --help, {len(ratios)} Python tools: median {middle:.2f} (at most {RATIO})"
        )
        print(f"the highest: {worst}")
        met.append(middle <= RATIO)
    print(f"{len(told)} tools, {sum(not each.error for each in told)} described")
    return met


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
