"""Rows of a comparison made up for tests of the words that tell it."""

from __future__ import annotations

from typing import Any

from sim.results.comparison_tables import CompareRow


def made_up(cell: str, **parts: Any) -> CompareRow:
    row: dict[str, Any] = {
        "cell": cell,
        "title_vi": f"{cell} vi",
        "title_en": f"{cell} en",
        "target_id": "electronic",
        "reading": "plan",
        "median": 0.5,
        "p05": 0.4,
        "p95": 0.6,
        "p_reached": 0.5,
        "p_low": 0.237,
        "p_high": 0.763,
        "n": 10,
        "verdict": "undecided (23 more)",
        "difference_mean": None,
        "difference_low": None,
        "difference_high": None,
        "spent_median_million_vnd": 1000.0,
        "holm_significant": None,
    }
    return CompareRow(**(row | parts))
