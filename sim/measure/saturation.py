"""People who cannot do more: how busy each kind of station is in the last twelve months simulated.

Past nineteen twentieths of the staffed time a queue hardly empties any more, whatever the order of service; what is
reported of delays there depends on how long it has been growing.
"""

from collections import defaultdict
from collections.abc import Sequence

from sim.measure.payload import Measured
from sim.measure.verdicts import quantile
from sim.measure.yearly import mean_of, monthly

SATURATION = ("scope", "median", "p05", "p95", "saturated_in", "n")
MEASURE = "station_utilisation"
SATURATED = 0.95
MONTHS = 12


def saturation_rows(measured: Sequence[Measured]) -> list[tuple[object, ...]]:
    """Each kind of station by tier: mean utilisation of the last twelve months, and in how many it is past 0.95."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for one in measured:
        for (_, scope), months in monthly(one, {MEASURE: mean_of}).items():
            values[scope].append(mean_of([value for _, value in months[-MONTHS:]]))
    return [
        (
            scope,
            *(quantile(kept, share) for share in (0.5, 0.05, 0.95)),
            sum(value > SATURATED for value in kept),
            len(kept),
        )
        for scope, kept in sorted(values.items())
    ]
