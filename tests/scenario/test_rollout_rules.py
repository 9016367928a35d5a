"""Lists of agencies with the days on which they get something: what does not fit is refused, with place and repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.policy.purchase_catalogue import PURCHASABLE
from sim.scenario.drawn import simulated
from sim.scenario.kinds import AT_AGENCIES

if TYPE_CHECKING:
    from conftest import Small

ROLLOUT = """
[[rollouts]]
id = "{id}"
title = {{ vi = "Đợt", en = "Round" }}
kind = "{kind}"
agencies = [{agencies}]
start = {start}
source = "test"
"""


def add(small: Small, kind: str, *agencies: str, start: str, name: str = "x", more: str = "") -> None:
    listed = ", ".join(f'"{one}"' for one in agencies)
    text = (small.root / "provinces/small.toml").read_text(encoding="utf-8")
    small.write("provinces/small.toml", text + ROLLOUT.format(id=name, kind=kind, agencies=listed, start=start) + more)


def test_what_an_agency_has_or_lacks_may_be_rolled_out_and_nothing_else() -> None:
    assert set(AT_AGENCIES) == {kind for kind, entry in PURCHASABLE.items() if entry.per_agency}


@pytest.mark.parametrize(
    ("kind", "agencies", "start", "code", "key"),
    [
        ("portal", ["dept.a"], "2016-12-31", "E-ROL-001", "rollouts.x.kind"),
        ("website", ["dept.b"], "2016-12-31", "E-ROL-002", "rollouts.x.agencies"),
        ("website", ["tier:ward"], "2016-12-31", "E-ROL-002", "rollouts.x.agencies"),
        ("website", ["dept.a", "dept.a"], "2016-12-31", "E-ROL-002", "rollouts.x.agencies"),
        ("website", [], "2016-12-31", "E-ROL-002", "rollouts.x.agencies"),
        ("website", ["dept.a"], "2018-01-01", "E-DATE-007", "rollouts.x.start"),
        ("eoffice_alone", ["com.1"], "2012-12-31", "E-ROL-003", "rollouts.x.agencies"),
        ("eoffice_link", ["dist.a"], "2012-12-31", "E-ROL-003", "rollouts.x.agencies"),
        ("agency_lan", ["com.2"], "2012-12-31", "E-ROL-003", "rollouts.x.agencies"),
    ],
)
def test_what_does_not_fit_is_refused(
    small: Small, kind: str, agencies: list[str], start: str, code: str, key: str
) -> None:
    add(small, kind, *agencies, start=start)
    assert [(error.code, error.key) for error in small.faults()] == [(code, key)]


def test_the_past_must_agree_with_the_first_day_and_says_how(small: Small) -> None:
    add(small, "eoffice_alone", "dept.a", "com.1", start="2009-12-31")
    (fault,) = small.faults()
    assert '"com.1" has had it since 2009-12-31, yet lacks it on the first day' in fault.text("en")
    assert "take the agency off the list" in fault.text("en")


def test_a_shortened_horizon_leaves_later_roll_outs_out_and_keeps_facts(small: Small) -> None:
    add(small, "eoffice_alone", "dept.a", start="2009-12-31", name="before")
    add(small, "website", "tier:department", start="2017-06-30", name="later")
    assert [one.id for one in small.load().scenario.rollouts] == ["before", "later"]
    assert [one.id for one in small.load(until="2016-12-31").scenario.rollouts] == ["before"]


def test_an_open_day_is_drawn_and_a_day_can_be_tried(small: Small) -> None:
    delay = (
        'delay = { value = "6 months", low = "0 months", high = "12 months", kind = "uniform", '
        'basis = "assumed", source = "test" }\n'
    )
    add(small, "website", "dept.a", start="2016-12-31", more=delay)
    assert "rollouts.x.delay" in dict(simulated(small.load().scenario))
    tried = small.load(sets=("rollouts.x.start=2017-03-31",)).scenario.rollouts[0]
    assert tried.start.isoformat() == "2017-03-31"
