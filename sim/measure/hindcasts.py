"""What the replications say beside what was reported, figure by figure, and of days that nobody has reported yet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from sim.measure.agency_quarters import ACCEPTED, DELIVERIES
from sim.measure.measured import Measured
from sim.measure.scoring import Point, crps, logistic, rank, share_below, straight_line, would_be_reported
from sim.measure.verdicts import band_of, quantile
from sim.results.hindcast_tables import FED, INSIDE, NOT_SIMULATED, OUTSIDE, HindcastRow
from sim.scenario.asked_predictions import DELIVERED, YEAR, AskedValue
from sim.scenario.measured_file import SHARE, MeasuredFigure

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, str]
"""Measure, scope and version."""
_COUNTED = dict(zip(DELIVERED, (DELIVERIES, ACCEPTED), strict=True))


def units_of(series: pd.DataFrame) -> Mapping[tuple[str, str, str], str]:
    """The unit of all that a replication says month by month, by measure, scope and version."""
    keys = series[["measure", "scope", "version", "unit"]].drop_duplicates().itertuples(index=False, name=None)
    return {(measure, scope, version): unit for measure, scope, version, unit in keys}


def days_of(series: pd.DataFrame) -> tuple[date, date]:
    """The first and the last simulated day; the first is the state at the start."""
    return series["date"].min().date(), series["date"].max().date()


def simulated_on(day: date, key: Key, measured: Sequence[Measured]) -> tuple[date | None, list[float | None]]:
    """The last simulated day that is not after a day, and what each replication says of it.

    Args:
        day: the day.
        key: measure, scope and version.
        measured: the replications.
    """
    found: date | None = None
    values: list[float | None] = []
    for one in measured:
        mine = rows_of(one, key)
        mine = mine[mine["date"].dt.date <= day]
        last = mine.iloc[-1] if len(mine) else None
        found = found if last is None else last["date"].date()
        values.append(None if last is None or math.isnan(last["value"]) else float(last["value"]))
    return found, values


def rows_of(one: Measured, key: Key) -> pd.DataFrame:
    """The months of one measure over one scope in one version."""
    series = one.series
    measure, scope, version = key
    return series[(series["measure"] == measure) & (series["scope"] == scope) & (series["version"] == version)]


def hindcast_rows(figures: Sequence[MeasuredFigure], measured: Sequence[Measured]) -> tuple[HindcastRow, ...]:
    """Each figure beside the replications, in the order of their days."""
    ordered = sorted(figures, key=lambda one: (one.date, one.measure, one.scope, one.version))
    return tuple(_hindcast(figure, ordered, measured) for figure in ordered)


def _hindcast(figure: MeasuredFigure, figures: Sequence[MeasuredFigure], measured: Sequence[Measured]) -> HindcastRow:
    key = (figure.measure, figure.scope, figure.version)
    day, values = simulated_on(figure.date, key, measured)
    told = [one for one in values if one is not None]
    predicted = would_be_reported(values, figure.optimism, figure.error, is_share=figure.unit == SHARE)
    median, p05, p95 = band_of(predicted)
    line, curve = _naive(figure, figures, measured) if not figure.feeds else (None, None)
    return HindcastRow(
        measured_on=figure.date,
        measure=figure.measure,
        scope=figure.scope,
        version=figure.version,
        unit=figure.unit,
        value=figure.value,
        plus_minus=figure.error,
        optimism=figure.optimism,
        simulated_on=day,
        median=median,
        p05=p05,
        p95=p95,
        error=None if median is None else median - figure.value,
        crps=crps(predicted, figure.value) if predicted else None,
        share_below=share_below(predicted, figure.value) if predicted else None,
        rank=rank(values, figure.value - figure.optimism) if told else None,
        straight_line=line,
        logistic=curve,
        state=_state(figure, p05, p95),
        n=len(told),
        confidence=figure.confidence or None,
        definition_vi=figure.definition_vi or None,
        definition_en=figure.definition_en or None,
        feeds=figure.feeds or None,
        source=figure.source or None,
    )


def _state(figure: MeasuredFigure, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return NOT_SIMULATED
    if figure.feeds:
        return FED
    return INSIDE if low <= figure.value <= high else OUTSIDE


def _naive(
    figure: MeasuredFigure, figures: Sequence[MeasuredFigure], measured: Sequence[Measured]
) -> tuple[float | None, float | None]:
    """A straight line and a logistic through the simulated start and the last figure of the same before this one."""
    key = (figure.measure, figure.scope, figure.version)
    same = [one for one in figures if (one.measure, one.scope, one.version) == key]
    first = measured[0].series["date"].min().date()
    before = [one for one in same if first < one.date < figure.date and not one.feeds]
    _, start = simulated_on(first, key, measured)
    told = [one for one in start if one is not None]
    if not before or not told:
        return None, None
    begun: Point = (first, quantile(told, 0.5))
    last: Point = (before[-1].date, before[-1].value)
    line = straight_line(begun, last, figure.date)
    if figure.unit != SHARE:
        return line, None
    return min(1.0, max(0.0, line)), logistic(begun, last, figure.date)


def predicted_values(asked: AskedValue, measured: Sequence[Measured]) -> Iterator[tuple[str, str, list[float | None]]]:
    """What each replication says of a value that was asked for: version, unit and values, as far as it is simulated.

    Args:
        asked: what, over whom, when; of a year the mean of its months, or what was delivered in it.
        measured: the replications, which reach the day.
    """
    if asked.measure in _COUNTED:
        yield "true", "deliveries", [_delivered(one, asked) for one in measured]
        return
    for (measure, scope, version), unit in units_of(measured[0].series).items():
        if (measure, scope) != (asked.measure, asked.scope):
            continue
        key = (measure, scope, version)
        if asked.window == YEAR:
            yield version, unit, [_mean_of_year(one, key, asked.date) for one in measured]
        else:
            yield version, unit, simulated_on(asked.date, key, measured)[1]


def _mean_of_year(one: Measured, key: Key, day: date) -> float | None:
    mine = rows_of(one, key)
    days = mine["date"].dt.date
    begun = max(date(day.year, 1, 1), days_of(one.series)[0] + timedelta(days=1))
    values = [
        float(value)
        for value, at in zip(mine["value"], days, strict=True)
        if begun <= at <= day and not math.isnan(value)
    ]
    return fmean(values) if values else None


def _delivered(one: Measured, asked: AskedValue) -> float | None:
    mine = [at for at, (year, _) in enumerate(one.quarters.quarters) if year == asked.date.year]
    return float(one.quarters.counts[_COUNTED[asked.measure]][:, mine].sum()) if mine else None
