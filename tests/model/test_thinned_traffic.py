"""The traffic matters: with one document and one dossier in fifty left, the answer changes where there are queues.

Nothing else changes: staff, lines, money, orders, unknowns and luck are the same, and what is left is the very same
documents. So whatever differs is what the other forty-nine do to people: they fill desks, and full desks make waiting,
lateness and paper.

`pytest -n 0 -s -m nightly tests/model/test_thinned_traffic.py` prints Bình Định's numbers for
`docs/what_the_traffic_does.md`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import mean

import numpy as np
import pytest
from worlds import FROZEN, Kind, Provinces, fixed, small_province

from sim.exchange import counting as c
from sim.exchange.codes import CLERK_BUSY, COUNTER, LEADER, LEADER_BUSY, OFFICER_BUSY, OFFICERS, REGISTRY, TIERS
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.measure.delays import quantile_hours
from sim.measure.flows import Counting, flow_ratio
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario, load

LEFT = 50
"""One in so many is left: 2 %."""
THINNED = (f"run.thinning={LEFT}",)
SEED = 20170317
POSTS = {"registry": REGISTRY, "officers": OFFICERS, "leaders": LEADER, "counters": COUNTER}


def both(
    full: LoadedScenario, thinned: LoadedScenario, replications: Sequence[int]
) -> list[tuple[RunRecord, RunRecord]]:
    """The same replications with all their traffic and with 2 % of it."""
    return [(simulate(full, SEED, number), simulate(thinned, SEED, number)) for number in replications]


def last_year(record: RunRecord) -> slice:
    return slice(len(record.months) - 12, len(record.months))


def answers(record: RunRecord) -> Mapping[str, float]:
    """What a planner reads, of the last twelve months."""
    last = last_year(record)
    inside = record.flows[last, :4, :4].sum(axis=(0, 1, 2))
    due = record.dossiers_due[last].sum(axis=(0, 1))
    filed, online = (record.dossier_flows[last, :, DOSSIER_FLOWS.index(name)].sum() for name in ("filed", "online"))
    to_registry, to_handled = (
        (record.delays[last, :4, which].sum(axis=(0, 1)), record.pending[last, :4, which].sum(axis=(0, 1)))
        for which in (c.TO_REGISTRATION, c.TO_HANDLED)
    )
    mine = record.tiers < 4
    circulated = flow_ratio(record, "internal_online_circulation_share", "all", Counting())
    found = {
        "accepted electronically": inside[c.ACCEPTED] / inside[c.DELIVERIES],
        "electronic only": inside[c.ACCEPTED_ONLY] / inside[c.DELIVERIES],
        "refused of attempts": inside[c.REFUSED] / max(1, inside[c.ATTEMPTS]),
        "circulating on e-office": circulated.share(last.start, last.stop - 1) or 0.0,
        "users of staff": record.stocks[-1]["users"][mine].sum() / record.stocks[-1]["staff"][mine].sum(),
        "dossiers online": online / max(1, filed),
        "dossiers due": float(due.sum()),
        "dossiers late": due[1:].sum() / max(1, due.sum()),
        "hours to registration, median": quantile_hours(*to_registry, 0.5) or 0.0,
        "hours to registration, 95 %": quantile_hours(*to_registry, 0.95) or 0.0,
        "hours to done, median": quantile_hours(*to_handled, 0.5) or 0.0,
        "hours to done, 95 %": quantile_hours(*to_handled, 0.95) or 0.0,
    }
    for name, kind in POSTS.items():
        for tier in range(4):
            stations = (record.station_kinds == kind) & (record.tiers[record.station_agencies] == tier)
            staffed = record.staffed_ms[last][:, stations].sum()
            if staffed:
                found[f"{name} busy, {TIERS[tier]}"] = record.worked_ms[last][:, stations].sum() / staffed
    return {name: float(value) for name, value in found.items()}


def waited_hours(record: RunRecord, *causes: int) -> float:
    """Waiting for these causes, in hours for each delivery."""
    return float(record.waits_ms[:, list(causes)].sum() / 3_600_000 / record.flows[..., c.DELIVERIES].sum())


@pytest.mark.slow
def test_without_its_traffic_a_busy_province_gives_another_answer(provinces: Provinces) -> None:
    """Where desks are full, 2 % of the traffic wait for nobody, are in time and never go on paper for lack of hands."""
    busy = (
        *FROZEN,
        fixed("start.installed_unused_share", "0 %"),
        fixed("start.registry_only_share", "0 %"),
        fixed("people.officer_document_share", "40 %"),
        fixed("dossiers.arrivals.per_head", "1 /year"),
        fixed("dossiers.arrivals.province_share", "0 %"),
        *(fixed(f"people.{work}", "8 min") for work in ("issue", "register_paper", "scan")),
    )
    services = (
        Kind("paper", "commune", work="ordinary", working_days=3),
        Kind("permit", "district", work="long", working_days=5),
    )
    whole, thinned = (
        provinces.load(
            small_province(3, 2, 3, population=15_000),
            sets=(*busy, *thinning),
            start=date(2018, 1, 1),
            end=date(2018, 12, 31),
            procedures=services,
        )
        for thinning in ((), THINNED)
    )
    pairs = both(whole, thinned, range(4))
    for full, few in pairs:
        begun = [record.tally["documents_created"] for record in (full, few)]
        assert begun[1] == pytest.approx(begun[0] / LEFT, rel=0.2)
        np.testing.assert_array_equal(full.stocks[0], few.stocks[0])
        for cause in (CLERK_BUSY, OFFICER_BUSY):
            assert waited_hours(few, cause) < 0.5 * waited_hours(full, cause)
        away = waited_hours(few, LEADER_BUSY), waited_hours(full, LEADER_BUSY)
        assert away[0] < 0.85 * away[1], "a head who is away is waited for, however few the papers"
    change = {
        name: mean(answers(few)[name] - answers(full)[name] for full, few in pairs) for name in answers(pairs[0][0])
    }
    assert change["dossiers late"] < -0.05
    assert change["hours to registration, 95 %"] < -4.0
    assert change["accepted electronically"] > 0.02
    assert all(change[name] < -0.1 for name in change if name.startswith("officers busy"))


@pytest.mark.nightly
def test_binh_dinh_with_and_without_its_traffic() -> None:
    """Three years, four replications: delays and lateness change, and what is printed says by how much."""
    until = "2018-12-31"
    loaded = (load("binh_dinh_2016_2020", until=until, sets=sets) for sets in ((), THINNED))
    pairs = both(*loaded, range(1, 5))
    found = [(answers(full), answers(few)) for full, few in pairs]
    sys.stdout.write(f"\n{'last twelve months':36}{'all':>10}{'2 %':>10}{'least':>10}{'most':>10}\n")
    for name in found[0][0]:
        full, few = (mean(values[name] for values in side) for side in zip(*found, strict=True))
        differences = [after[name] - before[name] for before, after in found]
        low, high = min(differences), max(differences)
        sys.stdout.write(f"{name:36}{full:10.3f}{few:10.3f}{low:+10.3f}{high:+10.3f}\n")
    # those of the few are a sample of a year's dossiers, so that their share has the error of one
    assert mean(after["dossiers late"] for _, after in found) <= mean(before["dossiers late"] for before, _ in found)
    for before, after in found:
        late = before["dossiers late"]
        assert after["dossiers late"] <= late + 3.0 * math.sqrt(late * (1.0 - late) / after["dossiers due"])
        assert after["hours to done, 95 %"] < before["hours to done, 95 %"]
