"""What must get better or worse when one thing changes and all luck stays the same.

Exact, message by message, where the docstring says so; otherwise in every one of a few replications.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from worlds import CALM, FROZEN, Bench, Office, Provinces, fixed, small_province

from sim.engine.records import Records
from sim.exchange import counting as c
from sim.exchange.codes import EXOGENOUS, LEADER_BUSY, LINK_BUSY, OFFICE_CLOSED, OUTSIDE, POLL, POLLING, REGISTRY, SEND
from sim.exchange.pool import take_job
from sim.exchange.writing import write_document
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

START, END = date(2018, 3, 1), date(2018, 5, 31)
ONLINE = (fixed("start.installed_unused_share", "0 %"), fixed("start.registry_only_share", "0 %"))
"""Whoever has e-office works in it, so that most deliveries are electronic."""
PAPERLESS = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2017-06-01, allows_paperless=true,'
    ' tiers=["office", "department", "district", "commune"], source="test"}]'
)


def pairs(
    provinces: Provinces,
    one: Sequence[str],
    other: Sequence[str],
    *,
    replications: int = 4,
    tracing: bool = False,
    offices: Sequence[Office] = small_province(),
    alike: Sequence[str] = (*FROZEN, *ONLINE),
    end: date = END,
) -> list[tuple[RunRecord, RunRecord]]:
    """The same replications under two settings."""
    loaded = [provinces.load(offices, sets=(*alike, *sets), start=START, end=end) for sets in (one, other)]
    return [
        (simulate(loaded[0], 4, r, tracing=tracing), simulate(loaded[1], 4, r, tracing=tracing))
        for r in range(replications)
    ]


def by_name(visits: Records, step: int) -> dict[tuple[int, int], Records]:
    """Visits of one step by the job's identity and its attempt."""
    return {(int(visit["key"]), int(visit["attempts"])): visit for visit in visits[visits["step"] == step]}


def one_sender(provinces: Provinces, up: str) -> Records:
    """Forty letters that one department writes within two hours; nobody else writes anything, nothing is answered."""
    sets = (
        *CALM,
        *ONLINE,
        fixed("network.ftth.up", up),
        fixed("volumes.reply_share", "0 %"),
        fixed("volumes.relay_share", "0 %"),
        fixed("documents.message_limit", "10000 MB"),
        fixed("documents.scan_size_median", "40 MB"),
    )
    bench = Bench(provinces.load(small_province(departments=4, staff=400), sets=sets))
    begin = bench.at(date(2019, 3, 5), 7, 30)
    bench.begin(*((begin + 180_000 * i, 1_000_003 * (i + 1), "dept.0", EXOGENOUS) for i in range(40)))
    return bench.run(bench.at(date(2019, 3, 25))).copy()


def test_a_faster_line_delays_no_message(provinces: Provinces) -> None:
    """One sender, so the line meets the very same messages: each waits and travels no longer, and most less."""
    slow, fast = (by_name(one_sender(provinces, up), SEND) for up in ("2 Mbit/s", "4 Mbit/s"))
    assert len(slow) >= 40
    assert slow.keys() == fast.keys()
    shorter = 0
    for name, before in slow.items():
        after = fast[name]
        assert after["entered_ms"] == before["entered_ms"], "the gateway before the line works as it did"
        assert after["finished_ms"] - after["entered_ms"] < before["finished_ms"] - before["entered_ms"]
        assert after["began_ms"] <= before["began_ms"]
        shorter += int(after["began_ms"] < before["began_ms"])
    assert shorter > 10, "some had to queue"


@pytest.mark.parametrize("line", ["up", "down"])
def test_twice_the_bandwidth_halves_the_wait_for_lines(provinces: Provinces, line: str) -> None:
    """In a whole province of slow lines, whatever else moves: less waiting for lines and less time on them."""
    offices = [replace(office, route="adsl") for office in small_province()]
    rates = {"up": ("0.5 Mbit/s", "1 Mbit/s"), "down": ("1 Mbit/s", "2 Mbit/s")}[line]
    sets = [(fixed(f"network.adsl.{line}", rate), fixed("network.adsl.faults_per_year", "0 /year")) for rate in rates]
    kind = 4 if line == "up" else 5
    for slow, fast in pairs(provinces, sets[0], sets[1], offices=offices):
        assert fast.waits_ms[:, LINK_BUSY].sum() < slow.waits_ms[:, LINK_BUSY].sum()
        mine = slow.station_kinds == kind
        ratio = fast.worked_ms[:, mine].sum() / slow.worked_ms[:, mine].sum()
        assert ratio == pytest.approx(0.5, abs=0.02)


