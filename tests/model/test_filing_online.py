"""What the books say of lateness beside what happened, and who files online: laws written out beside the model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, sqrt

import numpy as np
import pytest
from worlds import CALM, CONSTANT, SOME_OF_EVERYTHING, Bench, Kind, Provinces, fixed, small_province

from agents.citizen import adopt_citizens
from sim.exchange import counting as c
from sim.exchange.codes import COMMUNE
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.exchange.internet import home_internet, on_a_logit_line
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.online_filing import push
from sim.scenario.loading import LoadedScenario

NEVER_IN_TIME = (
    Kind("commune", working_days=0, work="ordinary"),
    Kind("district", "district", working_days=0, work="ordinary"),
    Kind("dept", "province", "dept.0", working_days=0, work="ordinary"),
)
"""A working day's work and more, due by the close of the day."""
SLOW = (fixed("dossiers.work.ordinary", "9 h"), fixed("dossiers.arrivals.per_head", "0.45 /year"))
START = date(2018, 1, 1)
EVERYWHERE = 'start.onestop_software=["tier:department", "tier:district", "tier:commune"]'
ONLINE_EVERYWHERE = 'start.online_services=["tier:department", "tier:district", "tier:commune"]'
RANKED = "dossiers.records.ranked_from=2018-05-01"
ORDER = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2018-01-01, measured_from=2018-05-01,'
    ' tiers=["commune", "district"], source="test"}]'
)


def count(record: RunRecord, what: str, months: slice = slice(None)) -> int:
    return int(record.dossier_flows[months, :, DOSSIER_FLOWS.index(what)].sum())


def slow_province(
    provinces: Provinces, *sets: str, procedures: Sequence[Kind] = NEVER_IN_TIME, end: date = date(2018, 8, 31)
) -> LoadedScenario:
    return provinces.load(
        small_province(1, 1, 3, population=6000, staff=60),
        sets=(*CALM, *CONSTANT, *SLOW, *sets),
        start=START,
        end=end,
        procedures=procedures,
    )


def assert_binomial(successes: int, trials: int, chance: float) -> None:
    """Within four standard errors of the stated share."""
    assert trials > 500
    assert abs(successes - chance * trials) < 4 * sqrt(trials * chance * (1 - chance))


HIDDEN = (
    fixed("dossiers.records.hidden_share_paper", "96 %"),
    fixed("dossiers.records.hidden_share_software", "15 %"),
    fixed("dossiers.records.hidden_share_monitored", "60 %"),
)


def test_before_software_nearly_all_that_is_late_is_hidden(provinces: Provinces) -> None:
    record = simulate(slow_province(provinces, *HIDDEN), 3, 0, certain=True)
    late = count(record, "late")
    assert late == count(record, "done"), "nine hours of work never end on the same day"
    assert_binomial(count(record, "recorded_late"), late, 0.04)


@pytest.mark.parametrize(("hidden", "chance"), [("15 %", 0.85), ("50 %", 0.5), ("0 %", 1.0)])
def test_with_software_what_is_recorded_comes_close(provinces: Provinces, hidden: str, chance: float) -> None:
    """And, hiding nothing, is what happened, to the last dossier."""
    sets = (EVERYWHERE, fixed("dossiers.records.hidden_share_software", hidden))
    record = simulate(slow_province(provinces, *sets), 3, 0, certain=True)
    late, recorded = count(record, "late"), count(record, "recorded_late")
    if chance == 1.0:
        assert recorded == late > 500
    else:
        assert_binomial(recorded, late, chance)


def test_ranking_makes_offices_hide_more(provinces: Provinces) -> None:
    """The share of the ranked holds from the month in which ranking begins, and not before."""
    record = simulate(slow_province(provinces, *HIDDEN, EVERYWHERE, RANKED), 3, 0, certain=True)
    before, since = slice(0, 4), slice(4, None)
    assert_binomial(count(record, "recorded_late", before), count(record, "late", before), 0.85)
    assert_binomial(count(record, "recorded_late", since), count(record, "late", since), 0.40)


def test_a_measured_order_on_documents_changes_no_book_of_dossiers(provinces: Provinces) -> None:
    with_order, without = (
        simulate(slow_province(provinces, *HIDDEN, EVERYWHERE, *given), 3, 0, certain=True) for given in ((ORDER,), ())
    )
    np.testing.assert_array_equal(with_order.dossier_flows, without.dossier_flows)


