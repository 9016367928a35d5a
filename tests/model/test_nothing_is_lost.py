"""Conservation: every random small province adds up, and a job taken away by hand is noticed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from worlds import SOME_OF_EVERYTHING, Bench, Office, Provinces, fixed, small_province

from sim.engine.draws import luck_of
from sim.exchange import counting as c
from sim.exchange.codes import BEFORE_RESULT, DELIVERY, DOSSIER, EXOGENOUS, FILED, NO_SIGNATURE, OUTSIDE, SECRET
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.exchange.founding import found
from sim.exchange.state import AGENCY_CAUSES, World
from sim.model.conservation import ConservationError, check_conservation
from sim.model.simulate import simulate
from sim.policy.ledger import Ledger, Purse
from sim.scenario.drawn import draw_parameters


def random_offices(rng: random.Random) -> list[Office]:
    """Some departments, districts and communes of all kinds."""
    departments = [
        Office(
            f"dept.{i}",
            "department",
            "office",
            route=rng.choice(("adsl", "ftth", "dedicated")),
            linked=rng.random() < 0.7,
            leaders=rng.randint(1, 3),
        )
        for i in range(rng.randint(1, 5))
    ]
    districts = [
        Office(f"dist.{i}", "district", rooms=rng.randint(0, 4), clerks=2, staff=60, population=30_000)
        for i in range(rng.randint(1, 3))
    ]
    communes = [
        Office(
            f"com.{i}.{k}",
            "commune",
            f"dist.{i}",
            route=rng.choice(("none", "adsl", "ftth")),
            linked=rng.random() < 0.4,
            mailboxes=rng.randint(0, 1),
            leaders=1,
            population=rng.choice((None, 3000, 12000)),
        )
        for i in range(len(districts))
        for k in range(rng.randint(1, 5))
    ]
    office = Office("office", "office", clerks=rng.choice((1, 1.5, 3)), leaders=rng.randint(1, 5))
    return [office, *departments, *districts, *communes, Office("out.gov", "outside", linked=False)]


def random_sets(rng: random.Random) -> tuple[str, ...]:
    """Trouble of all kinds, more or less of it."""
    return (
        fixed("documents.wrong_address_share", f"{rng.randint(0, 60)} %"),
        fixed("documents.missing_file_share", f"{rng.randint(0, 40)} %"),
        fixed("documents.message_limit", f"{rng.choice((1, 5, 50))} MB"),
        fixed("documents.mailbox_limit", f"{rng.choice((5, 350))} MB"),
        fixed("documents.flash_share", f"{rng.randint(0, 20)} %"),
        fixed("network.ftth.faults_per_year", f"{rng.choice((0, 30, 300))} /year"),
        fixed("network.datacentre_faults_per_year", f"{rng.choice((0, 100))} /year"),
        fixed("network.retry_limit", str(rng.randint(1, 4))),
        fixed("people.leader_absence_share", f"{rng.randint(0, 50)} %"),
        f"people.service_shape={rng.choice(('constant', 'exponential', 'lognormal'))}",
        f"calendar.always_open={rng.choice(('true', 'false'))}",
    )


@pytest.mark.parametrize("case", range(20))
def test_random_provinces_add_up(provinces: Provinces, case: int) -> None:
    """`simulate` itself checks; here the sums are made a second time from the record alone."""
    rng = random.Random(f"random province {case}")
    start = date(2018, rng.randint(1, 10), 1)
    loaded = provinces.load(
        random_offices(rng),
        sets=random_sets(rng),
        start=start,
        end=start + timedelta(days=rng.randint(20, 70)),
        warm_up=rng.choice(("0 days", "1 months")),
        personal=rng.randint(0, 8),
        organisation=rng.randint(0, 8),
        procedures=SOME_OF_EVERYTHING,
    )
    record = simulate(loaded, 100 + case, case)
    flows = record.flows.sum(axis=(0, 1, 2))
    tally = record.tally
    assert tally["deliveries_created"] == flows[c.DELIVERIES] > 0
    assert tally["deliveries_registered"] == flows[c.REGISTERED]
    assert tally["deliveries_handled"] == flows[c.HANDLED]
    inside = record.flows[:, :, :OUTSIDE].sum(axis=(0, 1, 2))
    assert record.agency_flows[..., c.A_DELIVERIES_OUT].sum() == inside[c.DELIVERIES]
    assert record.agency_flows[..., c.A_ELECTRONIC_OUT].sum() == inside[c.SENT]
    on_paper = record.agency_flows[..., c.A_CAUSES : c.A_CAUSES + len(AGENCY_CAUSES)]
    sent, electronic = record.agency_flows[..., c.A_DELIVERIES_OUT], record.agency_flows[..., c.A_ELECTRONIC_OUT]
    np.testing.assert_array_equal(on_paper.sum(axis=-1), sent - electronic)
    by_tiers = record.causes[:, :, :OUTSIDE, SECRET:NO_SIGNATURE].sum(axis=2)
    for tier in range(OUTSIDE + 1):
        np.testing.assert_array_equal(on_paper[:, record.tiers == tier].sum(axis=1), by_tiers[:, tier])
    assert record.agency_flows[..., c.A_PAGES].sum() == tally["paper_pages"]
    assert record.refusals.sum() == flows[c.REFUSED]
    waiting = tally["deliveries_created"] - tally["deliveries_registered"]
    assert record.pending[:, :, 0].sum() == waiting
    assert record.pending[:, :, 1].sum() == tally["deliveries_created"] - tally["deliveries_handled"]
    assert record.delays[:, :, 0].sum() == flows[c.REGISTERED]
    assert record.delays[:, :, 1].sum() <= flows[c.HANDLED]
    assert record.delays[:, :OUTSIDE, 1].sum() == record.flows[:, :, :OUTSIDE, c.HANDLED].sum()
    assert (record.worked_ms <= record.staffed_ms).all()
    assert (record.waits_ms >= 0).all()
    dossiers = dict(zip(DOSSIER_FLOWS, record.dossier_flows.sum(axis=(0, 1)).tolist(), strict=True))
    assert dossiers["filed"] == tally["dossiers_filed"] >= tally["dossiers_finished"] > 100
    assert dossiers["filed"] == sum(dossiers[name] for name in ("at_counter", "online", "assisted", "by_post"))
    assert dossiers["filed"] >= dossiers["received"] + dossiers["given_up"]
    assert dossiers["received"] >= dossiers["done"] + dossiers["returned"]
    assert dossiers["done"] >= dossiers["late"] >= dossiers["recorded_late"]
    assert dossiers["late"] == record.lateness.sum()
    assert dossiers["filed"] == record.agency_flows[..., c.A_DOSSIERS].sum()
    assert dossiers["done"] == record.agency_flows[..., c.A_DOSSIERS_DONE].sum()
    assert dossiers["late"] == record.agency_flows[..., c.A_DOSSIERS_LATE].sum()


@pytest.fixture
def busy(provinces: Provinces) -> Bench:
    """A province in the middle of its day's work."""
    bench = Bench(provinces.load(small_province(departments=4, staff=400)))
    begin = bench.at(date(2019, 3, 5), 8)
    bench.begin(*((begin + 1000 * i, 1_000_003 * (i + 1), f"dept.{i % 4}", EXOGENOUS) for i in range(300)))
    bench.run(bench.at(date(2019, 3, 6), 10))
    assert int((bench.world.jobs["alive"] == 1).sum()) > 20
    check_conservation(bench.world, Ledger())
    return bench


