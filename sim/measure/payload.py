"""What the journal keeps of a replication: its measured values, canonical and compressed."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import OUTSIDE, REGISTRY
from sim.measure.baselines import baseline_values
from sim.measure.causes import causes
from sim.measure.dossiers import yearly_counts
from sim.measure.milestones import milestone_id, milestone_states
from sim.measure.ratio import FEWEST_ITEMS
from sim.measure.series import series
from sim.measure.targets import due_row, outcome, readings
from sim.model.record import RunRecord
from sim.scenario.loading import LoadedScenario

SCHEMA = 2
YEAR = 12


@dataclass(frozen=True)
class Measured:
    """One replication as tables see it."""

    replication: int
    seed: int
    series: list[list[Any]]
    """date, measure, scope, version, unit, value"""
    targets: list[list[Any]]
    """target id, reading, measure, scope, value, reached, first reached"""
    causes: list[list[Any]]
    """year, group, cause, unit, value"""
    spending: list[list[Any]]
    """line, source, year, planned, arrived, committed, spent, returned"""
    agencies: list[list[Any]]
    """agency id, level, users, staff, electronic share of the last year, utilisation of its registry"""
    parameters: dict[str, float]
    facts: dict[str, Any]
    """Fan-out, tallies and other single facts."""
    baselines: list[list[Any]]
    """baseline id, what would have been reported of the start"""
    milestones: list[list[Any]]
    """target id, then its planned money by what had become of it at the due date (million VND)"""


class PayloadError(ValueError):
    """Stored values that this version cannot read."""


def encode(record: RunRecord, loaded: LoadedScenario) -> bytes:
    """Measure a record; the same record gives the same bytes."""
    plain = {
        "schema": SCHEMA,
        "replication": record.replication,
        "seed": record.seed,
        "series": [list(row) for row in series(record, _target_scopes(loaded), _milestones(loaded))],
        "targets": list(_targets(record, loaded)),
        "causes": [list(row) for row in causes(record)],
        "spending": [
            [a.line_id, a.source, a.year, a.planned, a.arrived, a.committed, a.spent, a.returned]
            for a in record.accounts
        ],
        "agencies": _agencies(record),
        "parameters": record.parameters,
        "baselines": [list(row) for row in baseline_values(record, loaded.scenario).items()],
        "milestones": [
            [target.id, *milestone_states(record, target.lines, due_row(record, target)).values()]
            for target in loaded.scenario.targets
            if target.lines
        ],
        "facts": {
            "fanout": list(record.fanout),
            "unmet": record.unmet,
            "datacentre_down_ms": record.datacentre_down_ms,
            "malware_incidents": record.malware_incidents,
            "dossiers": yearly_counts(record),
            "audited": record.audited,
            "tally": record.tally,
        },
    }
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), 6)


def decode(payload: bytes) -> Measured:
    """Read what `encode` wrote.

    Raises:
        PayloadError: if it is not such a payload, or of another version.
    """
    try:
        plain: Mapping[str, Any] = json.loads(zlib.decompress(payload))
        if plain.get("schema") != SCHEMA:
            raise PayloadError(f"stored values have schema {plain.get('schema')!r}, this version reads {SCHEMA}")
        return Measured(**{key: value for key, value in plain.items() if key != "schema"})
    except (zlib.error, UnicodeDecodeError, json.JSONDecodeError, TypeError, AttributeError) as error:
        raise PayloadError(f"stored values cannot be read: {error}") from error


def _target_scopes(loaded: LoadedScenario) -> dict[str, set[str]]:
    """The measures and scopes that targets are about, so that each has its curve."""
    wanted: dict[str, set[str]] = {}
    for target in loaded.scenario.targets:
        wanted.setdefault(target.measure, set()).add(target.scope)
    return wanted


def _milestones(loaded: LoadedScenario) -> dict[str, tuple[str, ...]]:
    """Budget lines of each milestone, by the name of its measure."""
    return {milestone_id(target.id): target.lines for target in loaded.scenario.targets if target.lines}


def _targets(record: RunRecord, loaded: LoadedScenario) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for target in loaded.scenario.targets:
        for reading in readings(target):
            found = outcome(record, target, reading)
            first = found.first_reached.isoformat() if found.first_reached else None
            rows.append([target.id, reading.name, reading.measure, reading.scope, found.value, found.reached, first])
    return rows


def _agencies(record: RunRecord) -> list[list[Any]]:
    """State at the end and the last year's traffic of each agency of the province."""
    last = range(max(record.first_month, len(record.months) - YEAR), len(record.months))
    flows = record.agency_flows[list(last)].sum(axis=0)
    rows: list[list[Any]] = []
    for agency, name in enumerate(record.agency_ids):
        if record.tiers[agency] == OUTSIDE:
            continue
        state = record.stocks[-1][agency]
        sent = int(flows[agency, c.A_DELIVERIES_OUT])
        share = int(flows[agency, c.A_ELECTRONIC_OUT]) / sent if sent >= FEWEST_ITEMS else None
        registry = np.flatnonzero((record.station_agencies == agency) & (record.station_kinds == REGISTRY))
        staffed = int(record.staffed_ms[list(last)][:, registry].sum())
        worked = int(record.worked_ms[list(last)][:, registry].sum())
        load = worked / staffed if staffed else None
        rows.append([name, int(state["level"]), int(state["users"]), int(state["staff"]), share, load])
    return rows