# who files online

STILL = (
    fixed("dossiers.citizens.home_internet_2016", "50 %"),
    fixed("dossiers.citizens.home_internet_2019", "50 %"),
    fixed("dossiers.citizens.home_internet_2022", "50 %"),
    fixed("dossiers.citizens.start_share", "10 %"),
    fixed("dossiers.citizens.imitation", "0 /year"),
)
"""Half of all people have internet, now and ever; nobody learns from others."""


def home(provinces: Provinces, *sets: str, population: int = 6000) -> Bench:
    """A bench with the citizens of one district, none of whom files online yet."""
    bench = Bench(provinces.load(small_province(1, 1, 3, population=population), sets=sets, procedures=NEVER_IN_TIME))
    bench.world.citizens["users"] = 0
    return bench


@pytest.mark.parametrize("population", [7, 41, 6000])
@pytest.mark.parametrize("hazard", [0.5, 20.0, 1000.0])
def test_adoption_never_passes_reach(provinces: Provinces, population: int, hazard: float) -> None:
    citizens = home(provinces, population=population).world
    for month in range(120):
        reach = 0.33 + month / 250
        adopt_citizens(citizens, month, reach, hazard, 0.0, 0.0)
        assert (citizens.citizens["users"] <= reach * citizens.citizens["population"]).all()
    if hazard > 100.0:
        assert (citizens.citizens["users"] > reach * citizens.citizens["population"] - 2).all()


def joined_on_average(provinces: Provinces, p_push: float, seen: float = 0.0, bad: float = 0.0) -> tuple[float, float]:
    """Mean number of people who become willing in one month from none, and its standard error."""
    world = home(provinces, population=600).world
    joins = []
    for month in range(2000):
        people = world.citizens
        people["users"] = 0
        people["filed"], people["online"] = 1000, round(1000 * seen)
        people["online_done"], people["online_bad"] = 100, round(100 * bad)
        adopt_citizens(world, month, 0.5, p_push, 0.25, 0.0)
        joins.append(int(world.citizens["users"][0]))
    return float(np.mean(joins)), float(np.std(joins, ddof=1) / sqrt(len(joins)))


@pytest.mark.parametrize(
    ("seen", "bad"), [(0.0, 0.0), (0.4, 0.0), (0.4, 0.5), (0.4, 1.0)], ids=["none", "seen", "half bad", "all bad"]
)
def test_the_mean_of_the_law(provinces: Provinces, seen: float, bad: float) -> None:
    """Of those with internet, 1 - exp(-(push + 0.25 seen good) / 12) become willing in a month."""
    expected = 0.5 * 600 * (1 - exp(-(0.03 + 0.25 * seen * (1 - bad)) / 12))
    mean, error = joined_on_average(provinces, 0.03, seen, bad)
    assert abs(mean - expected) < 4 * error


def test_publicity_and_cheaper_fees_raise_joins(provinces: Provinces) -> None:
    """By the law's own amount: hazards add."""
    found = []
    p = home(provinces, fixed("dossiers.citizens.fee_cut", "40 %")).p
    plain = p["dossiers.citizens.external"] + 0.4 * p["dossiers.citizens.fee_cut_effect"]
    hazards = {False: plain, True: plain + p["dossiers.citizens.publicity"]}
    for publicity, hazard in hazards.items():
        assert push(p, publicity=publicity, fee_cut=1.0) == pytest.approx(hazard)
        mean, error = joined_on_average(provinces, push(p, publicity=publicity, fee_cut=1.0))
        assert abs(mean - 300 * (1 - exp(-hazard / 12))) < 4 * error
        found.append((mean, error))
    (without, e1), (with_it, e2) = found
    assert with_it - without > 4 * sqrt(e1 * e1 + e2 * e2)


def test_reach_moves_on_a_straight_line_of_the_logit(provinces: Provinces) -> None:
    """Through the three surveys; half-way between two of them the odds are their geometric mean."""
    p = home(provinces).p
    for year in (2016, 2019, 2022):
        assert home_internet(p, date(year, 1, 1)) == p[f"dossiers.citizens.home_internet_{year}"], "as surveyed"
    odds = sqrt((0.2 / 0.8) * (0.6 / 0.4))
    assert on_a_logit_line(((2016.0, 0.2), (2020.0, 0.6)), 2018.0) == pytest.approx(odds / (1 + odds))