def one(bench: Bench, what: str) -> int:
    """Some job on its way, or a delivery of one that is not registered."""
    jobs = bench.world.jobs
    alive = jobs["alive"] == 1
    if what == "delivery":
        alive &= (jobs["kind"] == DELIVERY) & (jobs["registered_ms"] < 0)
    return int(np.flatnonzero(alive)[0])


def test_a_job_that_vanishes_is_noticed(busy: Bench) -> None:
    busy.world.jobs["alive"][one(busy, "job")] = 0
    with pytest.raises(ConservationError, match="jobs: "):
        check_conservation(busy.world, Ledger())


def test_a_delivery_that_vanishes_with_its_job_is_noticed(busy: Bench) -> None:
    """Slot and counters put right by the thief: the delivery itself is still missing."""
    j = one(busy, "delivery")
    world = busy.world
    world.jobs["alive"][j] = 0
    world.documents["outstanding"][int(world.jobs["document"][j])] -= 1
    world.tally["free_jobs"] += 1
    world.tally["jobs_finished"] += 1
    with pytest.raises(ConservationError, match="deliveries to registration: "):
        check_conservation(world, Ledger())


def test_a_document_that_nobody_holds_is_noticed(busy: Bench) -> None:
    busy.world.documents["outstanding"][np.argmax(busy.world.documents["outstanding"])] -= 1
    with pytest.raises(ConservationError, match="references to documents"):
        check_conservation(busy.world, Ledger())


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("jobs_created", "jobs"),
        ("jobs_finished", "jobs"),
        ("free_jobs", "job slots"),
        ("documents_created", "documents"),
        ("documents_finished", "documents"),
        ("free_documents", "documents"),
        ("deliveries_created", "deliveries to registration"),
        ("deliveries_registered", "deliveries to registration"),
        ("deliveries_handled", "deliveries to handling"),
        ("twins_created", "twins"),
        ("twins_filed", "twins"),
        ("repeats_created", "repeats"),
        ("repeats_dropped", "repeats"),
    ],
)
@pytest.mark.parametrize("by", [1, -1])
def test_one_counted_too_many_or_too_few_is_noticed(busy: Bench, entry: str, named: str, by: int) -> None:
    busy.world.tally[entry] += by
    with pytest.raises(ConservationError, match=f"{named}: "):
        check_conservation(busy.world, Ledger())


