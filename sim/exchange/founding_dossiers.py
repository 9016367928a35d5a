"""One-stop dossiers on the first day: procedures, how many are filed where, counters, software, citizens."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import numpy as np

from sim.engine.draws import identity, uniform
from sim.engine.records import Records
from sim.exchange.building import StationList
from sim.exchange.codes import (
    AT_COMMUNE,
    AT_DISTRICT,
    AT_INTAKE,
    AT_OFFICE,
    AT_OUTSIDE_BODY,
    COMMUNE,
    COUNTER,
    DEPARTMENT,
    DISTRICT,
    DRAW_START,
    FIRST_NAMED,
    OFFICE,
)
from sim.exchange.dossier_state import CITIZENS, PATH_BASE, PROCEDURE
from sim.exchange.internet import home_internet
from sim.exchange.state import World
from sim.scenario.districts import people_by_agency
from sim.scenario.loading import LoadedScenario
from sim.scenario.procedures import COUNTED_AS, Procedure
from sim.scenario.tables import AgencyRow

_STEPS = {
    "own": AT_INTAKE,
    "district": AT_DISTRICT,
    "commune": AT_COMMUNE,
    "office": AT_OFFICE,
    "outside": AT_OUTSIDE_BODY,
}
_POSTS = {OFFICE: "posts_department", DEPARTMENT: "posts_department", DISTRICT: "posts_district"}
_INTAKE = {"district": DISTRICT, "commune": COMMUNE}
RULES_OF_DOSSIERS = {
    "counter_ms": "counter.ordinary",
    "copies_ms": "counter.copies",
    "digitise_ms": "counter.digitise",
    "online_check_ms": "counter.online_check",
    "hand_over_ms": "counter.hand_over",
    "incomplete_share": "counter.incomplete_share",
    "incomplete_online_share": "counter.incomplete_online_share",
    "come_again_ms": "counter.come_again",
    "give_up_share": "counter.give_up_share",
    "post_share": "counter.post_share",
    "review_result_ms": "work.review",
    "sign_result_ms": "work.sign",
    "site_visit_ms": "work.site_visit",
    "site_visit_days": "work.site_visit_days",
    "outside_days": "work.outside_days",
    "supplement_share": "work.supplement_share",
    "supplement_days": "work.supplement_days",
    "financial_days": "work.financial_days",
    "pause_noted_share": "work.pause_noted_share",
    "withdrawn_share": "work.withdrawn_share",
    "pickup_days": "work.pickup_days",
    "hidden_paper_share": "records.hidden_share_paper",
    "hidden_software_share": "records.hidden_share_software",
    "assisted_share": "citizens.assisted_share",
}
"""Field of `RULES`: the parameter below `dossiers.` that fills it."""


@dataclass(frozen=True)
class Catalogue:
    """The procedures as the hot state holds them, and which run of them each agency takes in."""

    procedures: Records
    sources: tuple[Procedure, ...]
    """The row of the scenario's table behind each of them."""
    runs: tuple[tuple[int, int], ...]
    """First procedure and number of procedures of each agency; none for those without a counter."""


def is_simulated(loaded: LoadedScenario) -> bool:
    """Does the scenario list procedures at all?"""
    return bool(loaded.procedures)


def catalogue(
    loaded: LoadedScenario, rows: Sequence[AgencyRow], tiers: Sequence[int], p: Mapping[str, float]
) -> Catalogue:
    """Lay the procedures out: one run for all districts, one for all communes, one for each department."""
    index = {row.agency_id: i for i, row in enumerate(rows)}
    by_intake: dict[int | str, list[Procedure]] = {}
    for row in sorted(loaded.procedures, key=lambda row: -row.volume_weight):
        by_intake.setdefault(_INTAKE.get(row.intake_tier, row.agency_id), []).append(row)
    first: dict[int | str, tuple[int, int]] = {}
    sources: list[Procedure] = []
    odds: list[float] = []
    for intake, mine in by_intake.items():
        first[intake] = (len(sources), len(mine))
        total = sum(row.volume_weight for row in mine)
        odds.extend(weight / total for weight in accumulate(row.volume_weight for row in mine))
        sources.extend(mine)
    procedures = np.zeros(max(1, len(sources)), PROCEDURE)
    for i, row in enumerate(sources):
        _fill(procedures[i], row, odds[i], index, p)
    runs = [
        first.get(tier, (0, 0)) if tier in (DISTRICT, COMMUNE) else first.get(row.agency_id, (0, 0))
        for row, tier in zip(rows, tiers, strict=True)
    ]
    return Catalogue(procedures, tuple(sources), tuple(runs))


