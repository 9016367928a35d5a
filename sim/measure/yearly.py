"""Monthly values of replications brought to calendar years: the last of a stock, the mean of a flow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING, Any

from sim.measure.measured import Measured, all_months

if TYPE_CHECKING:
    import pandas as pd

Yearly = Callable[["pd.Series[Any]"], float]
"""What makes a year of the months that have a value."""


def last_of(values: pd.Series[Any]) -> float:
    """What stands on the last day."""
    return float(values.iloc[-1])


def mean_of(values: pd.Series[Any]) -> float:
    """Mean of the months, each counting the same."""
    return fsum(values) / len(values)


def true_months(measured: Sequence[Measured], measures: Collection[str]) -> pd.DataFrame:
    """True values of some measures, month by month after the first day; blank months left out."""
    return all_months([replace(one, series=_true_months(one, measures)) for one in measured])


def _true_months(one: Measured, measures: Collection[str]) -> pd.DataFrame:
    months: pd.DataFrame = one.series
    wanted = months["measure"].isin(measures) & (months["version"] == "true") & (months["date"] != months["date"].min())
    found: pd.DataFrame = months[wanted].dropna(subset=["value"])
    return found


def yearly(measured: Sequence[Measured], measures: Mapping[str, Yearly]) -> pd.DataFrame:
    """One value a measure, scope, calendar year in which any month has a value, and replication."""
    import pandas as pd

    months = true_months(measured, measures)
    months["year"] = months["date"].dt.year
    by = ["measure", "scope", "year", "replication"]
    parts = [
        months[months["measure"] == measure].groupby(by)["value"].agg(how).reset_index()
        for measure, how in measures.items()
    ]
    return pd.concat(parts, ignore_index=True)