def test_a_miscounted_cell_is_noticed(busy: Bench) -> None:
    busy.world.flows[0, 1, 1, c.DELIVERIES] += 1
    with pytest.raises(ConservationError, match="deliveries by month"):
        check_conservation(busy.world, Ledger())
    busy.world.flows[0, 1, 1, c.DELIVERIES] -= 1
    busy.world.causes[0, 1, 1, 3] += 1
    with pytest.raises(ConservationError, match="deliveries by cause"):
        check_conservation(busy.world, Ledger())


@pytest.fixture
def counters(provinces: Provinces) -> Bench:
    """The same with citizens at the counters, some of their dossiers done, most under way."""
    loaded = provinces.load(
        small_province(population=9000),
        sets=(fixed("dossiers.counter.incomplete_share", "40 %"),),
        procedures=SOME_OF_EVERYTHING,
    )
    bench = Bench(loaded)
    begin = bench.at(date(2019, 3, 5), 8)
    where = ("com.0.0", "com.0.1", "dist.0", "dept.0")
    bench.begin(*((begin + 1000 * i, 1_000_003 * (i + 1), where[i % 4], FILED) for i in range(200)))
    bench.run(bench.at(date(2019, 3, 11), 10))
    assert 20 < under_way(bench).size < 200
    check_conservation(bench.world, Ledger())
    return bench


def under_way(bench: Bench) -> NDArray[np.intp]:
    """Jobs that carry dossiers in somebody's work."""
    jobs = bench.world.jobs
    return np.flatnonzero((jobs["alive"] == 1) & (jobs["kind"] == DOSSIER) & np.isin(jobs["step"], BEFORE_RESULT))


def drop(world: World, j: int) -> None:
    """A thief takes a job and its slot out of the books."""
    job = world.jobs[j]
    if job.serving:
        world.stations["busy"][job.station] -= 1
        job.serving = 0
    job.alive = 0
    world.tally["free_jobs"] += 1
    world.tally["jobs_finished"] += 1


def test_a_dossier_that_vanishes_is_noticed(counters: Bench) -> None:
    drop(counters.world, int(under_way(counters)[0]))
    with pytest.raises(ConservationError, match="dossiers: 200 entered, 199 accounted for; dossier slots: "):
        check_conservation(counters.world, Ledger())


