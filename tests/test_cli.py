"""The starter of a checkout, tried on a small project of its own with a real environment."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).resolve().parent.parent
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "webify"
version = "1"
[project.optional-dependencies]
test = []
"""
BACKEND = """
import os, zipfile

def build_editable(folder, settings=None, metadata=None):
    with open("pip-calls", "a") as calls:
        calls.write("x")
    if os.path.exists("fault"):
        raise SystemExit("the disk is full of eels")
    name = "webify-1-py3-none-any.whl"
    told = {
        "webify.pth": os.getcwd() + "\\n",
        "webify-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: webify\\nVersion: 1\\n"
        "Provides-Extra: test\\n",
        "webify-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n"
        "Tag: py3-none-any\\n",
    }
    told["webify-1.dist-info/RECORD"] = "".join(f"{each},,\\n" for each in told)
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for each, text in told.items():
            wheel.writestr(each, text)
    return name
"""
MAIN = """
import os, sys
print(*sys.argv[1:], sep="|")
print(sys.prefix)
raise SystemExit(7)
"""
BARE = """
import importlib.util, runpy, sys
real = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name in {modules} else real(name)
sys.argv = ["cli.py", "list"]
runpy.run_path("cli.py", None, "__main__")
"""
WAITING = """
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))
print("up", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One project whose environment is made once; the tests leave it as they found it."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "cli.py", folder)
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "webify").mkdir()
    (folder / "webify" / "__init__.py").touch()
    (folder / "webify" / "__main__.py").write_text(MAIN, encoding="utf-8")
    first = call(folder, "serve", "a folder", "--port=0")
    return folder, first


def start(folder: Path, *words: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(folder / "cli.py"), *words],
        cwd=cwd or folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PIP_NO_INDEX": "1", "PYTHONUTF8": "1"},
    )  # fmt: skip


def call(folder: Path, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    process = start(folder, *words, cwd=cwd)
    out, err = process.communicate(timeout=100)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def pip_calls(folder: Path) -> int:
    return len((folder / "pip-calls").read_text(encoding="utf-8"))


def test_first_call_makes_the_environment_and_passes_words_and_exit_code_on(made):
    folder, first = made
    assert first.stdout.splitlines() == ["serve|a folder|--port=0", str(folder / ".venv")]
    assert first.returncode == 7
    assert "Installing webify" in first.stderr


def test_second_call_installs_nothing_and_says_nothing(made):
    folder, _first = made
    before = pip_calls(folder)
    again = call(folder, "list")
    assert (again.returncode, again.stderr) == (7, "")
    assert pip_calls(folder) == before


def test_changed_project_file_is_installed_again(made):
    folder, _first = made
    before = pip_calls(folder)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert call(folder, "list").returncode == 7
    assert pip_calls(folder) == before + 1


def test_module_of_the_current_folder_does_not_stand_in_for_ours(made, tmp_path):
    folder, _first = made
    (tmp_path / "webify.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    assert call(folder, "list", cwd=tmp_path).returncode == 7


def test_interrupted_environment_is_made_anew(made):
    folder, _first = made
    (folder / ".venv" / "webify-installed.json").unlink()
    (folder / ".venv.lock").write_text("unfinished\n", encoding="utf-8")
    left = folder / ".venv" / "left-behind"
    left.touch()
    assert call_without(folder, "ensurepip").returncode == 7  # lent a pip, it is made quicker
    assert not left.exists()
    assert (folder / ".venv.lock").read_text(encoding="utf-8") == ""


def test_environment_without_an_interpreter_is_made_anew(made):
    folder, _first = made
    shutil.rmtree(folder / ".venv" / ("Scripts" if os.name == "nt" else "bin"))
    assert call_without(folder, "ensurepip").returncode == 7


def test_two_calls_at_once_install_once(made):
    folder, _first = made
    before = pip_calls(folder)
    (folder / ".venv" / "webify-installed.json").unlink()
    both = [start(folder, "list"), start(folder, "list")]
    for each in both:
        each.communicate(timeout=100)
    assert [each.returncode for each in both] == [7, 7]
    assert pip_calls(folder) == before + 1


def test_failed_installation_shows_pips_words_and_is_tried_again(made):
    folder, _first = made
    (folder / ".venv" / "webify-installed.json").unlink()
    (folder / "fault").touch()
    failed = call(folder, "list")
    (folder / "fault").unlink()
    assert failed.returncode not in (0, 7)
    assert "the disk is full of eels" in failed.stderr
    assert "pip could not install webify" in failed.stderr
    assert call(folder, "list").returncode == 7


def call_without(folder: Path, *modules: str) -> subprocess.CompletedProcess[str]:
    """Call the starter with a Python that lacks these modules."""
    words = [sys.executable, "-c", BARE.format(modules=modules)]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=100)


def test_python_without_ensurepip_lends_its_pip_to_the_environment(made):
    folder, _first = made
    shutil.rmtree(folder / ".venv")
    done = call_without(folder, "ensurepip")
    assert done.returncode == 7, done.stderr
    assert "list" in done.stdout


def test_python_without_ensurepip_and_pip_says_what_brings_them(tmp_path):
    shutil.copy(ROOT / "cli.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    done = call_without(tmp_path, "ensurepip", "pip")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_starter_that_stays_above_hands_the_signal_and_the_exit_code_on():
    above = f"import cli, sys; sys.exit(cli.stay_above([sys.executable, '-c', {WAITING!r}]))"
    with subprocess.Popen(
        [sys.executable, "-c", above], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 9


def test_older_python_is_told_in_a_sentence_which_one_is_needed():
    older = "import sys; sys.version_info = (3, 8, 18); import cli; sys.exit(cli.main(['serve']))"
    done = subprocess.run([sys.executable, "-c", older], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_check_that_fails_is_the_last_one_and_its_exit_code_is_ours(made):
    folder, _first = made  # its environment has no ruff
    checks = "import cli, sys; sys.exit(cli.run_checks([]))"
    done = subprocess.run(
        [sys.executable, "-c", checks], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "No module named ruff" in done.stdout
    assert re.fullmatch(r"ruff format --check +failed +[\d.]+ s", done.stdout.splitlines()[-1])


@pytest.fixture
def bare_pytest(monkeypatch):
    """Pytest starts with the one plug-in that our settings name."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_timeout")


