"""What an agency makes of its month: refusals, delays, outages and failed pages against what went well."""

from __future__ import annotations

import pytest
from adoption_bench import NOBODY, yearly
from worlds import Bench

from sim.exchange.counting import (
    A_ATTEMPTS,
    A_IN_OUTAGE,
    A_LATE,
    A_ONLINE_FAILED,
    A_ONLINE_TRIES,
    A_REFUSED,
    A_UNRESOLVED,
)
from sim.policy.adoption import learn
from sim.policy.pressures import YEAR_MS, hazards


def learnt(bench: Bench, fates: list[tuple[int, ...]], memory_years: float = 1.0) -> list[float]:
    """Experience of the first agencies after a month of these counts, in the order of `FATES`, from 0.4 before."""
    w = bench.world
    w.agencies["experience"] = 0.4
    w.agency_flows[0] = 0
    for agency, counts in enumerate(fates):
        w.agency_flows[0, agency, FATES] = counts
    learn(w, 0, hazards({**NOBODY, "adoption.experience_memory": memory_years * YEAR_MS}))
    return list(w.agencies["experience"][: len(fates)])


FATES = [A_ATTEMPTS, A_REFUSED, A_LATE, A_IN_OUTAGE, A_ONLINE_TRIES, A_ONLINE_FAILED, A_UNRESOLVED]


def test_learn_by_hand(bench: Bench) -> None:
    """20 attempts, 3 refused, 4 late, 2 in an outage: 1 - 9/20. Never below nought, nothing said by what is good."""
    fates = [(20, 3, 4, 2, 0, 0, 0), (5, 0, 0, 0, 0, 0, 0), (5, 5, 0, 0, 0, 0, 0), (10, 1, 0, 0, 30, 7, 0)]
    assert learnt(bench, fates) == pytest.approx([0.55, 1.0, 0.0, 1.0 - 8 / 40])


def test_what_never_resolves_is_bad_experience(bench: Bench) -> None:
    """A dead line: all that was sent is unresolved, all that was tried online failed. Nothing good is kept."""
    fates = [(0, 0, 0, 0, 0, 0, 9), (0, 0, 0, 0, 12, 12, 0), (6, 0, 0, 0, 0, 0, 2)]
    assert learnt(bench, fates) == pytest.approx([0.0, 0.0, 0.75])


def test_with_nothing_tried_old_experience_fades_slowly(bench: Bench) -> None:
    """A year's memory: a twelfth of the way back a month; one try in five weighs a fifth beside it."""
    remembered = 0.4 + 0.6 / 12
    fates = [(0,) * 7, (1, 1, 0, 0, 0, 0, 0), (4, 0, 0, 0, 0, 0, 0)]
    assert learnt(bench, fates) == pytest.approx([remembered, 0.8 * remembered, 0.8 + 0.2 * remembered])
    assert learnt(bench, [(0,) * 7], memory_years=0.001) == pytest.approx([1.0]), "forgotten at once, never beyond"


def test_months_of_poor_experience_are_counted_on_end(bench: Bench) -> None:
    w = bench.world
    row = yearly(low_experience=0.7)
    found = []
    for refused in (4, 5, 0, 4, 4, 2):
        w.agency_flows[0] = 0
        w.agency_flows[0, 0, [A_ATTEMPTS, A_REFUSED]] = (10, refused)
        learn(w, 0, row)
        found.append(int(w.agencies["low_months"][0]))
    assert found == [1, 2, 0, 1, 2, 0]