def mean_wait_ms(record: RunRecord, agency: str) -> float:
    """Mean wait before the registry of one agency."""
    number = record.agency_ids.index(agency)
    (station,) = np.flatnonzero((record.station_kinds == REGISTRY) & (record.station_agencies == number))
    visits = record.visits[record.visits["station"] == station]
    assert len(visits) > 500
    return float((visits["began_ms"] - visits["entered_ms"]).mean())


def test_a_clerk_fewer_lengthens_the_queue(provinces: Provinces) -> None:
    """At the busiest registry, the same officers and leaders: the mean wait grows in every replication."""
    three = small_province(clerks=3, staff=23)
    two = [replace(three[0], clerks=2, staff=22), *three[1:]]
    busy = (fixed("volumes.office_outgoing", "20000 /year"), fixed("volumes.office_incoming", "60000 /year"))
    loaded = [provinces.load(rows, sets=(*FROZEN, *ONLINE, *busy), start=START, end=END) for rows in (three, two)]
    for replication in range(4):
        more, fewer = (simulate(one, 4, replication, tracing=True) for one in loaded)
        registry = (more.station_kinds == REGISTRY) & (more.station_agencies == 0)
        load = more.worked_ms.sum(axis=0) / more.staffed_ms.sum(axis=0)
        assert load[registry][0] == load[more.station_kinds == REGISTRY].max()
        assert mean_wait_ms(fewer, "office") > mean_wait_ms(more, "office")


def inside(record: RunRecord, what: int) -> int:
    """A count of deliveries between agencies of the province."""
    return int(record.flows[:, :OUTSIDE, :OUTSIDE, what].sum())


def test_without_certificates_nothing_is_signed_and_paper_always_follows(provinces: Provinces) -> None:
    sets = (
        *ONLINE,
        PAPERLESS,
        fixed("adoption.paperless_threshold_high", "60 %"),
        fixed("adoption.paperless_threshold_low", "50 %"),
    )
    for certificates in (0, 40):
        loaded = provinces.load(sets=sets, start=START, end=END, personal=certificates, organisation=certificates)
        for replication in range(3):
            record = simulate(loaded, 4, replication)
            assert inside(record, c.ACCEPTED) > 1000
            signed = [inside(record, what) for what in (c.ACCEPTED_SIGNED, c.ACCEPTED_ONLY, c.SENT_ONLY)]
            if certificates == 0:
                assert signed == [0, 0, 0]
            else:
                assert min(signed) > 100


def test_asking_more_often_waits_less(provinces: Provinces) -> None:
    """No poll of a linked system waits longer than its interval, and half of it on average."""
    everybody = PAPERLESS.replace('"commune"]', '"commune", "outside"]')
    alike = (*FROZEN, *ONLINE, everybody)
    sets = [(fixed("network.poll_interval", f"{minutes} min"),) for minutes in (30, 5)]
    for seldom, often in pairs(provinces, *sets, tracing=True, alike=alike, replications=2):
        assert often.waits_ms[:, POLLING].sum() < seldom.waits_ms[:, POLLING].sum()
        for record, minutes in ((seldom, 30), (often, 5)):
            polls = record.visits[record.visits["step"] == POLL]
            waits = (polls["finished_ms"] - polls["entered_ms"]) / 60_000
            assert len(waits) > 1000
            assert waits.max() < minutes
            assert waits.mean() == pytest.approx(minutes / 2, rel=0.05)


def test_an_office_that_never_closes_is_never_closed(provinces: Provinces) -> None:
    alike = (*FROZEN, *ONLINE, fixed("people.leader_absence_share", "0 %"))
    for kept, always in pairs(provinces, (), ("calendar.always_open=true",), alike=alike, replications=2):
        assert always.waits_ms[:, OFFICE_CLOSED].sum() == 0
        assert kept.waits_ms[:, OFFICE_CLOSED].sum() > 0
        people = always.station_kinds < 3
        assert always.worked_ms[:, people].sum() > 0


def classes(provinces: Provinces, secret: str) -> list[tuple[bool, bool, int, int]]:
    """Secrecy, never-electronic, pages and urgency of five hundred documents of the same identities."""
    bench = Bench(provinces.load(small_province(), sets=(fixed("documents.secret_share", secret),)))
    found = []
    for number in range(500):
        key = 7919 * (number + 1)
        slot = int(write_document(bench.world, key, key, 1, EXOGENOUS, -1, -1))
        take_job(bench.world, number, 0, 0, slot)
        d = bench.world.documents[slot]
        found.append((bool(d["secret"]), bool(d["never_electronic"]), int(d["pages"]), int(d["urgency"])))
    return found


