from __future__ import annotations

from datetime import date

import pytest

from sim.report.formatting import (
    BLANK,
    date_text,
    frequency_text,
    interval_text,
    month_text,
    number_text,
    parameter_text,
    quantity_text,
    signed_number,
    threshold_text,
    unit_kind,
)


def test_money_and_thousands_by_language() -> None:
    assert quantity_text(1234.5, "million_vnd", "vi") == "1.234,5 triệu đồng"
    assert quantity_text(1234.5, "million_vnd", "en") == "1,234.5 million VND"
    assert number_text(-0.04, 1, "vi") == "0,0"
    assert number_text(-1234567, 0, "vi") == "-1.234.567"


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(1.25, 1, "1,3"), (2.25, 1, "2,3"), (1.75, 1, "1,8"), (-2.25, 1, "-2,3"), (2.5, 0, "3"), (1.24, 1, "1,2")],
)
def test_a_half_is_rounded_away_from_zero(value: float, decimals: int, said: str) -> None:
    assert number_text(value, decimals, "vi") == said


def test_a_half_per_cent_is_rounded_as_it_was_meant() -> None:
    """100 times 0.1005 is a binary number just below 10.05."""
    assert quantity_text(0.1005, "share", "vi") == "10,1%"
    assert signed_number(-0.0225, "share", "vi") == "−2,3"
    assert number_text(1e16, 0, "en") == "10,000,000,000,000,000"


def test_shares_thresholds_and_ranges() -> None:
    assert quantity_text(0.9484, "share", "vi") == "94,8%"
    assert threshold_text(0.95, "share", "vi") == "95%"
    assert threshold_text(0.995, "share", "vi") == "99,5%"
    assert threshold_text(48.0, "hours", "en") == "48.0 hours"
    assert interval_text(0.9016, 0.98, "share", "vi") == "90,2–98,0%"
    assert interval_text(2.0, 1200.0, "hours", "vi") == "2,0–1.200,0 giờ"


def test_blank_is_a_dash_and_zero_is_zero() -> None:
    assert quantity_text(None, "share", "vi") == BLANK
    assert quantity_text(0.0, "share", "vi") == "0,0%"
    assert interval_text(None, 0.5, "share", "vi") == BLANK
    assert frequency_text(None, 20, "vi") == BLANK
    assert frequency_text(0.5, 0, "vi") == BLANK


def test_dates() -> None:
    assert date_text(date(2020, 12, 3), "vi") == "03/12/2020"
    assert date_text(date(2020, 12, 3), "en") == "3 Dec 2020"
    assert month_text(date(2020, 8, 31), "vi") == "08/2020"
    assert date_text(None, "vi") == BLANK


@pytest.mark.parametrize(
    ("probability", "runs", "times"), [(0.9, 20, "18"), (0.35, 20, "7"), (0.29, 100, "29"), (1.0, 20, "20")]
)
def test_probability_is_said_as_a_count_of_simulations(probability: float, runs: int, times: str) -> None:
    assert frequency_text(probability, runs, "vi") == f"{times} trong {runs} lần mô phỏng"
    assert frequency_text(probability, runs, "en") == f"{times} of {runs} simulations"


def test_how_a_measure_is_printed_follows_unit_then_id() -> None:
    assert unit_kind("certificates_active") == "count"
    assert unit_kind("link_utilisation") == "share"
    assert unit_kind("delivery_hours_p95") == "hours"
    assert unit_kind("spent_million_vnd") == "million_vnd"
    assert unit_kind("system_share(website,live)") == "share"
    assert unit_kind("something_share", "hours") == "hours"


def test_parameters_keep_their_digits() -> None:
    assert parameter_text(0.925, "vi") == "0,925"
    assert parameter_text(None, "vi") == BLANK
