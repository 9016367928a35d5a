"""Who is written to: shares follow weights, and a newcomer takes its share without moving any other choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from scipy import stats
from worlds import CALM, Bench, Office, Provinces, fixed, small_province

from sim.engine.draws import child
from sim.exchange.addressing import FEW, choose_recipients
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, EXOGENOUS, OFFICE, OUTSIDE, RELAY, REPLY
from sim.exchange.writing import write_document

WEIGHTS = {"dept.0": 0.4, "dept.1": 3.0, "dept.2": 1.0, "dept.3": 0.15, "dept.4": 1.6}


@dataclass
class Desk:
    """Asks one world over and over to whom a document goes."""

    bench: Bench
    slot: int = -1

    def choose(self, key: int, sender: str, kind: int = EXOGENOUS, answers: int = -1) -> list[str]:
        world = self.bench.world
        if self.slot < 0:
            self.slot = int(write_document(world, key, key, self.bench.ids[sender], kind, -1, answers))
        d = world.documents[self.slot]
        d.key, d.sender, d.kind, d.answers = key, self.bench.ids[sender], kind, answers
        number = int(choose_recipients(world, self.slot))
        names = [self.bench.founded.rows[int(c.agency)].agency_id for c in world.choice[:number]]
        assert len(set(names)) == number
        assert sender not in names
        return names


def desk(provinces: Provinces, offices: Sequence[Office], odds: Sequence[float], sender_tier: int) -> Desk:
    """A world in which documents of a tier go where `odds` say (cumulative over tiers, then: several)."""
    bench = Bench(provinces.load(offices, sets=CALM, start=date(2018, 1, 1), end=date(2018, 1, 31)))
    bench.world.tier_odds[sender_tier] = odds
    for agency_id, weight in WEIGHTS.items():
        if agency_id in bench.ids:
            bench.agency(agency_id)["weight"] = weight
    return Desk(bench)


def keys(number: int) -> list[int]:
    return [int(child(77, 5, n)) for n in range(number)]


TO_DEPARTMENTS = [0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
SEVERAL_DEPARTMENTS = [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]


def test_shares_are_proportional_to_weights(provinces: Provinces) -> None:
    asked = desk(provinces, small_province(5, 1, 1), TO_DEPARTMENTS, OFFICE)
    chosen = [asked.choose(key, "office") for key in keys(30_000)]
    assert all(len(names) == 1 for names in chosen)
    counts = np.array([sum(names[0] == name for names in chosen) for name in WEIGHTS])
    weights = np.array(list(WEIGHTS.values()))
    assert stats.chisquare(counts, 30_000 * weights / weights.sum()).pvalue > 1e-4


def test_the_sender_is_no_candidate(provinces: Provinces) -> None:
    """Among the others the shares are as if it were not there."""
    asked = desk(provinces, small_province(5, 1, 1), TO_DEPARTMENTS, DEPARTMENT)
    chosen = [asked.choose(key, "dept.1")[0] for key in keys(20_000)]
    others = {name: weight for name, weight in WEIGHTS.items() if name != "dept.1"}
    counts = np.array([chosen.count(name) for name in others])
    weights = np.array(list(others.values()))
    assert stats.chisquare(counts, 20_000 * weights / weights.sum()).pvalue > 1e-4


def test_two_of_several_follow_weighted_sampling_without_replacement(provinces: Provinces) -> None:
    """The first by weight, the second by weight among the rest: each ordered pair has its own chance."""
    asked = desk(provinces, small_province(5, 1, 1), SEVERAL_DEPARTMENTS, OFFICE)
    asked.bench.world.rules["few_share"] = 1.0
    pairs = [names for names in (asked.choose(key, "office") for key in keys(60_000)) if len(names) == 2]
    assert len(pairs) > 10_000
    total = sum(WEIGHTS.values())
    expected, seen = [], []
    for first, v in WEIGHTS.items():
        for second, w in WEIGHTS.items():
            if first != second:
                expected.append(len(pairs) * v / total * w / (total - v))
                seen.append(pairs.count([first, second]))
    bins = np.array(expected) >= 5
    chi_square = float(((np.array(seen) - expected)[bins] ** 2 / np.array(expected)[bins]).sum())
    assert stats.chi2.sf(chi_square, bins.sum() - 1) > 1e-4


def test_a_new_agency_moves_nobody_elses_choice(provinces: Provinces) -> None:
    """For every document the old choice stands, or the newcomer was chosen: exactly."""
    before = desk(provinces, small_province(4, 1, 1), TO_DEPARTMENTS, OFFICE)
    after = desk(provinces, small_province(5, 1, 1), TO_DEPARTMENTS, OFFICE)
    newcomer = "dept.4"
    taken = 0
    for key in keys(15_000):
        ours, theirs = before.choose(key, "office"), after.choose(key, "office")
        assert theirs in (ours, [newcomer])
        taken += theirs == [newcomer]
    share = WEIGHTS[newcomer] / sum(WEIGHTS.values())
    assert abs(taken - 15_000 * share) < 4 * np.sqrt(15_000 * share * (1 - share))


def test_among_several_a_new_agency_drives_out_only_the_last(provinces: Provinces) -> None:
    before = desk(provinces, small_province(4, 1, 1), SEVERAL_DEPARTMENTS, OFFICE)
    after = desk(provinces, small_province(5, 1, 1), SEVERAL_DEPARTMENTS, OFFICE)
    same_number = 0
    for asked in (before, after):
        asked.bench.world.rules["few_share"] = 1.0
    for key in keys(6_000):
        ours, theirs = before.choose(key, "office"), after.choose(key, "office")
        if len(ours) != len(theirs) or len(ours) == 4:  # all four are listed in their own order
            continue
        same_number += 1
        stayed = [name for name in theirs if name != "dept.4"]
        assert stayed == ours[: len(stayed)]
    assert same_number > 1_000


def test_a_heavier_agency_only_gains(provinces: Provinces) -> None:
    """Raising one weight never takes a document from that agency, nor moves one between two others."""
    light = desk(provinces, small_province(5, 1, 1), TO_DEPARTMENTS, OFFICE)
    heavy = desk(provinces, small_province(5, 1, 1), TO_DEPARTMENTS, OFFICE)
    heavy.bench.agency("dept.2")["weight"] = 2.5
    moved = 0
    for key in keys(8_000):
        ours, theirs = light.choose(key, "office"), heavy.choose(key, "office")
        assert theirs in (ours, ["dept.2"])
        moved += ours != theirs
    assert moved > 500


def test_how_many_recipients(provinces: Provinces) -> None:
    """One; a few, two to ten alike; or the whole tier."""
    asked = desk(provinces, small_province(15, 1, 1), [0.0, 1.0, 1.0, 1.0, 1.0, 0.6], OFFICE)
    asked.bench.world.rules["few_share"] = 0.75
    counts = np.bincount([len(asked.choose(key, "office")) for key in keys(20_000)], minlength=16)
    expected = np.zeros(16)
    expected[1] = 0.4
    expected[2 : FEW + 1] = 0.6 * 0.75 / (FEW - 1)
    expected[15] = 0.6 * 0.25
    assert (counts[expected == 0] == 0).all()
    bins = expected > 0
    assert stats.chisquare(counts[bins], 20_000 * expected[bins]).pvalue > 1e-4


def test_tiers_by_their_odds(provinces: Provinces) -> None:
    asked = desk(provinces, small_province(3, 2, 3), [0.1, 0.5, 0.7, 0.85, 1.0, 0.0], DISTRICT)
    chosen = [asked.choose(key, "dist.0")[0] for key in keys(20_000)]
    tier_of = {row.agency_id: row.tier for row in asked.bench.founded.rows}
    counts = [
        sum(tier_of[name] == t for name in chosen) for t in ("office", "department", "district", "commune", "outside")
    ]
    assert stats.chisquare(counts, 20_000 * np.array([0.1, 0.4, 0.2, 0.15, 0.15])).pvalue > 1e-4


def test_districts_and_communes_keep_to_their_own(provinces: Provinces) -> None:
    """A district writes to its own communes; a commune to its district and to the communes of its district."""
    offices = small_province(2, 3, 4)
    down = desk(provinces, offices, [0.0, 0.0, 0.0, 1.0, 1.0, 0.5], DISTRICT)
    across = desk(provinces, offices, [0.0, 0.0, 0.0, 1.0, 1.0, 0.5], COMMUNE)
    up = desk(provinces, offices, [0.0, 0.0, 1.0, 1.0, 1.0, 1.0], COMMUNE)
    anyone = desk(provinces, offices, [0.0, 0.0, 0.0, 1.0, 1.0, 0.5], OFFICE)
    reached = set()
    for key in keys(400):
        assert all(name.startswith("com.1.") for name in down.choose(key, "dist.1"))
        assert all(name.startswith("com.2.") for name in across.choose(key, "com.2.3"))
        assert up.choose(key, "com.0.1") == ["dist.0"]
        reached |= set(anyone.choose(key, "office"))
    assert len(reached) == 12


def test_a_reply_goes_back_and_a_relay_to_all_own_communes(provinces: Provinces) -> None:
    asked = desk(provinces, small_province(2, 2, 4), TO_DEPARTMENTS, DISTRICT)
    office = asked.bench.ids["office"]
    for key in keys(50):
        assert asked.choose(key, "dist.1", REPLY, office) == ["office"]
        assert sorted(asked.choose(key, "dist.1", RELAY)) == [f"com.1.{k}" for k in range(4)]


def test_nobody_to_write_to(provinces: Provinces) -> None:
    """The only district among districts, the only commune of a district: no recipient, not oneself."""
    asked = desk(provinces, small_province(2, 1, 1), [0.0, 0.0, 1.0, 1.0, 1.0, 0.5], DISTRICT)
    assert asked.choose(5, "dist.0") == []
    lonely = desk(provinces, small_province(2, 1, 1), [0.0, 0.0, 0.0, 1.0, 1.0, 0.5], COMMUNE)
    assert lonely.choose(5, "com.0.0") == []


@pytest.mark.parametrize("tier", ["department", "commune"])
def test_known_populations_and_drawn_weights_average_one(provinces: Provinces, tier: str) -> None:
    """The stated volume is the mean agency's: drawn weights have mean one over many provinces' luck."""
    offices = small_province(20, 1, 20)
    loaded = provinces.load(offices, sets=[*CALM, fixed(f"volumes.{tier}_spread", "0.5")])
    weights = []
    for seed in range(40):
        bench = Bench(loaded, seed=seed)
        mine = [bench.ids[o.agency_id] for o in offices if o.tier == tier]
        weights += bench.world.agencies["weight"][mine].tolist()
    values = np.array(weights)
    assert abs(values.mean() - 1) < 4 * values.std() / np.sqrt(len(values))
    assert abs(np.log(values).std() - 0.5) < 4 * 0.5 / np.sqrt(2 * len(values))
    assert OUTSIDE not in {int(bench.world.agencies["tier"][i]) for i in mine}
