"""People who start with e-office and stop again, a month at a time, by colleagues, training, heads and orders."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from adoption_bench import MEASURED, NO_ORDER, ORDERED, STAFF, months, standard_errors, users, yearly
from worlds import FROZEN, Bench, Provinces, small_province

from sim.model.simulate import simulate
from sim.policy.adoption import adopt, monthly, reachable_share
from sim.policy.pressures import pressure


def test_monthly_by_hand() -> None:
    assert monthly(0.0) == 0.0
    assert monthly(-1.0) == 0.0
    assert monthly(12.0 * math.log(2.0)) == pytest.approx(0.5, rel=1e-14)
    for hazard in (0.02, 0.5, 4.0):
        assert (1.0 - monthly(hazard)) ** 12 == pytest.approx(math.exp(-hazard), rel=1e-12)


def test_without_hazards_nothing_ever_changes(bench: Bench) -> None:
    agencies = bench.world.agencies
    agencies["level"][:4], agencies["experience"] = (1, 2, 3, 4), 0.3
    agencies["users"] = np.where(agencies["level"] > 1, 100, 0)
    agencies["level_before"] = agencies["level"]
    before = bench.world.agencies.copy()
    months(bench, 36, yearly(), MEASURED)
    np.testing.assert_array_equal(before, agencies)


def test_base_hazard_alone_is_a_pure_birth(bench: Bench) -> None:
    """Everyone starts independently: after k months a share 1 - exp(-h k/12) of all staff, within 4 errors."""
    everyone = STAFF * len(users(bench))
    for month, count in enumerate(months(bench, 24, yearly(base=0.6)), start=1):
        assert abs(standard_errors(count, everyone, 1.0 - math.exp(-0.6 * month / 12))) < 4.0


@pytest.mark.parametrize("already", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("weight", [0.0, 0.4, 1.0])
def test_imitation_of_colleagues_and_correspondents(bench: Bench, already: float, weight: float) -> None:
    """One month from a known share: hazard q (w share of colleagues + (1 - w) share reachable)."""
    agencies = bench.world.agencies
    agencies["users"] = np.where(agencies["tier"] < 4, round(already * STAFF), 0)
    agencies["linked"] = np.where(agencies["tier"] <= 1, 1, 0)
    reach = reachable_share(bench.world)
    inside = agencies[agencies["tier"] < 4]
    assert reach == pytest.approx(inside["outgoing"][inside["tier"] <= 1].sum() / inside["outgoing"].sum())
    assert 0.0 < reach < 1.0
    free = round((1.0 - already) * STAFF) * len(users(bench))
    before = int(users(bench).sum())
    after = months(bench, 1, yearly(imitation=3.0, colleague_weight=weight))[0]
    odds = 1.0 - math.exp(-3.0 * (weight * already + (1.0 - weight) * reach) / 12)
    assert abs(standard_errors(after - before, free, odds)) < 4.0


def test_pushes_add_up(bench: Bench) -> None:
    """Training by the share trained, a supporting head, an order, and more when it is measured."""
    row = yearly(base=0.1, push_training=0.8, push_leader=0.5, push_mandate=0.4, push_measured=0.6)
    agencies = bench.world.agencies
    n = STAFF * len(users(bench))
    cases = [
        (0, 0, NO_ORDER, 0.1),
        (1000, 0, NO_ORDER, 0.3),
        (0, 1, NO_ORDER, 0.6),
        (0, 0, ORDERED, 0.5),
        (0, 0, MEASURED, 1.1),
        (4000, 1, MEASURED, 2.4),
    ]
    for trained, supports, pushed, hazard in cases:
        agencies["users"], agencies["eoffice_trained"], agencies["supports"] = 0, trained, supports
        count = months(bench, 1, row, pushed)[0]
        assert abs(standard_errors(count, n, 1.0 - math.exp(-hazard / 12))) < 4.0


def test_an_order_pushes_only_its_tiers(bench: Bench) -> None:
    """Under the same luck agencies of other tiers do exactly what they would do anyway."""
    row = yearly(base=0.2, push_mandate=2.0)
    months(bench, 1, row, NO_ORDER)
    without = users(bench)
    bench.world.agencies["users"] = 0
    months(bench, 1, row, pressure([False, True, False, False, False], [False] * 5))
    tiers = bench.world.agencies["tier"][bench.world.agencies["tier"] < 4]
    np.testing.assert_array_equal(users(bench)[tiers != 1], without[tiers != 1])
    assert (users(bench)[tiers == 1] > without[tiers == 1]).all()


@pytest.mark.parametrize("measured", [False, True])
def test_a_harder_push_loses_nobody(bench: Bench, measured: bool) -> None:
    """Same month, same luck: whoever starts under the weaker push starts under the stronger one."""
    row = yearly(base=0.3, push_mandate=0.5, push_measured=1.5)
    weaker, stronger = (ORDERED, MEASURED) if measured else (NO_ORDER, ORDERED)
    for month in range(24217, 24229):
        counts = []
        for pushed in (weaker, stronger):
            bench.world.agencies["users"] = 500
            adopt(bench.world, month, row, pushed, 0)
            counts.append(users(bench))
        assert (counts[1] >= counts[0]).all()
        assert counts[1].sum() > counts[0].sum()


def test_an_inspection_pushes_less_than_a_ranking_and_only_where_an_order_is_in_force(bench: Bench) -> None:
    row = yearly(base=0.2, push_mandate=0.5, push_measured=3.0, inspection_weight=0.4)
    found = {}
    for inspected, pushed, name in (
        (0, ORDERED, "ordered"),
        (1, ORDERED, "visited"),
        (1, NO_ORDER, "no order"),
        (0, MEASURED, "ranked"),
        (1, MEASURED, "ranked and visited"),
        (0, NO_ORDER, "free"),
    ):
        bench.world.agencies["users"], bench.world.agencies["inspected"] = 0, inspected
        months(bench, 1, row, pushed)
        found[name] = list(users(bench))
    assert found["no order"] == found["free"]
    assert found["ranked and visited"] == found["ranked"]
    assert sum(found["ranked"]) > sum(found["visited"]) > sum(found["ordered"]) > sum(found["free"])
    n = STAFF * len(users(bench))
    assert abs(standard_errors(sum(found["visited"]), n, 1.0 - math.exp(-(0.7 + 0.4 * 3.0) / 12))) < 4.0


def test_staff_who_leave_are_replaced_by_people_new_to_it(bench: Bench) -> None:
    """All users, all good experience: after two years those who have not been replaced, within 4 errors."""
    bench.world.agencies["users"] = np.where(bench.world.agencies["tier"] < 4, STAFF, 0)
    n = STAFF * len(users(bench))
    count = months(bench, 24, yearly(turnover=0.3))[-1]
    assert abs(standard_errors(count, n, math.exp(-0.6))) < 4.0


def test_experience_scales_both_ways(bench: Bench) -> None:
    """Hazard of starting times experience, of stopping times what is missing to a good one."""
    agencies = bench.world.agencies
    n = 2000 * len(users(bench))
    for experience in (0.0, 0.25, 0.8, 1.0):
        agencies["users"] = np.where(agencies["tier"] < 4, 2000, 0)
        agencies["experience"] = experience
        joined = months(bench, 1, yearly(base=1.2))[0] - n
        agencies["users"] = np.where(agencies["tier"] < 4, 2000, 0)
        left = n - months(bench, 1, yearly(lapse=1.2))[0]
        if experience == 0.0:
            assert joined == 0
        else:
            assert abs(standard_errors(joined, n, 1.0 - math.exp(-1.2 * experience / 12))) < 4.0
        if experience == 1.0:
            assert left == 0, "nobody gives up what works"
        else:
            assert abs(standard_errors(left, n, 1.0 - math.exp(-1.2 * (1.0 - experience) / 12))) < 4.0


def test_users_stay_between_nobody_and_the_staff(bench: Bench) -> None:
    bench.world.agencies["experience"] = 0.5
    bench.world.agencies["staff"] = np.where(bench.world.agencies["tier"] < 4, 7, 0)
    for _ in range(3):
        months(bench, 12, yearly(base=60.0, lapse=60.0))
        assert (users(bench) >= 0).all()
        assert (users(bench) <= 7).all()
    months(bench, 12, yearly(base=600.0))
    assert (users(bench) == 7).all()


def test_official_mail_is_taken_up_where_there_is_a_box(bench: Bench) -> None:
    """A clerk reads it first; the rest follow, e-office or not, at the base and by imitation of each other."""
    agencies = bench.world.agencies
    inside = agencies["tier"] < 4
    agencies["level"], agencies["mail"], agencies["mail_users"] = 0, np.where(inside, 1, 0), np.where(inside, 1000, 0)
    agencies["mail"][0] = agencies["mail_users"][0] = 0
    months(bench, 1, yearly(base=0.4, imitation=2.0))
    free, read = 3000 * (len(users(bench)) - 1), int(agencies["mail_users"].sum()) - 1000 * (len(users(bench)) - 1)
    assert abs(standard_errors(read, free, 1.0 - math.exp(-(0.4 + 2.0 / 4) / 12))) < 4.0
    assert agencies["mail_users"][0] == 0


def test_frozen_adoption_keeps_users_in_a_whole_run(provinces: Provinces) -> None:
    loaded = provinces.load(small_province(), sets=FROZEN, start=date(2018, 1, 1), end=date(2018, 6, 30))
    record = simulate(loaded, 3, 0)
    for name in ("level", "users"):
        assert (record.stocks[name] == record.stocks[name][0]).all()
