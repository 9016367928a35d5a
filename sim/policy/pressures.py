"""The numbers that drive adoption, as the compiled month reads them."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.engine.clock import DAY_MS
from sim.engine.records import Records, record

_HAZARDS = (
    "unprompted",
    "push_training",
    "push_leader",
    "push_mandate",
    "push_measured",
    "inspection_weight",
    "imitation",
    "colleague_weight",
    "lapse",
    "turnover",
    "reference_strength",
    "installed_to_registry",
    "regulation",
    "fall",
    "low_experience",
    "patience",
    "deserted_share",
    "experience_memory",
    "training_fading",
    "rotation",
    "address_change",
    "leader_support_share",
    "leader_support_cio_share",
    "paperless_threshold_low",
    "paperless_threshold_high",
)
_YEARS = ("experience_memory",)
"""Stated as durations, read in years."""
_MONTHS = ("patience",)
"""Stated as durations, read in months."""
MONTH_MS = 30 * DAY_MS
YEAR_MS = 365 * DAY_MS
_NAMED_OTHERWISE = {"unprompted": "base"}
"""Parameters whose own name means something else to an array: plain Python would read the attribute of NumPy."""
HAZARDS = record("", " ".join(_HAZARDS))
PRESSURE = record("ordered measured")


def hazards(p: Mapping[str, float]) -> Records:
    """One row of yearly hazards, drawn for this replication."""
    row = np.zeros(1, HAZARDS)
    for name in _HAZARDS:
        row[name] = p[f"adoption.{_NAMED_OTHERWISE.get(name, name)}"]
    for name in _YEARS:
        row[name] /= YEAR_MS
    for name in _MONTHS:
        row[name] /= MONTH_MS
    return row


def pressure(ordered: Sequence[bool], measured: Sequence[bool]) -> Records:
    """Per tier: is an order in force, and is one measured?"""
    rows = np.zeros(len(ordered), PRESSURE)
    rows["ordered"] = ordered
    rows["measured"] = measured
    return rows