def test_a_horizon_starts_from_the_internet_at_home_of_its_own_first_day(provinces: Provinces) -> None:
    """One of 2011 from what was counted then, one of 2026 from where the surveys lead, neither from 2016's share."""
    p = home(provinces).p
    assert home_internet(p, date(2010, 7, 1)) == pytest.approx(p["dossiers.citizens.home_internet_2010"])
    between = [home_internet(p, date(year, 1, 1)) for year in range(2011, 2017)]
    assert between == sorted(between)
    assert p["dossiers.citizens.home_internet_2010"] < between[0] < 0.5 * p["dossiers.citizens.home_internet_2016"]
    sets = (fixed("dossiers.citizens.start_share", "100 %"),)
    procedures = [kind for kind in SOME_OF_EVERYTHING if kind.portal != "national"]
    for year in (2011, 2026):
        begun = Bench(
            provinces.load(
                small_province(1, 1, 1, population=600_000),
                sets=sets,
                procedures=procedures,
                start=date(year, 1, 1),
                end=date(year, 1, 31),
            )
        )
        people = begun.world.citizens[0]
        expected = home_internet(begun.p, date(year, 1, 1))
        assert people["users"] / people["population"] == pytest.approx(expected, abs=1e-5), year


def test_late_dossiers_send_people_back(provinces: Provinces) -> None:
    """Thirty in a hundred of those whose dossier came late; what is left over is drawn, and all is forgotten then."""
    world = home(provinces).world
    back = []
    for month in range(500):
        world.citizens["users"] = 1000
        world.citizens["online_done"], world.citizens["online_bad"] = 60, 41
        adopt_citizens(world, month, 0.5, 0.0, 0.0, 0.3)
        back.append(1000 - int(world.citizens["users"][0]))
    assert set(back) <= {12, 13}
    assert abs(np.mean(back) - 12.3) < 4 * sqrt(0.3 * 0.7 / 500)
    assert world.citizens["online_bad"][0] == world.citizens["online_done"][0] == 0


def test_nobody_goes_back_who_never_came(provinces: Provinces) -> None:
    world = home(provinces).world
    world.citizens["users"], world.citizens["online_bad"] = 5, 400
    adopt_citizens(world, 0, 0.5, 0.0, 0.0, 0.3)
    assert world.citizens["users"][0] == 0


WILLING = (
    fixed("dossiers.citizens.home_internet_2016", "99 %"),
    fixed("dossiers.citizens.home_internet_2019", "99 %"),
    fixed("dossiers.citizens.home_internet_2022", "99 %"),
    fixed("dossiers.citizens.start_share", "60 %"),
    fixed("dossiers.citizens.external", "0 /year"),
    fixed("dossiers.citizens.imitation", "0 /year"),
    fixed("dossiers.citizens.assisted_share", "0 %"),
    fixed("dossiers.citizens.late_return_share", "0 %"),
)


def offered(level: int) -> tuple[Kind, ...]:
    return tuple(
        Kind(f"{tier}{level}", tier, "dept.0" if tier == "province" else "", working_days=5, service_level=level)
        for tier in ("commune", "district", "province")
    )


def test_nothing_is_filed_online_that_is_not_offered(provinces: Provinces) -> None:
    """Six in ten would: the service must stand at level 3 or 4, and the very office must run the system."""
    some = 'start.online_services=["dist.0", "com.0.1"]'
    alike = {"end": date(2018, 3, 31)}
    low = simulate(slow_province(provinces, *WILLING, ONLINE_EVERYWHERE, procedures=offered(2), **alike), 3, 0)
    nowhere = simulate(slow_province(provinces, *WILLING, procedures=offered(3), **alike), 3, 0)
    partly = simulate(slow_province(provinces, *WILLING, some, procedures=offered(3), **alike), 3, 0)
    for record in (low, nowhere):
        assert count(record, "filed") > 300
        assert count(record, "online") == count(record, "fileable") == count(record, "assisted") == 0
    by_agency = partly.agency_flows[:, :, c.A_DOSSIERS_ONLINE].sum(axis=0)
    filed = partly.agency_flows[:, :, c.A_DOSSIERS].sum(axis=0)
    taken = {name for name, number in zip(partly.agency_ids, by_agency, strict=True) if number}
    assert taken == {"dist.0", "com.0.1"}
    here = [partly.agency_ids.index(name) for name in taken]
    assert count(partly, "fileable") == filed[here].sum()
    assert filed[partly.tiers == COMMUNE].min() > 0


