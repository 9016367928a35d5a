"""Shapes of the change in other places beside the same of a run: parallel paper, slope, lag of tiers, money used."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from scipy.special import logit

from sim.measure.hindcasts import Key, days_of, rows_of, simulated_on
from sim.measure.measured import Measured
from sim.measure.scoring import DAYS_A_YEAR
from sim.measure.verdicts import quantile
from sim.results.hindcast_tables import ElsewhereRow
from sim.scenario.observations import LAG, MONEY_USED, OF_WHOLE_RUN, PARALLEL, SLOPE, Observation

_HALF = 0.5
_ELECTRONIC, _ONLY, _INSTALLED = (
    "exchange_electronic_share",
    "exchange_electronic_only_share",
    "eoffice_installed_share",
)


def elsewhere_rows(published: Sequence[Observation], measured: Sequence[Measured]) -> tuple[ElsewhereRow, ...]:
    """Figures of other places of the simulated time, and those of a whole plan, beside the replications.

    Not those on which a parameter rests. Of what some replications never come to, only how many do is told.
    """
    first, last = days_of(measured[0].series)
    rows = []
    for one in published:
        if one.derived_parameter or (one.measure not in OF_WHOLE_RUN and not first < one.last_day <= last):
            continue
        told = [value for value in _simulated(one, measured) if value is not None]
        is_of_all = bool(told) and (one.measure != LAG or len(told) == len(measured))
        median, p05, p95 = (quantile(told, share) if is_of_all else None for share in (0.5, 0.05, 0.95))
        rows.append(
            ElsewhereRow(
                place_name=one.place_name,
                period=one.period,
                measure=one.measure,
                scope=one.scope,
                unit=one.unit,
                value=one.value,
                median=median,
                p05=p05,
                p95=p95,
                n=len(told),
                note_vi=one.note_vi,
                note_en=one.note_en,
                source=one.source,
            )
        )
    return tuple(rows)


def _simulated(one: Observation, measured: Sequence[Measured]) -> list[float | None]:
    if one.measure == SLOPE:
        return [_slope(each, one.scope) for each in measured]
    if one.measure == LAG:
        return [_lag(each, one.scope) for each in measured]
    if one.measure == MONEY_USED:
        return [_money_used(each) for each in measured]
    if one.measure == PARALLEL:
        pairs = zip(*(_as_reported(name, one, measured) for name in (_ELECTRONIC, _ONLY)), strict=True)
        return [None if whole is None or only is None else whole - only for whole, only in pairs]
    return _as_reported(one.measure, one, measured)


def _as_reported(measure: str, one: Observation, measured: Sequence[Measured]) -> list[float | None]:
    """As agencies report it, which is what others published; else as it is."""
    for version in ("reported", "true"):
        _, values = simulated_on(one.last_day, (measure, one.scope, version), measured)
        if any(value is not None for value in values):
            return values
    return [None] * len(measured)


def _points(one: Measured, key: Key) -> list[tuple[date, float]]:
    mine = rows_of(one, key)
    days = mine["date"].dt.date
    return [(day, float(value)) for day, value in zip(days, mine["value"], strict=True) if not math.isnan(value)]


def _slope(one: Measured, scope: str) -> float | None:
    """How fast the logit of the share of electronic deliveries grew, from the first month to the last; a year."""
    points = [(day, share) for day, share in _points(one, (_ELECTRONIC, scope, "reported")) if 0.0 < share < 1.0]
    if len(points) <= 1:
        return None
    (first, low), (last, high) = points[0], points[-1]
    return float(logit(high) - logit(low)) / ((last - first).days / DAYS_A_YEAR)


def _lag(one: Measured, scope: str) -> float | None:
    """Years from the day when half of the departments have e-office to that when half of a tier has.

    None if either never comes, or if the departments had it before the simulated time, which does not say since when.
    """
    departments, tier = (_points(one, (_INSTALLED, name, "true")) for name in ("tier:department", scope))
    if departments and departments[0][1] >= _HALF:
        return None
    begun, come = (next((day for day, share in points if share >= _HALF), None) for points in (departments, tier))
    return None if begun is None or come is None else (come - begun).days / DAYS_A_YEAR


def _money_used(one: Measured) -> float | None:
    spent, planned = (_points(one, (name, "all", "true")) for name in ("spent_million_vnd", "cost_million_vnd"))
    return spent[-1][1] / planned[-1][1] if spent and planned and planned[-1][1] else None
