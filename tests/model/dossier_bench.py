"""A small province in which one dossier is alone and all work takes its stated time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from worlds import CALM, CONSTANT, LEADERS_ALL_DAY, Bench, Kind, Provinces, fixed, small_province

from sim.engine.clock import DAY_MS
from sim.engine.records import Records
from sim.exchange import codes
from sim.exchange.codes import FILED
from sim.exchange.dossier_state import DOSSIER_FLOWS

KEY = 123_456_789
COMMUNE_COUNTER, DISTRICT_COUNTER, DEPARTMENT_COUNTER = "com.0.0", "dist.0", "dept.0"
THURSDAY = date(2019, 3, 7)
FRIDAY = date(2019, 3, 8)
HOURS_OF_LEADERS = LEADERS_ALL_DAY
LINKED = Kind("linked", steps="own;district;dept.0", working_days=5)
SIMPLE = Kind("simple", working_days=3)

WORK = (
    fixed("dossiers.counter.ordinary", "10 min"),
    fixed("dossiers.counter.copies", "4 min"),
    fixed("dossiers.counter.digitise", "4 min"),
    fixed("dossiers.counter.online_check", "6 min"),
    fixed("dossiers.counter.hand_over", "3 min"),
    fixed("dossiers.counter.come_again", "1 days"),
    fixed("dossiers.work.short", "12 min"),
    fixed("dossiers.work.review", "5 min"),
    fixed("dossiers.work.sign", "2 min"),
    fixed("dossiers.work.site_visit", "3 h"),
    fixed("dossiers.work.site_visit_days", "5"),
    fixed("dossiers.work.outside_days", "1"),
    fixed("dossiers.work.supplement_days", "1"),
    fixed("dossiers.work.financial_days", "1"),
    fixed("dossiers.work.pickup_days", "0"),
    fixed("people.register_paper", "6 min"),
    fixed("people.register_electronic", "3 min"),
)
"""Working times; waits that are drawn in whole days last one day."""

WIRE = (
    # five pages of a megabyte without overhead: 5,000,001 bytes, 5.001 s up and 2.501 s down
    fixed("documents.pages_mean", "1"),
    fixed("documents.scan_size_median", "1 MB"),
    fixed("documents.size_spread", "0"),
    fixed("documents.transport_overhead", "1"),
    fixed("network.ftth.up", "8 Mbit/s"),
    fixed("network.ftth.down", "16 Mbit/s"),
    fixed("network.ftth.background_share", "0 %"),
    fixed("network.message_service", "2 s"),
    fixed("network.poll_interval", "15 min"),
    fixed("post.local", "10 h"),
    fixed("post.district", "10 h"),
    fixed("post.commune", "10 h"),
    fixed("post.spread", "0"),
)
ALIKE = (fixed("volumes.department_spread", "0"), fixed("volumes.commune_spread", "0"))
OTHERS = (Kind("other.commune"), Kind("other.district", "district"), Kind("other.dept", "province", "dept.0"))
"""Every tier takes something in."""


def shares(**percent: int) -> tuple[str, ...]:
    """What may happen to a dossier on its way: nothing, but for what is given in per cent."""
    places = {
        "incomplete_share": "counter",
        "incomplete_online_share": "counter",
        "give_up_share": "counter",
        "post_share": "counter",
        "supplement_share": "work",
        "withdrawn_share": "work",
        "pause_noted_share": "work",
        "assisted_share": "citizens",
        "assisted_campaign_share": "citizens",
        "hidden_share_paper": "records",
        "hidden_share_software": "records",
        "hidden_share_monitored": "records",
    }
    unknown = percent.keys() - places.keys()
    if unknown:
        raise ValueError(f"no such share: {unknown}")
    return tuple(fixed(f"dossiers.{place}.{name}", f"{percent.get(name, 0)} %") for name, place in places.items())


class DossierBench(Bench):
    """A bench whose dossiers are told apart by their keys."""

    def file(self, at: datetime, counter: str = COMMUNE_COUNTER, key: int = KEY) -> None:
        """Somebody files a dossier there at this time."""
        time_ms = self.at(at.date(), at.hour, at.minute, at.second) + at.microsecond // 1000
        self.begin((time_ms, key, counter, FILED))

    def dossier(self, key: int = KEY) -> Any:
        """The state of a dossier, under way or as it was when it left (its slot not taken since)."""
        (slot,) = np.flatnonzero(self.world.dossiers["key"] == key)
        return self.world.dossiers[int(slot)]

    def count(self, what: str) -> int:
        """A count of dossiers over all months and tiers."""
        return int(self.world.dossier_flows[..., DOSSIER_FLOWS.index(what)].sum())

    def visit(self, step: str, key: int = KEY) -> Any:
        """The one visit at this step."""
        visits = self.world.visits[: int(self.world.tally["visits_kept"][0])]
        (found,) = visits[(visits["step"] == getattr(codes, step)) & (visits["key"] == key)]
        return found

    def due(self, key: int = KEY) -> datetime:
        """When the dossier is due."""
        return self.moment(int(self.dossier(key).due_ms))

    def gone(self) -> bool:
        """Has every dossier left?"""
        return bool(self.world.tally["dossiers_finished"][0] == self.world.tally["dossiers_filed"][0])

    def certify(self, agency_id: str, until_ms: int = 10_000 * DAY_MS) -> None:
        """Give an agency its own certificate."""
        certificate = self.world.certificates[self.ids[agency_id] * int(self.world.rules["places"][0])]
        certificate["valid_from_ms"], certificate["valid_until_ms"] = 0, until_ms

    def run_software(self, *agency_ids: str) -> None:
        """The one-stop software is in use there."""
        for agency_id in agency_ids:
            self.world.agencies["onestop"][self.ids[agency_id]] = 1

    def offer_online(self, counter: str, share: float = 1.0) -> None:
        """The counter takes dossiers online, and this share of people would file so."""
        self.world.agencies["online"][self.ids[counter]] = 1
        self.world.citizens["users"] = np.round(self.world.citizens["population"] * share)


def bench(
    provinces: Provinces,
    kinds: Sequence[Kind],
    *sets: str,
    engine: str = "compiled",
    happens: tuple[str, ...] = shares(),
    leaders: int = 2,
) -> DossierBench:
    """Two departments, a district and two communes, where nothing else is going on."""
    loaded = provinces.load(
        small_province(2, 1, 2, population=9000, leaders=leaders),
        sets=(*CALM, *CONSTANT, *HOURS_OF_LEADERS, *WORK, *WIRE, *ALIKE, *happens, *sets),
        start=date(2018, 12, 1),
        end=date(2019, 4, 30),
        procedures=(*kinds, *(kind for kind in OTHERS if kind.intake_tier not in {mine.intake_tier for mine in kinds})),
    )
    found = DossierBench(loaded, engine=engine)
    found.world.agencies["poll_phase_ms"] = 0
    return found


STEP_NAMES = {
    getattr(codes, name): name
    for name in (
        "FILE_BY_POST",
        "RECEIVE",
        "CHECK",
        "COME_BACK",
        "PROCESS",
        "OUTSIDE_BODY",
        "PAUSE",
        "SIGN_RESULT",
        "COURIER",
        "ENTER_LEG",
        "PICK_UP",
        "HAND_OVER",
        "RESULT_BY_POST",
        "AWAIT_VISIT",
        "VISIT",
        "SEND",
        "SERVE",
        "POLL",
        "FETCH",
    )
}


def table(world: Bench, visits: Records) -> list[tuple[str, ...]]:
    """Visits as the tests write them: step, enters the line, begins, is done."""
    times = ("entered_ms", "began_ms", "finished_ms")
    return [(STEP_NAMES[int(v["step"])], *(_text(world.moment(int(v[name]))) for name in times)) for v in visits]


def _text(moment: datetime) -> str:
    shown = moment.strftime("%d/%m %H:%M:%S")
    return shown + (f".{moment.microsecond // 1000:03d}" if moment.microsecond else "")


def names(visits: Records) -> list[str]:
    """Steps of visits, in order."""
    return [STEP_NAMES[int(v["step"])] for v in visits]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-{text}")
