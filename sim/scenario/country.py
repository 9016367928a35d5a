"""A country: provinces of different sizes, each generated from one that is known.

What is generated is no real province: it has the pattern's Office, departments, procedures and plan, as many districts
and communes as the country's table says, and people, papers, posts and money in proportion to its inhabitants.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from sim.engine.clock import HOUR_MS
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import SCENARIOS
from sim.scenario.plan_schema import Title
from sim.scenario.quantity import Duration, Section, Share
from sim.scenario.tables import AgencyRow
from sim.scenario.toml_source import read_toml

COUNTRY = "vietnam_2016"
COUNTRIES = "countries"
LEAST_POST = 0.25
"""Of a clerk, at the smallest offices: a quarter of a person's time (assumed)."""
LEAST_BESIDE_LEADERS = 3
"""A clerk, an officer and somebody at the counter, however few people an agency serves (assumed)."""
OF_TIER: Mapping[str, tuple[str, ...]] = {
    "department": (
        "volumes.office_incoming",
        "volumes.office_outgoing",
        "volumes.department_incoming",
        "volumes.department_outgoing",
        "dossiers.counter.posts_department",
        "network.message_service_capacity",
        "network.web.server_capacity",
        "network.desk_staff",
        "signatures.desk_staff",
        "signatures.personal_at_start",
        "signatures.organisation_at_start",
        "budget.sites_per_month",
        "budget.accounts_per_month",
        "budget.seats_per_month",
    ),
    "district": (
        "volumes.district_incoming",
        "volumes.district_outgoing",
        "volumes.room_incoming",
        "volumes.room_outgoing",
        "dossiers.counter.posts_district",
    ),
    "commune": ("volumes.commune_incoming", "volumes.commune_outgoing"),
}
"""Parameters that go with the people whom one agency of the tier serves; the whole province is its departments'."""


class _Pattern(Section):
    scenario: str
    province: str
    """Its row in the table of provinces."""
    warm_up: str


class Exchange(Section):
    """What goes between provinces, and how often a province looks for it."""

    body: str
    """The agency outside that stands for all other provinces."""
    between_share: Share
    """Of documents that provinces send outside to one body: those for other provinces."""
    window: Duration
    """Time between two looks."""


class _CountryFile(Section):
    schema_: int
    title: Title
    provinces: str
    until: date
    pattern: _Pattern
    exchange: Exchange


@dataclass(frozen=True)
class CountryProvince:
    """A row of the table of provinces."""

    province_id: str
    name_vi: str
    name_en: str
    population: int
    districts: int
    communes: int


