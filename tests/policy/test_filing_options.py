"""Fee cuts and assisted filing: what the shipped options set, from when, and which way they move online filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from worlds import SOME_OF_EVERYTHING, Provinces, fixed, small_province

from sim.measure.dossiers import dossier_ratio
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.online_filing import push, share_with_fee
from sim.scenario.loading import LoadedScenario, load

BINH_DINH = "binh_dinh_2016_2020"
FROM = date(2018, 7, 1)
CAMPAIGN = (f"dossiers.citizens.campaign_from={FROM}",)
FEES = (
    fixed("dossiers.citizens.fee_cut", "100 %"),
    fixed("dossiers.citizens.fee_cut_effect", "2 /year"),
    f"dossiers.citizens.fee_cut_from={FROM}",
)
REPLICATIONS = 4


def filing(provinces: Provinces, *sets: str) -> LoadedScenario:
    """A year of a district and its communes, all with the software, several services at level 3 or 4."""
    offices = [
        replace(office, population=4000 if office.tier == "district" else None)
        for office in small_province(departments=1, districts=1, communes=2)
    ]
    everywhere = 'start.onestop_software=["tier:department", "tier:district", "tier:commune"]'
    online = 'start.online_services=["tier:department", "tier:district", "tier:commune"]'
    return provinces.load(
        offices,
        sets=(everywhere, online, *sets),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        procedures=SOME_OF_EVERYTHING,
    )


def months_alike(record: RunRecord) -> int:
    """Number of months before the option begins."""
    return record.months.index(FROM)


def share(record: RunRecord, measure: str) -> float:
    """Of what is filed after the option begins."""
    found = dossier_ratio(record, measure, "all").share(months_alike(record), len(record.months) - 1)
    assert found is not None
    return found


def gains(provinces: Provinces, measure: str, *sets: str) -> np.ndarray:
    """Paired differences under common luck; until the option begins both provinces live the same months."""
    found = []
    for replication in range(REPLICATIONS):
        plain, changed = (simulate(filing(provinces, *chosen), 23, replication) for chosen in ((), sets))
        before = months_alike(plain)
        np.testing.assert_array_equal(plain.dossier_flows[:before], changed.dossier_flows[:before])
        found.append(share(changed, measure) - share(plain, measure))
    return np.array(found)


def beyond_noise(differences: np.ndarray) -> bool:
    """The mean is more than three standard errors above zero."""
    return bool(differences.mean() > 3.0 * differences.std(ddof=1) / np.sqrt(len(differences)) > 0.0)


def test_officers_who_file_for_citizens_raise_what_is_filed_online(provinces: Provinces) -> None:
    raised = gains(provinces, "dossier_online_share", *CAMPAIGN)
    assert beyond_noise(raised), raised
    unassisted = gains(provinces, "dossier_unassisted_online_share", *CAMPAIGN)
    assert unassisted.max() <= 0.0, "citizens file no more by themselves"


def test_cutting_the_fee_raises_what_citizens_file_themselves(provinces: Provinces) -> None:
    assert beyond_noise(gains(provinces, "dossier_unassisted_online_share", *FEES))


@pytest.mark.parametrize(
    ("cut", "cheaper", "expected"),
    [(0.5, 1.0, 0.014 + 0.5 * 0.05), (0.5, 0.4, 0.014 + 0.4 * 0.5 * 0.05), (0.5, 0.0, 0.014), (0.0, 1.0, 0.014)],
)
def test_the_push_of_a_fee_cut_by_hand(cut: float, cheaper: float, expected: float) -> None:
    p = {
        "dossiers.citizens.external": 0.014,
        "dossiers.citizens.publicity": 0.02,
        "dossiers.citizens.fee_cut": cut,
        "dossiers.citizens.fee_cut_effect": 0.05,
    }
    assert push(p, publicity=False, fee_cut=cheaper) == pytest.approx(expected)
    assert push(p, publicity=True, fee_cut=cheaper) == pytest.approx(expected + 0.02)


def test_the_share_with_a_fee_is_of_what_can_be_filed_online_by_hand() -> None:
    """Communes: 3 of 4 by weight cost a fee; districts offer one, free; copies and national portals do not count."""
    row = replace(load(BINH_DINH).procedures[0], portal="province", work="short")
    commune, district = replace(row, intake_tier="commune"), replace(row, intake_tier="district")
    sources = [
        replace(commune, volume_weight=3.0, fee_vnd=8_000),
        replace(commune, volume_weight=1.0, fee_vnd=0),
        replace(commune, volume_weight=9.0, fee_vnd=0),
        replace(district, volume_weight=2.0, fee_vnd=0),
        replace(district, volume_weight=5.0, fee_vnd=50_000, portal="national"),
        replace(district, volume_weight=5.0, fee_vnd=50_000, work="copies"),
    ]
    assert share_with_fee(sources, [True, True, False, True, True, True]) == pytest.approx((0.75 + 0.0) / 2)
    assert share_with_fee(sources, [True, True, True, False, True, True]) == pytest.approx(3 / 13)
    assert share_with_fee(sources, [False] * 6) == 0.0


@pytest.mark.parametrize("option", ["fee_cut_online", "assisted_filing_campaign"])
def test_shipped_options_begin_after_the_plan_was_decided(option: str) -> None:
    loaded = load(BINH_DINH, options=[option])
    plain = load(BINH_DINH).scenario.dossiers.citizens
    chosen = loaded.scenario.dossiers.citizens
    begins = chosen.fee_cut_from if option == "fee_cut_online" else chosen.campaign_from
    assert begins is not None
    assert begins > loaded.scenario.plan.decided
    assert (plain.fee_cut.value, plain.fee_cut_from, plain.campaign_from) == (0.0, None, None)
    assert chosen.fee_cut.value == (0.5 if option == "fee_cut_online" else 0.0)
