"""What the journal keeps of a replication: its measured values, canonical and compressed."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import OUTSIDE, REGISTRY
from sim.measure.agency_quarters import NO_QUARTERS, agency_quarters, read_quarters
from sim.measure.baselines import baseline_values
from sim.measure.causes import causes
from sim.measure.district_targets import district_values
from sim.measure.dossiers import yearly_counts
from sim.measure.held_up import FACT as HELD_UP
from sim.measure.held_up import held_up
from sim.measure.lacking import FACT as LACKING
from sim.measure.lacking import lacking
from sim.measure.measured import Measured
from sim.measure.milestones import measure_of_lines, milestone_states, project_state, projects_of
from sim.measure.overtime import FACT as OVERTIME
from sim.measure.overtime import yearly_overtime
from sim.measure.plan_ends import UNSERVED_FACT
from sim.measure.ratio import FEWEST_ITEMS
from sim.measure.saturation import saturated_posts
from sim.measure.series import series
from sim.measure.targets import by_year, due_row, outcome, readings
from sim.measure.unit_money import UnitMoney
from sim.model.record import RunRecord
from sim.policy.purchase_catalogue import PURCHASABLE
from sim.results.replication_tables import (
    ACCOUNTS,
    AGENCY_STATES,
    CAUSE_AMOUNTS,
    DISTRICT_VALUES,
    MILESTONE_STATES,
    MONTHS,
    OUTCOMES,
    START_VALUES,
    YEAR_VALUES,
    AccountRow,
    AgencyStateRow,
    MilestoneStateRow,
    OutcomeRow,
    StartValueRow,
    YearValueRow,
)
from sim.results.table import Table
from sim.scenario.loading import LoadedScenario
from sim.scenario.measures import MILESTONE

SCHEMA = 3
_REDRAWS = "volume_redraws"
PROJECTS_FACT = "projects"
"""Single fact of a replication: what had become of each target's projects on its due date, by line."""
YEAR = 12
_DECIMALS = 6
"""Of a person: what keeps people is divided among reasons in parts."""
_TABLES: dict[str, Table[Any]] = {
    "targets": OUTCOMES,
    "years": YEAR_VALUES,
    "districts": DISTRICT_VALUES,
    "causes": CAUSE_AMOUNTS,
    "spending": ACCOUNTS,
    "agencies": AGENCY_STATES,
    "baselines": START_VALUES,
    "milestones": MILESTONE_STATES,
}
"""The parts of a payload that are tables, besides its series."""


class PayloadError(ValueError):
    """Stored values that this version cannot read."""


def encode(record: RunRecord, loaded: LoadedScenario) -> bytes:
    """Measure a record; the same record gives the same bytes."""
    plain = {
        "schema": SCHEMA,
        "replication": record.replication,
        "seed": record.seed,
        "series": [list(row) for row in series(record, _target_scopes(loaded), _milestones(loaded))],
        "targets": OUTCOMES.plain(_targets(record, loaded)),
        "years": YEAR_VALUES.plain(_years(record, loaded)),
        "districts": DISTRICT_VALUES.plain(district_values(record, loaded)),
        "quarters": agency_quarters(record).plain(),
        "causes": CAUSE_AMOUNTS.plain(causes(record)),
        "spending": ACCOUNTS.plain(_accounts(record)),
        "agencies": AGENCY_STATES.plain(_agencies(record)),
        "parameters": record.parameters,
        "baselines": START_VALUES.plain(_start_values(record, loaded)),
        "milestones": MILESTONE_STATES.plain(_milestone_states(record, loaded)),
        "facts": {
            "fanout": list(record.fanout),
            "unmet": record.unmet,
            **({_REDRAWS: record.redraws} if record.redraws else {}),
            **({PROJECTS_FACT: projects} if (projects := _projects(record, loaded)) else {}),
            "datacentre_down_ms": record.datacentre_down_ms,
            "malware_incidents": record.malware_incidents,
            "dossiers": yearly_counts(record),
            "audited": record.audited,
            "tally": record.tally,
            UNSERVED_FACT: _unserved(record, loaded),
            HELD_UP: _held_up(record, loaded),
            LACKING: lacking(record, loaded),
            "saturated": list(saturated_posts(record)),
            OVERTIME: list(yearly_overtime(record)),
        },
    }
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), 6)


def was_redrawn(payload: bytes) -> bool:
    """Whether the volumes of the replication had to be drawn again, without reading all of it."""
    return f'"{_REDRAWS}":'.encode() in zlib.decompress(payload)


def decode(payload: bytes, *, months: bool = True, of: Collection[str] = ()) -> Measured:
    """Read what `encode` wrote.

    Args:
        payload: the bytes.
        months: whether its series and quarters are wanted; without them, reading takes less time and far less memory.
        of: without them, the measures of the whole province whose true months are wanted all the same.

    Raises:
        PayloadError: if it is not such a payload, or of another version.
    """
    try:
        plain: dict[str, Any] = json.loads(zlib.decompress(payload))
        schema = plain.pop("schema", None)
        if schema == SCHEMA:
            return Measured(**_typed(plain, months=months, of=of))
    except (zlib.error, ValueError, TypeError, AttributeError, KeyError) as error:
        raise PayloadError(f"stored values cannot be read: {error}") from error
    raise PayloadError(f"stored values have schema {schema!r}, this version reads {SCHEMA}")


