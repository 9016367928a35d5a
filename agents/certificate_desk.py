"""The desk that gets certificates for agencies and leaders: requests, hands over, renews, unlocks.

A request goes to the Government Cipher Committee and comes back after the lead time; then one of the desk's few
people installs the token and trains its holder. Postings, lost tokens and locked PINs come month by month; a
certificate that nears its end is asked for anew, and until the new one is in hand the old one is all there is.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace

from simpy import Environment, Resource
from simpy.events import Event

from sim.engine.clock import SECOND_MS
from sim.engine.draws import child, uniform
from sim.engine.records import Records
from sim.engine.slow import change_places, until
from sim.engine.working_time import add_working
from sim.exchange.certificates import ends_within, is_asked_for, needs_one, was_issued
from sim.exchange.codes import DEPARTMENT, DRAW_CERTIFICATE, OUTSIDE
from sim.exchange.port import Traffic

MONTHS = 12
LAPSE, OLD_TOKEN, LOCK = 0, 1, 2
DRAWS_A_MONTH = 4


@dataclass(frozen=True)
class Issued:
    """One certificate that was ever in somebody's hands; `slot` and `generation` name it.

    It is taken back a second after the next one is handed over: times of signing count in whole seconds.
    """

    slot: int
    generation: int
    from_ms: int
    until_ms: int
    foreign: bool
    revoked_ms: int = -1


def _people(p: Mapping[str, float]) -> int:
    return max(1, round(p["signatures.desk_staff"]))


class CertificateDesk:
    """The people of the province who deal with certificates, and the book they keep."""

    def __init__(self, env: Environment, traffic: Traffic, p: Mapping[str, float]) -> None:
        """Open the desk; what the start has given out is in its book."""
        self._env = env
        self._traffic = traffic
        self._p = p
        self._people = Resource(env, capacity=_people(p))
        self.book: dict[tuple[int, int], Issued] = {}
        self.waits_ms: list[tuple[int, int]] = []
        """(when a token was handed over, how long after it was asked for)"""
        for slot, certificate in enumerate(traffic.world.certificates):
            if was_issued(certificate):
                self._enter(slot, certificate)

    def meet_changed_terms(self) -> None:
        """As many people as there are now; who is being served is served to the end."""
        change_places(self._people, _people(self._p))

    def buy(self, agency: int) -> bool:
        """Ask for a certificate for the agency's next holder without one; False if all have one or wait for it."""
        places = int(self._traffic.world.rules["places"][0])
        for holder in range(int(self._traffic.world.agencies[agency]["leaders_count"]) + 1):
            certificate = self._traffic.world.certificates[agency * places + holder]
            if needs_one(certificate):
                self._ask(agency * places + holder)
                return True
        return False

    def turn_of_month(self, month: int) -> None:
        """A month's postings, lost tokens and locked PINs, and the certificates that near their end."""
        world, now = self._traffic.world, int(self._env.now)
        places = int(world.rules["places"][0])
        ahead_ms = int(self._p["signatures.renew_ahead"])
        ever = was_issued(world.certificates).tolist()
        held = [(slot, agency) for slot, agency in self._slots(places) if ever[slot]]
        for slot, agency in held:
            certificate = world.certificates[slot]
            if is_asked_for(certificate):
                continue
            key = child(int(world.agencies[agency]["key"]), DRAW_CERTIFICATE, slot % places)
            if ends_within(certificate, now, ahead_ms):
                self._ask(slot)
            elif self._happens(key, month, LAPSE, self._p["signatures.churn"]):
                self._lapse(slot, certificate, key, month, is_leader=slot % places > 0)
            elif self._happens(key, month, LOCK, self._p["signatures.pin_lock_share"]):
                certificate["unusable"] = 1
                self._env.process(self._unlock(slot, int(certificate["generation"])))

    def _slots(self, places: int) -> list[tuple[int, int]]:
        tiers = self._traffic.world.agencies["tier"].tolist()
        slots = range(len(self._traffic.world.certificates))
        return [(slot, slot // places) for slot in slots if tiers[slot // places] != OUTSIDE]

    def _draw(self, key: int, month: int, which: int) -> float:
        occasion = (month + 1) * DRAWS_A_MONTH + which
        return float(uniform(int(self._traffic.world.rules["luck"][0]), key, DRAW_CERTIFICATE, occasion))

    def _happens(self, key: int, month: int, which: int, share_a_year: float) -> bool:
        return self._draw(key, month, which) < share_a_year / MONTHS

    def _lapse(self, slot: int, certificate: Records, key: int, month: int, *, is_leader: bool) -> None:
        """Some who are posted go on with the token of their former title until the new one is there."""
        keeps = is_leader and self._draw(key, month, OLD_TOKEN) < self._p["signatures.old_token_share"]
        if keeps:
            certificate["former_ms"] = int(self._env.now)
        else:
            certificate["unusable"] = 1
        self._env.process(self._revoke(slot, int(certificate["generation"])))
        self._ask(slot)

    def _revoke(self, slot: int, generation: int) -> Generator[Event, None, None]:
        """The authority takes the certificate of a former title, or a lost one, back: its next list names it."""
        yield self._env.timeout(max(1, int(self._p["signatures.revocation"])))
        certificate, now = self._traffic.world.certificates[slot], int(self._env.now)
        if certificate["generation"] == generation and certificate["valid_until_ms"] > now:
            certificate["revoked_ms"] = now
            self.book[slot, generation] = replace(self.book[slot, generation], revoked_ms=now)

    def _ask(self, slot: int) -> None:
        self._traffic.world.certificates[slot]["requested_ms"] = int(self._env.now)
        self._env.process(self._obtain(slot))

    def _obtain(self, slot: int) -> Generator[Event, None, None]:
        yield self._env.timeout(int(self._p["signatures.lead_time"]))
        yield from self._at_the_desk(self._p["signatures.desk_work"])
        certificate, now = self._traffic.world.certificates[slot], int(self._env.now)
        self.waits_ms.append((now, now - int(certificate["requested_ms"])))
        if was_issued(certificate):
            old = (slot, int(certificate["generation"]))
            if certificate["valid_until_ms"] > now and certificate["revoked_ms"] < 0:
                self.book[old] = replace(self.book[old], revoked_ms=now + SECOND_MS)
            certificate["generation"] += 1
        certificate["valid_from_ms"] = now
        certificate["valid_until_ms"] = now + int(self._p["signatures.life"])
        certificate["requested_ms"] = certificate["former_ms"] = certificate["revoked_ms"] = -1
        certificate["unusable"] = certificate["foreign"] = 0
        self._enter(slot, certificate)

    def _unlock(self, slot: int, generation: int) -> Generator[Event, None, None]:
        """A PIN entered wrongly too often: the token lies there until the desk resets it."""
        yield from self._at_the_desk(self._p["signatures.desk_work"])
        certificate = self._traffic.world.certificates[slot]
        if certificate["generation"] == generation and certificate["requested_ms"] < 0:
            certificate["unusable"] = 0

    def _at_the_desk(self, work_ms: float) -> Generator[Event, None, None]:
        world = self._traffic.world
        with self._people.request() as turn:
            yield turn
            done_ms = add_working(world.shifts, world.first_shift, DEPARTMENT, int(self._env.now), max(1, int(work_ms)))
            yield until(self._env, int(done_ms))

    def _enter(self, slot: int, certificate: Records) -> None:
        generation = int(certificate["generation"])
        from_ms, until_ms = int(certificate["valid_from_ms"]), int(certificate["valid_until_ms"])
        revoked_ms = int(certificate["revoked_ms"])
        self.book[slot, generation] = Issued(
            slot, generation, from_ms, until_ms, bool(certificate["foreign"]), revoked_ms
        )