def _fill(record: Records, row: Procedure, odds: float, index: Mapping[str, int], p: Mapping[str, float]) -> None:
    record["working_days"] = row.working_days
    record["same_day"] = row.same_day
    record["level"] = row.service_level
    record["copies"] = row.work == "copies"
    record["site_visit"] = row.site_visit
    record["financial_duty"] = row.financial_duty
    record["national"] = 1 + COUNTED_AS.index(row.counted_as) if row.portal == "national" and row.counted_as else 0
    record["pages"] = row.pages
    record["odds"] = odds
    record["process_ms"] = 0.0 if row.work == "copies" else p[f"dossiers.work.{row.work}"]
    codes = [_STEPS[step] if step in _STEPS else FIRST_NAMED + index[step] for step in row.steps]
    record["path"] = sum(code * PATH_BASE**place for place, code in enumerate(codes))


def filed_a_year(
    loaded: LoadedScenario, rows: Sequence[AgencyRow], tiers: Sequence[int], p: Mapping[str, float]
) -> list[float]:
    """Dossiers filed at each agency in a year: by inhabitants, and among departments by what they take in.

    Where there are no districts communes take in what these would.
    """
    people = people_by_agency(rows)
    homes = DISTRICT if DISTRICT in tiers else COMMUNE
    everybody = sum(people[row.agency_id] for row, tier in zip(rows, tiers, strict=True) if tier == homes)
    total = everybody * p["dossiers.arrivals.per_head"]
    province, commune = p["dossiers.arrivals.province_share"], p["dossiers.arrivals.commune_share"]
    if homes == COMMUNE:
        commune = max(0.0, 1.0 - province)
    share = {DISTRICT: max(0.0, 1.0 - province - commune), COMMUNE: commune}
    taken_in: dict[str, float] = {}
    for row in loaded.procedures:
        if row.intake_tier == "province":
            taken_in[row.agency_id] = taken_in.get(row.agency_id, 0.0) + row.volume_weight
    all_in = sum(taken_in.values())
    return [
        total * share[tier] * people[row.agency_id] / everybody
        if tier in share
        else total * province * taken_in.get(row.agency_id, 0.0) / all_in
        if all_in
        else 0.0
        for row, tier in zip(rows, tiers, strict=True)
    ]


def counter_posts(
    tiers: Sequence[int],
    filed: Sequence[float],
    rows: Sequence[AgencyRow],
    clerks: Sequence[float],
    p: Mapping[str, float],
) -> list[int]:
    """People at the counter of each agency; none where nothing is filed, nor at communes, whose officers take turns.

    Departments, and districts, share what the parameter gives their tier together by what they take in, one each at
    least: the parameter is the mean of the tier's desks (assumed: no staffing list was found). At most half of
    the staff sit there, and after leaders, clerks and counter one is left to be an officer.
    """
    alike: dict[str, list[float]] = {name: [] for name in _POSTS.values()}
    for tier, number in zip(tiers, filed, strict=True):
        if tier in _POSTS and number > 0.0:
            alike[_POSTS[tier]].append(number)
    posts = []
    for i, tier in enumerate(tiers):
        if filed[i] <= 0.0 or tier not in _POSTS:
            posts.append(0)
            continue
        peers = alike[_POSTS[tier]]
        wanted = p[f"dossiers.counter.{_POSTS[tier]}"] * filed[i] * len(peers) / sum(peers)
        others = rows[i].staff - rows[i].leaders - math.ceil(clerks[i]) - 1
        posts.append(max(1, min(round(wanted), rows[i].staff // 2, others)))
    return posts


def add_counter(stations: StationList, agency: int, calendar: int, posts: int) -> int:
    """The counter of one agency; its station."""
    return stations.add(COUNTER, agency, calendar, posts)


def citizens_at_start(
    rows: Sequence[AgencyRow], tiers: Sequence[int], p: Mapping[str, float], luck: int, first: date
) -> Records:
    """People of each district, in the order of districts, and those of them willing to file online by the first day.

    Where there are no districts, people of each commune.
    """
    people = people_by_agency(rows)
    homes = DISTRICT if DISTRICT in tiers else COMMUNE
    districts = [row.agency_id for row, tier in zip(rows, tiers, strict=True) if tier == homes]
    citizens = np.zeros(max(1, len(districts)), CITIZENS)
    citizens["population"] = 1
    connected = home_internet(p, first)
    for home, district in zip(citizens, districts, strict=False):
        key = identity(f"citizens/{district}")
        willing = people[district] * connected * p["dossiers.citizens.start_share"]
        home["key"] = key
        home["population"] = max(1, round(people[district]))
        home["users"] = int(willing + float(uniform(luck, key, DRAW_START, 0)))
    return citizens


def fill_dossier_rules(world: World, p: Mapping[str, float]) -> None:
    """The drawn parameters that dossiers go by."""
    for name, key in RULES_OF_DOSSIERS.items():
        world.rules[name] = p[f"dossiers.{key}"]
