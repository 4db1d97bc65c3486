"""The readers at work beside a tool."""

from __future__ import annotations

import sqlite3

from tests.runs.bench import Bench, until
from webify.model.run import State

ROWS = "print('name,count,place')\nfor n in range(%d): print(f'part {n},{n},north')\n"


def test_rows_of_a_table_are_counted_and_kept(bench: Bench) -> None:
    done = bench.done(bench.python(ROWS % 1000))
    assert (done.end.fault, done.run.rows) == ("", 1000)
    (block,) = done.folder.blocks()
    assert block.table
    assert (block.kind, block.table.rows, block.end) == ("table", 1000, len(done.out))
    with sqlite3.connect(done.folder.rows_path) as rows:
        assert rows.execute("pragma integrity_check").fetchone() == ("ok",)
    rows.close()


def test_first_rows_are_told_while_the_tool_works(bench: Bench) -> None:
    wait = "import sys, time, pathlib\nsys.stdout.flush()\n"
    wait += "while not pathlib.Path('go').exists(): time.sleep(.01)"
    run = bench.python(ROWS % 5 + wait)
    folder = bench.folder(run)
    until(lambda: folder.blocks_path.exists() and folder.blocks() and folder.blocks()[0].table)
    assert not bench.engine.wait(run.id, 0).state.ended
    (folder.files / "go").touch()
    assert bench.done(run).run.rows == 5


SILENT = "import sys, time, pathlib\nprint(%r, flush=True)\n"
SILENT += "while not pathlib.Path('go').exists(): time.sleep(.01)\nprint(%r)"


def test_table_of_two_rows_is_decided_while_the_tool_is_silent(bench: Bench) -> None:
    run = bench.python(SILENT % ("name,count\na,1\nb,2", "c,3"))
    folder = bench.folder(run)
    until(lambda: folder.blocks_path.exists() and bool(folder.blocks()[0].table))
    assert not bench.engine.wait(run.id, 0).state.ended
    (folder.files / "go").touch()
    assert bench.done(run).run.rows == 3


def test_first_record_is_shown_before_others_make_it_a_table(bench: Bench) -> None:
    record = "Name: %s\nPlace: north\nAmount: 12\n"
    run = bench.python(SILENT % (record % "a", "\n".join(record % name for name in "bcd")))
    folder = bench.folder(run)
    until(lambda: folder.blocks_path.exists() and bool(folder.blocks()[0].pairs))
    assert folder.blocks()[0].pairs[0] == ("Name", "a")
    (folder.files / "go").touch()
    done = bench.done(run)
    assert ([block.kind for block in done.folder.blocks()], done.run.rows) == (["table"], 4)


def test_tool_that_prints_nothing_has_no_blocks(bench: Bench) -> None:
    done = bench.done(bench.python(""))
    assert done.folder.blocks() == ()
    assert not done.folder.rows_path.exists()


def test_reader_that_fails_costs_the_tables_and_not_the_text(bench: Bench) -> None:
    run = bench.add()
    bench.folder(run).rows_path.mkdir()  # a file that no database can be
    done = bench.done(bench.python(ROWS % 10, run=run))
    assert (done.run.state, done.run.rows) == (State.SUCCEEDED, 0)
    assert done.out.count(b"\n") == 11
    assert done.end.fault.startswith("The output could not be read into tables: ")
    assert "Traceback" in done.folder.fault_path.read_text(encoding="utf-8")


def test_table_that_was_not_read_to_its_end_says_where_it_stops(bench: Bench) -> None:
    many = "import sys\nsys.stdout.write('name,count\\n' + 'part,12\\n' * 9_000_000)"
    run = bench.python(many)
    folder = bench.folder(run)
    until(lambda: folder.blocks_path.exists() and folder.blocks() and folder.blocks()[0].table)
    until(lambda: folder.sizes()[0] > 60_000_000)  # more than is read in the time that is left
    bench.engine.stop(run.id)
    done = bench.done(run)
    table = done.folder.blocks()[-1].table
    assert table
    assert 0 < table.rows < 9_000_000
    assert table.cut.startswith(f"Only the first {table.rows:,} rows were read into this table.")
    assert done.end.fault == "Only the first part of the output was read into tables"


def test_table_that_was_read_to_its_end_is_not_cut(bench: Bench) -> None:
    (block,) = bench.done(bench.python(ROWS % 3000)).folder.blocks()
    assert block.table
    assert block.table.cut == ""
