"""One matrix of deliveries: its margins are those that the scenario states, and the traffic has them."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from scipy import stats
from worlds import CALM, CONSTANT, Provinces, fixed, small_province

from sim.engine.draws import luck_of
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, OUTSIDE, TIERS
from sim.exchange.volumes import Members, balance
from sim.model.simulate import simulate
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import LoadedScenario, load

TIER_OF = [OFFICE, *[DEPARTMENT] * 6, *[DISTRICT] * 3, *[COMMUNE] * 12, OUTSIDE]
WEIGHTS = np.random.default_rng(5).lognormal(0, 0.5, len(TIER_OF)).tolist()
MEMBERS = Members(
    tiers=tuple(TIER_OF),
    weights=tuple(w if t in (DEPARTMENT, COMMUNE) else 1.0 for t, w in zip(TIER_OF, WEIGHTS, strict=True)),
    rooms=tuple(12 if t == DISTRICT else 0 for t in TIER_OF),
    communes=tuple(4 if t == DISTRICT else 0 for t in TIER_OF),
)


def received(p: dict[str, float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Deliveries a year that each tier receives from others, from the scenario's own words."""
    weight = {t: sum(w for u, w in zip(TIER_OF, MEMBERS.weights, strict=True) if u == t) for t in range(5)}
    own = p["volumes.room_internal_share"] * 12 * p["volumes.room_outgoing"]
    district = p["volumes.district_incoming"] + 12 * p["volumes.room_incoming"] - own
    return np.array(
        [
            p["volumes.office_incoming"],
            p["volumes.department_incoming"] * weight[DEPARTMENT],
            3 * max(0.0, district),
            p["volumes.commune_incoming"] * weight[COMMUNE],
            0.0,
        ]
    )


