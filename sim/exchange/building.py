"""Lays out the agencies and stations of a province as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import Records
from sim.exchange.codes import (
    DOWNLINK,
    GATEWAY,
    LEADER,
    MESSAGE_SERVICE,
    OFFICERS,
    OUTSIDE,
    REGISTRY,
    UPLINK,
    URGENCIES,
)
from sim.exchange.state import AGENCY, STATION

ALWAYS_OPEN = -1


@dataclass(frozen=True)
class Staffing:
    """Who works at one agency, and when."""

    clerks: int
    clerk_calendar: int
    officers: int
    staff_calendar: int
    leaders: int
    leader_calendar: int


@dataclass
class StationList:
    """Stations in the order in which agencies get them; station 0 is the message service."""

    rows: list[dict[str, int]] = field(default_factory=list)
    """What is known of each on the first day, by field of `STATION`; the other fields are 0."""

    def add(self, kind: int, agency: int, calendar: int, capacity: int, rate_bps: int = 0) -> int:
        """One more station; its number."""
        known = {"kind": kind, "agency": agency, "calendar": calendar, "capacity": capacity, "rate_bps": rate_bps}
        self.rows.append({**known, "up": 1, "wake_ms": -1, "serving": -1, "most": capacity})
        return len(self.rows) - 1

    def array(self) -> Records:
        """All stations as a structured array."""
        stations = np.zeros(len(self.rows), STATION)
        for station, known in zip(stations, self.rows, strict=True):
            for name, value in known.items():
                station[name] = value
        return stations


def add_stations(stations: StationList, agency: int, staffing: Staffing, down_bps: int, up_bps: int) -> dict[str, int]:
    """The stations of one agency, by the name of the agency's field that points at them."""
    places = {
        "registry": stations.add(REGISTRY, agency, staffing.clerk_calendar, staffing.clerks),
        "officers": stations.add(OFFICERS, agency, staffing.staff_calendar, staffing.officers),
        "gateway": stations.add(GATEWAY, agency, ALWAYS_OPEN, 1),
        "uplink": stations.add(UPLINK, agency, ALWAYS_OPEN, 1, up_bps),
        "downlink": stations.add(DOWNLINK, agency, ALWAYS_OPEN, 1, down_bps),
    }
    leaders = [stations.add(LEADER, agency, staffing.leader_calendar, 1) for _ in range(staffing.leaders)]
    places["leaders_first"] = leaders[0]
    return places


def message_service(stations: StationList, capacity: int) -> None:
    """The province's message service at the data centre, which must be the first station."""
    if stations.add(MESSAGE_SERVICE, -1, ALWAYS_OPEN, capacity) != 0:
        raise ValueError("the message service must be station 0")


def order_of_agencies(tiers: Sequence[int], districts: Sequence[str], ids: Sequence[str]) -> list[int]:
    """Agencies by tier, communes by district, then by id: tiers and districts become ranges."""
    return sorted(range(len(ids)), key=lambda i: (tiers[i], districts[i] if tiers[i] != OUTSIDE else "", ids[i]))


def empty_agencies(number: int) -> Records:
    """Agencies with no station, no district and no messages yet."""
    agencies = np.zeros(number, AGENCY)
    for name in ("registry", "officers", "counter", "gateway", "uplink", "downlink", "district", "leaders_first"):
        agencies[name] = -1
    return agencies


def empty_lines(stations: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Heads and tails of all waiting lines."""
    shape = (stations, URGENCIES)
    return np.full(shape, -1, np.int64), np.full(shape, -1, np.int64)
