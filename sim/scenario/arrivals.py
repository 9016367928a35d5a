"""How much of the plan's money comes: one national programme for all central money, and years that are cut short.

Money is something nobody knows beforehand, not luck: a replication that meets another luck has the same money. What
comes of a source in a year is one number for all lines. Cut years follow each other independently, which is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.engine.draws import identity, uniform
from sim.scenario.choices import DRAW_PARAMETER, programme_part
from sim.scenario.keys import ARRIVAL
from sim.scenario.schema import Scenario
from sim.scenario.tables import SOURCES

CENTRAL = "TW"


def arrival_key(source: str, year: int) -> str:
    """Key of the part of a source's money that comes in a year."""
    return f"budget.{ARRIVAL}.{source}.{year}"


def arrival_years(scenario: Scenario) -> Iterator[tuple[str, int]]:
    """Every source and year of the horizon."""
    for source in SOURCES:
        for year in range(scenario.horizon.start.year, scenario.horizon.end.year + 1):
            yield source, year


def draw_arrivals(scenario: Scenario, p: Mapping[str, float], luck: int, *, certain: bool = False) -> dict[str, float]:
    """The part of each source's money that comes in each year, by key."""
    arrivals = {}
    for source, year in arrival_years(scenario):
        key = arrival_key(source, year)
        stated = scenario.budget.arrival.get(f"{source}.{year}")
        expected = _expected(source, p)
        if stated is not None:
            arrivals[key] = stated
        elif certain:
            arrivals[key] = expected
        else:
            u = float(uniform(luck, identity(key), DRAW_PARAMETER, 0))
            arrivals[key] = whole_or_cut(expected, p["budget.cut_share"], u)
    return arrivals


def _expected(source: str, p: Mapping[str, float]) -> float:
    """Part of a year's money of a source that comes on average, once it is known whether the programme comes."""
    if source != CENTRAL:
        return p["budget.provincial_reliability"]
    return programme_part(p) if p["budget.central_programme"] else 0.0


def whole_or_cut(expected: float, cut: float, u: float) -> float:
    """All of a year's money, or the part that a cut leaves: in the mean over `u`, the part that is expected."""
    cut = min(cut, expected)
    if cut >= 1.0:
        return 1.0
    return 1.0 if u < (expected - cut) / (1.0 - cut) else cut
