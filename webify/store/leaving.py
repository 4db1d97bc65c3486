"""Which runs may go: conditions and queries over the history, by age, number and size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select

from webify.model.run import State
from webify.store.tables import PINS, RUNS

UNFINISHED = [state.value for state in State if not state.ended]
REFUSED = State.REFUSED.value


@dataclass(frozen=True)
class Limit:
    """A limit for each tool, and for some of them one of their own; 0 is none."""

    usual: int = 0
    own: Mapping[str, int] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Say whether nothing is limited."""
        return not self.usual and not any(self.own.values())


@dataclass(frozen=True)
class Limits:
    """What is kept: days since a run ended, runs and bytes of each tool, bytes of all runs.

    refused   days that answers which a tool did not take are kept: they lead back to a form
    """

    days: Limit = Limit()
    runs: Limit = Limit()
    bytes: Limit = Limit()
    all_bytes: int = 0
    refused: int = 1


def free() -> ColumnElement[bool]:
    """Return the condition of a run that may go at all: it has ended, and nobody has pinned it."""
    return and_(RUNS.c.state.not_in(UNFINISHED), RUNS.c.id.not_in(select(PINS.c.run)))


def too_old(limits: Limits, now: datetime) -> ColumnElement[bool]:
    """Return the condition of a run that ended longer ago than is kept."""
    own = {tool: days for tool, days in limits.days.own.items() if days != limits.days.usual}
    rules = [and_(RUNS.c.tool == tool, _ended_before(now, days)) for tool, days in own.items()]
    others = _ended_before(now, limits.days.usual)
    rules.append(and_(RUNS.c.tool.not_in(list(own)), others) if own else others)
    refused = and_(RUNS.c.state == REFUSED, _ended_before(now, limits.refused))
    return or_(*rules, refused)


def too_many(limits: Limits) -> ColumnElement[bool] | None:
    """Return the condition of a run past the number or the bytes; None where none is set.

    What cannot go counts first and the newest next, so that the oldest of the others go; the
    newest run of a tool stays, however large it is.
    """
    fixed = case((free(), 0), else_=1)
    kept = case((RUNS.c.state == REFUSED, 0), else_=1)
    size = func.coalesce(RUNS.c.bytes, 0)
    new = (fixed.desc(), RUNS.c.number.desc())
    tool = RUNS.c.tool
    ranked = select(
        RUNS.c.id,
        tool,
        fixed.label("fixed"),
        func.sum(kept).over(partition_by=(tool, fixed), order_by=new).label("place"),
        func.sum(size).over(partition_by=tool, order_by=new).label("of_tool"),
        func.sum(size).over(order_by=new).label("of_all"),
    ).subquery()
    rules = []
    if not limits.runs.none:
        rules.append(_past(limits.runs, ranked.c.tool, ranked.c.place))
    large = []
    if not limits.bytes.none:
        large.append(_past(limits.bytes, ranked.c.tool, ranked.c.of_tool))
    if limits.all_bytes:
        large.append(ranked.c.of_all > limits.all_bytes)
    if large:
        rules.append(and_(ranked.c.place > 1, or_(*large)))
    if not rules:
        return None
    return RUNS.c.id.in_(select(ranked.c.id).where(ranked.c.fixed == 0, or_(*rules)))


def leaving(rule: ColumnElement[bool], count: int) -> Select[Any]:
    """Return the query of the oldest runs that a rule lets go."""
    return select(RUNS).where(free(), rule).order_by(RUNS.c.number).limit(count)


def unmeasured(count: int) -> Select[Any]:
    """Return the query of ended runs of which nobody knows how much room they take."""
    query = select(RUNS).where(RUNS.c.bytes.is_(None), not_(RUNS.c.state.in_(UNFINISHED)))
    return query.order_by(RUNS.c.number).limit(count)


def _ended_before(now: datetime, days: int) -> ColumnElement[bool]:
    if not days:
        return literal(False)  # noqa: FBT003 - SQLAlchemy's way to say it
    limit = now - timedelta(days=days)
    return and_(RUNS.c.created < limit, func.coalesce(RUNS.c.ended, RUNS.c.created) < limit)


def _past(limit: Limit, tool: ColumnElement[Any], what: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that a tool has more than its limit; 0 is none."""
    most: ColumnElement[Any] = literal(limit.usual)
    if limit.own:
        most = case(dict(limit.own), value=tool, else_=limit.usual)
    return and_(most > 0, what > most)
