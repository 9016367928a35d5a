"""Certificates and signatures by calendar year: how many are in force, how long a token takes, what is refused."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sim.measure.payload import Measured
from sim.measure.verdicts import quantile
from sim.measure.yearly import last_of, mean_of, yearly

CERTIFICATES = ("year", "quantity", "scope", "unit", "median", "p05", "p95", "n")
QUANTITIES: dict[str, tuple[str, Callable[[Sequence[float]], float]]] = {
    "certificates_active": ("certificates", last_of),
    "certificates_expiring_quarter": ("certificates", last_of),
    "certificates_expired": ("certificates", last_of),
    "token_wait_days": ("days", mean_of),
    "exchange_signed_share": ("share", mean_of),
    "refusal_share": ("share", mean_of),
}
"""Unit of each, and how its months make a year."""


def certificate_rows(measured: Sequence[Measured]) -> list[tuple[object, ...]]:
    """Band over the replications of each quantity, scope and year; as it truly is."""
    values: defaultdict[tuple[str, str, int], list[float]] = defaultdict(list)
    for one in measured:
        for key, value in yearly(one, {name: how for name, (_, how) in QUANTITIES.items()}).items():
            values[key].append(value)
    order = list(QUANTITIES)
    keys = sorted(values, key=lambda key: (order.index(key[0]), key[1], key[2]))
    return [
        (
            *(year, measure, scope, QUANTITIES[measure][0]),
            *(quantile(values[measure, scope, year], share) for share in (0.5, 0.05, 0.95)),
            len(values[measure, scope, year]),
        )
        for measure, scope, year in keys
    ]
