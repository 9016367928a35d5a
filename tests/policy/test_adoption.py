"""Taking e-office up and giving it up, a month at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import SURE, planned
from worlds import FROZEN, Bench, Provinces, fixed, small_province

from sim.engine.clock import DAY_MS
from sim.engine.records import Records
from sim.exchange.counting import (
    A_ATTEMPTS,
    A_IN_OUTAGE,
    A_LATE,
    A_ONLINE_FAILED,
    A_ONLINE_TRIES,
    A_REFUSED,
    A_UNRESOLVED,
)
from sim.measure.payload import encode
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.adoption import adopt, ahead_of, learn, monthly, reachable_share
from sim.policy.orders import dated, in_force
from sim.policy.pressures import MONTH_MS, YEAR_MS, hazards, pressure
from sim.scenario.drawn import draw_parameters
from sim.scenario.keys import title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import read_quantity

STAFF = 4000
NOBODY = {
    f"adoption.{name}": 0.0
    for name in (
        "base",
        "push_training",
        "push_leader",
        "push_mandate",
        "push_measured",
        "inspection_weight",
        "imitation",
        "colleague_weight",
        "lapse",
        "turnover",
        "installed_to_registry",
        "regulation",
        "fall",
        "low_experience",
        "deserted_share",
        "training_fading",
        "rotation",
        "address_change",
        "leader_support_share",
        "leader_support_cio_share",
        "paperless_threshold_low",
        "paperless_threshold_high",
    )
}
NOBODY |= {"adoption.experience_memory": YEAR_MS, "adoption.patience": 6 * MONTH_MS, "adoption.reference_strength": 1.0}
NO_ORDER = pressure([False] * 5, [False] * 5)
ORDERED = pressure([True] * 5, [False] * 5)
MEASURED = pressure([True] * 5, [True] * 5)


@pytest.fixture
def bench(provinces: Provinces) -> Bench:
    """Eight agencies of 4,000 staff each, at level 3, with no users, no training and unsupportive heads."""
    found = Bench(provinces.load(small_province(departments=3, districts=1, communes=3)))
    agencies = found.world.agencies
    inside = agencies["tier"] < 4
    for name, value in (("staff", STAFF), ("level", 3), ("users", 0), ("eoffice_trained", 0), ("supports", 0)):
        agencies[name] = np.where(inside, value, agencies[name])
    agencies["experience"] = 1.0
    return found


def yearly(**named: float) -> Records:
    """Hazards a year, all others nought."""
    return hazards({**NOBODY, **{f"adoption.{name}": value for name, value in named.items()}})


def users(bench: Bench) -> Records:
    """Users at each agency of the province."""
    inside = bench.world.agencies["tier"] < 4
    return np.array(bench.world.agencies["users"][inside])


def months(bench: Bench, number: int, row: Records, pushed: Records = NO_ORDER, first: int = 24217) -> list[int]:
    """Users in the province after each month."""
    found = []
    for month in range(first, first + number):
        adopt(bench.world, month, row, pushed, 0)
        found.append(int(users(bench).sum()))
    return found


def standard_errors(count: float, n: int, odds: float) -> float:
    """How far a binomial count lies from its mean."""
    return (count - n * odds) / math.sqrt(n * odds * (1.0 - odds))


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


def certify(bench: Bench, agency: int, holders: Iterable[int]) -> None:
    """Certificates in force for ever."""
    places = int(bench.world.rules["places"][0])
    for holder in holders:
        bench.world.certificates["valid_until_ms"][agency * places + holder] = 1 << 50


def test_levels_rise_one_by_one_and_the_last_needs_a_token_in_a_leaders_hand(bench: Bench) -> None:
    """Everybody reaches level 3; level 4 only where a leader, not just the agency, has a token that is not locked."""
    agencies = bench.world.agencies
    agencies["level"] = np.where(agencies["tier"] < 4, 1, 2)
    agencies["supports"] = 1
    certify(bench, 1, (0,))
    certify(bench, 2, (2,))
    certify(bench, 3, (1,))
    bench.world.certificates["unusable"][3 * int(bench.world.rules["places"][0]) + 1] = 1
    row = yearly(push_leader=1.0, installed_to_registry=200.0, regulation=200.0)
    levels = []
    for month in range(24217, 24221):
        adopt(bench.world, month, row, NO_ORDER, 0)
        levels.append(list(agencies["level"][:8]))
    assert levels == [[2] * 8, [3] * 8, [3, 3, 4, 3, 3, 3, 3, 3], [3, 3, 4, 3, 3, 3, 3, 3]]


def started(provinces: Provinces, row: Records, level: int, **fields: float) -> tuple[Bench, int, int]:
    """400 departments at a level, six months of adoption: the bench, moves of a level, and months at risk."""
    found = Bench(provinces.load(small_province(departments=400)))
    agencies = found.world.agencies
    inside = agencies["tier"] < 4
    for name, value in {"level": level, "supports": 0, "eoffice_trained": 0, "users": 0, **fields}.items():
        agencies[name] = np.where(inside, value, agencies[name])
    moved = asked = 0
    for month in range(24217, 24223):
        before = np.array(agencies["level"][inside])
        adopt(found.world, month, row, NO_ORDER, 0)
        moved += int(((agencies["level"][inside] != before) & (before == level)).sum())
        asked += int((before == level).sum())
    return found, moved, asked


@pytest.mark.parametrize(("strength", "reference", "experience"), [(0.5, 1.0, 1.0), (0.5, 0.5, 0.6), (1.5, 0.5, 1.0)])
def test_an_agency_rises_at_the_stated_hazard(
    provinces: Provinces, strength: float, reference: float, experience: float
) -> None:
    """Rate x causes / reference x experience, the base among the causes, and beyond the reference too."""
    row = yearly(base=0.1, push_leader=strength - 0.1, installed_to_registry=2.0, reference_strength=reference)
    _, moved, asked = started(provinces, row, 1, supports=1, experience=experience)
    odds = 1.0 - math.exp(-2.0 * strength / reference * experience / 12)
    assert abs(standard_errors(moved, asked, odds)) < 4.0


def test_nobody_pushes_and_still_some_start(provinces: Provinces) -> None:
    """Voluntary: the base alone moves agencies, slowly."""
    row = yearly(base=0.02, installed_to_registry=0.9, reference_strength=0.553)
    _, moved, asked = started(provinces, row, 1)
    assert moved > 0
    assert abs(standard_errors(moved, asked, 1.0 - math.exp(-0.9 * 0.02 / 0.553 / 12))) < 4.0


def test_neighbours_ahead_pull_along(bench: Bench) -> None:
    """Two of the other three provincial agencies are ahead, one of the other two communes; the district has no peer."""
    w = bench.world
    tiers = list(w.agencies["tier"][:8])
    assert tiers == [0, 1, 1, 1, 2, 3, 3, 3]
    w.agencies["level_before"][:8] = (1, 2, 3, 1, 1, 1, 2, 1)
    shares = [ahead_of(w, agency) for agency in range(8)]
    assert shares == pytest.approx([2 / 3, 1 / 3, 0, 2 / 3, 0, 1 / 2, 0, 1 / 2])


def test_a_level_is_given_up_after_a_long_time_of_poor_experience(provinces: Provinces) -> None:
    """Not while it is borne; then at the stated hazard; from level 2 to none, and its users with it."""
    row = yearly(fall=1.5, low_experience=0.7, patience=6 * MONTH_MS)
    _, patient, _ = started(provinces, row, 2, low_months=6, users=10)
    assert patient == 0
    found, moved, asked = started(provinces, row, 2, low_months=7, users=10)
    assert abs(standard_errors(moved, asked, 1.0 - math.exp(-1.5 / 12))) < 4.0
    agencies = found.world.agencies
    fallen = agencies["level"] == 1
    assert fallen.sum() == moved
    assert (agencies["users"][fallen] == 0).all()
    assert (agencies["users"][(agencies["level"] == 2) & (agencies["tier"] < 4)] == 10).all()


def test_a_rule_that_few_follow_is_dropped(provinces: Provinces) -> None:
    row = yearly(fall=1.5, deserted_share=0.2)
    found, moved, asked = started(provinces, row, 3, users=1, staff=20)
    assert abs(standard_errors(moved, asked, 1.0 - math.exp(-1.5 / 12))) < 4.0
    assert set(found.world.agencies["level"][found.world.agencies["tier"] < 4]) == {2, 3}
    _, followed, _ = started(provinces, row, 3, users=4, staff=20)
    assert followed == 0


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


STRENGTHS = ("base", "push_training", "push_leader", "push_mandate", "push_measured", "inspection_weight", "imitation")
STATED = {
    "base": 0.02,
    "push_training": 0.085,
    "push_leader": 0.1,
    "push_mandate": 0.092,
    "push_measured": 0.276,
    "inspection_weight": 0.2,
    "imitation": 0.39,
    "colleague_weight": 0.47,
    "lapse": 0.5,
    "turnover": 0.055,
    "reference_strength": 0.553,
    "installed_to_registry": 0.9,
    "regulation": 0.75,
    "fall": 1.0,
    "deserted_share": 0.1,
}


def grown(found: Bench, pushed: Records, **named: float) -> tuple[Records, Records]:
    """Levels and users after four years from the same mixed start, under the same luck."""
    agencies = found.world.agencies
    n = int((agencies["tier"] < 4).sum())
    agencies["level"][:n], agencies["users"][:n] = 1 + np.arange(n) % 3, (np.arange(n) % 3) * 4
    agencies["supports"][:n], agencies["inspected"][:n] = np.arange(n) % 2, np.arange(n) % 5 == 0
    agencies["eoffice_trained"][:n], agencies["experience"][:n] = np.arange(n) % 7, 0.9
    months(found, 48, yearly(**{**STATED, **named}), pushed)
    return np.array(agencies["level"][:n]), np.array(agencies["users"][:n])


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_stronger_cause_lowers_no_agency(provinces: Provinces, strength: str) -> None:
    """Each cause five times as strong: at every single agency as high a level and as many users, or more."""
    found = Bench(provinces.load(small_province(departments=40, districts=4, communes=10)))
    pushed = ORDERED if strength == "inspection_weight" else MEASURED
    levels, people = grown(found, pushed)
    higher, more = grown(found, pushed, **{strength: 5.0 * STATED[strength]})
    assert (higher >= levels).all()
    assert (more >= people).all()
    assert more.sum() > people.sum()
    assert higher.sum() > levels.sum()


@pytest.fixture(scope="module")
def neighbours(provinces: Provinces) -> Bench:
    """A Bench whose agencies `grown` sets anew each time."""
    return Bench(provinces.load(small_province(departments=12, districts=3, communes=4)))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.data())
def test_whatever_the_strengths_a_stronger_cause_lowers_no_agency(neighbours: Bench, data: st.DataObject) -> None:
    """Any strengths, any cause, raised to any number: the same luck, and nobody is later or less for it."""
    strengths = {name: data.draw(st.floats(0.0, 4.0), name) for name in (*STRENGTHS, "lapse", "turnover", "fall")}
    strengths |= {name: data.draw(st.floats(0.0, 3.0), name) for name in ("installed_to_registry", "regulation")}
    strengths |= {name: data.draw(st.floats(0.0, 1.0), name) for name in ("inspection_weight", "deserted_share")}
    cause = data.draw(st.sampled_from(STRENGTHS), "cause")
    stronger = strengths[cause] + data.draw(st.floats(0.0, 6.0), "by how much")
    pushed = data.draw(st.sampled_from([NO_ORDER, ORDERED, MEASURED]), "orders")
    levels, people = grown(neighbours, pushed, **strengths)
    higher, more = grown(neighbours, pushed, **{**strengths, cause: stronger})
    assert (higher >= levels).all()
    assert (more >= people).all()


def test_an_order_without_strength_is_no_order(provinces: Provinces) -> None:
    found = Bench(provinces.load(small_province(departments=40, districts=4, communes=10)))
    without = grown(found, NO_ORDER)
    declared = grown(found, MEASURED, push_mandate=0.0, push_measured=0.0)
    for one, other in zip(without, declared, strict=True):
        np.testing.assert_array_equal(one, other)


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


def test_an_agency_without_eoffice_has_no_users(bench: Bench) -> None:
    bench.world.agencies["level"][:4] = 0
    months(bench, 12, yearly(base=50.0, push_mandate=5.0, installed_to_registry=100.0, regulation=100.0), MEASURED)
    assert (bench.world.agencies["level"][:4] == 0).all()
    assert (users(bench)[:4] == 0).all()
    assert (users(bench)[4:] > 0).all()


ORDER = (
    '{{id="{id}", title={{vi="chỉ thị", en="order"}}, start={start}, {measured} allows_paperless={paperless},'
    ' tiers=["office", "department", "district", "commune"], source="test"}}'
)
KEEN = tuple(fixed(f"adoption.push_{name}", "1 /year") for name in ("mandate", "measured"))


def orders(
    provinces: Provinces, *given: tuple[str, date, date | None, bool], sets: tuple[str, ...] = KEEN
) -> LoadedScenario:
    """A province under these orders, with money for nothing."""
    rows = [
        ORDER.format(
            id=name,
            start=start,
            paperless=str(paperless).lower(),
            measured=f"measured_from={measured}," if measured else "",
        )
        for name, start, measured, paperless in given
    ]
    loaded = provinces.load(
        small_province(),
        sets=(f"mandates=[{', '.join(rows)}]", *SURE, *sets),
        start=date(2018, 1, 1),
        end=date(2018, 10, 31),
        personal=4,
        organisation=4,
    )
    return planned(loaded, [], [])


def same(one: RunRecord, other: RunRecord, last: int | None = None) -> bool:
    """Same traffic in these months, and same states at their starts."""
    return all(
        np.array_equal(getattr(one, name)[:last], getattr(other, name)[:last])
        for name in ("flows", "agency_flows", "stocks", "waits_ms", "worked_ms")
    )


MARCH, JUNE = date(2018, 3, 1), date(2018, 6, 1)


def test_two_orders_push_no_harder_than_one(provinces: Provinces) -> None:
    """Three orders in force from the same day, two of them measured, leave the records of one."""
    one = simulate(orders(provinces, ("a", MARCH, MARCH, True)), 5, 0)
    three = simulate(
        orders(provinces, ("a", MARCH, MARCH, True), ("b", MARCH, None, False), ("c", MARCH, MARCH, True)), 5, 0
    )
    assert same(one, three)
    none = simulate(orders(provinces), 5, 0)
    assert not same(one, none)


def test_an_order_changes_nothing_before_its_day(provinces: Provinces) -> None:
    with_order = simulate(orders(provinces, ("a", JUNE, None, True)), 5, 0)
    without = simulate(orders(provinces), 5, 0)
    assert same(with_order, without, 5)
    assert with_order.stocks["users"][6].sum() > without.stocks["users"][6].sum()


def test_measuring_raises_use(provinces: Provinces) -> None:
    """Over five replications of the same luck, more users and higher levels on average at the end."""
    gains = []
    for replication in range(5):
        plain = simulate(orders(provinces, ("a", MARCH, None, True)), 5, replication)
        measured = simulate(orders(provinces, ("a", MARCH, MARCH, True)), 5, replication)
        gains.append(int(measured.stocks["users"][-1].sum()) - int(plain.stocks["users"][-1].sum()))
        assert measured.stocks["level"][-1].sum() >= plain.stocks["level"][-1].sum()
    assert sum(gains) > 0
    assert sum(gain > 0 for gain in gains) >= 4


def test_orders_without_effect_are_no_orders(provinces: Provinces) -> None:
    """Declared, ranked and inspected, but nobody feels them: record by record as if they had never been issued."""
    idle = tuple(fixed(f"adoption.push_{name}", "0 /year") for name in ("mandate", "measured"))
    declared = orders(provinces, ("a", MARCH, MARCH, False), ("b", JUNE, None, False), sets=idle)
    without = orders(provinces, sets=idle)
    said, unsaid = simulate(declared, 5, 0), simulate(without, 5, 0)
    assert same(said, unsaid)
    assert encode(said, declared) == encode(unsaid, without), "to the byte, in all that is measured"


def test_an_order_on_an_unknown_day_is_drawn_and_told(provinces: Provinces) -> None:
    """Between its first day and its last, ranking with it, the same day for the same province of unknowns."""
    loaded = orders(provinces, ("a", MARCH, MARCH, False))
    late = read_quantity(
        {
            "value": "60 days",
            "low": "10 days",
            "high": "190 days",
            "kind": "uniform",
            "basis": "assumed",
            "source": "x",
        },
        "duration",
    )
    order = loaded.scenario.mandates[0].model_copy(update={"delay": late})
    unknown = loaded.scenario.model_copy(update={"mandates": (order,)})
    days = set()
    for luck in range(50):
        p = draw_parameters(unknown, luck)
        (drawn,) = dated((order,), p)
        assert drawn.start == drawn.measured_from == MARCH + timedelta(days=int(p["mandates.a.delay"] / DAY_MS))
        assert timedelta(0) <= drawn.start - MARCH <= timedelta(days=200)
        days.add(drawn.start)
    assert len(days) > 20
    assert dated((order,), draw_parameters(unknown, 1, certain=True))[0].start == MARCH + timedelta(days=60)
    assert title_of("mandates.a.delay").en == "Delay of the order “a”"


def test_in_force_by_hand(provinces: Provinces) -> None:
    loaded = orders(provinces, ("a", MARCH, JUNE, False), ("b", JUNE, None, False))
    mandates = loaded.scenario.mandates
    only_departments = [mandates[0].model_copy(update={"tiers": ("department",)}), mandates[1]]
    expected = [
        (date(2018, 2, 28), [False] * 5, [False] * 5),
        (MARCH, [False, True, False, False, False], [False] * 5),
        (date(2018, 5, 31), [False, True, False, False, False], [False] * 5),
        (JUNE, [True, True, True, True, False], [False, True, False, False, False]),
    ]
    for day, ordered, measured in expected:
        assert in_force(only_departments, day) == (ordered, measured)
    allowed = [order.model_copy(update={"binds": False}) for order in only_departments]
    assert in_force(allowed, JUNE) == ([False] * 5, [False] * 5)


def test_frozen_adoption_keeps_users_in_a_whole_run(provinces: Provinces) -> None:
    loaded = provinces.load(small_province(), sets=FROZEN, start=date(2018, 1, 1), end=date(2018, 6, 30))
    record = simulate(loaded, 3, 0)
    for name in ("level", "users"):
        assert (record.stocks[name] == record.stocks[name][0]).all()
