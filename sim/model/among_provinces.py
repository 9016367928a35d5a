"""One province among others: it goes on from window to window, takes in what others sent it, hands over what leaves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from sim.engine.clock import Clock
from sim.engine.draws import child, identity, luck_of
from sim.engine.records import Records
from sim.exchange.codes import CHANNELS, FROM_PROVINCE, OUTSIDE
from sim.exchange.counting import A_DELIVERIES_OUT, DELIVERIES, REGISTERED, SENT
from sim.exchange.founding import Founded, first_day, found
from sim.exchange.state import ARRIVAL, CROSSING
from sim.exchange.volume_draws import drawn_volumes
from sim.model.conservation import ConservationError, check_conservation, check_people
from sim.model.province import close
from sim.model.simulate import begin, unknowns
from sim.scenario.country import Country, CountryProvince

OF_PROVINCE = 2200
"""What a province's own luck is derived for; what nobody knows is the same for all."""
FIRST_NOTES = 256
ALL_OUTSIDE = -1
"""In place of the body that stands for other provinces, where there are none: all of the outside is as for any run."""
NOBODY: Records = np.zeros(0, CROSSING)


@dataclass(frozen=True)
class ProvinceTotals:
    """What one province of a country did from the first day of its horizon; deliveries by their month of issue."""

    province_id: str
    agencies: int
    simulated: int
    """Deliveries from the first simulated day, the warm-up's among them."""
    dossiers: int
    """Filed from the first simulated day."""
    visits: int
    """Visits to stations from the first simulated day, the work of simulating it."""
    deliveries: int
    inside: int
    """Deliveries from and to agencies of the province."""
    inside_electronic: int
    from_centre: int
    to_centre: int
    from_provinces: int
    to_provinces: tuple[int, ...]
    """Those that have reached the outside, by `CHANNELS`."""
    handed_over: int
    """To other provinces, from the first simulated day."""
    taken_in: int
    """From other provinces, from the first simulated day."""
    to_centre_in_all: int
    """To Government and ministries, from the first simulated day; not counted where there are no other provinces."""
    fingerprint: str
    """Of every count of deliveries, delays and dossiers, by month: two runs that differ anywhere differ here."""


