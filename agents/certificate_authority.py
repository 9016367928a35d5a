"""Certificates: what the start holds, and the service that publishes the lists of revoked ones."""

from __future__ import annotations

from collections.abc import Generator, Mapping

from simpy import Environment
from simpy.events import Event

from sim.engine.clock import DAY_MS
from sim.engine.distributions import exponential
from sim.engine.draws import child, identity, uniform
from sim.engine.slow import until
from sim.exchange.codes import COMMUNE, DRAW_CERTIFICATE, OUTSIDE
from sim.exchange.port import Traffic
from sim.exchange.state import World

YEAR_MS = 365 * DAY_MS
FOREIGN = 1 << 30
"""Occasion of the draw whether an agency has a certificate of another authority; the next one is of its habits."""


def certificates_at_start(world: World, p: Mapping[str, float]) -> None:
    """Hand out what the plan counts at the start, from the provincial Office down to districts; ages vary.

    What is left over then belongs to bodies that are not simulated: before a plan of communes, none has a certificate.
    """
    life_ms = int(p["signatures.life"])
    organisations = round(p["signatures.organisation_at_start"])
    personal = round(p["signatures.personal_at_start"])
    places = int(world.rules["places"][0])
    for agency, a in enumerate(world.agencies):
        if a["tier"] in (COMMUNE, OUTSIDE):
            continue
        if organisations > 0:
            organisations -= 1
            _issue_aged(world, agency, 0, places, life_ms)
            world.certificates[agency * places]["foreign"] = _is_foreign(world, agency, p)
        for leader in range(1, int(a["leaders_count"]) + 1):
            if personal > 0:
                personal -= 1
                _issue_aged(world, agency, leader, places, life_ms)


def _is_foreign(world: World, agency: int, p: Mapping[str, float]) -> bool:
    luck, key = int(world.rules["luck"][0]), int(world.agencies[agency]["key"])
    return float(uniform(luck, key, DRAW_CERTIFICATE, FOREIGN)) < p["signatures.foreign_share"]


def _issue_aged(world: World, agency: int, holder: int, places: int, life_ms: int) -> None:
    key = child(int(world.agencies[agency]["key"]), DRAW_CERTIFICATE, holder)
    age_ms = int(float(uniform(int(world.rules["luck"][0]), key, DRAW_CERTIFICATE, 0)) * life_ms)
    certificate = world.certificates[agency * places + holder]
    certificate["valid_from_ms"] = -age_ms
    certificate["valid_until_ms"] = life_ms - age_ms


def verification_habits(world: World, p: Mapping[str, float]) -> None:
    """Which agencies refuse what cannot be verified; nobody has a list of revoked certificates yet."""
    luck = int(world.rules["luck"][0])
    for a in world.agencies:
        u = float(uniform(luck, int(a["key"]), DRAW_CERTIFICATE, FOREIGN + 1))
        a["hard_fail"] = u < p["signatures.hard_fail_share"]
        a["list_held_ms"] = -1


def list_service(env: Environment, traffic: Traffic, p: Mapping[str, float]) -> Generator[Event, None, None]:
    """The publisher's server is out of reach now and then: whoever needs a newer list waits for it."""
    key, occasion = identity("list service"), 0
    rate = p["signatures.list_faults_per_year"]
    while rate > 0.0:
        yield until(env, int(env.now) + _lasts(traffic, key, occasion, YEAR_MS / rate))
        traffic.world.rules["list_reachable"] = 0
        yield until(env, int(env.now) + _lasts(traffic, key, occasion + 1, p["signatures.list_repair"]))
        traffic.world.rules["list_reachable"] = 1
        occasion += 2


def _lasts(traffic: Traffic, key: int, occasion: int, mean_ms: float) -> int:
    u = float(uniform(int(traffic.world.rules["luck"][0]), key, DRAW_CERTIFICATE, occasion))
    return max(1, int(exponential(u, mean_ms)))
