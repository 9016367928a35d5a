"""One document on a line that breaks or changes in mid transfer: every time stamp, written down by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hand_bench import RECIPIENT, SENDER, sent
from worlds import Bench, Provinces, steps

from sim.engine.clock import HOUR_MS, MINUTE_MS, SECOND_MS
from sim.engine.records import Records
from sim.exchange.state import AGENCY_FLOWS

LINE_MS = 1_001
SEND_BEGINS = 15 * SECOND_MS


def line(world: Bench) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([world.agency(SENDER)["uplink"]], np.int64)


def of_step(visits: Records, name: str) -> Records:
    return visits[[step == name for step in steps(visits)]]


def test_an_outage_in_mid_transfer(provinces: Provinces, engine: str) -> None:
    """400 ms are sent, the line is down for an hour, 601 ms follow; the gateway sends once more, in vain."""

    def an_hour_down(world: Bench, issued: int) -> None:
        broken = issued + SEND_BEGINS + 400
        world.when(broken, lambda: world.traffic.pause(line(world)))
        world.when(broken + HOUR_MS, lambda: world.traffic.resume(line(world)))

    world, visits = sent(provinces, engine, an_hour_down)
    issued = world.at(date(2019, 3, 7), 8, 59)
    first, again = of_step(visits, "SEND")
    assert first["began_ms"] == issued + SEND_BEGINS
    assert first["finished_ms"] == issued + SEND_BEGINS + LINE_MS + HOUR_MS
    assert again["entered_ms"] == again["began_ms"] == first["finished_ms"]
    assert again["finished_ms"] == first["finished_ms"] + LINE_MS
    assert len(of_step(visits, "REGISTER_ELECTRONIC")) == 1
    tally = world.world.tally
    assert [int(tally[name][0]) for name in ("repeats_created", "repeats_dropped")] == [1, 1]
    assert world.world.waits_ms.sum(axis=0)[5] == HOUR_MS


def test_a_line_that_is_down_keeps_what_comes_to_it(provinces: Provinces, engine: str) -> None:
    """Broken while the gateway still packs: the transfer begins as the line comes back, and is not repeated."""

    def down_early(world: Bench, issued: int) -> None:
        world.when(issued + 5 * SECOND_MS, lambda: world.traffic.pause(line(world)))
        world.when(issued + HOUR_MS, lambda: world.traffic.resume(line(world)))

    world, visits = sent(provinces, engine, down_early)
    (send,) = of_step(visits, "SEND")
    issued = world.at(date(2019, 3, 7), 8, 59)
    assert (send["entered_ms"], send["began_ms"]) == (issued + SEND_BEGINS, issued + HOUR_MS)
    assert send["finished_ms"] == issued + HOUR_MS + LINE_MS
    assert world.world.tally["repeats_created"] == 0
    assert world.world.waits_ms.sum(axis=0)[5] == HOUR_MS - SEND_BEGINS


def test_a_line_that_gets_slower_in_mid_transfer(provinces: Provinces, engine: str) -> None:
    """After 501 ms the rate halves: the 500 ms left take 1,000; after 250 of them it is five times as fast."""

    def change(world: Bench, issued: int) -> None:
        uplink = int(world.agency(SENDER)["uplink"])
        begins = issued + SEND_BEGINS
        world.when(begins + 501, lambda: world.traffic.change_rate(uplink, 4_000_000))
        world.when(begins + 751, lambda: world.traffic.change_rate(uplink, 20_000_000))

    world, visits = sent(provinces, engine, change)
    (send,) = of_step(visits, "SEND")
    assert send["finished_ms"] - send["began_ms"] == 501 + 250 + 750 // 5
    station = int(world.agency(SENDER)["uplink"])
    assert world.world.worked_ms[:, station].sum() == 501 + 250 + 150


def test_a_rate_that_changes_while_the_line_is_down(provinces: Provinces, engine: str) -> None:
    def change(world: Bench, issued: int) -> None:
        uplink = int(world.agency(SENDER)["uplink"])
        begins = issued + SEND_BEGINS
        world.when(begins + 501, lambda: world.traffic.pause(line(world)))
        world.when(begins + 600, lambda: world.traffic.change_rate(uplink, 4_000_000))
        world.when(begins + 900, lambda: world.traffic.resume(line(world)))

    _, visits = sent(provinces, engine, change)
    assert int(of_step(visits, "SEND")[0]["finished_ms"] - of_step(visits, "SEND")[0]["began_ms"]) == 900 + 1_000


def test_an_outage_at_the_very_end_of_a_transfer(provinces: Provinces, engine: str) -> None:
    """Slow actors come first within a millisecond: the line is down before the last byte is through."""

    def at_the_end(world: Bench, issued: int) -> None:
        end = issued + SEND_BEGINS + LINE_MS
        world.when(end, lambda: world.traffic.pause(line(world)))
        world.when(end + 7, lambda: world.traffic.resume(line(world)))

    world, visits = sent(provinces, engine, at_the_end)
    issued = world.at(date(2019, 3, 7), 8, 59)
    assert of_step(visits, "SEND")[0]["finished_ms"] == issued + SEND_BEGINS + LINE_MS + 7


def power(world: Bench, agency_id: str, *names: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([int(world.agency(agency_id)[name]) for name in names], np.int64)


IN_OUTAGE = AGENCY_FLOWS.index("in_outage")


@pytest.mark.parametrize(
    ("agency_id", "names", "begins_ms"),
    [(SENDER, ("uplink",), SEND_BEGINS + 300), (RECIPIENT, ("downlink",), MINUTE_MS + 200)],
    ids=["uplink", "downlink"],
)
def test_a_broken_transfer_counts_as_bad_experience(
    provinces: Provinces, engine: str, agency_id: str, names: tuple[str, ...], begins_ms: int
) -> None:
    """Accepted in time, but it met an outage on its way, at whichever end: the sender remembers."""

    def half_an_hour(world: Bench, issued: int) -> None:
        stations = power(world, agency_id, *names)
        world.when(issued + begins_ms, lambda: world.traffic.pause(stations))
        world.when(issued + begins_ms + HOUR_MS // 2, lambda: world.traffic.resume(stations))

    world, visits = sent(provinces, engine, half_an_hour)
    slow = of_step(visits, "SEND" if agency_id == SENDER else "FETCH")[0]
    assert slow["finished_ms"] - slow["began_ms"] > HOUR_MS // 2
    assert world.world.agency_flows[:, world.ids[SENDER], IN_OUTAGE].sum() == 1


def test_a_gateway_that_stops_while_it_packs_sends_once(provinces: Provinces, engine: str) -> None:
    """Nothing had left yet, so there is nothing to repeat."""

    def no_power(world: Bench, issued: int) -> None:
        stations = power(world, SENDER, "gateway", "uplink", "downlink")
        world.when(issued + 5 * SECOND_MS, lambda: world.traffic.pause(stations))
        world.when(issued + 10 * MINUTE_MS, lambda: world.traffic.resume(stations))

    world, visits = sent(provinces, engine, no_power)
    (pack,) = of_step(visits, "PACK")
    assert pack["finished_ms"] - pack["began_ms"] == 10 * MINUTE_MS + 10 * SECOND_MS
    assert len(of_step(visits, "SEND")) == 1
    assert world.world.tally["repeats_created"] == 0
