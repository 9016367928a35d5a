"""Whether two schedulers left the same record, for the tests that hold one against the other."""

from __future__ import annotations

import numpy as np

from sim.model.record import RunRecord

COUNTS = (
    "stocks",
    "flows",
    "causes",
    "refusals",
    "agency_flows",
    "delays",
    "pending",
    "waits_ms",
    "worked_ms",
    "station_kinds",
    "station_agencies",
    "staffed_ms",
    "dossier_flows",
    "lateness",
    "counter_waits",
    "dossiers_due",
    "service_levels",
    "citizens",
)
POOLS = {"free_jobs", "free_documents", "free_dossiers"}
"""How much room is spare is each scheduler's own affair."""


def assert_same(compiled: RunRecord, reference: RunRecord) -> None:
    """Every number of two records, visits first: the first visit that differs says where to look."""
    for number, (ours, theirs) in enumerate(zip(compiled.visits, reference.visits, strict=False)):
        assert ours.tolist() == theirs.tolist(), f"visit {number}"
    assert len(compiled.visits) == len(reference.visits)
    for name in COUNTS:
        assert np.array_equal(getattr(compiled, name), getattr(reference, name)), name
    for name in ("accounts", "parameters", "fanout", "unmet", "months", "agency_ids"):
        assert getattr(compiled, name) == getattr(reference, name), name
    ours, theirs = (
        {name: value for name, value in r.tally.items() if name not in POOLS} for r in (compiled, reference)
    )
    assert ours == theirs