@pytest.mark.parametrize(("second", "code"), [("not clock", 0), ("clock", 5)])
def test_a_pass_without_tests_is_well_where_another_one_has_some(capfd, bare_pytest, second, code):
    those = ["--collect-only", "-q", "tests/test_places.py", "-m"]
    assert cli.run_tests([[*those, "clock"], [*those, second]]) == code


def test_a_pass_that_fails_is_the_last_one(capfd, bare_pytest):
    assert cli.run_tests([["tests/no such"], ["--collect-only", "tests/test_places.py"]]) == 4
    assert "test session starts" in capfd.readouterr().out


def test_what_pip_cannot_bring_is_found_where_it_is():
    assert cli.missing_parts() == []


@pytest.fixture
def bare_system(monkeypatch, tmp_path):
    """A system without programs, on which nothing can be installed for real."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(cli, "root", lambda: False)
    return tmp_path


@pytest.mark.parametrize("debian", [True, False])
def test_missing_system_parts_are_told_with_what_brings_them(bare_system, monkeypatch, debian):
    monkeypatch.setattr(cli, "debian", lambda: debian)
    missing = cli.missing_parts()
    assert cli.BROWSER in missing
    with pytest.raises(cli.Stop) as stop:
        cli.bring_system_parts()
    for need in missing:
        assert need.name in str(stop.value)
        assert (need.debian if debian else need.elsewhere) in str(stop.value)
    assert ("sudo apt-get install" in str(stop.value)) == debian


# Installs nothing before it was told to update; then it "installs" two programs.
APT_GET = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> HERE/calls
case "$*" in
*update*) : > HERE/updated ;;
*) test -e HERE/updated || exit 100
   for name in chromium odbcinst; do : > HERE/$name; /bin/chmod +x HERE/$name; done ;;
esac
"""


def test_root_on_debian_has_the_parts_installed_after_an_update(bare_system, monkeypatch):
    monkeypatch.setattr(cli, "debian", lambda: True)
    monkeypatch.setattr(cli, "root", lambda: True)
    apt_get = bare_system / "apt-get"
    apt_get.write_text(APT_GET.replace("HERE", str(bare_system)), encoding="utf-8")
    apt_get.chmod(0o755)
    cli.bring_system_parts()
    calls = (bare_system / "calls").read_text(encoding="utf-8").splitlines()
    assert ["update" in call for call in calls] == [False, True, False]
    assert all(call.startswith("noninteractive -o DPkg::Lock::Timeout=") for call in calls)
    assert calls[0].endswith("install -y --no-install-recommends chromium unixodbc")
