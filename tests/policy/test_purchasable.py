"""What can be bought: every kind has one entry, changes something for who needs it, and leaves the rest alone."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from worlds import SOME_OF_EVERYTHING, Provinces, small_province

from agents.steering_committee import inspect
from sim.engine.draws import luck_of
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, ROUTE_ADSL
from sim.exchange.founding import found
from sim.model.province import Province
from sim.model.simulate import begin
from sim.policy.purchasable import A_MONTH_EACH, AT_ONCE, BUILT, MONTH_MS, ON_SITE, Site
from sim.policy.purchase_catalogue import PURCHASABLE, purchasable
from sim.scenario.drawn import draw_parameters
from sim.scenario.kinds import PAID_WHOLE
from sim.scenario.tables import UNIT_KINDS

UNENDING = ("publicity_round", "it_course", "key_database")
"""Whoever has had one may have another."""


def bare(provinces: Provinces) -> Province:
    """A province on its first day that lacks something of everything: nobody has more than paper, or one old line."""
    offices = [
        replace(office, linked=False, route="none", mailboxes=0)
        for office in small_province(departments=2, districts=1, communes=2, population=2_000)
    ]
    loaded = provinces.load(
        offices,
        start=date(2018, 1, 1),
        end=date(2018, 3, 31),
        personal=0,
        organisation=0,
        procedures=SOME_OF_EVERYTHING,
    )
    luck = luck_of(7, 0)
    p = draw_parameters(loaded.scenario, luck)
    province = begin(loaded, found(loaded, p, luck), p)
    agencies = province.traffic.world.agencies
    agencies["level"][:2] = 1  # some have e-office that stands alone
    agencies["level"][2:] = 0
    agencies["route"][1] = ROUTE_ADSL  # what has no line wants a first one, not a second
    agencies["linked"] = agencies["trained"] = agencies["security"] = agencies["lan"] = 0
    province.holdings.onestop.software_since_ms.pop(0, None)
    province.holdings.onestop.software_since_ms[int(agencies["district"].max())] = 0
    return province


def state_of(province: Province) -> list[object]:
    """All that a purchase may change."""
    world = province.traffic.world
    arrays = [np.array(world.agencies), np.array(world.certificates), np.array(world.stations)]
    return [*(array.tobytes() for array in arrays), deepcopy(province.holdings)]


def install(province: Province, kind: str, agency: int) -> None:
    purchasable(kind).install(Site(agency, province.traffic, province.holdings, province.desk, province.p, 0))


def in_need(province: Province, kind: str) -> list[int]:
    world = province.traffic.world
    return [i for i in range(len(world.agencies) - 1) if purchasable(kind).needs(world, province.holdings, i)]


def test_every_kind_of_the_tables_has_an_entry_under_its_own_name() -> None:
    assert list(PURCHASABLE) == list(UNIT_KINDS)
    assert all(kind == entry.kind for kind, entry in PURCHASABLE.items())
    titles = [(entry.title.vi, entry.title.en) for entry in PURCHASABLE.values()]
    assert len(set(titles)) == len(titles)
    assert all(vi and en for vi, en in titles)


def test_an_unknown_kind_raises() -> None:
    with pytest.raises(ValueError, match="unknown kind of purchase 'abacus': one of eoffice_installation"):
        purchasable("abacus")


@pytest.mark.parametrize("kind", [kind for kind in UNIT_KINDS if kind not in PAID_WHOLE])
def test_a_unit_of_each_kind_changes_something_until_nobody_needs_more(provinces: Provinces, kind: str) -> None:
    province = bare(provinces)
    needy = in_need(province, kind)
    assert needy, "the bare province needs one"
    before = state_of(province)
    install(province, kind, needy[0])
    assert state_of(province) != before
    if kind in UNENDING:
        return
    for _ in range(2_000):
        needy = in_need(province, kind)
        if not needy:
            break
        for agency in needy:
            install(province, kind, agency)
    assert in_need(province, kind) == []
    if purchasable(kind).once:
        assert before[:2] == state_of(province)[:2], "a thing of the province changes no agency"


def test_asking_who_needs_something_changes_nothing_and_looks_at_nothing_else(provinces: Provinces) -> None:
    """A need is worked out only for the kind that is asked about: without computers counted, others still answer."""
    province = bare(provinces)
    province.holdings.computers.clear()
    before = state_of(province)
    for kind in UNIT_KINDS:
        if kind != "computer":
            in_need(province, kind)
    assert state_of(province) == before
    with pytest.raises(IndexError):
        in_need(province, "computer")


def test_what_is_paid_whole_is_needed_by_no_agency_more_than_by_another(provinces: Provinces) -> None:
    province = bare(provinces)
    for kind in UNIT_KINDS:
        assert purchasable(kind).has_units == (kind not in PAID_WHOLE)
    assert [kind for kind in PAID_WHOLE if in_need(province, kind)] == []


@pytest.mark.parametrize("kind", [kind for kind in UNIT_KINDS if purchasable(kind).no_effect is not None])
def test_what_changes_nothing_says_why_and_what_changes_something_does_not(provinces: Provinces, kind: str) -> None:
    """A kind without effect is bought whole, leaves the state alone, and has its sentence in both languages."""
    province = bare(provinces)
    entry = purchasable(kind)
    assert entry.no_effect is not None
    before = state_of(province)
    install(province, kind, 0)
    assert state_of(province) == before
    assert not entry.has_units
    for sentence in (entry.no_effect.vi, entry.no_effect.en):
        assert sentence.endswith(".")
        assert len(sentence) > 20


def test_a_ranking_is_noted_and_felt_from_the_district_level_up(provinces: Provinces) -> None:
    province = bare(provinces)
    agencies = province.traffic.world.agencies
    agencies["inspected"] = 0
    install(province, "readiness_ranking", 0)
    assert province.holdings.rankings_ms == [0]
    assert set(agencies["inspected"][np.isin(agencies["tier"], (OFFICE, DEPARTMENT, DISTRICT))]) == {1}
    assert set(agencies["inspected"][agencies["tier"] == COMMUNE]) == {0}


def test_a_ranking_is_felt_for_a_year_whoever_is_inspected_meanwhile(provinces: Provinces) -> None:
    """Held in November, it outlives the inspection that begins in January, which visits nobody, by ten months."""
    province = bare(provinces)
    agencies = province.traffic.world.agencies
    ranked = np.isin(agencies["tier"], (OFFICE, DEPARTMENT, DISTRICT))
    install(province, "readiness_ranking", 0)
    felt = []
    for months in (2, 11, 13):
        inspect(province.traffic.world, province.holdings, 2019, 0.0, months * MONTH_MS)
        felt.append(set(agencies["inspected"][ranked]))
        assert set(agencies["inspected"][~ranked]) == {0}
    assert felt == [{1}, {1}, {0}]


def test_an_inspection_visits_its_share_and_the_same_agencies_all_year(provinces: Provinces) -> None:
    province = bare(provinces)
    world, inside = province.traffic.world, province.traffic.world.agencies["tier"] < 4
    for share, whole in ((0.0, {0}), (1.0, {1})):
        inspect(world, province.holdings, 2018, share, 0)
        assert set(world.agencies["inspected"][inside]) == whole
    visited = []
    for year in (2018, 2018, 2019, 2020, 2021):
        inspect(world, province.holdings, year, 0.5, 0)
        visited.append(world.agencies["inspected"].tolist())
    assert visited[0] == visited[1]
    assert any(visited[0] != later for later in visited[2:])


def test_a_second_server_doubles_the_message_service_and_bigger_mailboxes_never_shrink(provinces: Provinces) -> None:
    province = bare(provinces)
    stations, rules = province.traffic.world.stations, province.traffic.world.rules
    places, room = int(stations["capacity"][0]), int(rules["mailbox_limit"][0])
    install(province, "datacentre_server", 0)
    assert int(province.traffic.world.stations["capacity"][0]) == 2 * places
    install(province, "mail_upgrade", 0)
    assert int(rules["mailbox_limit"][0]) == max(room, int(province.p["documents.mailbox_upgraded"])) > room
    rules["mailbox_limit"][0] = 10**12
    install(province, "mail_upgrade", 0)
    assert int(rules["mailbox_limit"][0]) == 10**12


def test_paces() -> None:
    p = {"budget.sites_per_month": 4.0, "budget.building": 5.0 * MONTH_MS}
    assert [pace.interval_ms(p) for pace in (AT_ONCE, ON_SITE, A_MONTH_EACH, BUILT)] == [
        0,
        MONTH_MS // 4,
        MONTH_MS,
        5 * MONTH_MS,
    ]
    assert ON_SITE.interval_ms({"budget.sites_per_month": 0.0}) == 1000 * MONTH_MS