class ProvinceAmongOthers:
    """A province that stops at the end of each window.

    Args:
        country: the provinces and their exchange.
        row: which of them this is.
        seed: with the province's id it fixes its luck; what is not known has its stated value.
        engine: the scheduler.
    """

    def __init__(self, country: Country, row: CountryProvince, seed: int, engine: str = "compiled") -> None:
        loaded = country.scenario(row)
        everybody = luck_of(seed, 0)
        luck = child(everybody ^ identity(row.province_id), OF_PROVINCE, 0)
        p, _ = unknowns(loaded, everybody, certain=True)
        p, volumes, _ = drawn_volumes(loaded, country.scaled(row, p), everybody, luck, certain=True)
        founded = found(loaded, p, luck, volumes=volumes)
        check_people(founded.world)
        self._id = row.province_id
        alone = len(country.provinces) == 1
        self._founded = founded if alone else _among_others(founded, country)
        ids = [agency.agency_id for agency in founded.rows]
        self._body = ALL_OUTSIDE if alone else ids.index(country.exchange.body)
        self._province = begin(loaded, self._founded, p, engine)
        self._now = 0
        self._handed = np.zeros((len(founded.months), len(CHANNELS)), np.int64)
        self._to_centre = 0
        self._came = np.zeros(len(founded.months), np.int64)

    def run(self, until_ms: int, coming_in: Records) -> Records:
        """Go on to a moment; what came in since the last one arrives at once. What has left for other provinces."""
        traffic = self._province.traffic
        if len(coming_in):
            coming_in = coming_in.copy()  # what another process sent may be for reading only
            coming_in["agency"] = self._body
            traffic.world = traffic.world._replace(coming_in=coming_in)
            arrivals = np.zeros(len(coming_in), ARRIVAL)
            arrivals["time_ms"], arrivals["key"] = self._now, coming_in["key"]
            arrivals["sender"], arrivals["kind"] = np.arange(len(coming_in)), FROM_PROVINCE
            traffic.expect(arrivals)
            np.add.at(self._came, coming_in["month"], 1)
        traffic.run(until_ms)
        self._now = until_ms
        return self._left()

    def _left(self) -> Records:
        """What reached the outside since the last look; what is for Government and ministries has arrived."""
        world = self._province.traffic.world
        number = int(world.tally["leaving_kept"][0])
        if number == 0:
            return NOBODY
        left = world.leaving[:number]
        world.tally["leaving_kept"] = 0
        to_others = left[left["agency"] == self._body]
        self._to_centre += number - len(to_others)
        np.add.at(self._handed, (to_others["month"], to_others["channel"]), 1)
        return np.asarray(to_others)

    def close(self) -> ProvinceTotals:
        """The last day is over: nothing is lost, and what was done is added up.

        Raises:
            ConservationError: if something was lost.
        """
        close(self._province)
        world, first = self._province.traffic.world, self._founded.first_month
        check_conservation(world, self._province.ledger)
        alone = self._body == ALL_OUTSIDE
        sent_out = 0 if alone else int(world.agency_flows[:, self._body, A_DELIVERIES_OUT].sum())
        reached = self._to_centre if alone else int(world.flows[:, :, OUTSIDE, REGISTERED].sum())
        left = int(self._handed.sum()) + self._to_centre
        came = int(self._came.sum())
        if (sent_out, reached) != (came, left):
            raise ConservationError(
                f"{self._id}: {came} taken in from other provinces and {sent_out} sent on to agencies;"
                f" {reached} deliveries reached the outside and {left} were handed over"
            )
        flows = world.flows[first:].sum(axis=0)
        deliveries = flows[..., DELIVERIES]
        from_provinces = int(self._came[first:].sum())
        return ProvinceTotals(
            province_id=self._id,
            agencies=int((world.agencies["tier"] != OUTSIDE).sum()),
            simulated=int(world.tally["deliveries_created"][0]),
            dossiers=int(world.tally["dossiers_filed"][0]),
            visits=int(world.tally["visits"][0]),
            deliveries=int(deliveries.sum()),
            inside=int(deliveries[:OUTSIDE, :OUTSIDE].sum()),
            inside_electronic=int(flows[:OUTSIDE, :OUTSIDE, SENT].sum()),
            from_centre=int(deliveries[OUTSIDE].sum()) - from_provinces,
            to_centre=int(flows[:OUTSIDE, OUTSIDE, REGISTERED].sum() - self._handed[first:].sum()),
            from_provinces=from_provinces,
            to_provinces=tuple(int(number) for number in self._handed[first:].sum(axis=0)),
            handed_over=int(self._handed.sum()),
            taken_in=came,
            to_centre_in_all=self._to_centre,
            fingerprint=_fingerprint(world.flows, world.causes, world.delays, world.agency_flows, world.dossier_flows),
        )


def last_moment_ms(country: Country) -> int:
    """When the last simulated day is over, the same in all provinces."""
    scenario = country.pattern.scenario
    return Clock(first_day(scenario)).at(scenario.horizon.end + timedelta(days=1))


def _among_others(founded: Founded, country: Country) -> Founded:
    """The world with the outside parted: other provinces write for themselves, and the rest write what is left.

    What comes from outside stays as much as it is for the province alone, as far as others send as much as it does.
    """
    world, exchange = founded.world, country.exchange
    share = exchange.between_share.value
    ids = [row.agency_id for row in founded.rows]
    outside = np.flatnonzero(world.agencies["tier"] == OUTSIDE)
    centre = outside[outside != ids.index(exchange.body)]
    agencies = world.agencies.copy()
    sent_out = float(founded.volumes.deliveries[:, OUTSIDE].sum())
    left = max(0.0, float(agencies["outgoing"][outside].sum()) - share * sent_out)
    agencies["outgoing"][outside] = 0.0
    agencies["outgoing"][centre] = left / len(centre)
    agencies["weight"][ids.index(exchange.body)] = share / (1.0 - share) * len(centre)
    world.rules["among_provinces"] = 1
    return replace(founded, world=world._replace(agencies=agencies, leaving=np.zeros(FIRST_NOTES, CROSSING)))


def _fingerprint(*counts: Records) -> str:
    digest = hashlib.sha256()
    for table in counts:
        digest.update(np.ascontiguousarray(table).tobytes())
    return digest.hexdigest()[:16]
