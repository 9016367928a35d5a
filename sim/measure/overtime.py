"""Hours worked over and days of helping out, by calendar year and tier, beside what the year's limit allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from sim.engine.clock import HOUR_MS
from sim.exchange.codes import TIERS
from sim.measure.measured import Measured
from sim.measure.scopes import PROVINCE_TIERS
from sim.measure.verdicts import band_of
from sim.model.record import RunRecord
from sim.results.service_tables import OvertimeRow
from sim.scenario.loading import LoadedScenario

ALL = "all"
LIMIT = "people.overtime_a_year"
FACT = "overtime"


def yearly_overtime(record: RunRecord) -> Iterator[list[object]]:
    """Year, scope, hours worked over, hours that the year's limit allows, days of helpers; years after the warm-up."""
    allowed_hours = record.parameters[LIMIT] / HOUR_MS
    scopes = {ALL: PROVINCE_TIERS, **{f"tier:{TIERS[tier]}": (tier,) for tier in PROVINCE_TIERS}}
    for year, done in sorted(record.reactions.items()):
        if year < record.months[record.first_month].year:
            continue
        for scope, tiers in scopes.items():
            mine = [int(tier) in tiers for tier in record.tiers]
            people, helped = int(done["people"][mine].sum()), int(done["helper_days"][mine].sum())
            yield [year, scope, fsum(done["overtime_ms"][mine]) / HOUR_MS, people * allowed_hours, helped]


def overtime_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[OvertimeRow]:
    """Each year and tier: bands over the replications, and what options in the scenario state that people cost."""
    found: dict[tuple[int, str], list[tuple[float, float, float]]] = {}
    for one in measured:
        for year, scope, hours, allowed, helped in one.facts.get(FACT, ()):
            found.setdefault((year, scope), []).append((hours, allowed, helped))
    rows = []
    for (year, scope), values in found.items():
        hours, allowed, helped = (band_of(list(entry)) for entry in zip(*values, strict=True))
        used = band_of([worked / most for worked, most, _ in values if most > 0.0])
        rows.append(
            OvertimeRow(
                year=year,
                scope=scope,
                hours_median=hours.median,
                hours_p05=hours.p05,
                hours_p95=hours.p95,
                allowed_hours_median=allowed.median,
                used_share_median=used.median,
                used_share_p05=used.p05,
                used_share_p95=used.p95,
                helper_days_median=helped.median,
                helper_days_p05=helped.p05,
                helper_days_p95=helped.p95,
                stated_people_million_vnd=_stated(loaded, year) if scope == ALL else None,
                n=len(values),
            )
        )
    return rows


def _stated(loaded: LoadedScenario, year: int) -> float | None:
    """Cost of people that options, regimes and futures of the scenario state for a year; None where none states any."""
    costs = [cost for one in loaded.proposals.values() for cost in one.costs if cost.of == "people"]
    return fsum(cost.amount_million_vnd for cost in costs if cost.year == year) if costs else None
