"""The country's table, and the provinces that are generated from it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from sim.scenario.country import OF_TIER, Country, read_country
from sim.scenario.districts import people_by_agency
from sim.scenario.drawn import simulated


@pytest.fixture(scope="module")
def country() -> Country:
    return read_country(until=date(2016, 1, 31))


def test_the_table_has_every_province_once(country: Country) -> None:
    rows = country.provinces
    assert len({row.province_id for row in rows}) == len({row.name_vi for row in rows}) == 63
    assert sum(row.population for row in rows) == pytest.approx(96_208_984, abs=63 * 500)
    assert (sum(row.districts for row in rows), sum(row.communes for row in rows)) == (707, 10_767)
    assert country.first(1).provinces == (country.like,)
    assert [row.province_id for row in country.first(63).provinces][-1] == "ho_chi_minh"


def test_a_generated_province_has_the_tables_numbers(country: Country) -> None:
    for row in country.provinces:
        loaded = country.scenario(row)
        tiers = Counter(agency.tier for agency in loaded.agencies)
        assert (tiers["district"], tiers["commune"]) == (row.districts, row.communes)
        ids = [agency.agency_id for agency in loaded.agencies]
        assert len(set(ids)) == len(ids)
        if row is country.like:
            assert loaded is country.pattern
            continue
        people = people_by_agency(loaded.agencies)
        in_districts = sum(people[agency.agency_id] for agency in loaded.agencies if agency.tier == "district")
        assert in_districts == row.population
        assert all(agency.staff >= agency.leaders + 3 for agency in loaded.agencies if agency.tier != "outside")
        money = sum(line.amount_million_vnd for line in loaded.budget)
        share = row.population / country.like.population
        assert money == pytest.approx(share * sum(line.amount_million_vnd for line in country.pattern.budget))


def test_papers_of_each_tier_go_with_people(country: Country) -> None:
    known = {key for key, _ in simulated(country.pattern.scenario)}
    keys = {key for keys in OF_TIER.values() for key in keys}
    assert keys <= known
    p = dict.fromkeys(known, 1.0)
    assert country.scaled(country.like, p) == p
    for row in country.provinces:
        scaled = country.scaled(row, p)
        of_tier = row.communes * scaled["volumes.commune_outgoing"] / country.like.communes
        assert of_tier == pytest.approx(row.population / country.like.population)
        assert scaled["volumes.department_outgoing"] == pytest.approx(of_tier)
