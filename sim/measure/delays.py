"""Delays by cohort of issue, with unfinished deliveries censored (Kaplan and Meier 1958)."""

import numpy as np

from sim.measure.ratio import FEWEST_ITEMS
from sim.model.record import Counts, RunRecord

ROUNDING = 1e-12


def quantile_hours(finished: Counts, waiting: Counts, share: float) -> float | None:
    """Hours within which this share of a cohort was done; None of fewer than thirty items.

    `finished` and `waiting` are histograms over whole hours: of those done, and of how long the others had
    waited when the simulation ended. The last bin is open-ended. A share that was not reached took longer than
    anybody had waited: that, up to the whole hour, while a share that was reached lies in the middle of its hour. To
    leave it out would drop the worst simulations from every median and band.
    """
    at_risk = int(finished.sum() + waiting.sum())
    if at_risk < FEWEST_ITEMS:
        return None
    surviving, longest = 1.0, float(np.flatnonzero(finished + waiting)[-1] + 1)
    for hour in range(len(finished) - 1):
        if at_risk <= 0:
            return longest
        surviving *= 1.0 - int(finished[hour]) / at_risk
        if surviving <= 1.0 - share + ROUNDING:
            return hour + 0.5
        at_risk -= int(finished[hour] + waiting[hour])
    return longest


def is_more_than(hours: float) -> bool:
    """Was this quantile not reached, so that the delay is longer than the hours given?"""
    return hours == int(hours)


def delay_hours(
    record: RunRecord, which: int, tiers: tuple[int, ...], first: int, last: int, share: float
) -> float | None:
    """A quantile of delays to recipients of these tiers over months of issue `first` to `last`."""
    months = slice(first, last + 1)
    done = record.delays[months][:, list(tiers), which].sum(axis=(0, 1))
    waiting = record.pending[months][:, list(tiers), which].sum(axis=(0, 1))
    return quantile_hours(done, waiting, share)
