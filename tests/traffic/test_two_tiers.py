"""A province of two tiers, as since 1/7/2025: no districts, and what they passed on goes directly."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from same_records import assert_same
from worlds import CALM, Bench, Kind, Office, Provinces, fixed, small_province

from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, OUTSIDE
from sim.exchange.volumes import Members, balance
from sim.measure.payload import decode, encode
from sim.model.simulate import simulate
from sim.policy.adoption import ahead_of
from sim.scenario.drawn import draw_parameters
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario, load

PROCEDURES = (
    Kind("copy", work="copies", working_days=0, same_day=True, weight=5),
    Kind("allowance", steps="own;dept.0", work="ordinary", working_days=5, weight=2),
    Kind("deed", steps="own;outside", working_days=10, site_visit=True, service_level=3),
    Kind("permit", "province", "dept.0", steps="own;commune;office", work="long", working_days=7, service_level=3),
)


def offices(communes: int = 4) -> tuple[Office, ...]:
    """An Office, two departments, communes with no district above them, and the outside."""
    province = [office for office in small_province(2, 0) if office.tier != "outside"]
    there = [Office(f"com.{i}", "commune", population=20_000, staff=40) for i in range(communes)]
    return (*province, *there, Office("out.gov", "outside", route="dedicated", linked=False))


@pytest.fixture
def two_tiers(provinces: Provinces) -> LoadedScenario:
    return provinces.load(
        offices(),
        procedures=PROCEDURES,
        sets=(*CALM, fixed("dossiers.arrivals.per_head", "0.2 /year")),
        start=date(2026, 3, 1),
        end=date(2026, 3, 20),
        warm_up="0 days",
    )


def test_communes_without_a_district_are_each_others_neighbours(two_tiers: LoadedScenario) -> None:
    """One of four communes is ahead: a third of the others' neighbours, none of its own."""
    world = Bench(two_tiers).world
    communes = np.flatnonzero(world.agencies["tier"] == COMMUNE)
    world.agencies["level_before"][communes] = [2, 1, 1, 1]
    assert [ahead_of(world, int(agency)) for agency in communes] == pytest.approx([0.0, 1 / 3, 1 / 3, 1 / 3])


def test_both_schedulers_leave_the_same_record(two_tiers: LoadedScenario) -> None:
    compiled, reference = (
        simulate(two_tiers, 4, 0, engine=engine, tracing=True, audited=3) for engine in ("compiled", "simpy")
    )
    assert_same(compiled, reference)
    delivered = compiled.flows[..., 0].sum(axis=0)
    assert delivered[[OFFICE, DEPARTMENT], COMMUNE].sum() > 100, "the province writes to communes itself"
    assert delivered[COMMUNE, [OFFICE, DEPARTMENT]].sum() > 20, "and they to it"
    assert delivered[DISTRICT].sum() == delivered[:, DISTRICT].sum() == 0
    assert compiled.tally["dossiers_finished"] > 50
    assert len(compiled.citizens[0]) == 2


def test_measures_of_districts_are_blank(two_tiers: LoadedScenario) -> None:
    measured = decode(encode(simulate(two_tiers, 4, 0), two_tiers))
    mine = measured.series[measured.series["scope"] == "tier:district"]
    shares = mine[mine["unit"] == "share"]
    assert len(shares) > 0
    assert shares["value"].isna().all(), sorted(set(shares.dropna(subset=["value"])["measure"]))
    communes = measured.series[measured.series["scope"] == "tier:commune"]
    assert communes["value"].notna().any()


def test_what_a_district_passed_on_reaches_communes(provinces: Provinces) -> None:
    """The province's deliveries to communes are as many as communes receive from above; nothing is lost on the way."""
    p = draw_parameters(provinces.load().scenario, 0, certain=True)
    tiers = [OFFICE, *[DEPARTMENT] * 18, *[COMMUNE] * 135, OUTSIDE]
    members = Members(tiers, [1.0] * len(tiers), [0] * len(tiers), [0] * len(tiers))
    volumes = balance(members, p)
    deliveries = volumes.deliveries
    assert deliveries[:, COMMUNE].sum() == pytest.approx(135 * p["volumes.commune_incoming"])
    assert deliveries[[OFFICE, DEPARTMENT], COMMUNE].sum() > 0.8 * deliveries[:, COMMUNE].sum()
    assert deliveries[COMMUNE, [OFFICE, DEPARTMENT]].sum() > 0.6 * deliveries[COMMUNE].sum()
    assert volumes.relay_odds == 0.0
    assert np.isfinite([*volumes.tier_odds.flat, *volumes.reply_odds, volumes.unmet]).all()


TARGET = """
[[targets]]
id = "electronic"
title = {{ vi = "Văn bản điện tử", en = "Electronic documents" }}
measure = "exchange_electronic_share"
scope = "{scope}"
threshold = "95 %"
due = 2019-03-31
unit = "delivery"
event = "sent"
readings = [{reading}]
source = "test"
"""


@pytest.mark.parametrize(
    ("scope", "reading"), [("tier:district", ""), ("tiers:province+district", ""), ("all", '"province+district"')]
)
def test_a_target_on_districts_is_refused(provinces: Provinces, scope: str, reading: str) -> None:
    file = provinces.load(offices()).path
    text = file.read_text(encoding="utf-8").replace("targets = []\n", "")
    file.write_text(text + TARGET.format(scope=scope, reading=reading), encoding="utf-8")
    with pytest.raises(ScenarioErrors) as refused:
        load(file, root=provinces.root)
    assert [(error.code, error.key.split(".")[0]) for error in refused.value.errors] == [("E-TGT-004", "targets")]
    assert "no districts" in refused.value.text("en")


@pytest.mark.parametrize("procedure", [Kind("land", "district"), Kind("land", steps="own;district")])
def test_a_dossier_of_districts_is_refused(provinces: Provinces, procedure: Kind) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        provinces.load(offices(), procedures=(*PROCEDURES, procedure))
    assert [error.code for error in refused.value.errors] == ["E-DOS-003"]


def test_communes_of_three_tiers_need_their_district(provinces: Provinces) -> None:
    with pytest.raises(ScenarioErrors, match="a commune's parent must be district"):
        provinces.load((*small_province(2, 1, 2), Office("com.alone", "commune")))