def test_a_dossier_without_a_result_is_noticed(counters: Bench) -> None:
    """The thief has made the dossier and its slot pass for finished: its result is still missing."""
    world = counters.world
    drop(world, int(under_way(counters)[0]))
    world.tally["dossiers_finished"] += 1
    world.tally["free_dossiers"] += 1
    with pytest.raises(ConservationError, match=r"^conservation broken: dossiers to a result: [^;]*$"):
        check_conservation(world, Ledger())


@pytest.mark.parametrize(
    ("flow", "named"),
    [
        ("filed", "dossiers by month"),
        ("online", "dossiers by channel"),
        ("by_post", "dossiers by channel"),
        ("received", "dossiers to a result"),
        ("done", "dossiers to a result: [^;]*; dossiers by due day"),
        ("returned", "dossiers to a result"),
        ("late", "late dossiers by cause"),
    ],
)
def test_a_dossier_counted_twice_is_noticed(counters: Bench, flow: str, named: str) -> None:
    counters.world.dossier_flows[0, 2, DOSSIER_FLOWS.index(flow)] += 1
    with pytest.raises(ConservationError, match=f"^conservation broken: {named}: [^;]*$"):
        check_conservation(counters.world, Ledger())


def test_somebody_at_two_desks_is_noticed(counters: Bench) -> None:
    """A desk that holds more than it says."""
    world = counters.world
    desk = int(np.flatnonzero(world.stations["busy"] > 0)[0])
    world.stations["busy"][desk] -= 1
    with pytest.raises(ConservationError, match=r"busy places: .*; stations busy with other than they serve: "):
        check_conservation(world, Ledger())


def test_money_that_vanishes_is_noticed(busy: Bench) -> None:
    ledger = Ledger()
    purse = Purse([ledger.arrive("I.1", "DT", 2018, 10.0)])
    ledger.pay(ledger.commit(purse, 4.0))
    with pytest.raises(ConservationError, match=r"6\.000000 million VND"):
        check_conservation(busy.world, ledger)
    ledger.give_back(purse)
    check_conservation(busy.world, ledger)
    ledger.accounts["I.1", "DT", 2018].spent += 1.0
    with pytest.raises(ConservationError, match="nobody committed"):
        check_conservation(busy.world, ledger)


def test_the_first_counted_state_is_the_tables(provinces: Provinces) -> None:
    """Three months of traffic before the horizon, with money and adoption frozen, leave every agency as it was."""
    loaded = provinces.load(
        small_province(), start=date(2018, 4, 1), end=date(2018, 5, 31), warm_up="3 months", personal=0, organisation=0
    )
    for replication in range(3):
        record = simulate(loaded, 6, replication)
        luck = luck_of(6, replication)
        agencies = found(loaded, draw_parameters(loaded.scenario, luck), luck).world.agencies
        assert record.first_month == 3
        assert record.agency_flows[:3, :, c.A_ISSUED].sum() > 0
        for name in ("level", "users", "staff", "trained", "linked", "route", "lan", "mail_users"):
            np.testing.assert_array_equal(record.stocks[name][0], agencies[name])
        assert list(record.stocks["linked"][0][:-1]) == [int(row.eoffice_linked) for row in loaded.agencies[:-1]]


def test_what_is_in_flight_crosses_over(provinces: Provinces) -> None:
    """Letters of the warm-up are still registered and handled after it, in the month they were issued."""
    start = date(2018, 4, 1)
    end = date(2018, 4, 30)
    cold = simulate(provinces.load(start=start, end=end), 6, 0, certain=True)
    warm = simulate(provinces.load(start=start, end=end, warm_up="1 months"), 6, 0, certain=True)
    assert warm.first_month == 1
    handled = [int(record.agency_flows[record.first_month, :, c.A_HANDLED].sum()) for record in (cold, warm)]
    assert handled[1] > handled[0], "a cold start has nothing to handle at first"
    issued = int(warm.flows[0, ..., c.DELIVERIES].sum())
    assert 0.95 * issued < int(warm.flows[0, ..., c.REGISTERED].sum()) <= issued
