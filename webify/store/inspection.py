"""Look at a store without changing it, whatever its version: for checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError

from webify.model.run import Run, State
from webify.store.tables import RUNS, version_of

AT_MOST = 1_000  # runs that have not ended which are looked at
UNFINISHED = [state.value for state in State if not state.ended]


@dataclass(frozen=True)
class Inspected:
    """What was found; version 0 where there is no store.

    newest       when the newest run was asked for
    unfinished   those that have not ended: id, tool and times only
    """

    version: int = 0
    fault: str = ""
    runs: int = 0
    newest: datetime | None = None
    unfinished: tuple[Run, ...] = ()


def inspect_store(path: Path, *, whole: bool = False) -> Inspected:
    """Look at the database in a file; whole: read all of it, to see whether it is sound."""
    if not path.exists():
        return Inspected()
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": 1})
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
            return _inspected(connection, whole)
    except DBAPIError as error:
        return Inspected(fault=str(error.orig))
    finally:
        engine.dispose()


def _inspected(connection: Connection, whole: bool) -> Inspected:
    if whole and (fault := connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()) != "ok":
        return Inspected(fault=str(fault))
    version = version_of(connection)
    if version is None:
        return Inspected(fault="it has no tables of webify")
    some = select(RUNS.c.id, RUNS.c.tool, RUNS.c.title, RUNS.c.state, RUNS.c.created)
    some = some.where(RUNS.c.state.in_(UNFINISHED)).order_by(RUNS.c.number).limit(AT_MOST)
    last = select(RUNS.c.created).order_by(RUNS.c.number.desc()).limit(1)
    return Inspected(
        version=version,
        runs=connection.execute(select(func.count()).select_from(RUNS)).scalar_one(),
        newest=connection.execute(last).scalar(),
        unfinished=tuple(
            Run(row.id, row.tool, row.title, state=State(row.state), created=row.created)
            for row in connection.execute(some)
        ),
    )
