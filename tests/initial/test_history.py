"""What the past refutes: posts that drowned in the warm-up, refusals far from any reported, levels too low."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from started import LINKED, MAIL, USE, start
from worlds import Provinces, fixed

from sim.engine.draws import luck_of
from sim.exchange import counting as c
from sim.exchange.codes import OFFICERS, REGISTRY
from sim.exchange.state import AGENCY_FLOWS
from sim.measure.baselines import baseline_value
from sim.measure.history import RefutedError, refuse_drowned, refutations
from sim.measure.start_screen import refuted_by_levels
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

CENTRE = {
    "id": "centre",
    "measure": "ministry_electronic_share",
    "scope": "all",
    "value": "34 %",
    "low": "29 %",
    "high": "39 %",
}


@pytest.fixture(scope="module")
def plain(provinces: Provinces) -> LoadedScenario:
    return start(provinces, None, None, reported=(USE, MAIL, LINKED))


@pytest.fixture(scope="module")
def calm(plain: LoadedScenario) -> RunRecord:
    """A province whose people have time."""
    record = simulate(plain, 11, 0, warm_up_only=True)
    return replace(record, worked_ms=np.minimum(record.worked_ms, record.staffed_ms // 2))


def busy(record: RunRecord, kind: int, tier: int, number: int, used: float) -> RunRecord:
    """The same with a post of so many agencies of a tier this busy in the warm-up."""
    worked = record.worked_ms.copy()
    agencies = np.flatnonzero(record.tiers == tier)[:number]
    mine = np.flatnonzero((record.station_kinds == kind) & np.isin(record.station_agencies, agencies))
    worked[: record.first_month, mine] = (used * record.staffed_ms[: record.first_month, mine]).astype(np.int64)
    return replace(record, worked_ms=worked)


def test_a_post_past_what_it_can_do_refutes(calm: RunRecord) -> None:
    assert list(refutations(calm)) == []
    assert list(refutations(busy(calm, REGISTRY, 0, 1, 0.96))) == ["registry:office"]
    assert list(refutations(busy(calm, REGISTRY, 0, 1, 0.94))) == []
    assert list(refutations(busy(calm, OFFICERS, 2, 1, 1.2))) == ["officers:district"]
    both = busy(busy(calm, REGISTRY, 1, 3, 1.0), OFFICERS, 0, 1, 1.0)
    assert list(refutations(both)) == ["registry:department", "officers:office"]


def test_a_tenth_of_a_tier_may_be_past_it_in_the_busiest_quarter(calm: RunRecord) -> None:
    """Of twenty departments two may, three may not: the arrays of the one district repeated for as many departments."""
    departments = np.flatnonzero(calm.tiers == 1)
    post = np.flatnonzero((calm.station_kinds == REGISTRY) & (calm.station_agencies == departments[0]))
    columns = np.concatenate([np.arange(len(calm.station_kinds)), np.repeat(post, 20 - len(departments))])
    agencies = np.concatenate([calm.station_agencies, len(calm.tiers) + np.arange(20 - len(departments))])
    many = replace(
        calm,
        tiers=np.concatenate([calm.tiers, np.ones(20 - len(departments), calm.tiers.dtype)]),
        station_kinds=calm.station_kinds[columns],
        station_agencies=agencies,
        staffed_ms=calm.staffed_ms[:, columns],
        worked_ms=calm.worked_ms[:, columns],
    )
    assert list(refutations(busy(many, REGISTRY, 1, 2, 1.0))) == []
    assert list(refutations(busy(many, REGISTRY, 1, 3, 1.0))) == ["registry:department"]


@pytest.mark.parametrize(
    ("attempts", "refused", "refuted"),
    [
        (100_000, 1_000, False),
        (100_000, 9_000, False),
        (100_000, 9_001, True),
        (100_000, 100, False),
        (100_000, 99, True),
        (9_999, 0, False),
        (9_999, 9_000, False),
    ],
)
def test_refusals_far_from_what_is_published_refute(
    calm: RunRecord, attempts: int, refused: int, refuted: bool
) -> None:
    """0.3 to 3 %, and a factor of three for how registers count; too few attempts say nothing."""
    flows, causes = np.zeros_like(calm.agency_flows), np.zeros_like(calm.refusals)
    flows[0, 1, c.A_ATTEMPTS] = attempts
    causes[1, 2] = refused
    found = list(refutations(replace(calm, agency_flows=flows, refusals=causes)))
    assert found == (["refusals"] if refuted else [])
    assert len(AGENCY_FLOWS) == flows.shape[-1]


def test_who_drowns_in_the_first_month_is_given_up_and_a_look_changes_nothing(
    provinces: Provinces, plain: LoadedScenario
) -> None:
    looked = simulate(plain, 11, 0, warm_up_only=True, after_a_month=lambda _: None)
    unseen = simulate(plain, 11, 0, warm_up_only=True)
    for name in ("flows", "agency_flows", "refusals", "worked_ms", "staffed_ms", "stocks"):
        assert np.array_equal(getattr(looked, name), getattr(unseen, name)), name
    slow = start(provinces, None, None, fixed("people.register_paper", "3 hours"), reported=(USE, MAIL))
    with pytest.raises(RefutedError) as refused:
        simulate(slow, 11, 0, warm_up_only=True, after_a_month=refuse_drowned)
    whole = set(refutations(simulate(slow, 11, 0, warm_up_only=True)))
    assert any(one.startswith("registry:") for one in whole.intersection(refused.value.refutations))


def test_levels_alone_refute_hardly_anything_that_the_simulation_would_keep(provinces: Provinces) -> None:
    """Of what the quick look throws away no more than a tenth is inside the band once it is simulated.

    In a province of twelve agencies a few documents decide a share, so that the look is less sure than in a whole one.
    """
    loaded = start(provinces, None, None, reported=(CENTRE,))
    (centre,) = loaded.scenario.baselines
    thrown = inside = kept_inside = 0
    for number in range(40):
        value = baseline_value(simulate(loaded, 11, number, warm_up_only=True), centre)
        refuted = refuted_by_levels(loaded, luck_of(11, number))
        assert refuted in ("", "centre")
        is_inside = value is not None and 0.29 <= value <= 0.39
        thrown += bool(refuted)
        inside += bool(refuted) and is_inside
        kept_inside += not refuted and is_inside
    assert thrown > 10
    assert inside <= 0.1 * thrown
    assert kept_inside >= inside
    without = start(provinces, None, None, reported=(USE, MAIL))
    assert refuted_by_levels(without, luck_of(11, 0)) == ""
