"""Which agencies a measure is about: all, a tier, several tiers, a named group, or one agency."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sim.exchange.codes import DEPARTMENT, OFFICE, OUTSIDE, TIERS
from sim.model.record import Counts, RunRecord

PROVINCE_TIERS = tuple(range(OUTSIDE))


def tiers_of(scope: str) -> tuple[int, ...]:
    """Tiers of `all`, `tier:X` or `tiers:X+Y`; `province` stands for the Office and the departments.

    Raises:
        ValueError: if the scope names no tier.
    """
    if scope == "all":
        return PROVINCE_TIERS
    kind, _, names = scope.partition(":")
    if kind not in ("tier", "tiers") or not names:
        raise ValueError(f"scope {scope!r} names no tier")
    tiers: set[int] = set()
    for name in names.split("+"):
        tiers.update((OFFICE, DEPARTMENT) if name == "province" else (TIERS.index(name),))
    return tuple(sorted(tiers))


def agencies_of(record: RunRecord, scope: str) -> Counts:
    """Indices of the agencies a scope covers in a record, which knows the groups that its scenario names.

    Raises:
        ValueError: if it names an agency that does not exist.
        KeyError: if it names a group that does not exist.
    """
    kind, _, name = scope.partition(":")
    if kind == "group":
        return np.array(record.groups[name], np.int64)
    return members(scope, record.agency_ids, record.tiers)


def members(scope: str, agency_ids: Sequence[str], tiers: Counts) -> Counts:
    """Indices of the agencies, or procedures, that a scope other than a group covers.

    Raises:
        ValueError: if it names an agency that does not exist.
    """
    kind, _, name = scope.partition(":")
    if kind == "agency":
        return np.array([list(agency_ids).index(name)], np.int64)
    return _in_tiers(scope, tiers.tobytes(), tiers.dtype.str)


@lru_cache(maxsize=256)
def _in_tiers(scope: str, tiers: bytes, kind: str) -> Counts:
    """Asked for each month of each measure; nobody may write into what is kept."""
    found = np.flatnonzero(np.isin(np.frombuffer(tiers, kind), tiers_of(scope)))
    found.flags.writeable = False
    return found