def written(p: dict[str, float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Documents a year that leave each tier's agencies."""
    weight = {t: sum(w for u, w in zip(TIER_OF, MEMBERS.weights, strict=True) if u == t) for t in range(5)}
    rooms = 12 * p["volumes.room_outgoing"] * (1 - p["volumes.room_internal_share"])
    return np.array(
        [
            p["volumes.office_outgoing"],
            p["volumes.department_outgoing"] * weight[DEPARTMENT],
            3 * (p["volumes.district_outgoing"] + rooms),
            p["volumes.commune_outgoing"] * weight[COMMUNE],
            p["volumes.from_outside_share"] * received(p).sum(),
        ]
    )


@pytest.mark.parametrize("replication", range(25))
def test_margins_of_the_balanced_matrix(provinces: Provinces, replication: int) -> None:
    """Whatever the uncertain volumes turn out to be."""
    p = draw_parameters(provinces.load().scenario, luck_of(1, replication))
    volumes = balance(MEMBERS, p)
    deliveries = volumes.deliveries
    np.testing.assert_allclose(deliveries.sum(axis=0)[:OUTSIDE], received(p)[:OUTSIDE], rtol=1e-6)
    np.testing.assert_allclose(deliveries.sum(axis=1), volumes.fanout * written(p), rtol=1e-6)
    sent_out = deliveries[:OUTSIDE, OUTSIDE].sum()
    assert sent_out / deliveries[:OUTSIDE].sum() == pytest.approx(p["volumes.to_outside_share"], rel=1e-6)
    came_in = deliveries[OUTSIDE, :OUTSIDE].sum()
    assert came_in / received(p).sum() == pytest.approx(p["volumes.from_outside_share"], rel=1e-6)
    # fan-out beyond the first recipient keeps the stated proportions between tiers
    beyond = [(volumes.fanout[t] - 1) / (p[f"volumes.fanout_{TIERS[t]}"] - 1) for t in range(OUTSIDE)]
    np.testing.assert_allclose(beyond, beyond[0], rtol=1e-4)
    seed = np.array([[p[f"matrix.{a}.{b}"] for b in TIERS] for a in TIERS])
    assert ((deliveries == 0) == (seed == 0)).all()
    # fitting margins keeps odds ratios: what the seed says about leaning is still said
    a, b = np.ix_([DEPARTMENT, DISTRICT], [DEPARTMENT, COMMUNE]), np.ix_([DEPARTMENT, COMMUNE], [DISTRICT, COMMUNE])
    for cells in (a, b):
        ours, theirs = (m[cells][0, 0] * m[cells][1, 1] / (m[cells][0, 1] * m[cells][1, 0]) for m in (deliveries, seed))
        assert ours == pytest.approx(theirs, rel=1e-6)


def test_replies_and_relays_are_part_of_the_volumes(provinces: Provinces) -> None:
    """What an agency begins of its own accord is what is left of its documents."""
    p = draw_parameters(provinces.load().scenario, 0, certain=True)
    volumes = balance(MEMBERS, p)
    own = np.array([volumes.outgoing[[t == tier for t in TIER_OF]].sum() for tier in range(5)])
    share = 1 - p["volumes.reply_share"] - np.array([0, 0, p["volumes.relay_share"], 0, 0])
    share[OUTSIDE] = 1.0
    np.testing.assert_allclose(own, written(p) * share, rtol=1e-9)
    simulated = (volumes.fanout_in_reach * written(p)).sum()
    # what is left out, and what replies and relays claim twice, bound the difference from either side
    assert abs(volumes.deliveries.sum() - simulated) <= volumes.unmet * volumes.deliveries.sum() * (1 + 1e-9)
    assert volumes.deliveries.sum() > simulated


SWIFT = tuple(
    fixed(f"people.{name}", "1 s")
    for name in (
        "draft",
        "review",
        "sign_wet",
        "sign_digital",
        "issue",
        "scan",
        "send_electronic",
        "print_copy",
        "register_electronic",
        "register_paper",
        "file_duplicate",
        "correct_refused",
        "annotate",
        "handle",
    )
)


ALIKE = (fixed("volumes.department_spread", "0"), fixed("volumes.commune_spread", "0"), fixed("volumes.growth", "0 %"))
WITHIN_REACH = (
    # a document goes to one tier, so that fan-out is bounded by how many agencies of a tier there are
    fixed("volumes.office_incoming", "9000 /year"),
    fixed("volumes.department_incoming", "5000 /year"),
    fixed("volumes.district_incoming", "7000 /year"),
    fixed("volumes.commune_incoming", "1300 /year"),
    fixed("volumes.fanout_office", "2"),
    fixed("volumes.fanout_department", "2"),
    fixed("volumes.fanout_district", "2"),
    fixed("volumes.fanout_commune", "1"),
    fixed("volumes.reply_share", "15 %"),
)


SLACK = 0.01
"""What replies claim beyond the matrix (`unmet`, some thousandths here) may move a row by as much."""
FEW = 3_000
"""Flows below this many deliveries a year vary too much to be judged."""


def departures(loaded: LoadedScenario, replications: int) -> list[str]:
    """Deliveries between tiers and fan-outs that differ from the balanced ones by more than chance allows."""
    members = Members(
        tiers=[TIERS.index(row.tier) for row in loaded.agencies],
        weights=[1.0] * len(loaded.agencies),
        rooms=[row.rooms for row in loaded.agencies],
        communes=[sum(other.parent_id == row.agency_id for other in loaded.agencies) for row in loaded.agencies],
    )
    volumes = balance(members, draw_parameters(loaded.scenario, 0, certain=True))
    runs = [simulate(loaded, 41, r, certain=True) for r in range(replications)]
    flows = np.array([run.flows[run.first_month :, :, :, 0].sum(axis=0) for run in runs])
    issued = np.array([run.agency_flows[run.first_month :, :, 0].sum(axis=0) for run in runs])
    ratios = {}
    for a, name in enumerate(TIERS):
        documents = issued[:, runs[0].tiers == a].sum(axis=1)
        ratios[f"fan-out of {name}"] = flows[:, a].sum(axis=1) / documents / volumes.fanout[a]
        for b, other in enumerate(TIERS):
            if volumes.deliveries[a, b] > FEW:
                ratios[f"{name} to {other}"] = flows[:, a, b] / volumes.deliveries[a, b]
    t = stats.t.ppf(1 - 1e-3 / (2 * len(ratios)), replications - 1)
    halves = {name: t * values.std(ddof=1) / math.sqrt(replications) for name, values in ratios.items()}
    return [
        f"{name}: {values.mean():.3f} +- {halves[name]:.3f}"
        for name, values in ratios.items()
        if abs(values.mean() - 1) > halves[name] + SLACK or halves[name] > 0.08
    ]


@pytest.mark.slow
def test_a_years_traffic_has_the_balanced_volumes(provinces: Provinces) -> None:
    """Twenty years. Work takes no time here, so that nothing is left over at the end but what is in the post."""
    loaded = provinces.load(
        small_province(8, 4, 8),
        sets=(*CALM, *CONSTANT, *SWIFT, *ALIKE, *WITHIN_REACH),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        warm_up="3 months",
    )
    assert departures(loaded, 20) == []


def test_the_fan_out_reported_is_the_fan_out_simulated() -> None:
    """Half a year of the real province at its stated values."""
    loaded = load("binh_dinh_2016_2020", until="2016-06-30", sets=["plan.decided=2016-03-17", *ALIKE])
    record = simulate(loaded, 1, 0, certain=True)
    flows = record.flows[record.first_month :, :, :, 0].sum(axis=(0, 2))
    issued = record.agency_flows[record.first_month :, :, 0].sum(axis=0)
    for tier in range(OUTSIDE):
        fanout = flows[tier] / issued[record.tiers == tier].sum()
        assert fanout == pytest.approx(record.fanout[tier], rel=0.1), TIERS[tier]


def test_volumes_that_contradict_each_other_are_refused(provinces: Provinces) -> None:
    """More documents written than are received by anybody."""
    loaded = provinces.load(
        sets=[
            fixed("volumes.commune_outgoing", "900 /year"),
            fixed("volumes.commune_incoming", "10 /year"),
            fixed("volumes.district_incoming", "10 /year"),
            fixed("volumes.department_incoming", "10 /year"),
            fixed("volumes.office_incoming", "10 /year"),
        ]
    )
    with pytest.raises(ValueError, match="more documents are sent than deliveries received"):
        balance(MEMBERS, draw_parameters(loaded.scenario, 0, certain=True))
