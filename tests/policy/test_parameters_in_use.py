"""No dead parameters: everything drawn for a replication is asked for by the model or by its measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plans import buy, line, planned
from worlds import SOME_OF_EVERYTHING, Provinces, fixed, small_province

from sim.measure.payload import encode
from sim.model import simulate as province
from sim.scenario.drawn import draw_parameters
from sim.scenario.kinds import PAID_WHOLE
from sim.scenario.schema import Scenario
from sim.scenario.tables import UNIT_KINDS

ELSEWHERE = {
    "horizon.warm_up": "read from the scenario when the first day is set, the same in every replication",
    "run.required_probability": "read by the verdict, over all replications",
    "budget.central_reliability": "read when it is drawn whether the national programme comes",
    "budget.central_programme": "read when it is drawn how much of the central money comes",
    "budget.programme_share": "read when it is drawn whether the national programme comes",
    "budget.provincial_reliability": "read when it is drawn how much of a year's money comes",
    "budget.cut_share": "read when it is drawn how much of a year's money comes",
    "budget.web_service_odds": "read when it is drawn how communes get e-office",
    "dossiers.citizens.home_internet_2010": "read where a horizon begins before 2016 (test_filing_online)",
}
ORDER = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2017-06-01, allows_paperless=true,'
    ' delay={value="30 days", low="0 days", high="90 days", kind="uniform", basis="assumed", source="test"},'
    ' tiers=["office", "department", "district", "commune"], source="test"}]'
)
KINDS = tuple(UNIT_KINDS)


class Reads(dict[str, float]):
    """Parameters that remember which of them were asked for."""

    asked: set[str]

    def __getitem__(self, key: str) -> float:
        """One parameter's value."""
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: float | None = None) -> float | None:  # type: ignore[override]
        """One parameter's value, or the default."""
        self.asked.add(key)
        return super().get(key, default)


def test_every_parameter_is_read(provinces: Provinces, monkeypatch: pytest.MonkeyPatch) -> None:
    """A province with every kind of line, purchase, fault, order, procedure and filing, over a year and a bit."""
    asked: set[str] = set()

    def remembered(scenario: Scenario, luck: int, *, past: int | None = None, certain: bool = False) -> Reads:
        reads = Reads(draw_parameters(scenario, luck, past=past, certain=certain))
        reads.asked = asked
        return reads

    monkeypatch.setattr(province, "draw_parameters", remembered)
    routes = ("none", "adsl", "ftth", "dedicated")
    offices = [
        replace(
            office,
            route=routes[i % 4] if office.tier != "outside" else office.route,
            linked=i % 2 == 0,
            population=None if office.parent == "dist.1" else office.population,  # its papers, then, are drawn
        )
        for i, office in enumerate(small_province(departments=4, districts=2, communes=4, population=2_000))
    ]
    assert any(kind.portal == "national" for kind in SOME_OF_EVERYTHING)
    loaded = provinces.load(
        offices,
        sets=(
            ORDER,
            fixed("network.malware_per_year", "5 /year"),
            fixed("network.datacentre_faults_per_year", "60 /year"),
            fixed("budget.procurement", "20 days"),
            *(fixed(f"budget.{work}", "10 days") for work in ("building", "platform", "equipment", "course")),
            "budget.central_programme=comes",
            fixed("people.clerks_added", "1"),
            "dossiers.citizens.campaign_from=2018-03-01",
            "dossiers.citizens.fee_cut_from=2018-06-01",
            "dossiers.records.ranked_from=2018-07-01",
        ),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        personal=3,
        organisation=3,
        procedures=SOME_OF_EVERYTHING,
    )
    lines = [line(f"I.{i}", 2018, 500.0, ("TW", "DT", "SN")[i % 3]) for i in range(len(KINDS))]
    purchases = [buy(f"I.{i}", kind, None if kind in PAID_WHOLE else 5.0) for i, kind in enumerate(KINDS)]
    unread = set(draw_parameters(loaded.scenario, 1))
    for replication in range(3):
        plan = planned(loaded, lines, purchases)
        record = province.simulate(plan, 5, replication)
        told = Reads(record.parameters)
        told.asked = asked
        encode(replace(record, parameters=told), plan)
    assert set(ELSEWHERE) <= unread
    assert sum(key.startswith("dossiers.") for key in unread) > 20
    assert unread - asked == set(ELSEWHERE)


def test_a_dead_parameter_would_be_noticed() -> None:
    reads = Reads(alive=1.0, dead=2.0)
    reads.asked = set()
    assert reads["alive"] + (reads.get("absent", 3.0) or 0.0) == 4.0
    assert dict(reads) == {"alive": 1.0, "dead": 2.0}
    assert reads.asked == {"alive", "absent"}
