"""What people get: courses, charges, certificates, computers."""

from __future__ import annotations

from sim.exchange.certificates import needs_one
from sim.exchange.codes import NOT_INSTALLED
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.purchasable import HELD, SEATED, Purchasable, Site, always


def _has_staff_new_to_eoffice(world: World, _: Holdings, agency: int) -> bool:
    """Nobody learns a system that his or her agency has not got."""
    a = world.agencies[agency]
    return bool(a["level"] > NOT_INSTALLED and a["eoffice_trained"] < a["staff"])


def _train_in_eoffice(site: Site) -> None:
    a = site.row
    a["eoffice_trained"] = min(a["eoffice_trained"] + 1, a["staff"])


def _has_untrained_staff(world: World, _: Holdings, agency: int) -> bool:
    a = world.agencies[agency]
    return bool(a["trained"] < a["staff"])


def _train_one(site: Site) -> None:
    site.row["trained"] = min(site.row["trained"] + 1, site.row["staff"])


def _has_untrained_leaders(world: World, _: Holdings, agency: int) -> bool:
    a = world.agencies[agency]
    return bool(a["leaders_trained"] < a["leaders_count"])


def _train_leader(site: Site) -> None:
    site.row["leaders_trained"] += 1
    site.row["supports"] |= site.row["support_draw"] < site.p["adoption.leader_support_trained_share"]


def _has_no_cio(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["cio"] == 0)


def _appoint_cio(site: Site) -> None:
    """One of the leaders answers for IT from now on, whoever is head."""
    site.row["cio"] = 1
    site.row["supports"] |= site.row["support_draw"] < site.p["adoption.leader_support_cio_share"]


def _has_a_holder_without_certificate(world: World, _: Holdings, agency: int) -> bool:
    places = int(world.rules["places"][0])
    holders = int(world.agencies[agency]["leaders_count"]) + 1
    return bool(needs_one(world.certificates[agency * places : agency * places + holders]).any())


def _ask_for_certificate(site: Site) -> None:
    site.desk.buy(site.agency)


def _train_desk(site: Site) -> None:
    """The first course makes the repair desk what it can be; those of later years keep it so."""
    site.holdings.desk_trained = True


def _has_staff_without_computer(world: World, holdings: Holdings, agency: int) -> bool:
    return bool(holdings.computers[agency] < world.agencies[agency]["staff"])


def _give_computer(site: Site) -> None:
    site.holdings.computers[site.agency] += 1


TRAINING_AND_TOKENS: tuple[Purchasable, ...] = (
    Purchasable("token", _has_a_holder_without_certificate, _ask_for_certificate),
    Purchasable("training_seat", _has_staff_new_to_eoffice, _train_in_eoffice, SEATED),
    Purchasable("general_seat", _has_untrained_staff, _train_one, SEATED, moves=("trained_share",)),
    Purchasable("leader_seat", _has_untrained_leaders, _train_leader, SEATED),
    Purchasable("cio", _has_no_cio, _appoint_cio, per_agency=True, moves=("cio_share",)),
    Purchasable("it_course", always, _train_desk, HELD),
    Purchasable("computer", _has_staff_without_computer, _give_computer),
)
"""Bought by the head, for staff, leaders or the provincial IT desk."""