@dataclass(frozen=True)
class Country:
    """Provinces, the one they are patterned on, and how they exchange documents."""

    pattern: LoadedScenario
    like: CountryProvince
    """The pattern's own row."""
    provinces: tuple[CountryProvince, ...]
    exchange: Exchange

    @cached_property
    def by_likeness(self) -> tuple[CountryProvince, ...]:
        """The pattern's own province first, then those ever farther from it in population."""
        return tuple(sorted(self.provinces, key=lambda row: (self._distance(row), row.province_id)))

    def _distance(self, row: CountryProvince) -> float:
        return max(row.population / self.like.population, self.like.population / row.population)

    def first(self, number: int) -> Country:
        """The country reduced to so many provinces, in the order of likeness."""
        return replace(self, provinces=self.by_likeness[:number])

    def ratios(self, row: CountryProvince) -> dict[str, float]:
        """People whom one agency of each tier serves there, as a multiple of the pattern's."""
        like = self.like
        return {
            "department": row.population / like.population,
            "district": row.population / row.districts * like.districts / like.population,
            "commune": row.population / row.communes * like.communes / like.population,
        }

    def scaled(self, row: CountryProvince, p: Mapping[str, float]) -> dict[str, float]:
        """The pattern's parameters with those that go with people in proportion to them."""
        ratios = self.ratios(row)
        factors = {key: ratios[tier] for tier, keys in OF_TIER.items() for key in keys}
        return {key: value * factors.get(key, 1.0) for key, value in p.items()}

    def scenario(self, row: CountryProvince) -> LoadedScenario:
        """One province: the pattern itself, or what is generated after it."""
        if row.province_id == self.like.province_id:
            return self.pattern
        share = row.population / self.like.population
        budget, totals, plan_lines = (
            tuple(replace(line, amount_million_vnd=line.amount_million_vnd * share) for line in lines)
            for lines in (self.pattern.budget, self.pattern.budget_totals, self.pattern.plan_lines)
        )
        return replace(
            self.pattern,
            agencies=tuple(self._agencies(row)),
            budget=budget,  # type: ignore[arg-type]  # each keeps its kind of row
            budget_totals=totals,  # type: ignore[arg-type]
            plan_lines=plan_lines,  # type: ignore[arg-type]
        )

    def _agencies(self, row: CountryProvince) -> list[AgencyRow]:
        ratios = self.ratios(row)
        of_pattern: dict[str, list[AgencyRow]] = {}
        for agency in self.pattern.agencies:
            of_pattern.setdefault(agency.tier, []).append(agency)
        above = [_resized(one, ratios["department"]) for one in (*of_pattern["office"], *of_pattern["department"])]
        districts = []
        for number in range(row.districts):
            of = of_pattern["district"][number % len(of_pattern["district"])]
            name = (f"UBND huyện số {number + 1}, {row.name_vi}", f"District {number + 1}, {row.name_en}")
            districts.append(_renamed(_resized(of, ratios["district"]), f"dist.{number + 1:02}", "", *name))
        districts = _with_people(districts, row.population)
        communes = []
        for number in range(row.communes):
            of = of_pattern["commune"][number % len(of_pattern["commune"])]
            parent = districts[number % row.districts].agency_id
            name = (f"UBND xã số {number + 1}, {row.name_vi}", f"Commune {number + 1}, {row.name_en}")
            small = replace(_resized(of, ratios["commune"]), population=None)
            communes.append(_renamed(small, f"comm.{number + 1:03}", parent, *name))
        return [*above, *districts, *communes, *of_pattern["outside"]]


def _resized(row: AgencyRow, ratio: float) -> AgencyRow:
    return replace(
        row,
        staff=max(row.leaders + LEAST_BESIDE_LEADERS, round(row.staff * ratio)),
        clerk_posts=max(LEAST_POST, round(row.clerk_posts * ratio, 2)),
        mailboxes=max(1, round(row.mailboxes * ratio)) if row.mailboxes else 0,
    )


def _renamed(row: AgencyRow, agency_id: str, parent: str, name_vi: str, name_en: str) -> AgencyRow:
    return replace(row, agency_id=agency_id, parent_id=parent, name_vi=name_vi, name_en=name_en, source="generated")


def _with_people(districts: list[AgencyRow], population: int) -> list[AgencyRow]:
    """The province's people over its districts, as unequal as the pattern's are."""
    sizes = [row.population or 1 for row in districts]
    edges = [round(population * sum(sizes[:i]) / sum(sizes)) for i in range(len(sizes) + 1)]
    return [
        replace(row, population=after - before) for row, before, after in zip(districts, edges, edges[1:], strict=False)
    ]


def read_country(name: str = COUNTRY, *, until: date | None = None, root: Path = SCENARIOS) -> Country:
    """The country of that name, up to the day stated in its file or another one.

    Raises:
        ScenarioErrors: the day does not fit the pattern.
    """
    path = root / COUNTRIES / f"{name}.toml"
    tree = dict(read_toml(path, path.name).tree)
    file = _CountryFile.model_validate({"schema_": tree.pop("schema"), **tree})
    with (path.parent / file.provinces).open(encoding="utf-8", newline="") as table:
        rows = tuple(_province(row) for row in csv.DictReader(table))
    pattern = load(
        file.pattern.scenario, root=root, until=until or file.until, sets=(f"horizon.warm_up={file.pattern.warm_up}",)
    )
    like = next(row for row in rows if row.province_id == file.pattern.province)
    return Country(pattern, like, rows, file.exchange)


def _province(row: Mapping[str, str]) -> CountryProvince:
    numbers = {name: int(row[name]) for name in ("population", "districts", "communes")}
    return CountryProvince(row["province_id"], row["name_vi"], row["name_en"], **numbers)


def hours(exchange: Exchange) -> float:
    """Length of a window in hours."""
    return exchange.window.value / HOUR_MS
