"""Each agency on the first day: its weight in the traffic, its staff, lines, systems and habits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from sim.engine.clock import DAY_MS
from sim.engine.distributions import lognormal
from sim.engine.draws import identity, uniform
from sim.engine.records import Records
from sim.exchange.building import Staffing, order_of_agencies
from sim.exchange.codes import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    DRAFTS_AND_SIGNS,
    DRAW_START,
    NOT_INSTALLED,
    OUTSIDE,
    PROCESSES_ONLINE,
    REGISTRY_ONLY,
    ROUTES,
    TIERS,
    UNUSED,
)
from sim.exchange.office_hours import LEADER_CALENDAR
from sim.exchange.volumes import Members
from sim.scenario.tables import AgencyRow


def ordered(rows: Sequence[AgencyRow]) -> list[AgencyRow]:
    """The agencies in the order of the world's arrays."""
    tiers = [TIERS.index(row.tier) for row in rows]
    order = order_of_agencies(tiers, [row.parent_id for row in rows], [row.agency_id for row in rows])
    return [rows[i] for i in order]


def members(rows: Sequence[AgencyRow], tiers: Sequence[int], p: Mapping[str, float], luck: int) -> Members:
    """Weights of agencies within their tier: departments and communes differ, the rest are alike."""
    weights = []
    populations = _populations(rows)
    for row, tier in zip(rows, tiers, strict=True):
        u = float(uniform(luck, identity(row.agency_id), DRAW_START, 0))
        if tier == DEPARTMENT:
            weights.append(float(lognormal(u, 1.0, p["volumes.department_spread"])))
        elif tier == COMMUNE:
            size = populations.get(row.agency_id)
            weights.append(size or float(lognormal(u, 1.0, p["volumes.commune_spread"])))
        else:
            weights.append(1.0)
    below = Counter(row.parent_id for row in rows)
    communes = [below[row.agency_id] for row in rows]
    return Members(
        tiers=tuple(tiers), weights=tuple(weights), rooms=tuple(row.rooms for row in rows), communes=communes
    )


def _populations(rows: Sequence[AgencyRow]) -> dict[str, float]:
    """Known populations of communes, relative to the mean of those known."""
    known = {row.agency_id: float(row.population) for row in rows if row.tier == "commune" and row.population}
    mean = sum(known.values()) / len(known) if known else 1.0
    return {agency: population / mean for agency, population in known.items()}


def staffing_of(
    row: AgencyRow,
    tier: int,
    posts: float,
    clerk_calendar: int,
    p: Mapping[str, float],
    desks: int = 0,
    *,
    documents: float = 1.0,
    dossiers: float = 0.0,
) -> Staffing:
    """People of one agency by role; officers are those left after leaders, clerks and `desks` at the counter.

    Officers are there for their free time. Its parts for documents and for dossiers are those of a mean agency of the
    tier, and go with the agency's own `documents` and `dossiers`, multiples of that mean (assumed: an office puts
    people where its work is; no staffing list was found).
    """
    clerks = max(1, math.ceil(posts))
    others = row.staff - row.leaders - clerks - desks
    free = p["people.officer_document_share"] * documents
    if dossiers > 0.0:
        free += p["dossiers.work.officer_share"] * dossiers
    return Staffing(
        clerks=clerks,
        clerk_calendar=clerk_calendar,
        officers=max(1, round(others * min(1.0, free))),
        staff_calendar=tier,
        leaders=max(1, row.leaders),
        leader_calendar=LEADER_CALENDAR,
    )


def line_rates(route: str, p: Mapping[str, float]) -> tuple[int, int]:
    """What a class of line leaves for documents, down and up, in bits a second."""
    free = 1.0 - p[f"network.{route}.background_share"]
    return max(1, int(p[f"network.{route}.down"] * free)), max(1, int(p[f"network.{route}.up"] * free))


def found_agency(agencies: Records, i: int, row: AgencyRow, tier: int, p: Mapping[str, float], luck: int) -> None:
    """Fill one agency's row, stations left out."""
    a = agencies[i]
    a["key"] = identity(row.agency_id)
    a["tier"] = tier
    a["route"] = ROUTES.index(row.route)
    a["linked"] = row.eoffice_linked
    a["lan"] = row.lan
    a["staff"] = row.staff
    a["leaders_count"] = 0 if tier == OUTSIDE else max(1, row.leaders)
    a["poll_phase_ms"] = a["key"] % DAY_MS
    a["experience"] = 1.0

    def draw(occasion: int) -> float:
        return float(uniform(luck, identity(row.agency_id), DRAW_START, occasion))

    low, high = p["adoption.paperless_threshold_low"], p["adoption.paperless_threshold_high"]
    a["threshold"] = low + (high - low) * draw(1)
    a["support_draw"] = draw(2)
    a["supports"] = a["support_draw"] < p["adoption.leader_support_share"]
    a["it_staff"] = row.it_staff >= 1.0
    a["level"] = _level(row.eoffice_installed, draw(3), draw(4), draw(5), p) if tier != OUTSIDE else REGISTRY_ONLY
    a["trained"] = round(row.staff * p["start.trained_share"])
    a["eoffice_trained"] = round(row.staff * p["start.eoffice_trained_share"]) if a["level"] >= UNUSED else 0
    a["users"] = round(row.staff * p["start.user_share"]) if a["level"] >= PROCESSES_ONLINE else 0
    has_mail = row.mailboxes > 0 and (tier != COMMUNE or draw(6) < p["start.commune_mail_share"])
    a["mail"] = has_mail or tier == OUTSIDE
    readers = round(row.staff * p["start.email_user_share"]) if tier <= DISTRICT else 1
    a["mail_users"] = min(readers, row.staff) if has_mail else 0
    a["ups"] = draw(7) < p["network.ups_share"]
    a["own_server"] = bool(row.eoffice_installed) and draw(8) < p["start.own_server_share"]


def _level(installed: bool, u: float, v: float, x: float, p: Mapping[str, float]) -> int:
    """Usage level of e-office on the first day: one draw for each question the plan leaves open."""
    if not installed:
        return NOT_INSTALLED
    if u < p["start.installed_unused_share"]:
        return UNUSED
    if v < p["start.registry_only_share"]:
        return REGISTRY_ONLY
    return DRAFTS_AND_SIGNS if x < p["start.draft_sign_share"] else PROCESSES_ONLINE


def place_districts(agencies: Records, rows: Sequence[AgencyRow], tiers: Sequence[int]) -> None:
    """Tie communes to their districts, where there are any; communes of one district stand in one run."""
    index = {row.agency_id: i for i, row in enumerate(rows) if tiers[i] == DISTRICT}
    for i, row in enumerate(rows):
        if tiers[i] == COMMUNE:
            agencies[i]["district"] = index.get(row.parent_id, -1)
    for i, tier in enumerate(tiers):
        if tier == DISTRICT:
            mine = [j for j, t in enumerate(tiers) if t == COMMUNE and agencies[j]["district"] == i]
            first = mine[0] if mine else 0
            agencies[[i, *mine]] = _with_communes(agencies[[i, *mine]], first, len(mine))


def _with_communes(rows: Records, first: int, number: int) -> Records:
    rows["commune_first"] = first
    rows["commune_count"] = number
    return rows