def test_what_is_secret_stays_secret_when_more_is(provinces: Provinces) -> None:
    few, many = classes(provinces, "2 %"), classes(provinces, "20 %")
    assert 0 < sum(secret for secret, *_ in few) < sum(secret for secret, *_ in many)
    for before, after in zip(few, many, strict=True):
        assert after[0] or not before[0]
        assert after[2:] == before[2:]
        assert not (after[0] and after[1])


def test_more_secrets_leave_less_to_the_lines(provinces: Provinces) -> None:
    sets = [(fixed("documents.secret_share", share),) for share in ("1 %", "15 %")]
    for few, many in pairs(provinces, *sets):
        assert inside(few, c.SECRETS) < inside(many, c.SECRETS)
        share = inside(many, c.SECRETS) / inside(many, c.DELIVERIES)
        assert share == pytest.approx(0.15, abs=0.02)
        assert inside(many, c.SENT) < inside(few, c.SENT)


def test_growth_leaves_the_first_year_and_lifts_the_second(provinces: Provinces) -> None:
    """What happens in the first twelve months is the same; three later months bring half as many again."""
    staff = fixed("people.officer_document_share", "100 %")
    alike = (*FROZEN, *ONLINE, staff, fixed("volumes.reply_share", "0 %"), fixed("volumes.relay_share", "0 %"))
    sets = [(fixed("volumes.growth", share),) for share in ("0 %", "50 %")]
    offices = small_province(staff=60, clerks=4)
    for flat, grown in pairs(provinces, *sets, alike=alike, end=date(2019, 6, 30), replications=2, offices=offices):
        np.testing.assert_array_equal(flat.agency_flows[:12], grown.agency_flows[:12])
        before, after = (int(record.agency_flows[13:16, :-1, c.A_ISSUED].sum()) for record in (flat, grown))
        error = after / before * math.sqrt(1.0 / before + 1.0 / after)
        assert abs(after / before - 1.5) < 4.0 * error


def test_growth_of_three_per_cent_brings_more_documents(provinces: Provinces) -> None:
    sets = [(fixed("volumes.growth", share),) for share in ("0 %", "3 %")]
    for flat, grown in pairs(provinces, *sets, end=date(2019, 6, 30), replications=2):
        assert grown.tally["documents_created"] > flat.tally["documents_created"]


def test_more_absence_makes_documents_wait_longer_for_leaders(provinces: Provinces) -> None:
    sets = [(fixed("people.leader_absence_share", share),) for share in ("0 %", "40 %")]
    for there, away in pairs(provinces, *sets):
        assert away.waits_ms[:, LEADER_BUSY].sum() > 2 * there.waits_ms[:, LEADER_BUSY].sum()


def test_linking_a_commune_writes_no_document(provinces: Provinces) -> None:
    """One commune's e-office linked or not: as many documents are written, and more of them go electronically."""
    found: list[LoadedScenario] = []
    for linked in (False, True):
        offices = [replace(office, linked=linked or office.agency_id != "com.0.1") for office in small_province()]
        sets = (*FROZEN, *ONLINE, fixed("volumes.reply_share", "0 %"), fixed("volumes.relay_share", "0 %"))
        found.append(provinces.load(offices, sets=sets, start=START, end=END))
    for replication in range(3):
        without, joined = (simulate(one, 4, replication) for one in found)
        assert without.tally["documents_created"] == joined.tally["documents_created"]
        assert inside(joined, c.SENT) > inside(without, c.SENT)


def test_a_channel_needs_both_ends_linked(provinces: Provinces) -> None:
    """With no mail anywhere, what goes electronically goes between linked systems; unlinked ones get paper."""
    offices = [
        replace(office, mailboxes=0, linked=office.agency_id in ("office", "dept.0")) for office in small_province()
    ]
    loaded = provinces.load(
        offices, sets=(*FROZEN, *ONLINE, fixed("start.commune_mail_share", "0 %")), start=START, end=END
    )
    record = simulate(loaded, 4, 0)
    electronic = record.flows[:, :OUTSIDE, :OUTSIDE, c.SENT].sum(axis=0)
    assert electronic[:2, :2].sum() > 0
    assert electronic.sum() == electronic[:2, :2].sum()


def test_visits_are_traced_in_order_of_their_end(provinces: Provinces) -> None:
    """Every visit enters, begins and ends in this order; the trace is in order of time."""
    loaded = provinces.load(small_province(), start=START, end=date(2018, 3, 31))
    visits = simulate(loaded, 4, 0, tracing=True).visits
    assert (visits["entered_ms"] <= visits["began_ms"]).all()
    assert (visits["began_ms"] <= visits["finished_ms"]).all()
    assert (np.diff(visits["finished_ms"]) >= 0).all()
    assert len(simulate(loaded, 4, 0).visits) == 0, "no trace unless asked for"
