"""What was learnt is forgotten, heads are posted elsewhere, address books age."""

from __future__ import annotations

import math

import numpy as np
import pytest
from adoption_bench import standard_errors, yearly
from worlds import Bench, Provinces, small_province

from sim.engine.records import Records
from sim.policy.turnover import turn_over

FIRST = 24217


@pytest.fixture
def bench(provinces: Provinces) -> Bench:
    """A hundred departments."""
    return Bench(provinces.load(small_province(departments=100)))


def years(bench: Bench, number: float, row: Records) -> None:
    """So many years of turnover."""
    for month in range(FIRST, FIRST + round(12 * number)):
        turn_over(bench.world, month, row)


def test_training_fades_and_trained_people_leave(bench: Bench) -> None:
    """Half-lives add up: after two years exp(-2 (fading + turnover)) still know it; general courses stay counted."""
    inside = bench.world.agencies["tier"] < 4
    bench.world.agencies["eoffice_trained"] = np.where(inside, 200, 0)
    general = np.array(bench.world.agencies["trained"])
    years(bench, 2, yearly(training_fading=0.5, turnover=0.1))
    left = int(bench.world.agencies["eoffice_trained"].sum())
    assert abs(standard_errors(left, 200 * int(inside.sum()), math.exp(-1.2))) < 4.0
    np.testing.assert_array_equal(bench.world.agencies["trained"], general)


def test_heads_rotate_at_the_stated_rate_and_mean_support_stays(bench: Bench) -> None:
    """One in five a year; who follows supports it as often as anybody, and is as cautious as anybody."""
    row = yearly(rotation=0.2, leader_support_share=0.6, paperless_threshold_low=0.7, paperless_threshold_high=0.9)
    agencies = bench.world.agencies
    inside = agencies["tier"] < 4
    n = int(inside.sum())
    years(bench, 5, row)
    stayed = int((agencies["tenure"][inside] == 0).sum())
    assert abs(standard_errors(stayed, n, math.exp(-1.0))) < 4.0
    years(bench, 25, row)
    followers = inside & (agencies["tenure"] > 0)
    supporting = int(agencies["supports"][followers].sum())
    assert abs(standard_errors(supporting, int(followers.sum()), 0.6)) < 4.0
    thresholds = np.array(agencies["threshold"][followers])
    assert ((thresholds >= 0.7) & (thresholds <= 0.9)).all()
    assert abs(thresholds.mean() - 0.8) < 4.0 * 0.2 / math.sqrt(12.0 * len(thresholds))


def test_a_new_head_has_not_been_on_the_course_of_the_former(bench: Bench) -> None:
    agencies = bench.world.agencies
    agencies["leaders_trained"], agencies["supports"] = 1, 1
    years(bench, 1, yearly(rotation=100.0, leader_support_share=0.0))
    inside = agencies["tier"] < 4
    assert (agencies["leaders_trained"][inside] == 0).all()
    assert (agencies["supports"][inside] == 0).all()


def test_a_leader_in_charge_of_it_wins_later_heads_too_and_costs_no_support(bench: Bench) -> None:
    """With one, as many support it as the larger share says; without, as before, head by head."""
    agencies, inside = bench.world.agencies, bench.world.agencies["tier"] < 4
    found = []
    for appointed, cio_share in ((0, 0.9), (1, 0.9), (1, 0.0)):
        agencies["cio"], agencies["tenure"], agencies["supports"] = appointed, 0, 0
        row = yearly(rotation=1e6, leader_support_share=0.4, leader_support_cio_share=cio_share)
        turn_over(bench.world, FIRST, row)
        found.append(np.array(agencies["supports"][inside]))
    without, with_one, idle = found
    assert (with_one >= without).all()
    assert abs(standard_errors(int(with_one.sum()), len(with_one), 0.9)) < 4.0
    assert abs(standard_errors(int(without.sum()), len(without), 0.4)) < 4.0
    np.testing.assert_array_equal(idle, without)


def test_the_next_head_is_the_same_whenever_the_former_leaves(bench: Bench) -> None:
    """Who comes depends on the agency and on how many came before, not on the month."""
    agencies = bench.world.agencies
    inside = agencies["tier"] < 4
    found = []
    for first in (FIRST, FIRST + 30):
        agencies["tenure"] = 0
        turn_over(bench.world, first, yearly(rotation=1e6, leader_support_share=0.5))
        found.append(np.array(agencies["support_draw"][inside]))
    np.testing.assert_array_equal(*found)


def test_what_a_sender_knew_of_an_address_ages(bench: Bench) -> None:
    experience = bench.world.experience
    experience[:] = 7
    years(bench, 1, yearly(address_change=0.33))
    kept = int((experience == 7).sum())
    assert set(np.unique(experience)) == {0, 7}
    assert abs(standard_errors(kept, experience.size, math.exp(-0.33))) < 4.0


def test_without_turnover_nothing_is_forgotten(bench: Bench) -> None:
    bench.world.experience[:] = 3
    before = bench.world.agencies.copy()
    years(bench, 5, yearly())
    np.testing.assert_array_equal(before, bench.world.agencies)
    assert (bench.world.experience == 3).all()