def _typed(plain: Mapping[str, Any], *, months: bool, of: Collection[str]) -> dict[str, Any]:
    """The parts of a payload with its tables as rows, its series as a frame."""
    typed = {name: table.plain_rows(plain[name]) for name, table in _TABLES.items()}
    quarters = read_quarters(plain["quarters"]) if months else NO_QUARTERS
    series = plain["series"] if months else [row for row in plain["series"] if _is_of(row, of)]
    return {**plain, **typed, "series": MONTHS.plain_frame(series), "quarters": quarters}


def _is_of(row: Sequence[Any], measures: Collection[str]) -> bool:
    _, measure, scope, version, *_ = row
    return measure in measures and (scope, version) == ("all", "true")


def _target_scopes(loaded: LoadedScenario) -> dict[str, set[str]]:
    """The measures and scopes that targets are about, so that each has its curve."""
    wanted: dict[str, set[str]] = {}
    for target in loaded.scenario.targets:
        wanted.setdefault(target.measure, set()).add(target.scope)
    return wanted


def _milestones(loaded: LoadedScenario) -> dict[str, tuple[str, ...]]:
    """Budget lines of each target that is about some, by the name of its measure."""
    return {measure_of_lines(target): target.lines for target in loaded.scenario.targets if target.lines}


def _targets(record: RunRecord, loaded: LoadedScenario) -> Iterator[OutcomeRow]:
    for target in loaded.scenario.targets:
        for reading in readings(target):
            found = outcome(record, target, reading)
            yield OutcomeRow(
                target_id=target.id,
                reading=reading.name,
                measure=reading.measure,
                scope=reading.scope,
                value=found.value,
                reached=found.reached,
                first_reached=found.first_reached,
            )


def _years(record: RunRecord, loaded: LoadedScenario) -> Iterator[YearValueRow]:
    for target in loaded.scenario.targets:
        for reading in readings(target):
            for found in by_year(record, target, reading):
                yield YearValueRow(
                    target_id=target.id,
                    reading=reading.name,
                    year=found.year,
                    as_of=found.as_of,
                    window_months=found.window_months,
                    value=found.value,
                    reached=found.reached,
                )


def _accounts(record: RunRecord) -> Iterator[AccountRow]:
    for account in record.accounts:
        yield AccountRow(
            line_id=account.line_id,
            source=account.source,
            year=account.year,
            planned=account.planned,
            arrived=account.arrived,
            committed=account.committed,
            spent=account.spent,
            returned=account.returned,
        )


def _unserved(record: RunRecord, loaded: LoadedScenario) -> dict[str, dict[str, list[str]]]:
    """Who ends without what is bought for others, by kind and by what the plan's money came to on the last day."""
    money = UnitMoney(loaded, record, len(record.stocks) - 1, record.last_day)
    found: dict[str, dict[str, list[str]]] = {}
    for kind, agencies in record.unserved.items():
        install = PURCHASABLE[kind].install
        same_thing = [name for name, thing in PURCHASABLE.items() if thing.install == install]
        told: defaultdict[str, list[str]] = defaultdict(list)
        for agency, reasons in sorted(money.reasons(same_thing, dict.fromkeys(agencies, 1)).items()):
            told[reasons[0]].append(record.agency_ids[agency])
        found[kind] = dict(told)
    return found


def _held_up(record: RunRecord, loaded: LoadedScenario) -> dict[str, list[tuple[str, str, float]]]:
    return {
        target_id: [(lacks, reason, round(number, _DECIMALS)) for (lacks, reason), number in tally.items()]
        for target_id, tally in held_up(record, loaded).items()
    }


def _start_values(record: RunRecord, loaded: LoadedScenario) -> Iterator[StartValueRow]:
    for baseline_id, value in baseline_values(record, loaded.scenario).items():
        yield StartValueRow(baseline_id, value)


def _milestone_states(record: RunRecord, loaded: LoadedScenario) -> Iterator[MilestoneStateRow]:
    for target in loaded.scenario.targets:
        if target.measure == MILESTONE:
            yield MilestoneStateRow(target.id, **milestone_states(record, target.lines, due_row(record, target)))


def _projects(record: RunRecord, loaded: LoadedScenario) -> dict[str, dict[str, str]]:
    return {
        target.id: {line: project_state(record, line, due_row(record, target), target.due.year) for line in lines}
        for target in loaded.scenario.targets
        if (lines := projects_of(loaded, target))
    }


def _agencies(record: RunRecord) -> Iterator[AgencyStateRow]:
    """State at the end and the last year's traffic of each agency of the province."""
    last = range(max(record.first_month, len(record.months) - YEAR), len(record.months))
    flows = record.agency_flows[list(last)].sum(axis=0)
    for agency, name in enumerate(record.agency_ids):
        if record.tiers[agency] == OUTSIDE:
            continue
        state = record.stocks[-1][agency]
        sent = int(flows[agency, c.A_DELIVERIES_OUT])
        registry = np.flatnonzero((record.station_agencies == agency) & (record.station_kinds == REGISTRY))
        staffed = int(record.staffed_ms[list(last)][:, registry].sum())
        worked = int(record.worked_ms[list(last)][:, registry].sum())
        yield AgencyStateRow(
            agency_id=name,
            level=int(state["level"]),
            users=int(state["users"]),
            staff=int(state["staff"]),
            electronic_share=int(flows[agency, c.A_ACCEPTED_OUT]) / sent if sent >= FEWEST_ITEMS else None,
            registry_utilisation=worked / staffed if staffed else None,
        )
