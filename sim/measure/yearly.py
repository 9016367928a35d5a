"""Monthly values of a replication brought to calendar years: the last of a stock, the mean of a flow."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import fsum

from sim.measure.payload import Measured

Curve = tuple[str, str]
"""measure, scope"""


def last_of(values: Sequence[float]) -> float:
    """What stands on the last day."""
    return values[-1]


def mean_of(values: Sequence[float]) -> float:
    """Mean of the months, each counting the same."""
    return fsum(values) / len(values)


def monthly(one: Measured, measures: Mapping[str, object]) -> dict[Curve, list[tuple[str, float]]]:
    """True values of some measures by scope, month by month after the first day; blank months left out."""
    found: defaultdict[Curve, list[tuple[str, float]]] = defaultdict(list)
    days = sorted({row[0] for row in one.series})
    for day, measure, scope, version, _, value in one.series:
        if measure in measures and version == "true" and value is not None and day != days[0]:
            found[measure, scope].append((day, value))
    return found


def yearly(
    one: Measured, measures: Mapping[str, Callable[[Sequence[float]], float]]
) -> dict[tuple[str, str, int], float]:
    """One value a measure, scope and calendar year in which any month has a value."""
    found: dict[tuple[str, str, int], float] = {}
    for (measure, scope), months in monthly(one, measures).items():
        for year in sorted({int(day[:4]) for day, _ in months}):
            values = [value for day, value in months if int(day[:4]) == year]
            found[measure, scope, year] = measures[measure](values)
    return found
