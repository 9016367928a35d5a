"""What needs a line: exchange, the shared web e-office, filing online; and what a bad one does to use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from statistics import NormalDist

import numpy as np
import pytest
from worlds import CALM, FROZEN, Bench, Kind, Provinces, fixed, play, record_of, small_province

from agents.online_work import DRAFTING, page_comes
from sim.exchange import counting as c
from sim.exchange.codes import LINE_DOWN
from sim.exchange.counting import ACCEPTED, DELIVERIES, SENT
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.exchange.links import DATA_CENTRE, NEVER, page_ms
from sim.exchange.state import World
from sim.model.province import Province
from sim.model.record import RunRecord

START, END = date(2018, 3, 1), date(2018, 6, 30)
IN_USE = (
    fixed("start.installed_unused_share", "0 %"),
    fixed("start.registry_only_share", "0 %"),
    fixed("start.user_share", "90 %"),
    fixed("dossiers.citizens.start_share", "30 %"),
    'start.online_services=["tier:department", "tier:district", "tier:commune"]',
)
IN_THE_HOUSE, SHARED = (fixed("start.own_server_share", share) for share in ("100 %", "0 %"))
SERVICES = (
    Kind("paper", "commune", service_level=4, weight=3),
    Kind("permit", "district", service_level=3),
    Kind("licence", "province", "dept.0", service_level=3),
)


def lived(
    provinces: Provinces, *sets: str, prepare: Callable[[World], None] = lambda _: None, down: Sequence[str] = ()
) -> RunRecord:
    """Four months of a small province; the named lines break on the first day and are never mended."""
    loaded = provinces.load(
        small_province(2, 1, 3, population=20_000, staff=60),
        sets=(*IN_USE, *sets),
        start=START,
        end=END,
        procedures=SERVICES,
    )

    def break_lines(running: Province) -> None:
        world = running.traffic.world
        broken = [DATA_CENTRE] if "data centre" in down else []
        if "lines" in down:
            broken += [*world.agencies["uplink"], *world.agencies["downlink"]]
        running.traffic.pause(np.array([station for station in broken if station >= 0], np.int64))

    return record_of(play(loaded, prepare=prepare, meddle=break_lines))


def online(record: RunRecord) -> int:
    return int(record.dossier_flows[..., DOSSIER_FLOWS.index("online")].sum())


def inside(record: RunRecord, what: int) -> int:
    return int(record.flows[:, :4, :4, what].sum())


@pytest.mark.parametrize("down", ["lines", "data centre"])
def test_with_every_line_down_for_ever_nothing_electronic_arrives(provinces: Provinces, down: str) -> None:
    calm = (*CALM, *FROZEN)
    whole, broken = lived(provinces, *calm), lived(provinces, *calm, down=[down])
    assert inside(whole, ACCEPTED) > 0.5 * inside(whole, DELIVERIES)
    assert online(whole) > 100
    assert inside(broken, ACCEPTED) == 0
    assert online(broken) == 0
    assert inside(broken, SENT) < 0.05 * inside(broken, DELIVERIES), "clerks soon stop waiting and send paper"
    assert broken.causes[:, :4, :4, LINE_DOWN].sum() > 0.5 * inside(broken, DELIVERIES)


@pytest.mark.parametrize(("where", "share"), [(IN_THE_HOUSE, 1.0), (SHARED, 0.0)])
def test_only_a_server_in_the_house_circulates_without_lines(provinces: Provinces, where: str, share: float) -> None:
    patient = (fixed("network.web.patience", "1 min"), fixed("network.web.patience_spread", "0.3"))
    calm = (*CALM, *FROZEN, *patient, where)
    whole, broken = lived(provinces, *calm), lived(provinces, *calm, down=["lines"])
    for record, expected in ((whole, 1.0), (broken, share)):
        circulating = record.agency_flows[..., c.A_CIRCULATING].sum()
        handled = record.agency_flows[..., c.A_HANDLED].sum()
        assert handled > 1000
        assert circulating == pytest.approx(expected * handled, rel=0.02, abs=0)


def test_a_dead_line_is_bad_experience_and_use_falls(provinces: Provinces) -> None:
    """People learn in the month after: with the lines down experience goes to nought and users lapse."""
    whole, broken = lived(provinces, *CALM, SHARED), lived(provinces, *CALM, SHARED, down=["lines"])
    mine = whole.tiers < 4
    assert broken.stocks[-1]["experience"][mine].max() < 0.1
    assert whole.stocks[-1]["experience"][mine].min() > 0.5
    assert broken.stocks[-1]["users"][mine].sum() < broken.stocks[0]["users"][mine].sum()
    assert broken.stocks[-1]["users"][mine].sum() < whole.stocks[-1]["users"][mine].sum()


def page_bench(provinces: Provinces, *sets: str) -> Bench:
    office = small_province(2, 1, 3, staff=200)
    return Bench(provinces.load(office, sets=(*CALM, *IN_USE, SHARED, *sets)))


def test_a_page_takes_what_the_shared_line_leaves_it(provinces: Provinces) -> None:
    """S / (1 - load) with the load of everybody at work there, at each hour of the day, and the server's likewise."""
    bench = page_bench(provinces, fixed("network.web.pages_per_hour", "30"), fixed("network.ftth.down", "16 Mbit/s"))
    world, number = bench.world, bench.ids["dept.0"]
    users = world.agencies["users"]
    world.rules["web_users"] = int(users[:-1].sum())
    rate = int(world.stations["rate_bps"][world.agencies["downlink"][number]])
    alone_s = 300_000 * bench.p["documents.transport_overhead"] * 8 / rate
    weights = np.array([0, 0, 0, 0, 0, 0, 0, 0.7, 1.1, 1.3, 1.3, 0.9, 0, 0.8, 1.1, 1.3, 1.2, 0, 0, 0, 0, 0, 0, 0])
    for hour in (8, 9, 16):
        pages_a_second = 30 / 3600 * weights[hour] / weights[weights > 0].mean()
        load = pages_a_second * int(users[number]) * alone_s
        server = pages_a_second * int(users[:-1].sum()) * 0.150 / 4
        assert 0.1 < load < 1.0
        expected_s = alone_s / (1 - load) + 0.150 / (1 - server)
        answer = page_ms(world, number, bench.at(date(2019, 3, 5), hour, 20))
        assert answer == pytest.approx(1000 * expected_s, rel=1e-9)


