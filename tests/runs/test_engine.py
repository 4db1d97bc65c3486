"""A run from its start to its end, with real processes."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.kept import kept
from tests.runs.bench import Bench, until
from webify.model.run import State
from webify.runs.folder import MadeFile


def test_output_exit_code_and_times_are_kept(bench: Bench) -> None:
    done = bench.done(bench.python("print('hello')"))
    assert (done.run.state, done.run.exit_code, done.run.reason) == (State.SUCCEEDED, 0, "")
    assert done.out == b"hello" + os.linesep.encode()
    times = [done.run.created, done.run.started, done.run.ended]
    assert times == sorted(time for time in times if time)
    assert done.end.out_bytes == len(done.out)


def test_words_on_standard_error_of_a_good_end_are_a_warning(bench: Bench) -> None:
    done = bench.done(bench.python("import sys; print('careful', file=sys.stderr)"))
    assert done.run.state is State.WARNED
    assert done.err.startswith(b"careful")


def test_failure_is_told_by_the_last_line_of_standard_error(bench: Bench) -> None:
    done = bench.done(bench.python("import sys; sys.exit('t.py: error: unknown site')"))
    assert (done.run.state, done.run.exit_code) == (State.FAILED, 1)
    assert done.run.reason == "Unknown site"


def test_silent_failure_is_told_by_its_exit_code(bench: Bench) -> None:
    done = bench.done(bench.python("raise SystemExit(2)"))
    assert done.run.reason == "The program stopped with code 2"


def test_end_by_a_signal_is_told_by_the_signal(bench: Bench) -> None:
    done = bench.done(bench.python("import os; os.kill(os.getpid(), 9)"))
    assert done.run.state is State.FAILED
    assert done.run.reason == (
        "The program was ended at once by something else on the server (signal 9, SIGKILL)"
    )
    assert (done.end.signal, done.end.exit_code) == (9, None)


def test_missing_program_is_told_in_words(bench: Bench) -> None:
    done = bench.done(bench.start(["/nowhere/tool"]))
    assert done.run.state is State.FAILED
    assert done.run.reason == "This tool cannot start: its program is missing"


def test_missing_folder_to_work_in_is_told_in_words(bench: Bench, tmp_path: Path) -> None:
    done = bench.done(bench.start([sys.executable, "-V"], cwd=tmp_path / "gone"))
    assert done.run.reason == "This tool cannot start: the folder it works in is missing"


def test_program_that_is_not_executable_is_told_in_words(bench: Bench, tmp_path: Path) -> None:
    plain = tmp_path / "plain.sh"
    plain.write_text("echo hi", encoding="utf-8")
    done = bench.done(bench.start([str(plain)]))
    assert done.run.reason == "This tool cannot start: its program is not executable"


def test_argument_that_no_process_can_take_is_told_in_words(bench: Bench) -> None:
    done = bench.done(bench.start([sys.executable, "a\0b"]))
    assert done.run.reason.startswith("This tool cannot start: one of its arguments")


def test_arguments_reach_the_tool_unchanged(bench: Bench) -> None:
    words = ["", " ", "$HOME", "`id`", "; ls", "a\nb", "ü", '"', "'", "%PATH%", "*"]
    done = bench.done(bench.python("import sys, json; print(json.dumps(sys.argv[1:]))", *words))
    assert json.loads(done.out) == words


def test_environment_is_the_servers_with_what_the_tool_adds(bench: Bench) -> None:
    code = "import os, json; print(json.dumps(dict(os.environ)))"
    run = bench.python(code, env={"SITE": "north"})
    seen = json.loads(bench.done(run).out)
    assert (seen["SITE"], seen["WEBIFY_RUN"]) == ("north", run.id)
    assert seen["PATH"] == os.environ["PATH"]
    assert seen["PYTHONUNBUFFERED"] == "1"


def test_tool_works_in_the_files_folder_of_its_run(bench: Bench) -> None:
    done = bench.done(bench.python("import os; print(os.getcwd())"))
    assert Path(done.out.decode().strip()) == done.folder.files


def test_each_word_is_on_disk_before_the_tool_goes_on(bench: Bench) -> None:
    code = (
        "import pathlib, time\nprint('one')\nwhile not pathlib.Path('go').exists(): time.sleep(.01)"
    )
    run = bench.python(code)
    until(lambda: bench.folder(run).sizes()[0] > 0)
    assert bench.engine.wait(run.id, 0).state is State.RUNNING
    (bench.folder(run).files / "go").touch()
    assert bench.done(run).run.state is State.SUCCEEDED


def test_bytes_that_are_no_text_stay_as_they_are(bench: Bench) -> None:
    done = bench.done(
        bench.python("import sys; sys.stdout.buffer.write(bytes(range(256)) * 999 + b'\\xff')")
    )
    assert done.out == bytes(range(256)) * 999 + b"\xff"
    assert done.run.state is State.SUCCEEDED


def test_timeline_tells_every_byte_in_order(bench: Bench) -> None:
    code = "import sys\nfor i in range(20): print(i); print(i, file=sys.stderr)"
    done = bench.done(bench.python(code))
    chunks = [line.split() for line in done.folder.timeline_path.read_text().splitlines()]
    assert [int(chunk[0]) for chunk in chunks] == sorted(int(chunk[0]) for chunk in chunks)
    for stream, size in (("out", len(done.out)), ("err", len(done.err))):
        assert sum(int(chunk[2]) for chunk in chunks if chunk[1] == stream) == size


def test_files_that_a_tool_makes_are_told_and_uploads_are_not(bench: Bench) -> None:
    run = bench.add()
    files = bench.folder(run).files
    (files / "given.csv").write_text("a", encoding="utf-8")
    (files / "mended.csv").write_text("a", encoding="utf-8")
    code = (
        "from pathlib import Path as p; p('sub').mkdir(); p('sub/made.txt').write_text('12345')\n"
        "p('mended.csv').write_text('abc')"
    )
    done = bench.done(bench.python(code, run=run))
    made = (MadeFile("mended.csv", 3), MadeFile("sub/made.txt", 5))
    assert done.folder.made_files() == made
    assert done.end.files == ("mended.csv", "sub/made.txt")


def test_links_that_leave_the_folder_are_not_among_the_files(bench: Bench) -> None:
    code = "import os; os.symlink('/etc/passwd', 'out'); os.symlink('/etc', 'etc'); open('in', 'w')"
    done = bench.done(bench.python(code))
    assert [file.name for file in done.folder.made_files()] == ["in"]


def test_secrets_reach_the_tool_and_no_disk(bench: Bench) -> None:
    word, other = "s3cret-Pässwort", "hunter2-in-the-environment"
    code = "import sys, os; print(len(sys.argv[1]), len(os.environ['KEY']))"
    run = bench.python(code, word, env={"KEY": other}, run=bench.add(("tool", "••••••")))
    assert bench.done(run).out.split() == [b"15", b"26"]
    bench.store.close()
    found = list(kept(bench.settings.data))
    assert found
    for path, data in found:
        for secret in (word, other, json.dumps(word)[1:-1]):
            assert secret.encode() not in data, path


def test_output_past_the_limit_is_counted_and_dropped(tmp_path: Path) -> None:
    bench = Bench(tmp_path, run_bytes=100_000)
    done = bench.done(bench.python("print('x' * 999_999)"))
    bench.close()
    assert len(done.out) == 100_000
    assert done.end.dropped == 900_000
    assert (done.run.state, done.run.reason) == (State.WARNED, "The first 100 kB are kept")


@pytest.mark.clock
def test_daemon_that_holds_the_pipes_does_not_hold_the_run(bench: Bench) -> None:
    code = (
        "import os, time\nprint('started', flush=True)\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(20)\n"
        "    os._exit(0)"
    )
    began = time.monotonic()
    run = bench.python(code, env={"DAEMON": "1"})
    done = bench.done(run)
    assert time.monotonic() - began < 5
    assert (done.out, done.run.state) == (b"started\n", State.SUCCEEDED)


@pytest.mark.clock
def test_waiting_is_over_when_the_run_is(bench: Bench) -> None:
    run = bench.python("import sys, time; time.sleep(.3)")
    ended: list[float] = []
    waiting = threading.Thread(
        target=lambda: (bench.engine.wait(run.id, 20), ended.append(time.monotonic()))
    )
    waiting.start()
    until(bench.folder(run).end_path.exists)
    seen = time.monotonic()
    waiting.join(5)
    assert ended[0] - seen < 0.5


def test_waiting_gives_up_when_the_time_is_over(bench: Bench) -> None:
    run = bench.python("import time; time.sleep(30)")
    assert not bench.engine.wait(run.id, 0.05).state.ended
    bench.engine.stop(run.id)
    bench.done(run)


def test_many_runs_at_once_all_end_well(bench: Bench) -> None:
    runs = [bench.start(["/bin/echo", str(number)]) for number in range(40)]
    for number, run in enumerate(runs):
        done = bench.done(run)
        assert (done.out, done.run.state) == (b"%d\n" % number, State.SUCCEEDED)


def test_supervisor_that_was_killed_while_it_waited_is_replaced(bench: Bench) -> None:
    waiting = bench.engine._launcher._waiting
    waiting.kill()
    waiting.wait()
    assert bench.done(bench.start(["/bin/echo", "hi"])).out == b"hi\n"
