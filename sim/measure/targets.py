"""A target's value in one replication, under the plan's own reading and the others it may have; its years over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sim.engine.clock import month_end, month_ends
from sim.measure.flows import FLOW_SHARES, Counting, flow_ratio
from sim.measure.measured import PLAN, Measured
from sim.measure.milestones import ROUNDS_TO_ALL, measure_of_lines, value_of_lines
from sim.measure.stocks import STOCKS, stock_value
from sim.measure.verdicts import Band, band_of
from sim.model.record import RunRecord
from sim.model.standing import year_end_rows
from sim.results.replication_tables import YearValueRow
from sim.results.run_tables import NOT_DUE, PAST_DUE, TargetRow, TargetYearRow
from sim.scenario.measures import MILESTONE, OF_LINES
from sim.scenario.plan_schema import Target

_OTHER_MEASURES = {
    "circulating": "internal_online_circulation_share",
    "dedicated": "dedicated_network_share",
    "connected": "wan_connected_share",
    "wholly": "internal_electronic_share",
    "catalogue": "service_level4_catalogue_share",
    "offered": "dossier_offered_online_share",
    "unassisted": "dossier_unassisted_online_share",
}
"""Readings that count something else."""
HOLDS_MONTHS = 3
"""First reached is the first month from which a target holds this long."""


@dataclass(frozen=True)
class Reading:
    """One way to count a target."""

    name: str
    measure: str
    scope: str
    version: str
    counting: Counting
    lines: tuple[str, ...] = ()
    """Budget lines of a milestone."""


@dataclass(frozen=True)
class Outcome:
    """A target in one replication: the value at the due date, and the first month from which it held."""

    target_id: str
    reading: str
    value: float | None
    reached: bool
    first_reached: date | None


@dataclass(frozen=True)
class YearValue:
    """A target under one reading at the end of one year of one replication, or in the year it is due on that day.

    `window_months`: how many months it is counted over, up to `as_of`; None where it stands on the day.
    """

    year: int
    as_of: date
    window_months: int | None
    value: float | None
    reached: bool


def readings(target: Target) -> list[Reading]:
    """The plan's reading first, then the others the scenario names."""
    plan = Reading(
        PLAN,
        measure_of_lines(target) if target.measure in OF_LINES else target.measure,
        target.scope,
        target.version,
        Counting(
            event="accepted" if target.event == "accepted" else "sent",
            exclude_secret=target.exclude_secret,
            exclude_never_electronic=target.exclude_never_electronic,
        ),
        target.lines,
    )
    return [plan, *(_other(plan, name) for name in target.readings)]


def _other(plan: Reading, name: str) -> Reading:
    if name == "true":
        return replace(plan, name=name, version="true")
    if name in ("accepted", "sent"):
        return replace(plan, name=name, counting=replace(plan.counting, event=name))
    if name == "non_secret":
        return replace(plan, name=name, counting=replace(plan.counting, exclude_secret=True))
    if name == "only":
        return replace(plan, name=name, counting=replace(plan.counting, without_paper=True))
    if name == "province+district":
        return replace(plan, name=name, scope="tiers:province+district")
    if name in _OTHER_MEASURES:
        return replace(plan, name=name, measure=_OTHER_MEASURES[name])
    raise ValueError(f"unknown reading {name!r}")


def threshold_of(target: Target) -> float:
    """What a value must reach."""
    wanted = target.threshold.value
    return ROUNDS_TO_ALL if wanted >= 1.0 and target.measure in (*FLOW_SHARES, MILESTONE) else wanted


def outcome(record: RunRecord, target: Target, reading: Reading) -> Outcome:
    """The target under one reading in one replication.

    Raises:
        ValueError: if the measure is not computed by this version.
    """
    threshold = threshold_of(target)
    monthly = _monthly(record, reading)
    value = _at(record, target, reading, due_row(record, target))
    return Outcome(
        target_id=target.id,
        reading=reading.name,
        value=value,
        reached=holds(value, threshold),
        first_reached=_first_reached(record, monthly, threshold),
    )