def test_of_what_may_be_filed_online_the_willing_do(provinces: Provinces) -> None:
    """A binomial share, 0.99 x 0.60 of all people; and officers file for some of the others when they are told to."""
    sets = (*WILLING, ONLINE_EVERYWHERE, fixed("dossiers.citizens.assisted_share", "30 %"))
    record = simulate(slow_province(provinces, *sets, procedures=offered(3)), 3, 0, certain=True)
    people, willing = record.citizens[0]
    chance = willing / people
    assert chance == pytest.approx(0.99 * 0.60, abs=1 / people)
    fileable, online, assisted = (count(record, name) for name in ("fileable", "online", "assisted"))
    assert fileable == count(record, "filed")
    assert_binomial(online, fileable, chance)
    assert abs(assisted - 0.3 * (fileable - online)) < 4 * sqrt((fileable - online) * 0.3 * 0.7)


def test_those_whose_dossiers_come_late_file_online_no_more(provinces: Provinces) -> None:
    """Month by month as many leave as the law says; where all is in time nobody does."""
    sets = (
        *WILLING,
        ONLINE_EVERYWHERE,
        fixed("dossiers.citizens.late_return_share", "100 %"),
        fixed("dossiers.work.withdrawn_share", "0 %"),
    )
    slow = tuple(
        Kind(
            f"slow-{kind.intake_tier}",
            kind.intake_tier,
            kind.agency_id,
            working_days=0,
            work="ordinary",
            service_level=4,
        )
        for kind in NEVER_IN_TIME
    )
    late = simulate(slow_province(provinces, *sets, procedures=slow), 3, 0, certain=True)
    quick = fixed("dossiers.work.ordinary", "1 s")
    prompt = tuple(
        Kind(
            f"quick-{kind.intake_tier}",
            kind.intake_tier,
            kind.agency_id,
            working_days=60,
            work="ordinary",
            service_level=4,
        )
        for kind in NEVER_IN_TIME
    )
    in_time = simulate(slow_province(provinces, *sets, quick, procedures=prompt), 3, 0, certain=True)
    assert count(in_time, "late") == 0
    assert len(set(in_time.citizens[:, 1].tolist())) == 1
    people, users = (late.citizens[:, n].astype(float) for n in (0, 1))
    done = late.dossier_flows[:, :, DOSSIER_FLOWS.index("done")].sum(axis=1)
    for month in range(1, len(late.months)):
        # all results of the month before were late; a share of them, that of the willing, had been filed online
        left, before = users[month] - users[month + 1], done[month - 1]
        most, least = users[max(0, month - 2)] / people[0], users[month] / people[0]
        assert left > before * least - 4 * sqrt(before * least)
        assert left < before * most + 4 * sqrt(before * most)
    assert users[0] - users[-1] > 200


def test_only_the_last_month_of_the_warm_up_is_learnt_from(provinces: Provinces) -> None:
    """Three months of late dossiers before the horizon; those of the last one send people back, not those of all."""
    loaded = provinces.load(
        small_province(1, 1, 3, population=6000, staff=60),
        sets=(
            *CALM,
            *CONSTANT,
            *SLOW,
            *WILLING,
            ONLINE_EVERYWHERE,
            fixed("dossiers.citizens.late_return_share", "100 %"),
        ),
        start=START,
        end=date(2018, 1, 31),
        warm_up="3 months",
        procedures=tuple(
            Kind(f"w{k.procedure_id}", k.intake_tier, k.agency_id, working_days=0, work="ordinary", service_level=4)
            for k in NEVER_IN_TIME
        ),
    )
    record = simulate(loaded, 4, 0, certain=True)
    online = record.dossier_flows[:, :, DOSSIER_FLOWS.index("online")].sum(axis=1)
    assert record.first_month == 3
    back = int(record.citizens[0, 1] - record.citizens[-1, 1])
    assert 0 < back < 1.6 * online[2]
    assert online[:3].sum() > 2.5 * online[2]
