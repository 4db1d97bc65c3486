"""Which runs may begin: laws that hold for every line of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from webify.runs.queue import (
    GROUP,
    PERSON,
    SITE,
    TOOL,
    Claim,
    Rules,
    next_up,
    place_of,
    seconds_until,
)

TOOLS = {"stock": 0, "orders": 1, "report": 2}
RULES = st.builds(Rules, st.integers(1, 4), st.integers(0, 2))
KINDS = st.builds(
    lambda tool, user, groups: Claim("", tool, user, tuple(sorted(groups)), TOOLS[tool]),
    st.sampled_from(sorted(TOOLS)),
    st.sampled_from(["", "tom", "rosa"]),
    st.sets(st.sampled_from(["db", "disk"])),
)
LINES = st.lists(KINDS, max_size=12).map(
    lambda kinds: [replace(kind, id=str(at)) for at, kind in enumerate(kinds)]
)


def run(name: str, tool: str = "stock", user: str = "", *groups: str, at_once: int = 0) -> Claim:
    return Claim(name, tool, user, groups, at_once)


def fits(going: Sequence[Claim], rules: Rules) -> bool:
    """Say whether no limit is passed by so many runs at once."""
    people = Counter(each.user for each in going if each.user)
    groups = Counter(group for each in going for group in each.groups)
    tools = Counter(each.tool for each in going)
    return (
        len(going) <= rules.runs
        and all(count <= 1 for count in groups.values())
        and all(tools[tool] <= most for tool, most in TOOLS.items() if most)
        and (not rules.per_person or all(c <= rules.per_person for c in people.values()))
    )


@given(LINES, RULES)
def test_no_limit_is_ever_passed(line: list[Claim], rules: Rules) -> None:
    going: list[Claim] = []
    while line or going:
        up = next_up(going, line, rules)
        going += up
        line = [claim for claim in line if claim not in up]
        assert fits(going, rules)
        going = going[1:]


@given(LINES, RULES)
def test_every_run_begins_once(line: list[Claim], rules: Rules) -> None:
    begun: list[Claim] = []
    going: list[Claim] = []
    waiting = line
    for _ in range(2 * len(line)):
        up = next_up(going, waiting, rules)
        begun, going = begun + up, (going + up)[1:]
        waiting = [claim for claim in waiting if claim not in up]
    assert sorted(begun, key=lambda claim: int(claim.id)) == line


@given(LINES, RULES)
def test_first_in_line_begins_when_those_before_it_have_ended(
    line: list[Claim], rules: Rules
) -> None:
    assert next_up([], line, rules)[:1] == line[:1]


@given(LINES, RULES, st.lists(KINDS, min_size=5, max_size=5))
def test_first_in_line_begins_after_those_that_go_on_whoever_comes_later(
    line: list[Claim], rules: Rules, later: list[Claim]
) -> None:
    going = next_up([], line, rules)
    waiting = [claim for claim in line if claim not in going]
    first, up = waiting[:1], going
    for at, other in enumerate(later[: rules.runs + 1]):
        waiting = [*waiting, replace(other, id=f"later-{at}")]
        up = next_up(going[1:], waiting, rules)
        going = going[1:] + up
        waiting = [claim for claim in waiting if claim not in up]
    assert not set(first) & set(waiting)


@given(LINES, RULES)
def test_run_is_passed_only_where_something_of_its_own_hinders_it(
    line: list[Claim], rules: Rules
) -> None:
    going = next_up([], line, rules)
    last = max((int(claim.id) for claim in going), default=-1)
    passed = [claim for claim in line[: last + 1] if claim not in going]
    for claim in passed:
        kept = [first for first in passed[:1] if first is not claim]  # nobody takes from it
        assert not fits([*going, *kept, claim], replace(rules, runs=99))


@given(LINES, RULES)
def test_without_limits_of_their_own_runs_begin_in_order(line: list[Claim], rules: Rules) -> None:
    plain = [Claim(claim.id, claim.tool) for claim in line]
    assert next_up([], plain, rules) == plain[: rules.runs]


def test_runs_of_one_group_do_not_go_on_together() -> None:
    going = [run("1", "orders", "", "warehouse-db")]
    line = [run("2", "stock", "", "warehouse-db"), run("3", "report")]
    assert next_up(going, line, Rules(9)) == [line[1]]


def test_person_waits_for_own_runs_and_others_pass() -> None:
    line = [run("2", user="tom"), run("3", user="rosa"), run("4"), run("5")]
    assert next_up([run("1", user="tom")], line, Rules(9, 1)) == line[1:]


def test_nobody_takes_from_the_first_in_line_what_it_waits_for() -> None:
    going = [run("1", "orders", "", "db")]
    line = [run("2", "both", "", "db", "disk"), run("3", "clean", "", "disk"), run("4", "clean")]
    assert next_up(going, line, Rules(9)) == [line[2]]


def test_place_tells_who_is_before_and_what_is_in_the_way() -> None:
    going = [run("1", "orders", "", "db")]
    line = [run("2"), run("3", "stock", "", "db"), run("4", "clean", "", "db")]
    full, free = Rules(1), Rules(9)
    place = place_of("4", going, line, full)
    assert place
    assert (place.number, place.before, place.why, place.hinders) == (3, ("2", "3"), GROUP, ("1",))
    place = place_of("4", going, line[1:], free)
    assert place
    assert (place.before, place.why) == (("3",), GROUP)
    assert place_of("9", going, line, free) is None


def test_place_tells_of_the_tool_the_person_and_the_site() -> None:
    rules = Rules(2, 1)
    going = [run("1", "orders", "tom"), run("2", "report", at_once=1)]
    line = [run("3", "report", at_once=1), run("4", user="tom"), run("5")]
    places = [place_of(claim.id, going, line, rules) for claim in line]
    assert [place.why for place in places if place] == [TOOL, PERSON, SITE]
    assert [place.hinders for place in places if place] == [("2",), ("1",), ()]


def test_beginning_is_told_from_how_long_those_before_take() -> None:
    going, line = [run("1"), run("2")], [run("3"), run("4"), run("5")]
    lasts = {"1": 10.0, "2": 30.0, "3": 5.0, "4": 7.0, "5": 1.0}
    found = [seconds_until(claim.id, going, line, Rules(2), lasts) for claim in line]
    assert found == [10.0, 15.0, 22.0]


def test_beginning_is_not_told_where_it_hangs_on_what_is_unknown() -> None:
    going, line = [run("1"), run("2")], [run("3"), run("4")]
    assert seconds_until("4", going, line, Rules(2), {}) is None
    assert seconds_until("4", going, line, Rules(2), {"1": 4.0}) is None
    assert seconds_until("3", going, line, Rules(2), {"1": 4.0}) == 4.0


@given(LINES, RULES)
def test_beginning_is_told_for_every_run_where_all_is_known(
    line: list[Claim], rules: Rules
) -> None:
    going = next_up([], line, rules)
    waiting = [claim for claim in line if claim not in going]
    lasts = {claim.id: 1.0 + int(claim.id) for claim in line}
    for claim in waiting:
        told = seconds_until(claim.id, going, waiting, rules, lasts)
        assert told is not None
        assert 1.0 <= told <= sum(lasts.values())