def by_year(record: RunRecord, target: Target, reading: Reading) -> Iterator[YearValue]:
    """The target under one reading at the end of each simulated year, and at its due date in the year of that.

    Raises:
        ValueError: if the measure is not computed by this version.
    """
    threshold = threshold_of(target)
    for year, row in year_end_rows(record.months[record.first_month :]).items():
        as_of = min(month_end(record.months[record.first_month + row - 1]), record.last_day)
        if year == target.due.year:
            row, as_of = due_row(record, target), target.due  # noqa: PLW2901
        value = _at(record, target, reading, row)
        flows = not reading.lines and reading.measure not in STOCKS
        first, last = window(record, target, row)
        counted = last - first + 1 if flows else None
        yield YearValue(year, as_of, counted, value, holds(value, threshold))


def holds(value: float | None, threshold: float) -> bool:
    """Whether a value is at its threshold."""
    return value is not None and value >= threshold - 1e-12


def due_row(record: RunRecord, target: Target) -> int:
    """The state, among those of a record, that stands on a target's due date."""
    return len(month_ends(record.months[record.first_month], target.due))


def optimism(record: RunRecord, reading: Reading) -> float:
    """What agencies add to their own shares where a reading is of what they report."""
    return record.parameters["reporting.optimism"] if reading.version == "reported" else 0.0


def _at(record: RunRecord, target: Target, reading: Reading, months: int) -> float | None:
    if reading.lines:
        return value_of_lines(record, reading.measure, reading.lines, months)
    if reading.measure in STOCKS:
        return stock_value(record, reading.measure, reading.scope, months)
    first, last = window(record, target, months)
    ratio = flow_ratio(record, reading.measure, reading.scope, reading.counting)
    return ratio.share(first, last, optimism(record, reading))


def window(record: RunRecord, target: Target, row: int) -> tuple[int, int]:
    """First and last month that a target is counted over as of one of the record's states; none of the warm-up."""
    last = record.first_month + row - 1
    return max(record.first_month, last - target.window_months + 1), last


def _monthly(record: RunRecord, reading: Reading) -> list[float | None]:
    """Value of each counted month."""
    counted = range(record.first_month, len(record.months))
    if reading.lines:
        return [value_of_lines(record, reading.measure, reading.lines, row + 1) for row in range(len(counted))]
    if reading.measure in STOCKS:
        return [stock_value(record, reading.measure, reading.scope, row + 1) for row in range(len(counted))]
    ratio = flow_ratio(record, reading.measure, reading.scope, reading.counting)
    return [ratio.share(month, month, optimism(record, reading)) for month in counted]


def _first_reached(record: RunRecord, monthly: list[float | None], threshold: float) -> date | None:
    held = [holds(value, threshold) for value in monthly]
    for i in range(len(held) - HOLDS_MONTHS + 1):
        if all(held[i : i + HOLDS_MONTHS]):
            return month_end(record.months[record.first_month + i])
    return None


def target_year_rows(targets: Sequence[TargetRow], ordered: Iterable[Measured]) -> list[TargetYearRow]:
    """Where each target stands at the end of each year under each reading, and its verdict in the year it is due.

    Args:
        targets: the verdicts; in the year of its due date a row says what its target's row says, number by number.
        ordered: the replications.
    """
    found: defaultdict[tuple[str, str], defaultdict[int, list[YearValueRow]]]
    found = defaultdict(lambda: defaultdict(list))
    for one in ordered:
        for row in one.years:
            found[row.target_id, row.reading][row.year].append(row)
    return [
        _year_row(target, year, rows)
        for target in targets
        for year, rows in sorted(found[target.target_id, target.reading].items())
    ]


def _year_row(target: TargetRow, year: int, rows: Sequence[YearValueRow]) -> TargetYearRow:
    is_due = year == target.due.year
    values = [row.value for row in rows if row.value is not None]
    band = Band(target.median, target.p05, target.p95) if is_due else band_of(values)
    before = NOT_DUE if year < target.due.year else PAST_DUE
    return TargetYearRow(
        target_id=target.target_id,
        title_vi=target.title_vi,
        title_en=target.title_en,
        measure=target.measure,
        scope=target.scope,
        reading=target.reading,
        year=year,
        as_of=rows[0].as_of,
        window_months=rows[0].window_months,
        median=band.median,
        p05=band.p05,
        p95=band.p95,
        p_reached=target.p_reached if is_due else sum(row.reached for row in rows) / len(rows),
        threshold=target.threshold,
        state=str(target.verdict) if is_due else before,
        n=target.n if is_due else len(rows),
    )
