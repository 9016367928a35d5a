"""Pairs of simulations, with a case and without it: how many agree, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import Any, NamedTuple

ROUNDING = 1e-9
"""Of the larger of two values, or of one: values that differ by less differ by rounding only."""


class Pairs(NamedTuple):
    """What pairs of simulations tell one by one."""

    number: int
    higher: int
    """Pairs in which the case gives more."""
    lower: int
    least: float
    """Of the differences, the case less the other."""
    most: float
    mean: float
    """Of the case, over these simulations."""

    @property
    def columns(self) -> dict[str, Any]:
        """As the tables of a comparison have them."""
        named = {"higher": self.higher, "lower": self.lower, "low": self.least, "high": self.most, "mean": self.mean}
        return {"pairs": self.number, **{f"pair_{name}": value for name, value in named.items()}}


def pairs_of(case: Mapping[int, float], other: Mapping[int, float]) -> Pairs | None:
    """The simulations that both have, one by one; None without any.

    Args:
        case: its values by replication.
        other: those it is held against.
    """
    both = sorted(case.keys() & other.keys())
    if not both:
        return None
    differences = [_difference(case[number], other[number]) for number in both]
    return Pairs(
        number=len(both),
        higher=sum(difference > 0.0 for difference in differences),
        lower=sum(difference < 0.0 for difference in differences),
        least=min(differences),
        most=max(differences),
        mean=fsum(case[number] for number in both) / len(both),
    )


def _difference(value: float, other: float) -> float:
    found = value - other
    return 0.0 if abs(found) <= ROUNDING * max(1.0, abs(value), abs(other)) else found
