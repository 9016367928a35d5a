"""Shapes of other places beside a run whose months are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from sim.measure.elsewhere import elsewhere_rows
from sim.measure.measured import Measured
from sim.results.hindcast_tables import ElsewhereRow
from sim.scenario.observations import LAG, MONEY_USED, PARALLEL, SHAPED, SHAPES, SLOPE, Observation, observations

YEAR_ENDS = [date(2010, 12, 31), date(2011, 12, 31), date(2012, 12, 31), date(2013, 12, 31)]
VIETNAM = Observation(
    observation_id="one",
    place_name="Việt Nam",
    period="2012-12",
    measure=PARALLEL,
    scope="all",
    value=0.2,
    low=None,
    high=None,
    unit="share",
    derived_parameter="",
    confidence="high",
    note_vi="đếm",
    note_en="counts",
    source="báo",
)


def known(electronic: Sequence[float], communes: Sequence[float]) -> Measured:
    """A replication that has only its months."""
    months = {
        ("exchange_electronic_share", "all", "reported"): electronic,
        ("exchange_electronic_only_share", "all", "reported"): [0.0, 0.05, 0.1, 0.2],
        ("eoffice_installed_share", "tier:department", "true"): [0.4, 0.6, 1.0, 1.0],
        ("eoffice_installed_share", "tier:commune", "true"): communes,
        ("spent_million_vnd", "all", "true"): [0.0, 10.0, 20.0, 30.0],
        ("cost_million_vnd", "all", "true"): [0.0, 20.0, 60.0, 100.0],
    }
    rows = [
        (pd.Timestamp(day), *key, "share", value)
        for key, values in months.items()
        for day, value in zip(YEAR_ENDS, values, strict=True)
    ]
    series = pd.DataFrame(rows, columns=["date", "measure", "scope", "version", "unit", "value"])
    return cast("Measured", SimpleNamespace(replication=0, series=series))


def row(measure: str, measured: Sequence[Measured], scope: str = "all") -> ElsewhereRow:
    (found,) = elsewhere_rows([replace(VIETNAM, measure=measure, scope=scope)], measured)
    return found


def test_shapes_are_those_of_the_months() -> None:
    share = [1 / (1 + math.exp(2.0 - 0.9 * (day - YEAR_ENDS[0]).days / 365.25)) for day in YEAR_ENDS]
    one, other = known(share, [0.0, 0.1, 0.3, 0.5]), known(share, [0.0, 0.0, 0.0, 0.1])
    assert row(SLOPE, [one]).median == pytest.approx(0.9)
    assert row(PARALLEL, [one]).median == pytest.approx(share[2] - 0.1), "on the day of the figure"
    assert row(MONEY_USED, [one]).median == pytest.approx(0.3)
    lag = row(LAG, [one, other], "tier:commune")
    assert (lag.median, lag.n) == (None, 1), "in the other communes never come so far: no median of the quick ones"
    assert row(LAG, [one, one], "tier:commune").median == pytest.approx(2.0, abs=0.01)
    begun = known(share, [0.6, 0.7, 0.8, 0.9])
    assert row(LAG, [begun, begun], "tier:department").n == 2
    installed = begun.series["scope"] == "tier:department"
    begun.series.loc[installed, "value"] = 1.0
    assert row(LAG, [begun, begun], "tier:commune").n == 0, "nobody knows since when departments had it"


def test_what_is_of_another_time_is_left_out_and_a_shape_of_a_whole_plan_is_not() -> None:
    one = known([0.1, 0.2, 0.3, 0.4], [0.0] * 4)
    assert elsewhere_rows([replace(VIETNAM, period="2018-01/2018-06")], [one]) == ()
    assert elsewhere_rows([replace(VIETNAM, period="2010-12")], [one]) == (), "the start is not of the plan"
    assert len(elsewhere_rows([replace(VIETNAM, period="1998-12/2003-12", measure=SLOPE)], [one])) == 1


def test_the_shipped_figures_of_shapes_are_read_whole_and_rest_under_no_parameter() -> None:
    rows = observations(SHAPES, SHAPED)
    assert len({one.observation_id for one in rows}) == len(rows)
    assert {one.measure for one in rows} == set(SHAPED)
    assert all((one.unit == "share") == one.measure.endswith("share") for one in rows)
    assert [one.observation_id for one in rows if one.derived_parameter] == ["hoa_binh_only_2019"]
    assert next(one for one in rows if one.period == "2012-12").last_day == date(2012, 12, 31)