def test_a_line_that_more_people_ask_than_it_carries_never_answers(provinces: Provinces) -> None:
    bench = page_bench(provinces, fixed("network.ftth.down", "0.3 Mbit/s"))
    assert page_ms(bench.world, bench.ids["dept.0"], bench.at(date(2019, 3, 5), 9)) == NEVER
    bench.world.agencies["users"] = 1
    assert page_ms(bench.world, bench.ids["dept.0"], bench.at(date(2019, 3, 5), 9)) > 0


def test_as_many_tasks_fail_as_people_are_less_patient_than_the_page_is_slow(provinces: Provinces) -> None:
    """Lognormal patience of the stated median and spread, each task by its own luck; every try is counted."""
    bench = page_bench(provinces, fixed("network.web.server", "7 s"), fixed("network.web.patience_spread", "0.5"))
    world, number, now = bench.world, bench.ids["dept.0"], bench.at(date(2019, 3, 5), 9)
    response_s = page_ms(world, number, now) / 1000
    tries = 4000
    came = sum(bool(page_comes(world, number, 7919 * i + 1, DRAFTING, now)) for i in range(tries))
    chance = 1 - NormalDist(np.log(10.0), 0.5).cdf(np.log(response_s))
    assert 0.2 < chance < 0.9
    assert abs(came - tries * chance) < 4 * np.sqrt(tries * chance * (1 - chance))
    flows = world.agency_flows[0, number]
    assert (flows[c.A_ONLINE_TRIES], flows[c.A_ONLINE_FAILED]) == (tries, tries - came)


def test_a_slow_shared_line_costs_use_and_a_fast_one_never_does(provinces: Provinces) -> None:
    """Everything moves the same way with the speed of the lines: fewer tasks fail, more circulates, more is used."""
    records = [
        lived(provinces, SHARED, fixed("network.ftth.down", rate), fixed("network.web.pages_per_hour", "40"))
        for rate in ("0.9 Mbit/s", "3 Mbit/s", "100 Mbit/s")
    ]
    flows = [record.agency_flows.sum(axis=(0, 1)) for record in records]
    failed = [counts[c.A_ONLINE_FAILED] / counts[c.A_ONLINE_TRIES] for counts in flows]
    circulating = [int(counts[c.A_CIRCULATING]) for counts in flows]
    assert failed[0] > failed[1] > failed[2]
    assert circulating[0] < circulating[1] < circulating[2]
    assert records[0].stocks[-1]["users"].sum() < records[2].stocks[-1]["users"].sum()
